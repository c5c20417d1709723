"""What the simulator keeps of on-call duty: rotations, overrides, takes."""

from __future__ import annotations

from datetime import datetime, time, timezone
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, NaiveDatetime

from pulumi_victorops.simulator.localtime import is_zone
from pulumi_victorops.simulator.record import Record


def _in_utc(instant: datetime) -> datetime:
    # Away from both ends of the calendar, so that there is room for every zone's offset.
    if not datetime.min.year < instant.year < datetime.max.year:
        raise ValueError("is at the end of the calendar")
    return instant.astimezone(timezone.utc)


def _known_zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError(f"{name!r} is no time zone")
    return name


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment, kept in UTC."""

Zone = Annotated[str, AfterValidator(_known_zone)]
"""The IANA name of a time zone."""

ShiftType = Literal["std", "pho", "cstm", "fts"]
PlaceType = Literal["user", "rotation_group", "rotation_group_next", "rotation_group_previous"]


class Window(Record):
    """A time of day in which a shift is on duty; an end that is not after the start is on the next day."""

    start: time
    end: time


class Mask(Record):
    """Windows and the weekdays on which they begin, 0 being Monday."""

    weekdays: list[Annotated[int, Field(ge=0, le=6)]]
    windows: list[Window]


class ShiftMember(Record):
    """A place in the order of a shift and the user who has it."""

    slug: str
    username: str


class Shift(Record):
    """A shift: `start` is a local reading, `duration` is in days, `turn` says how far the cycle was turned."""

    id: int
    label: str
    timezone: Zone
    start: NaiveDatetime
    duration: Annotated[int, Field(ge=1, le=365)]
    type: ShiftType
    masks: list[Mask] = Field(default_factory=list)
    members: list[ShiftMember] = Field(default_factory=list)
    turn: int = 0


class Rotation(Record):
    """A rotation group; lists show it from `listed_from` on."""

    id: int
    slug: str
    label: str
    team_slug: str
    listed_from: Instant
    shifts: list[Shift] = Field(default_factory=list)


class Override(Record):
    """An absence of a user; `covers` says by policy slug who is paged instead."""

    public_id: str
    username: str
    timezone: Zone
    start: Instant
    end: Instant
    covers: dict[str, str] = Field(default_factory=dict)


class Take(Record):
    """Somebody in another's place in a policy: that of a `user` entry, or the one that a shift gives."""

    policy_slug: str
    place: PlaceType
    target: str
    shift_id: int | None = None
    username: str
    since: Instant
    until: Instant | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether the take is in force at an instant."""
        return self.since <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Say whether the take has ended at an instant."""
        return self.until is not None and self.until <= at
