"""Rotations: operations E42 to E45. There is no way to change one but for whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.clock import stamp
from pulumi_victorops.simulator.periods import WHOLE_WEEK, handoff, member_of, on_duty, period_at
from pulumi_victorops.simulator.queries import whole_number
from pulumi_victorops.simulator.records_oncall import Mask, Rotation, Shift
from pulumi_victorops.simulator.refusals import not_found, unprocessable
from pulumi_victorops.simulator.roster import NEIGHBOURS
from pulumi_victorops.simulator.subjects.policies import withdraw_rotation
from pulumi_victorops.simulator.subjects.shift_bodies import WEEKDAYS, ShiftBody
from pulumi_victorops.simulator.subjects.teams import find_team

if TYPE_CHECKING:
    from datetime import datetime

    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org

_PERIODS_SHOWN = 10
_MOST_PERIODS = 100
_FARTHEST_PERIOD = 1000


class _RotationBody(Body):
    label: Text
    shifts: list[ShiftBody] | None = Field(default=None)


def find_rotation(call: Call) -> Rotation:
    """Give the rotation that a path names by team and number, or refuse with 404."""
    team, number = find_team(call.org, call.params["team"]), call.params["groupId"]
    rotation = next((r for r in call.org.duty.rotations_of(team.slug) if str(r.id) == number), None)
    if rotation is None:
        raise not_found(f"No rotation '{number}' found in team '{team.slug}'")
    return rotation


def _listed(call: Call) -> list[Rotation]:
    team = find_team(call.org, call.params["team"])
    return [rotation for rotation in call.org.duty.rotations_of(team.slug) if rotation.listed_from <= call.clock]


def _list_slugs(call: Call) -> dict[str, Any]:
    return {
        "rotationGroups": [
            {
                "teamSlug": rotation.team_slug,
                "slug": rotation.slug,
                "label": rotation.label,
                "groupId": rotation.id,
            }
            for rotation in _listed(call)
        ]
    }


def _list_shifts(call: Call) -> dict[str, Any]:
    return {
        "rotations": [
            {
                "groupId": rotation.id,
                "label": rotation.label,
                "totalMembersInRotation": len({m.username for shift in rotation.shifts for m in shift.members}),
                "shifts": [
                    {
                        "shiftId": shift.id,
                        "label": shift.label,
                        "timezone": shift.timezone,
                        "start": stamp(handoff(shift, 0)),
                        "duration": shift.duration,
                        "shifttype": shift.type,
                        **_masks_json(shift),
                        **_progress_json(shift, call.now, 0, _PERIODS_SHOWN),
                    }
                    for shift in rotation.shifts
                ],
            }
            for rotation in _listed(call)
        ]
    }


def _masks_json(shift: Shift) -> dict[str, Any]:
    masks = shift.masks or [WHOLE_WEEK]
    return {name: _mask_json(mask) for name, mask in zip(("mask", "mask2", "mask3"), masks, strict=False)}


def _mask_json(mask: Mask) -> dict[str, Any]:
    return {
        "day": {name: number in mask.weekdays for number, name in enumerate(WEEKDAYS)},
        "time": [
            {
                "start": {"hour": window.start.hour, "minute": window.start.minute},
                "end": {"hour": window.end.hour, "minute": window.end.minute},
            }
            for window in mask.windows
        ],
    }


def _progress_json(shift: Shift, now: datetime, skip: int, count: int) -> dict[str, Any]:
    """Show what time brings: the periods from the present one on, or from the first that is to come."""
    present = period_at(shift, now)
    first = (present or 0) + skip
    return {
        "periods": [_period_json(shift, number) for number in range(first, first + count)] if shift.members else [],
        "current": {} if present is None else _period_json(shift, present),
        "next": _period_json(shift, 0 if present is None else present + 1),
        "shiftMembers": [{"slug": member.slug, "username": member.username} for member in shift.members],
    }


def _period_json(shift: Shift, number: int) -> dict[str, Any]:
    member = member_of(shift, number)
    if member is None:
        return {}
    return {
        "start": stamp(handoff(shift, number)),
        "end": stamp(handoff(shift, number + 1)),
        "username": member.username,
        "isRoll": True,
        "memberSlug": member.slug,
    }


def _create(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    skip = whole_number(call, "skip", 0, 0, _FARTHEST_PERIOD)
    count = whole_number(call, "count", _PERIODS_SHOWN, 0, _MOST_PERIODS)
    body = call.body(_RotationBody)
    for shift in body.shifts or []:
        shift.check(call.org, only_text_dates=call.config.joda_dates_only)
    rotation = Rotation(
        id=call.org.new_number(),
        slug=call.org.new_slug("rtg-"),
        label=body.label,
        team_slug=team.slug,
        listed_from=call.clock + call.rotation_lag,
        shifts=[shift.to_record(call.org) for shift in body.shifts or []],
    )
    call.org.duty.add_rotation(rotation)
    # Other names than in the lists, and no slug: the service answers so.
    return {
        "orgslug": call.org.company,
        "teamslug": team.slug,
        "id": rotation.id,
        "label": rotation.label,
        "shifts": [_new_shift_json(call, rotation, shift, skip, count) for shift in rotation.shifts],
    }


def _new_shift_json(call: Call, rotation: Rotation, shift: Shift, skip: int, count: int) -> dict[str, Any]:
    present = period_at(shift, call.now)
    member = member_of(shift, present) if present is not None and on_duty(shift, call.now) else None
    return {
        "org_slug": call.org.company,
        "team_slug": rotation.team_slug,
        "rot_id": shift.id,
        "group_id": rotation.id,
        "label": shift.label,
        "timezone": shift.timezone,
        "start": round(handoff(shift, 0).timestamp() * 1000),
        "duration": shift.duration,
        "shifttype": shift.type,
        **_masks_json(shift),
        "oncall": member.username if member is not None else None,
        "usernames": [member.username for member in shift.members],
        **_progress_json(shift, call.now, skip, count),
    }


def _delete(call: Call) -> dict[str, str]:
    rotation = find_rotation(call)
    user = _policy_that_pages(call.org, rotation)
    if user is not None and not call.config.drop_used_rotations:
        raise unprocessable(f"Rotation {rotation.label} is used by policy {user}")
    withdraw_rotation(call.org, rotation)
    return {"result": "success"}


def _policy_that_pages(org: Org, rotation: Rotation) -> str | None:
    for policy in org.policies.values():
        for entry in (entry for step in policy.steps for entry in step.entries):
            if entry.execution_type in NEIGHBOURS and entry.target == rotation.slug:
                return policy.name
    return None


RULES: dict[str, Rule] = {
    "GET /api-public/v1/teams/{team}/rotations": _list_slugs,
    "GET /api-public/v2/team/{team}/rotations": _list_shifts,
    "POST /api-public/v1/teams/{team}/rotations": _create,
    "DELETE /api-public/v1/teams/{team}/rotations/{groupId}": _delete,
}
"""What answers each operation on rotations."""
