"""Who is on call, worked out the slow way: by looking at the clock minute by minute.

Written from the rules in the documentation alone; it shares no code with the simulator, and none of its cleverness. All
times are whole minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """A window: the weekdays on which it opens, and the minutes of the day at which it opens and closes."""

    weekdays: tuple[int, ...]
    opens: int
    closes: int


@dataclass(frozen=True)
class Turn:
    """A shift: its zone, its start, its days, its members, and when it is on duty; without hours, always."""

    zone: str
    start: datetime
    days: int
    members: tuple[str, ...]
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True)
class Away:
    """An absence, and who covers for it."""

    username: str
    start: datetime
    end: datetime
    cover: str | None


def on_call(turns: tuple[Turn, ...], absences: tuple[Away, ...], at: datetime, neighbour: int = 0) -> list[str]:
    """List who is on call by a rotation, each once, in the order of its shifts."""
    paged: list[str] = []
    for turn in turns:
        username = on_duty(turn, at, neighbour)
        if username is None:
            continue
        standing_in = _stands_in(absences, username, at)
        if standing_in not in paged:
            paged.append(standing_in)
    return paged


def on_duty(turn: Turn, at: datetime, neighbour: int = 0) -> str | None:
    """Tell who is on duty by a shift, or whose turn is one earlier or later while the shift is on duty."""
    if not turn.members or not _is_open(turn, at):
        return None
    begun = [number for number, begins in handoffs(turn, at + DAY) if begins <= at]
    if not begun:
        return None
    wanted = max(begun) + neighbour
    return turn.members[wanted % len(turn.members)] if wanted >= 0 else None


def handoffs(turn: Turn, until: datetime) -> Iterator[tuple[int, datetime]]:
    """Number the hand-offs from the start on."""
    shown = _shown(turn.zone, turn.start)
    for number in count():
        begins = when_a_clock_shows(turn.zone, shown + number * turn.days * DAY)
        if begins > until:
            return
        yield number, begins


def openings(turn: Turn, around: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Tell from when to when the shift is open in the days around an instant."""
    for number in range(-3, 4):
        day = around.replace(hour=0, minute=0, tzinfo=None) + number * DAY
        for hours in turn.hours:
            if day.weekday() in hours.weekdays:
                closing_day = day + DAY if hours.closes <= hours.opens else day
                yield (
                    when_a_clock_shows(turn.zone, day + hours.opens * MINUTE),
                    when_a_clock_shows(turn.zone, closing_day + hours.closes * MINUTE),
                )


@lru_cache(maxsize=20_000)
def when_a_clock_shows(zone: str, wanted: datetime) -> datetime:
    """Watch a clock until it shows a time or, in the spring, a later one."""
    instant = wanted.replace(tzinfo=timezone.utc) - timedelta(hours=15)
    while _shown(zone, instant) < wanted:
        instant += MINUTE
    return instant


def _shown(zone: str, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _is_open(turn: Turn, at: datetime) -> bool:
    return not turn.hours or any(opens <= at < closes for opens, closes in openings(turn, at))


def _stands_in(absences: tuple[Away, ...], username: str, at: datetime) -> str:
    first = _cover(absences, username, at)
    if first is None:
        return username
    second = _cover(absences, first, at)
    return first if second in (None, username) else str(second)


def _cover(absences: tuple[Away, ...], username: str, at: datetime) -> str | None:
    for away in absences:
        if away.username == username and away.start <= at < away.end:
            return away.cover
    return None
