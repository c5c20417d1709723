"""Shifts: the parts of a rotation, each with members who take turns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ValidationInfo, field_validator, model_validator
from typing_extensions import Self

from pulumi_victorops.api.rotations import Mask, MaskDays, MaskWindow, Shift, ShiftPayload, TimeOfDay
from pulumi_victorops.handlers import times
from pulumi_victorops.handlers.forms import Name, UserReference
from pulumi_victorops.lifecycle.inputs import UNORDERED, Input, Inputs, known
from pulumi_victorops.lifecycle.unknown import UNKNOWN
from pulumi_victorops.lifecycle.validation import shown

_A_YEAR_OF_DAYS = 365
_WINDOWS_MOST = {"std": 0, "pho": 1, "cstm": 3, "fts": 3}
_WHOLE_WEEK = Mask(
    day=MaskDays(su=True, m=True, t=True, w=True, th=True, f=True, sa=True),
    time=[MaskWindow(start=TimeOfDay(), end=TimeOfDay())],
)


def _some_each_once(days: list[str]) -> list[str]:
    if not days:
        raise ValueError("the window begins on no day, so nobody is on duty in it")
    seen: set[str] = set()
    for day in known(days):
        if day in seen:
            raise ValueError(f"{shown(day)} stands here twice")
        seen.add(day)
    return days


def _days(days: int) -> int:
    if not 1 <= days <= _A_YEAR_OF_DAYS:
        raise ValueError(f"{days} is not a time between hand-offs: expected days, 1 to {_A_YEAR_OF_DAYS}")
    return days


def _somebody(usernames: list[str]) -> list[str]:
    if not usernames:
        raise ValueError("the shift has no members, so it pages nobody")
    return usernames


class WindowInputs(Inputs):
    """A time of day, and the days of the week on which it begins."""

    days: Annotated[
        Input[Annotated[list[Input[Literal["su", "m", "t", "w", "th", "f", "sa"]]], AfterValidator(_some_each_once)]],
        UNORDERED,
    ]
    start_time: Input[times.TimeOfDay]
    end_time: Input[times.TimeOfDay]


class ShiftInputs(Inputs):
    """What the program says of a shift. `start` ends up as what a clock in the shift's own time zone shows."""

    label: Input[Name]
    type: Input[Literal["std", "pho", "cstm", "fts"]]
    timezone: Input[times.TimeZone]
    start: Input[str]
    handoff_days: Input[Annotated[int, AfterValidator(_days)]]
    usernames: Input[Annotated[list[Input[UserReference]], AfterValidator(_somebody)]]
    windows: Annotated[Input[list[Input[WindowInputs]] | None], UNORDERED] = None

    @field_validator("start")
    @classmethod
    def _as_the_clock_there_shows_it(cls, start: Any, info: ValidationInfo) -> Any:
        zone = info.data.get("timezone")
        return start if start is UNKNOWN else times.check_reading(start, zone if isinstance(zone, str) else None)

    @model_validator(mode="after")
    def _has_the_windows_of_its_type(self) -> Self:
        given: tuple[Any, ...] = (self.type, self.windows)
        if UNKNOWN in given:
            return self
        most = _WINDOWS_MOST[self.type]
        if most == 0 and self.windows is not None:
            raise ValueError(f"a shift of type {self.type!r} is always on duty and has no 'windows'")
        if most and not 1 <= len(self.windows or []) <= most:
            wanted = "one window" if most == 1 else f"1 to {most} windows"
            raise ValueError(f"a shift of type {self.type!r} needs 'windows': {wanted}")
        return self


def to_api(shift: ShiftInputs) -> ShiftPayload:
    """What is sent to make a shift."""
    masks = [_to_mask(window) for window in shift.windows or []] or [_WHOLE_WEEK]
    return ShiftPayload(
        label=shift.label,
        timezone=shift.timezone,
        start=times.milliseconds(shift.start, shift.timezone),
        duration=shift.handoff_days,
        shift_type=shift.type,
        usernames=shift.usernames,
        **dict(zip(("mask", "mask2", "mask3"), masks, strict=False)),
    )


def from_api(shift: Shift) -> dict[str, Any]:
    """A shift's properties as the service tells them. Who is on duty now is none of them."""
    properties = {
        "label": shift.label,
        "type": shift.shift_type,
        "timezone": shift.timezone,
        "start": _start(shift),
        "handoff_days": shift.duration,
        "usernames": [member.username.lower() for member in shift.shift_members],
        "windows": _windows(shift),
    }
    return {name: value for name, value in properties.items() if value is not None}


def _to_mask(window: WindowInputs) -> Mask:
    return Mask(
        day=MaskDays.model_validate(dict.fromkeys(window.days, True)),
        time=[MaskWindow(start=_clock(window.start_time), end=_clock(window.end_time))],
    )


def _clock(text: str) -> TimeOfDay:
    hour, minute = text.split(":")
    return TimeOfDay(hour=int(hour), minute=int(minute))


def _start(shift: Shift) -> str | None:
    if shift.start is None:
        return None
    try:
        return times.local_reading(shift.start, shift.timezone or "")
    except ValueError:
        # What we can't read is shown as it is.
        return str(shift.start)


def _windows(shift: Shift) -> list[dict[str, Any]] | None:
    """A mask may hold several windows, which then begin on the same days. A shift without masks never shows one."""
    if shift.shift_type == "std":
        return None
    return [
        {
            "days": [day for day in MaskDays.model_fields if getattr(mask.day, day)],
            "start_time": f"{window.start.hour:02}:{window.start.minute:02}",
            "end_time": f"{window.end.hour:02}:{window.end.minute:02}",
        }
        for mask in (shift.mask, shift.mask2, shift.mask3)
        if mask is not None
        for window in mask.time
    ]
