"""Who is on call, and taking another's place: operations E60 to E62."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.refusals import not_found
from pulumi_victorops.simulator.roster import on_call
from pulumi_victorops.simulator.subjects.policies import find_policy
from pulumi_victorops.simulator.subjects.teams import find_team
from pulumi_victorops.simulator.takes import take_places

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records import Policy, Team


class _TakeBody(Body):
    from_user: Text
    to_user: Text


def _team_json(call: Call, team: Team) -> dict[str, Any]:
    users = {policy.slug: on_call(call.org, policy, call.now) for policy in call.org.policies_of(team)}
    return {
        "team": {"name": team.name, "slug": team.slug},
        "onCallNow": [
            {
                "escalationPolicy": {"name": policy.name, "slug": policy.slug},
                "users": [{"onCallUser": {"username": username}} for username in users[policy.slug]],
            }
            for policy in call.org.policies_of(team)
            if users[policy.slug]
        ],
    }


def _current(call: Call) -> dict[str, Any]:
    teams = [_team_json(call, team) for team in call.org.teams.values()]
    return {"teamsOnCall": [team for team in teams if team["onCallNow"]]}


def _take_in_team(call: Call) -> dict[str, str]:
    return _take(call, call.org.policies_of(find_team(call.org, call.params["team"])))


def _take_in_policy(call: Call) -> dict[str, str]:
    return _take(call, [find_policy(call.org, call.params["policy"])])


def _take(call: Call, policies: list[Policy]) -> dict[str, str]:
    body = call.body(_TakeBody)
    relieved, taker = (call.org.users.get(name.lower()) for name in (body.from_user, body.to_user))
    if relieved is None or taker is None:
        raise not_found("team or user(s) not found")
    affected = [policy for policy in policies if relieved.username in on_call(call.org, policy, call.now)]
    if not affected:
        raise not_found(f"{relieved.username} is not on call now")
    for policy in affected:
        take_places(call.org, policy, relieved.username, taker.username, call.now)
    return {"result": "ok"}


RULES: dict[str, Rule] = {
    "GET /api-public/v1/oncall/current": _current,
    "PATCH /api-public/v1/team/{team}/oncall/user": _take_in_team,
    "PATCH /api-public/v1/policies/{policy}/oncall/user": _take_in_policy,
}
"""What answers the operations on on-call duty."""
