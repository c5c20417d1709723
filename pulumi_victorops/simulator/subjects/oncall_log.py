"""The report on who was on call: operation E86."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.queries import instant
from pulumi_victorops.simulator.refusals import bad_request, not_found
from pulumi_victorops.simulator.spells import Spell, spells, time_on_duty

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule

_DAY = timedelta(days=1)
_NOT_FOUND = "team or user(s) not found"


def _with_milliseconds(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _hours_and_minutes(duration: timedelta) -> dict[str, int]:
    hours, minutes = divmod(duration // timedelta(minutes=1), 60)
    return {"hours": hours, "minutes": minutes}


def _user_log(username: str, of_user: list[Spell]) -> dict[str, Any]:
    return {
        "userId": username,
        "total": _hours_and_minutes(sum((spell.off - spell.on for spell in of_user), timedelta())),
        # Being on call for two policies at a time counts once here.
        "adjustedTotal": _hours_and_minutes(time_on_duty(of_user)),
        "log": [
            {
                "on": _with_milliseconds(spell.on),
                "off": _with_milliseconds(spell.off),
                "duration": _hours_and_minutes(spell.off - spell.on),
                "escalationPolicy": {"name": spell.policy.name, "slug": spell.policy.slug},
            }
            for spell in of_user
        ],
    }


def _read(call: Call) -> dict[str, Any]:
    team = call.org.teams.get(call.params["team"])
    wanted = call.query.get("userName")
    if team is None or (wanted is not None and wanted.lower() not in call.org.users):
        raise not_found(_NOT_FOUND)
    today = call.now.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = instant(call, "start", today), instant(call, "end", today + _DAY)
    if end <= start:
        raise bad_request("end has to be after start")
    found = [
        spell
        for policy in call.org.policies_of(team)
        for spell in spells(call.org, policy, start, min(end, call.now))
        if wanted is None or spell.username == wanted.lower()
    ]
    found.sort(key=lambda spell: spell.on)
    logs = [
        _user_log(username, [spell for spell in found if spell.username == username])
        for username in dict.fromkeys(spell.username for spell in found)
    ]
    return {
        "teamSlug": team.slug,
        "start": _with_milliseconds(start),
        "end": _with_milliseconds(end),
        "results": len(logs),
        "userLogs": logs,
    }


RULES: dict[str, Rule] = {"GET /api-reporting/v1/team/{team}/oncall/log": _read}
"""What answers the operation on past duty."""
