"""Assignments of a rotation's shifts: whose turn it is made now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from pulumi_victorops.api.errors import InvalidArgumentError, NotFoundError
from pulumi_victorops.api.rotations import Period, Rotation, Shift
from pulumi_victorops.handlers.forms import UserReference, check_name
from pulumi_victorops.handlers.ids import split_numbered_id
from pulumi_victorops.handlers.moments import in_service_form, now
from pulumi_victorops.handlers.rotation_lists import ids_by_label, wait_for
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import NAMES_ROTATION, REPLACES, Input, Inputs
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import shown

_ROTATION = re.compile(r"team-[A-Za-z0-9]+/[0-9]+")


def _check_rotation(text: str) -> str:
    if not _ROTATION.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a rotation's id: expected 'team-.../number', as `rotation.id` gives it")
    return text


def _check_shift(shift: Any) -> Any:
    if isinstance(shift, bool) or not isinstance(shift, str | int):
        raise ValueError(f"expected a shift's label or its number, got {shown(shift)}")
    return check_name(shift) if isinstance(shift, str) else shift


def _check_position(position: int) -> int:
    if position < 0:
        raise ValueError(f"{position} is not a place among the members: the first is 0")
    return position


class RotationShiftAssignmentInputs(Inputs):
    """What the program says of whose turn it is."""

    rotation: Annotated[Input[Annotated[str, AfterValidator(_check_rotation)]], REPLACES, NAMES_ROTATION]
    shift: Annotated[Input[Annotated[str | int, BeforeValidator(_check_shift)]], REPLACES]
    username: Input[UserReference]
    position: Input[Annotated[int, AfterValidator(_check_position)] | None] = None


class RotationShiftAssignmentHandler(Handler[RotationShiftAssignmentInputs]):
    """The id is `team/groupId/shiftId`."""

    model = RotationShiftAssignmentInputs
    leaves_nothing = True

    def create(self, org: Org, inputs: RotationShiftAssignmentInputs) -> Live:
        """One call, and one to find the shift by its label where the rotation wasn't just made."""
        team, group_id = split_numbered_id(inputs.rotation, "team/groupId")
        shift_id = inputs.shift if isinstance(inputs.shift, int) else _shift_id(org, inputs.rotation, inputs.shift)
        return _assign(org, team, group_id, shift_id, inputs)

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all rotations of a team; one more for a look-up.

        Turns go on by themselves, so whose it is later is no difference: the assignment was made, and stands. It's one
        while the turn lasts that was given.
        """
        team, group_id, shift_id = split_numbered_id(object_id, "team/groupId/shiftId")
        try:
            rotation = org.directory.rotations(team).get(group_id)
        except NotFoundError:
            return None
        found = [shift for shift in rotation.shifts if shift.shift_id == shift_id] if rotation else []
        if not found:
            return None
        inputs = {"rotation": f"{team}/{group_id}", "shift": found[0].label}
        if not known:
            return Live(object_id, {**inputs, "username": _whose_turn(org, team, group_id, shift_id)})
        if isinstance(known.get("shift"), int):
            inputs["shift"] = shift_id
        return Live(object_id, {**inputs, **_turn_that_was_given(found[0], known)})

    def update(self, org: Org, object_id: str, inputs: RotationShiftAssignmentInputs, changed: Set[str]) -> Live:
        """One call."""
        team, group_id, shift_id = split_numbered_id(object_id, "team/groupId/shiftId")
        return _assign(org, team, group_id, shift_id, inputs)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """No call: a turn that was given can't be taken back, and ends by itself."""


def _assign(org: Org, team: str, group_id: int, shift_id: int, inputs: RotationShiftAssignmentInputs) -> Live:
    org.client.rotations.set_scheduled_user(
        team, group_id, shift_id, username=inputs.username, position=inputs.position
    )
    org.directory.turn_given(team)
    return Live(id=f"{team}/{group_id}/{shift_id}", outputs={"assigned_at": now()})


def _turn_that_was_given(shift: Shift, known: Mapping[str, Any]) -> dict[str, Any]:
    """Whose turn it is in place of the one that was given, as long as that would last."""
    turn = shift.current
    if turn is None or turn.username is None or not _holds(turn, known.get("assigned_at")):
        return {}
    given: dict[str, Any] = {"username": turn.username}
    places = [place for place, member in enumerate(shift.shift_members) if member.slug == turn.member_slug]
    if known.get("position") is not None and len(places) == 1:
        given["position"] = places[0]
    return given


def _holds(turn: Period, moment: Any) -> bool:
    """Whether a turn holds a moment. The service may tell no turn, and older states no moment."""
    if turn.start is None or turn.end is None or not isinstance(moment, str):
        return False
    return in_service_form(turn.start) <= moment < in_service_form(turn.end)


def _shift_id(org: Org, rotation_id: str, label: str) -> int:
    team, group_id = split_numbered_id(rotation_id, "team/groupId")

    def look() -> Rotation | None:
        return org.directory.rotations(team).get(group_id)

    ids = org.directory.shift_ids(rotation_id)
    if ids is None:
        rotation = wait_for(org, team, look)
        if rotation is None:
            raise NotFoundError(f"there is no rotation with the id {rotation_id!r}")
        ids = ids_by_label(rotation.shifts)
        org.directory.keep_shift_ids(rotation_id, ids)
    if label not in ids:
        labels = ", ".join(shown(one) for one in ids) or "none"
        raise InvalidArgumentError(f"the rotation {rotation_id} has no shift {shown(label)}; its shifts are {labels}")
    return ids[label]


def _whose_turn(org: Org, team: str, group_id: int, shift_id: int) -> str | None:
    try:
        user = org.client.rotations.scheduled_user(team, group_id, shift_id)
    except NotFoundError:
        return None
    return user.username if user else None
