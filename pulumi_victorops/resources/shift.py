"""What a rotation's shifts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pulumi
from typing_extensions import NotRequired, TypedDict

ShiftType = Literal["std", "pho", "cstm", "fts"]
"""The types of shifts, in VictorOps's own words: around the clock, partial day, multi-day, follow the sun."""

Weekday = Literal["su", "m", "t", "w", "th", "f", "sa"]
"""The days of the week, in VictorOps's own words."""


class WindowArgs(TypedDict):
    """When a shift is on duty, as `Shift.window` makes it or as a plain dict.

    Attributes:
        days: the days of the week on which the window begins, in any order; at least one, none twice.
        start_time: `HH:MM` in the shift's time zone.
        end_time: `HH:MM`; on the day after where it isn't later than `start_time`. From `00:00` to `00:00` is all day.
    """

    days: pulumi.Input[Sequence[pulumi.Input[Weekday]]]
    start_time: pulumi.Input[str]
    end_time: pulumi.Input[str]


class ShiftArgs(TypedDict):
    """A shift of a rotation, as the methods of `Shift` make it or as a plain dict.

    Attributes:
        label: one line; no two shifts of a rotation have the same.
        type: one of `ShiftType`.
        timezone: the IANA name of the time zone in which the shift hands off, such as `Europe/London`.
        start: when the first turn begins, as a clock in the time zone shows it: `YYYY-MM-DDTHH:MM`. All hand-offs are
            at that time of the day. A moment with an offset is turned into the reading of that clock.
        handoff_days: days between hand-offs, 1 to 365; 7 for weekly turns.
        usernames: whose turn it is, in order; at least one. Somebody may stand here more than once.
        windows: when the shift is on duty; none for type `std`, one for `pho`, 1 to 3 for `cstm` and `fts`. Any order.
    """

    label: pulumi.Input[str]
    type: pulumi.Input[ShiftType]
    timezone: pulumi.Input[str]
    start: pulumi.Input[str]
    handoff_days: pulumi.Input[int]
    usernames: pulumi.Input[Sequence[pulumi.Input[str]]]
    windows: NotRequired[pulumi.Input[Sequence[pulumi.Input[WindowArgs]]]]


class Shift:
    """Makes the shifts of a rotation, one method for each type. The arguments are those of `ShiftArgs`."""

    @staticmethod
    def around_the_clock(
        label: pulumi.Input[str],
        *,
        timezone: pulumi.Input[str],
        start: pulumi.Input[str],
        handoff_days: pulumi.Input[int],
        usernames: pulumi.Input[Sequence[pulumi.Input[str]]],
    ) -> ShiftArgs:
        """A shift that is always on duty."""
        return ShiftArgs(
            label=label, type="std", timezone=timezone, start=start, handoff_days=handoff_days, usernames=usernames
        )

    @staticmethod
    def partial_day(
        label: pulumi.Input[str],
        *,
        timezone: pulumi.Input[str],
        start: pulumi.Input[str],
        handoff_days: pulumi.Input[int],
        usernames: pulumi.Input[Sequence[pulumi.Input[str]]],
        days: pulumi.Input[Sequence[pulumi.Input[Weekday]]],
        start_time: pulumi.Input[str],
        end_time: pulumi.Input[str],
    ) -> ShiftArgs:
        """A shift that is on duty at one time of the day, on some days of the week."""
        return ShiftArgs(
            label=label,
            type="pho",
            timezone=timezone,
            start=start,
            handoff_days=handoff_days,
            usernames=usernames,
            windows=[WindowArgs(days=days, start_time=start_time, end_time=end_time)],
        )

    @staticmethod
    def multi_day(
        label: pulumi.Input[str],
        *,
        timezone: pulumi.Input[str],
        start: pulumi.Input[str],
        handoff_days: pulumi.Input[int],
        usernames: pulumi.Input[Sequence[pulumi.Input[str]]],
        windows: pulumi.Input[Sequence[pulumi.Input[WindowArgs]]],
    ) -> ShiftArgs:
        """A shift that is on duty in up to three windows."""
        return ShiftArgs(
            label=label,
            type="cstm",
            timezone=timezone,
            start=start,
            handoff_days=handoff_days,
            usernames=usernames,
            windows=windows,
        )

    @staticmethod
    def follow_the_sun(
        label: pulumi.Input[str],
        *,
        timezone: pulumi.Input[str],
        start: pulumi.Input[str],
        handoff_days: pulumi.Input[int],
        usernames: pulumi.Input[Sequence[pulumi.Input[str]]],
        windows: pulumi.Input[Sequence[pulumi.Input[WindowArgs]]],
    ) -> ShiftArgs:
        """A shift that shares the day with shifts in other time zones; up to three windows."""
        return ShiftArgs(
            label=label,
            type="fts",
            timezone=timezone,
            start=start,
            handoff_days=handoff_days,
            usernames=usernames,
            windows=windows,
        )

    @staticmethod
    def window(
        *,
        days: pulumi.Input[Sequence[pulumi.Input[Weekday]]],
        start_time: pulumi.Input[str],
        end_time: pulumi.Input[str],
    ) -> WindowArgs:
        """When a shift is on duty: a time of the day, and the days of the week on which it begins."""
        return WindowArgs(days=days, start_time=start_time, end_time=end_time)
