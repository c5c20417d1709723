"""On-call schedules of users and teams: operations E56 to E59, each in an old form and a new one.

A user's schedule is that of all teams the user is a member of. Times are milliseconds in the old form; in the new one
they are written with the offset of the shift's zone, or of the override's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pulumi_victorops.simulator.queries import whole_number
from pulumi_victorops.simulator.schedules import Line, Span, covers, lines
from pulumi_victorops.simulator.subjects.teams import find_team
from pulumi_victorops.simulator.subjects.users import find_user

if TYPE_CHECKING:
    from datetime import datetime

    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records import Policy, Team
    from pulumi_victorops.simulator.records_oncall import Override

_DAYS_SHOWN = 14
_MOST_DAYS = 123
_MOST_DAYS_SKIPPED = 90
_LAST_STEP = 3


def _span(call: Call) -> Span:
    return Span.of_days(
        call.now,
        skip=whole_number(call, "daysSkip", 0, 0, _MOST_DAYS_SKIPPED),
        forward=whole_number(call, "daysForward", _DAYS_SHOWN, 0, _MOST_DAYS),
        step=whole_number(call, "step", 0, 0, _LAST_STEP),
    )


# The new form


def _team_json(call: Call, team: Team, span: Span) -> dict[str, Any]:
    return {
        "team": {"name": team.name, "slug": team.slug},
        "schedules": [
            {
                "policy": _policy_json(policy),
                "schedule": [_line_json(line) for line in lines(call.org, policy, span)],
                "overrides": [_cover_json(policy, *cover) for cover in covers(call.org, policy, span)],
            }
            for policy in call.org.policies_of(team)
        ],
    }


def _policy_json(policy: Policy) -> dict[str, str]:
    return {"name": policy.name, "slug": policy.slug}


def _line_json(line: Line) -> dict[str, Any]:
    shown: dict[str, Any] = {"onCallType": line.kind}
    if line.username is not None:
        shown["onCallUser"] = {"username": line.username}
    if line.cover is not None:
        shown["overrideOnCallUser"] = {"username": line.cover}
    if line.turns is None:
        return shown | {"rolls": []}
    zone = line.turns.shift.timezone
    return shown | {
        "rotationName": line.turns.rotation.label,
        "shiftName": line.turns.shift.label,
        "shiftRoll": _written(line.turns.next_handoff, zone),
        "rolls": [
            {
                "start": _written(roll.start, zone),
                "end": _written(roll.end, zone),
                "onCallUser": {"username": roll.username},
                "isRoll": roll.is_roll,
            }
            for roll in line.turns.rolls
        ],
    }


def _cover_json(policy: Policy, override: Override, cover: str) -> dict[str, Any]:
    return {
        "origOnCallUser": {"username": override.username},
        "overrideOnCallUser": {"username": cover},
        "start": _written(override.start, override.timezone),
        "end": _written(override.end, override.timezone),
        "policy": _policy_json(policy),
    }


def _written(instant: datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).isoformat()


# The old form


def _old_team_json(call: Call, team: Team, span: Span) -> dict[str, Any]:
    policies = call.org.policies_of(team)
    return {
        "team": team.slug,
        "schedule": [_old_line_json(line) for policy in policies for line in lines(call.org, policy, span)],
        "overrides": [
            {
                "orig": override.username,
                "over": cover,
                "start": _milliseconds(override.start),
                "end": _milliseconds(override.end),
            }
            for policy in policies
            for override, cover in covers(call.org, policy, span)
        ],
    }


def _old_line_json(line: Line) -> dict[str, Any]:
    shown: dict[str, Any] = {"policyType": line.kind}
    if line.username is not None:
        shown["oncall"] = line.username
    if line.cover is not None:
        shown["overrideoncall"] = line.cover
    if line.turns is None:
        return shown | {"rolls": []}
    return shown | {
        "rotationName": line.turns.rotation.label,
        "shiftName": line.turns.shift.label,
        "shiftRoll": _milliseconds(line.turns.next_handoff),
        "rolls": [
            {
                "change": _milliseconds(roll.start),
                "until": _milliseconds(roll.end),
                "oncall": roll.username,
                "isRoll": roll.is_roll,
            }
            for roll in line.turns.rolls
        ],
    }


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


# The operations


def _of_user(call: Call) -> dict[str, Any]:
    user, span = find_user(call.org, call.params["user"]), _span(call)
    return {"teamSchedules": [_team_json(call, team, span) for team in call.org.teams_of(user.username)]}


def _of_user_old(call: Call) -> list[dict[str, Any]]:
    user, span = find_user(call.org, call.params["user"]), _span(call)
    return [_old_team_json(call, team, span) for team in call.org.teams_of(user.username)]


def _of_team(call: Call) -> dict[str, Any]:
    return _team_json(call, find_team(call.org, call.params["team"]), _span(call))


def _of_team_old(call: Call) -> dict[str, Any]:
    return _old_team_json(call, find_team(call.org, call.params["team"]), _span(call))


RULES: dict[str, Rule] = {
    "GET /api-public/v1/user/{user}/oncall/schedule": _of_user_old,
    "GET /api-public/v2/user/{user}/oncall/schedule": _of_user,
    "GET /api-public/v1/team/{team}/oncall/schedule": _of_team_old,
    "GET /api-public/v2/team/{team}/oncall/schedule": _of_team,
}
"""What answers each operation on schedules."""
