"""Teams, their members and admins: operations E09 to E18."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.records import Team
from pulumi_victorops.simulator.refusals import not_found, unprocessable
from pulumi_victorops.simulator.subjects.departures import Replacement, hand_over_in_team
from pulumi_victorops.simulator.subjects.links import link
from pulumi_victorops.simulator.subjects.policies import withdraw_policy, withdraw_rotation
from pulumi_victorops.simulator.subjects.users import find_user, user_json

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org


class _TeamBody(Body):
    name: Text
    description: str | None = None


class _MemberBody(Body):
    username: Text


def find_team(org: Org, slug: str) -> Team:
    """Give the team that a path names, or refuse with 404."""
    team = org.teams.get(slug)
    if team is None:
        raise not_found(f"No team '{slug}' found")
    return team


def _team_json(team: Team) -> dict[str, Any]:
    return {
        "_selfUrl": link("team", team.slug),
        "_membersUrl": link("team", team.slug, "members"),
        "_policiesUrl": link("team", team.slug, "policies"),
        "_adminsUrl": link("team", team.slug, "admins"),
        "name": team.name,
        "slug": team.slug,
        "memberCount": len(team.members),
        "version": team.version,
        "isDefaultTeam": team.is_default,
        "description": team.description,
    }


def _members_json(org: Org, team: Team) -> dict[str, Any]:
    members = [org.users[username] for username in team.members]
    return {
        "_selfUrl": link("team", team.slug, "members"),
        "_teamUrl": link("team", team.slug),
        "members": [
            {
                "username": user.username,
                "firstName": user.first_name,
                "lastName": user.last_name,
                "displayName": user.display_name,
                "version": user.version,
                "verified": user.verified,
            }
            for user in members
        ],
    }


def _refuse_taken_name(org: Org, name: str, team: Team | None = None) -> None:
    holder = org.team_named(name)
    if holder is not None and holder is not team:
        raise unprocessable(f"Team name {name} is unavailable")


def _create(call: Call) -> dict[str, Any]:
    body = call.body(_TeamBody)
    _refuse_taken_name(call.org, body.name)
    if call.config.max_teams is not None and len(call.org.teams) >= call.config.max_teams:
        raise unprocessable(f"The limit of {call.config.max_teams} teams is reached")
    team = Team(slug=call.org.new_slug("team-"), name=body.name, description=body.description or "")
    call.org.add_team(team)
    return _team_json(team)


def _list(call: Call) -> list[dict[str, Any]]:
    return [_team_json(team) for team in call.org.teams.values()]


def _read(call: Call) -> dict[str, Any]:
    return _team_json(find_team(call.org, call.params["team"]))


def _update(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    body = call.body(_TeamBody)
    _refuse_taken_name(call.org, body.name, team)
    call.org.rename_team(team, body.name)
    if body.description is not None:
        team.description = body.description
    team.version += 1
    return _team_json(team)


def _delete(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    if team.is_default:
        raise unprocessable("The default team cannot be deleted")
    for policy in call.org.policies_of(team):
        withdraw_policy(call.org, policy)
    for rotation in call.org.duty.rotations_of(team.slug):
        withdraw_rotation(call.org, rotation)
    answer = _team_json(team)
    call.org.remove_team(team)
    return answer


def _list_policies(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    return {"policies": [{"name": policy.name, "slug": policy.slug} for policy in call.org.policies_of(team)]}


def _list_admins(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    admins = [call.org.users[username] for username, is_admin in team.members.items() if is_admin]
    kept = (
        "username",
        "firstName",
        "lastName",
        "createdAt",
        "passwordLastUpdated",
        "verified",
        "_selfUrl",
    )
    return {"teamAdmins": [{name: user_json(user)[name] for name in kept} for user in admins]}


def _list_members(call: Call) -> dict[str, Any]:
    return _members_json(call.org, find_team(call.org, call.params["team"]))


def _add_member(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    user = find_user(call.org, call.body(_MemberBody).username)
    if user.username not in team.members:
        call.org.add_member(team, user.username)
    return _members_json(call.org, team)


def _remove_member(call: Call) -> dict[str, Any]:
    team = find_team(call.org, call.params["team"])
    user = find_user(call.org, call.params["user"])
    if user.username not in team.members:
        raise not_found(f"User {user.username} is no member of team '{team.slug}'")
    hand_over_in_team(call.org, team, user, call.body(Replacement))
    call.org.remove_member(team, user.username)
    return _members_json(call.org, team)


RULES: dict[str, Rule] = {
    "POST /api-public/v1/team": _create,
    "GET /api-public/v1/team": _list,
    "GET /api-public/v1/team/{team}": _read,
    "PUT /api-public/v1/team/{team}": _update,
    "DELETE /api-public/v1/team/{team}": _delete,
    "GET /api-public/v1/team/{team}/policies": _list_policies,
    "GET /api-public/v1/team/{team}/admins": _list_admins,
    "GET /api-public/v1/team/{team}/members": _list_members,
    "POST /api-public/v1/team/{team}/members": _add_member,
    "DELETE /api-public/v1/team/{team}/members/{user}": _remove_member,
}
"""What answers each operation on teams."""
