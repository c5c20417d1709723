"""The arithmetic of one shift: hand-offs, periods, and the windows in which it is on duty.

All intervals are half-open. Nothing here knows of rotations, policies or overrides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pulumi_victorops.simulator.localtime import instant_of, reading
from pulumi_victorops.simulator.records_oncall import Mask, Shift, ShiftMember, Window

_DAY = timedelta(days=1)
Interval = tuple[datetime, datetime]


class Piece(NamedTuple):
    """A part of a period in which a shift is on duty; `is_roll` marks the first of its period."""

    period: int
    start: datetime
    end: datetime
    is_roll: bool


def handoff(shift: Shift, number: int) -> datetime:
    """Tell when a period begins: so many durations of local days after the start, at the start's local time."""
    return instant_of(shift.start + timedelta(days=shift.duration * number), shift.timezone)


def period_at(shift: Shift, at: datetime) -> int | None:
    """Give the number of the period at an instant; there is none before the first hand-off."""
    number = (reading(at, shift.timezone) - shift.start) // timedelta(days=shift.duration)
    # When clocks go back, they show a time of before the hand-off once more.
    while handoff(shift, number + 1) <= at:
        number += 1
    return number if number >= 0 else None


def member_of(shift: Shift, number: int) -> ShiftMember | None:
    """Give the member whose period it is; none before the first period, and never where there are no members."""
    if number < 0 or not shift.members:
        return None
    return shift.members[(number + shift.turn) % len(shift.members)]


def on_duty(shift: Shift, at: datetime) -> bool:
    """Say whether a shift is in a window."""
    return shift.type == "std" or any(start <= at < end for start, end in _windows(shift, at, at))


def pieces(shift: Shift, begin: datetime, end: datetime) -> Iterator[Piece]:
    """Cut the periods with the windows and give each piece that has a part in an interval, whole."""
    if begin >= end:
        return
    first = period_at(shift, begin)
    number = 0 if first is None else first
    while (start := handoff(shift, number)) < end:
        stop = handoff(shift, number + 1)
        for index, piece in enumerate(_duty_within(shift, start, stop)):
            if piece[0] < end and begin < piece[1]:
                yield Piece(number, *piece, is_roll=index == 0)
        number += 1


def _duty_within(shift: Shift, start: datetime, stop: datetime) -> list[Interval]:
    if shift.type == "std":
        return [(start, stop)] if start < stop else []
    clipped = ((max(start, opens), min(stop, closes)) for opens, closes in _windows(shift, start, stop))
    joined: list[Interval] = []
    for opens, closes in sorted(interval for interval in clipped if interval[0] < interval[1]):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined


def _windows(shift: Shift, start: datetime, stop: datetime) -> Iterator[Interval]:
    """Give the windows that can have a part between two instants, and some around them."""
    # A day more on either side: windows run over midnight, and clocks go back over it.
    day = reading(start, shift.timezone).replace(hour=0, minute=0, second=0, microsecond=0) - _DAY
    last = reading(stop, shift.timezone) + _DAY
    while day <= last:
        for mask in shift.masks:
            if day.weekday() in mask.weekdays:
                for window in mask.windows:
                    yield _opened_on(day, window, shift.timezone)
        day += _DAY


def _opened_on(day: datetime, window: Window, zone: str) -> Interval:
    closing_day = day if window.start < window.end else day + _DAY
    return (
        instant_of(datetime.combine(day, window.start), zone),
        instant_of(datetime.combine(closing_day, window.end), zone),
    )


WHOLE_WEEK = Mask.model_validate_json('{"weekdays":[0,1,2,3,4,5,6],"windows":[{"start":"00:00","end":"00:00"}]}')
"""The mask that shows a shift which is always on duty."""
