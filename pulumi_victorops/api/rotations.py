"""Rotations: groups of shifts whose members take turns. The API makes, lists and deletes groups.

No call changes a group, and it has two lists: the older one tells the slug that policies use, the newer one the shifts.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.errors import InvalidRequestError
from pulumi_victorops.api.models import ApiModel, Moment, member, parse, parse_list
from pulumi_victorops.api.transport import Transport


class MaskDays(ApiModel):
    """The days of the week on which a window begins."""

    su: bool = False
    m: bool = False
    t: bool = False
    w: bool = False
    th: bool = False
    f: bool = False
    sa: bool = False


class TimeOfDay(ApiModel):
    """A reading of the clock in the shift's time zone."""

    hour: int = 0
    minute: int = 0


class MaskWindow(ApiModel):
    """From one time of the day to another; the whole day where they are the same."""

    start: TimeOfDay
    end: TimeOfDay


class Mask(ApiModel):
    """When a shift is on duty."""

    day: MaskDays
    time: list[MaskWindow]


class ShiftPayload(ApiModel):
    """What is sent to create a shift: `start` in milliseconds since 1970, `duration` in days between hand-offs."""

    label: str
    timezone: str
    start: int
    duration: int
    shift_type: str = Field(alias="shifttype")
    mask: Mask | None = None
    mask2: Mask | None = None
    mask3: Mask | None = None
    usernames: list[str] = Field(default_factory=list)


class RotationPayload(ApiModel):
    """What is sent to create a rotation."""

    label: str
    shifts: list[ShiftPayload] = Field(default_factory=list)


class Period(ApiModel):
    """One member's turn. Where nobody's turn is next, the service sends an empty one."""

    start: Moment | None = None
    end: Moment | None = None
    username: str | None = None
    is_roll: bool | None = None
    member_slug: str | None = None


class ShiftMember(ApiModel):
    """A person's place in a shift; one person may have several."""

    username: str
    slug: str | None = None


def _member_of(row: Any) -> Any:
    """Some answers name a shift's members only."""
    return {"username": row} if isinstance(row, str) else row


class Shift(ApiModel):
    """A shift as the service describes one. `periods`, `current` and `next` move with the time."""

    shift_id: int | None = Field(default=None, validation_alias=AliasChoices("shiftId", "rot_id"))
    group_id: int | None = Field(default=None, validation_alias=AliasChoices("groupId", "group_id"))
    label: str = ""
    timezone: str | None = None
    start: Moment | None = None
    duration: int | None = None
    shift_type: str | None = Field(default=None, alias="shifttype")
    mask: Mask | None = None
    mask2: Mask | None = None
    # One published description misspells the third.
    mask3: Mask | None = Field(default=None, validation_alias=AliasChoices("mask3", "mast3"))
    periods: list[Period] = Field(default_factory=list)
    current: Period | None = None
    next: Period | None = None
    shift_members: list[Annotated[ShiftMember, BeforeValidator(_member_of)]] = Field(default_factory=list)


class Rotation(ApiModel):
    """A rotation with its shifts, as the newer list has it; without the slug."""

    group_id: int
    label: str = ""
    total_members_in_rotation: int | None = None
    shifts: list[Shift] = Field(default_factory=list)


class RotationGroup(ApiModel):
    """A rotation as the older list has it, the only one that tells the slug that policies use."""

    slug: str
    label: str = ""
    group_id: int | None = None
    team_slug: str | None = None


class CreatedRotation(ApiModel):
    """A rotation as it is answered when it is made; without the slug."""

    id: int | None = None
    label: str = ""
    shifts: list[Shift] = Field(default_factory=list)

    @property
    def group_id(self) -> int | None:
        """The group's id, which some answers tell in the shifts only."""
        return self.id if self.id is not None else next((shift.group_id for shift in self.shifts), None)


class ScheduledUser(ApiModel):
    """Whose turn it is in a shift."""

    username: str
    first_name: str = ""
    last_name: str = ""
    display_name: str | None = None
    version: int | None = None
    verified: bool | str | None = None


class Rotations:
    """The calls about rotations. `group` and `shift` are numbers, never slugs."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def groups(self, team: str) -> list[RotationGroup]:
        """`GET /api-public/v1/teams/{team}/rotations`: the slugs. A new group may take seconds to appear."""
        data = self._transport.call(op.LIST_ROTATION_GROUPS, team=team)
        rows = member(data, "rotationGroups", op.LIST_ROTATION_GROUPS)
        return parse_list(RotationGroup, rows, op.LIST_ROTATION_GROUPS)

    def all(self, team: str) -> list[Rotation]:
        """`GET /api-public/v2/team/{team}/rotations`: the shifts."""
        data = self._transport.call(op.LIST_ROTATIONS, team=team)
        return parse_list(Rotation, member(data, "rotations", op.LIST_ROTATIONS), op.LIST_ROTATIONS)

    def create(
        self, team: str, payload: RotationPayload, *, skip: int | None = None, count: int | None = None
    ) -> CreatedRotation:
        """`POST /api-public/v1/teams/{team}/rotations`: `skip` and `count` choose the periods of the answer."""
        query = {name: value for name, value in (("skip", skip), ("count", count)) if value is not None}
        body = payload.to_json()
        try:
            data = self._transport.call(op.ADD_ROTATION, body=body, query=query, team=team)
        except InvalidRequestError as error:
            if "jodadate" not in (error.service_message or ""):
                raise
            # Nothing was made: this deployment wants its dates as text, and the members by another name.
            body["shifts"] = [_with_text_date(shift) for shift in body["shifts"]]
            data = self._transport.call(op.ADD_ROTATION, body=body, query=query, team=team)
        return parse(CreatedRotation, data, op.ADD_ROTATION)

    def delete(self, team: str, group: int) -> None:
        """`DELETE /api-public/v1/teams/{team}/rotations/{groupId}`."""
        self._transport.call(op.DELETE_ROTATION, team=team, groupId=group)

    def scheduled_user(self, team: str, group: int, shift: int) -> ScheduledUser | None:
        """`GET /api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled`.

        Where it's nobody's turn, some services answer with nothing (None here) and others with 404.
        """
        data = self._transport.call(op.GET_SCHEDULED_USER, team=team, groupId=group, shiftId=shift)
        return parse(ScheduledUser, data, op.GET_SCHEDULED_USER) if data else None

    def set_scheduled_user(
        self,
        team: str,
        group: int,
        shift: int,
        *,
        username: str,
        position: int | None = None,
        member_slug: str | None = None,
    ) -> ScheduledUser:
        """`PUT /api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled`: turns the cycle.

        `position` or `member_slug` says which place is meant where the user has several.
        """
        body: dict[str, Any] = {"username": username}
        if position is not None:
            body["position"] = position
        if member_slug is not None:
            body["memberSlug"] = member_slug
        data = self._transport.call(op.SET_SCHEDULED_USER, body=body, team=team, groupId=group, shiftId=shift)
        return parse(ScheduledUser, data, op.SET_SCHEDULED_USER)


def _with_text_date(shift: dict[str, Any]) -> dict[str, Any]:
    start = datetime.fromtimestamp(shift["start"] / 1000, timezone.utc)
    text = start.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    return shift | {"start": text, "shiftMembers": shift["usernames"]}
