"""Where the org names somebody, and what else stands in the way of removing them.

All of it is read through the directory, so that the removal of many people reads each list once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.places import (
    LastAdmin,
    LastMember,
    LastUser,
    Obstacle,
    Place,
    in_override,
    in_policy,
    in_rotation,
)
from pulumi_victorops.api.policies import Policy
from pulumi_victorops.api.rotations import Rotation
from pulumi_victorops.api.teams import TeamReference
from pulumi_victorops.handlers.moments import has_passed
from pulumi_victorops.lifecycle.org import Org


@dataclass(frozen=True)
class Named:
    """Where somebody is named.

    Attributes:
        places: the places, for people to read.
        policies: the slugs of the escalation policies among them.
        teams: the slugs of the teams of the rotations among them.
        overrides: whether there are overrides among them.
    """

    places: tuple[Place, ...] = ()
    policies: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    overrides: bool = False


def named(org: Org, username: str, team: str | None = None) -> Named:
    """Where the org names somebody; with a team, where that team's escalation policies and rotations do.

    Args:
        org: the org.
        username: in lower case.
        team: a team's slug.
    """
    policies = {slug for slug, of in org.directory.policy_teams().items() if team in (None, of)}
    teams = {slug for slug in org.directory.teams() if team in (None, slug)}
    return _named(org, username, policies, teams, overrides=team is None)


def still_named(org: Org, username: str, before: Named) -> Named:
    """Where somebody is named still, of the places where they were. Looks again at those, and at nothing else."""
    org.directory.handed_over(before.policies, before.teams, overrides=before.overrides)
    return _named(org, username, before.policies, before.teams, overrides=before.overrides)


def obstacles(org: Org, username: str, team: str | None = None) -> list[Obstacle]:
    """What stands in the way of removing somebody from the org, or from a team, if nobody takes over."""
    places = named(org, username, team)
    found: list[Obstacle] = list(places.places)
    # Where a team names its last member, that says enough.
    concerned = places.teams | {org.directory.policy_teams().get(slug) for slug in places.policies}
    for slug in org.directory.teams() if team is None else [team]:
        last = _last_of(org, username, slug)
        if last is not None and (slug not in concerned or isinstance(last, LastAdmin)):
            found.append(last)
    if team is None and set(org.directory.users()) == {username}:
        found.append(LastUser())
    return found


def policies_of(org: Org, team: str) -> dict[str, str]:
    """The names of a team's escalation policies by slug."""
    return {slug: row.policy.name for slug, row in org.directory.policies().items() if row.team.slug == team}


def policy_of(org: Org, slug: str) -> Policy | None:
    """An escalation policy with its steps; None where it went since the list was read."""
    try:
        return org.directory.policy(slug)
    except NotFoundError:
        return None


def rotations_of(org: Org, team: str) -> list[Rotation]:
    """A team's rotations; none where the team is gone."""
    try:
        return list(org.directory.rotations(team).values())
    except NotFoundError:
        return []


def members_of(org: Org, team: str) -> set[str]:
    """A team's members in lower case; none where the team is gone."""
    try:
        return set(org.directory.members(team))
    except NotFoundError:
        return set()


def admins_of(org: Org, team: str) -> set[str]:
    """A team's admins in lower case; none where the team is gone."""
    try:
        return set(org.directory.admins(team))
    except NotFoundError:
        return set()


def _named(
    org: Org, username: str, policies: set[str] | frozenset[str], teams: set[str] | frozenset[str], *, overrides: bool
) -> Named:
    in_policies = {slug: list(_in_policy(org, username, slug)) for slug in sorted(policies)}
    in_teams = {slug: list(_in_rotations(org, username, slug)) for slug in sorted(teams)}
    in_overrides = list(_in_overrides(org, username)) if overrides else []
    return Named(
        tuple(place for found in (*in_policies.values(), *in_teams.values(), in_overrides) for place in found),
        frozenset(slug for slug, found in in_policies.items() if found),
        frozenset(slug for slug, found in in_teams.items() if found),
        bool(in_overrides),
    )


def _in_policy(org: Org, username: str, slug: str) -> Iterator[Place]:
    row, policy = org.directory.policies().get(slug), policy_of(org, slug)
    if row is not None and policy is not None:
        yield from in_policy(row, policy, username)


def _in_rotations(org: Org, username: str, slug: str) -> Iterator[Place]:
    team = org.directory.teams().get(slug) or TeamReference(slug=slug)
    for rotation in rotations_of(org, slug):
        yield from in_rotation(team, rotation, username)


def _in_overrides(org: Org, username: str) -> Iterator[Place]:
    for override in org.directory.overrides().values():
        # The service drops what is over, and the rows of policies that are gone, only after a while.
        rows = [row for row in override.assignments if row.policy in org.directory.policies()]
        if not has_passed(override.end):
            yield from in_override(override.model_copy(update={"assignments": rows}), username)


def _last_of(org: Org, username: str, slug: str) -> LastMember | LastAdmin | None:
    """Whether somebody is a team's last member or last admin, where the team has anything."""
    policies, rotations = policies_of(org, slug), rotations_of(org, slug)
    members = members_of(org, slug) if policies or rotations else set()
    if username not in members:
        return None
    if members != {username} and admins_of(org, slug) != {username}:
        return None
    team = org.directory.teams().get(slug) or TeamReference(slug=slug)
    labels = tuple(rotation.label for rotation in rotations)
    last = LastMember if members == {username} else LastAdmin
    return last(team.name, slug, tuple(policies.values()), labels)
