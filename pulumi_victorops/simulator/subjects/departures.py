"""Who takes over when a user leaves the org or a team.

A replacement is needed only by a user whom a policy pages; one whom nothing refers to may go without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pulumi_victorops.simulator.bodies import Body
from pulumi_victorops.simulator.records import Entry, Policy, Team, User
from pulumi_victorops.simulator.refusals import unprocessable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_victorops.simulator.org import Org


class Replacement(Body):
    """What the deletion of a user or of a membership says of who takes over."""

    replacement: str | None = None
    replacement_strategy: Literal["specifiedUser", "globalAdmin", "teamAdmin", "findReplacement"] | None = None


def hand_over_everywhere(org: Org, user: User, wish: Replacement) -> None:
    """Put somebody in the place of a user who leaves the org, or refuse with 422."""
    paging = _policies_that_page(org.policies.values(), user)
    match wish.replacement_strategy:
        case "globalAdmin":
            admin = _first_global_admin(org, user)
            if admin is None:
                raise unprocessable(f"There is no global admin who could replace {user.username}")
            _hand_over(paging, user, lambda _team: admin, org)
        case "teamAdmin":
            affected = {team.slug: team for team in org.teams_of(user.username)}
            affected |= {policy.team_slug: org.teams[policy.team_slug] for policy in paging}
            admins = {slug: _first_team_admin(org, team, user) for slug, team in affected.items()}
            _hand_over(paging, user, lambda team: admins[team.slug], org)
        case "findReplacement":
            _hand_over(paging, user, _best_match(org, user), org)
        case strategy:
            substitute = _named_replacement(org, user, wish.replacement, bool(paging) or strategy is not None)
            if substitute is not None:
                _hand_over(paging, user, lambda _team: substitute, org)


def hand_over_in_team(org: Org, team: Team, user: User, wish: Replacement) -> None:
    """Put somebody in the place of a user who leaves a team, or refuse with 422."""
    paging = _policies_that_page(org.policies_of(team), user)
    substitute = _named_replacement(org, user, wish.replacement, bool(paging))
    if substitute is not None:
        _hand_over(paging, user, lambda _team: substitute, org)


def _policies_that_page(policies: Iterable[Policy], user: User) -> list[Policy]:
    return [
        policy for policy in policies if any(_pages(entry, user) for step in policy.steps for entry in step.entries)
    ]


def _pages(entry: Entry, user: User) -> bool:
    return entry.execution_type == "user" and entry.target == user.username


def _named_replacement(org: Org, user: User, name: str | None, needed: bool) -> User | None:
    if not name:
        if needed:
            raise unprocessable(f"A replacement for {user.username} is required")
        return None
    substitute = org.users.get(name.lower())
    if substitute is None or substitute is user:
        raise unprocessable(f"Replacement {name} not found")
    return substitute


def _first_global_admin(org: Org, user: User) -> User | None:
    return next((other for other in org.users.values() if other.global_admin and other is not user), None)


def _first_team_admin(org: Org, team: Team, user: User) -> User:
    for username, is_admin in team.members.items():
        if is_admin and username != user.username:
            return org.users[username]
    raise unprocessable(f"Team {team.name} has no admin who could replace {user.username}")


def _best_match(org: Org, user: User) -> Callable[[Team], User]:
    for team in org.teams_of(user.username):
        if len(team.members) == 1:
            raise unprocessable(f"{user.username} is the last member of team {team.name}")
    admin = _first_global_admin(org, user)
    if admin is None:
        raise unprocessable(f"{user.username} is the last global admin, or there is none to replace them")

    def colleague(team: Team) -> User:
        others = (org.users[username] for username in team.members if username != user.username)
        return next(others, admin)

    return colleague


def _hand_over(policies: list[Policy], user: User, choose: Callable[[Team], User], org: Org) -> None:
    for policy in policies:
        substitute = choose(org.teams[policy.team_slug])
        for step in policy.steps:
            renamed = [
                Entry(execution_type="user", target=substitute.username) if _pages(entry, user) else entry
                for entry in step.entries
            ]
            # Somebody who was paged in this step already is not paged twice.
            step.entries = [entry for i, entry in enumerate(renamed) if entry not in renamed[:i]]
