"""The shifts that a new rotation is asked to have: what is accepted, and the records that come of it."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.localtime import reading
from pulumi_victorops.simulator.records_oncall import Mask, Shift, ShiftMember, ShiftType, Window, Zone
from pulumi_victorops.simulator.refusals import RefusedError, bad_request, unprocessable

if TYPE_CHECKING:
    from pulumi_victorops.simulator.org import Org

WEEKDAYS = ("m", "t", "w", "th", "f", "sa", "su")
"""The names of the days in masks, Monday first."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LATEST_MS = 7_258_118_400_000  # 2200-01-01: a limit of the simulator, far from the end of the calendar
_INSTANT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)
_DATE_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T.+")


class _TimeOfDay(Body):
    hour: Annotated[int, Field(ge=0, le=23)]
    minute: Annotated[int, Field(ge=0, le=59)] = 0

    def to_time(self) -> time:
        return time(self.hour, self.minute)


class _WindowBody(Body):
    start: _TimeOfDay
    end: _TimeOfDay


class _Days(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    m: bool = False
    t: bool = False
    w: bool = False
    th: bool = False
    f: bool = False
    sa: bool = False
    su: bool = False


class _MaskBody(Body):
    day: _Days
    time: Annotated[list[_WindowBody], Field(min_length=1)]

    def to_record(self) -> Mask:
        windows = [Window(start=window.start.to_time(), end=window.end.to_time()) for window in self.time]
        return Mask(weekdays=[i for i, name in enumerate(WEEKDAYS) if getattr(self.day, name)], windows=windows)


class ShiftBody(Body):
    """A shift; its members may come under either name, and `start` as a number or as text."""

    label: Text
    timezone: Zone
    start: int | str
    duration: Annotated[int, Field(ge=1, le=365)]
    shifttype: ShiftType
    mask: _MaskBody | None = None
    mask2: _MaskBody | None = None
    mask3: _MaskBody | None = None
    usernames: list[Text] | None = None
    shift_members: list[Text] | None = None

    @model_validator(mode="before")
    @classmethod
    def _unmasked_round_the_clock(cls, sent: Any) -> Any:
        if isinstance(sent, dict) and sent.get("shifttype") == "std":
            return {name: value for name, value in sent.items() if name not in {"mask", "mask2", "mask3"}}
        return sent

    @model_validator(mode="after")
    def _masked_where_it_matters(self) -> ShiftBody:
        if self.shifttype != "std" and not self._masks():
            raise ValueError(f"a shift of type {self.shifttype} needs a mask")
        return self

    def _masks(self) -> list[_MaskBody]:
        return [mask for mask in (self.mask, self.mask2, self.mask3) if mask is not None]

    def members(self) -> list[str]:
        """Give the usernames in the order of the rotation."""
        given = self.usernames if self.usernames is not None else self.shift_members
        return [username.lower() for username in given or []]

    def check(self, org: Org, *, only_text_dates: bool) -> None:
        """Refuse what a reading of the body alone does not show."""
        self._started(only_text_dates=only_text_dates)
        for username in self.members():
            if username not in org.users:
                raise unprocessable(f"No user '{username}' found")

    def to_record(self, org: Org) -> Shift:
        """Make the shift, with ids of its own."""
        return Shift(
            id=org.new_number(),
            label=self.label,
            timezone=self.timezone,
            start=reading(self._started(), self.timezone),
            duration=self.duration,
            type=self.shifttype,
            masks=[mask.to_record() for mask in self._masks()],
            members=[ShiftMember(slug=org.new_slug("rtm-", 20), username=username) for username in self.members()],
        )

    def _started(self, *, only_text_dates: bool = False) -> datetime:
        if isinstance(self.start, int):
            if only_text_dates or not 0 <= self.start < _LATEST_MS:
                raise _no_date()
            return _EPOCH + timedelta(milliseconds=self.start)
        if not _DATE_AND_TIME.fullmatch(self.start):
            raise _no_date()
        try:
            started = _INSTANT.validate_python(self.start)
        except ValidationError:
            raise _no_date() from None
        if not 0 <= (started - _EPOCH) / timedelta(milliseconds=1) < _LATEST_MS:
            raise _no_date()
        return started


def _no_date() -> RefusedError:
    return bad_request("error.expected.jodadate.format")
