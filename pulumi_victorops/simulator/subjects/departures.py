"""Who takes over when a user leaves the org or a team.

A replacement is needed only by a user whom a policy pages or who stands in a rotation; one whom neither refers to
may go without. Covers and takes pass to a replacement if there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pulumi_victorops.simulator.bodies import Body
from pulumi_victorops.simulator.records import Entry, Policy, Team, User
from pulumi_victorops.simulator.refusals import unprocessable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records_oncall import Override, Rotation, Take


class Replacement(Body):
    """What the deletion of a user or of a membership says of who takes over."""

    replacement: str | None = None
    replacement_strategy: Literal["specifiedUser", "globalAdmin", "teamAdmin", "findReplacement"] | None = None


class _Estate:
    """What a user has to hand over in some teams."""

    def __init__(self, org: Org, user: User, teams: Iterable[Team]) -> None:
        self._org = org
        self._user = user
        slugs = {team.slug for team in teams}
        self._policies = [
            policy
            for policy in org.policies.values()
            if policy.team_slug in slugs and any(_pages(entry, user) for step in policy.steps for entry in step.entries)
        ]
        self._rotations: list[Rotation] = [
            rotation
            for rotation in org.duty.rotations.values()
            if rotation.team_slug in slugs
            and any(member.username == user.username for shift in rotation.shifts for member in shift.members)
        ]
        self._covers: list[tuple[Override, Policy]] = [
            (override, org.policies[slug])
            for override in org.duty.overrides.values()
            for slug, cover in override.covers.items()
            if cover == user.username and org.policies[slug].team_slug in slugs
        ]
        self._takes: list[tuple[Take, Policy]] = [
            (take, org.policies[take.policy_slug])
            for take in org.duty.takes
            if take.username == user.username and org.policies[take.policy_slug].team_slug in slugs
        ]

    @property
    def needs_replacement(self) -> bool:
        return bool(self._policies or self._rotations)

    @property
    def teams(self) -> list[Team]:
        slugs = [policy.team_slug for policy in self._policies]
        slugs += [rotation.team_slug for rotation in self._rotations]
        slugs += [policy.team_slug for _, policy in self._covers]
        slugs += [policy.team_slug for _, policy in self._takes]
        return [self._org.teams[slug] for slug in dict.fromkeys(slugs)]

    def hand_over(self, choose: Callable[[Team], User]) -> None:
        # All are chosen before anything is changed, since a choice can be refused.
        substitutes = {team.slug: choose(team).username for team in self.teams}
        for policy in self._policies:
            self._replace_entries(policy, substitutes[policy.team_slug])
        for rotation in self._rotations:
            for member in (member for shift in rotation.shifts for member in shift.members):
                if member.username == self._user.username:
                    member.username = substitutes[rotation.team_slug]
        for override, policy in self._covers:
            override.covers[policy.slug] = substitutes[policy.team_slug]
            if override.covers[policy.slug] == override.username:
                del override.covers[policy.slug]
        for take, policy in self._takes:
            take.username = substitutes[policy.team_slug]

    def _replace_entries(self, policy: Policy, substitute: str) -> None:
        for step in policy.steps:
            renamed = [
                Entry(execution_type="user", target=substitute) if _pages(entry, self._user) else entry
                for entry in step.entries
            ]
            # Somebody who was paged in this step already is not paged twice.
            step.entries = [entry for i, entry in enumerate(renamed) if entry not in renamed[:i]]
        # Who had taken the user's own place has taken none of the substitute's.
        self._org.duty.drop_takes(
            lambda take: (take.policy_slug, take.place, take.target) == (policy.slug, "user", self._user.username)
        )


def hand_over_everywhere(org: Org, user: User, wish: Replacement) -> None:
    """Put somebody in the place of a user who leaves the org, or refuse with 422."""
    estate = _Estate(org, user, org.teams.values())
    match wish.replacement_strategy:
        case "globalAdmin":
            admin = _first_global_admin(org, user)
            if admin is None:
                raise unprocessable(f"There is no global admin who could replace {user.username}")
            estate.hand_over(lambda _team: admin)
        case "teamAdmin":
            for team in org.teams_of(user.username):
                _first_team_admin(org, team, user)  # every team of the user has to have one
            estate.hand_over(lambda team: _first_team_admin(org, team, user))
        case "findReplacement":
            estate.hand_over(_best_match(org, user))
        case strategy:
            substitute = _named_replacement(
                org, user, wish.replacement, estate.needs_replacement or strategy is not None
            )
            if substitute is not None:
                estate.hand_over(lambda _team: substitute)


def hand_over_in_team(org: Org, team: Team, user: User, wish: Replacement) -> None:
    """Put somebody in the place of a user who leaves a team, or refuse with 422."""
    estate = _Estate(org, user, [team])
    substitute = _named_replacement(org, user, wish.replacement, estate.needs_replacement)
    if substitute is not None:
        estate.hand_over(lambda _team: substitute)


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
