"""Who is on call: operation E60."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Policy, Team


def _users_on_call(policy: Policy) -> list[str]:
    """On call are those whom the first step pages, each once."""
    entries = policy.steps[0].entries if policy.steps else []
    return list(dict.fromkeys(entry.target for entry in entries if entry.execution_type == "user"))


def _team_json(org: Org, team: Team) -> dict[str, Any]:
    return {
        "team": {"name": team.name, "slug": team.slug},
        "onCallNow": [
            {
                "escalationPolicy": {"name": policy.name, "slug": policy.slug},
                "users": [{"onCallUser": {"username": username}} for username in _users_on_call(policy)],
            }
            for policy in org.policies_of(team)
            if _users_on_call(policy)
        ],
    }


def _current(call: Call) -> dict[str, Any]:
    teams = [_team_json(call.org, team) for team in call.org.teams.values()]
    return {"teamsOnCall": [team for team in teams if team["onCallNow"]]}


RULES: dict[str, Rule] = {"GET /api-public/v1/oncall/current": _current}
"""What answers the operations on on-call duty."""
