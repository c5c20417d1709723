"""Whose turn it is in a shift: operations E46 and E47."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.periods import member_of, period_at
from pulumi_victorops.simulator.refusals import not_found, unprocessable
from pulumi_victorops.simulator.subjects.rotations import find_rotation

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records_oncall import Shift


class _TurnBody(Body):
    username: Text
    position: Annotated[int, Field(ge=0)] | None = None
    member_slug: Text | None = None


def _find_shift(call: Call) -> Shift:
    rotation, number = find_rotation(call), call.params["shiftId"]
    shift = next((shift for shift in rotation.shifts if str(shift.id) == number), None)
    if shift is None:
        raise not_found(f"No shift '{number}' found in rotation '{rotation.id}'")
    return shift


def _scheduled_json(call: Call, shift: Shift) -> dict[str, Any]:
    present = period_at(shift, call.now)
    member = None if present is None else member_of(shift, present)
    if member is None:
        raise not_found(f"Nobody is scheduled in shift '{shift.id}'")
    user = call.org.users[member.username]
    return {
        "username": user.username,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "displayName": user.display_name,
        "version": user.version,
        "verified": user.verified,
    }


def _read(call: Call) -> dict[str, Any]:
    return _scheduled_json(call, _find_shift(call))


def _turn(call: Call) -> dict[str, Any]:
    shift = _find_shift(call)
    body = call.body(_TurnBody)
    present = period_at(shift, call.now)
    if present is None:
        raise unprocessable(f"Shift {shift.label} has not begun")
    fitting = [
        number
        for number, member in enumerate(shift.members)
        if member.username == body.username.lower()
        and body.position in (None, number)
        and body.member_slug in (None, member.slug)
    ]
    if not fitting:
        raise unprocessable(f"{body.username} is not in shift {shift.label}, or not at that place")
    # Of several places of one user the next counts, the present one being the nearest.
    forward = min((number - present - shift.turn) % len(shift.members) for number in fitting)
    if forward:
        shift.turn = (shift.turn + forward) % len(shift.members)
        call.org.duty.end_takes(shift, call.now)
    return _scheduled_json(call, shift)


_PATH = "/api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled"

RULES: dict[str, Rule] = {f"GET {_PATH}": _read, f"PUT {_PATH}": _turn}
"""What answers each operation on whose turn it is."""
