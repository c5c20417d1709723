"""Where an org names somebody: escalation policies, rotations, overrides, and who is on call now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pulumi_victorops.api.errors import VictorOpsError
from pulumi_victorops.api.on_call import TeamOnCall
from pulumi_victorops.api.overrides import Override
from pulumi_victorops.api.policies import Policy, PolicySummary
from pulumi_victorops.api.rotations import Rotation
from pulumi_victorops.api.teams import TeamReference


@dataclass(frozen=True)
class PolicyPlace:
    """A step of an escalation policy pages the person.

    Attributes:
        team: the name of the policy's team.
        policy: the policy's name.
        policy_slug: the policy's slug.
        step: which step, counted from 1.
    """

    team: str
    policy: str
    policy_slug: str
    step: int

    def __str__(self) -> str:
        return f"step {self.step} of the escalation policy {self.policy!r} ({self.policy_slug}) of team {self.team!r}"


@dataclass(frozen=True)
class ShiftPlace:
    """The person is a member of a rotation's shift.

    Attributes:
        team: the name of the rotation's team.
        rotation: the rotation's label.
        group_id: the rotation's number.
        shift: the shift's label.
        alone: whether nobody else takes turns there.
    """

    team: str
    rotation: str
    group_id: int
    shift: str
    alone: bool = False

    def __str__(self) -> str:
        shift = f"shift {self.shift!r} of the rotation {self.rotation!r} ({self.group_id}) of team {self.team!r}"
        return f"{shift}, which has no other member" if self.alone else shift


@dataclass(frozen=True)
class AbsencePlace:
    """An override says that the person is absent.

    Attributes:
        override: the override's public id.
        start: when the absence begins, as the service writes it.
        end: when it ends.
    """

    override: str
    start: str
    end: str

    def __str__(self) -> str:
        return f"absent from {self.start} to {self.end} by the override {self.override}"


@dataclass(frozen=True)
class CoverPlace:
    """The person covers for somebody in a policy while an override lasts.

    Attributes:
        override: the override's public id.
        policy_slug: the policy's slug.
        absent: the username of who is absent.
    """

    override: str
    policy_slug: str
    absent: str

    def __str__(self) -> str:
        return f"cover for {self.absent} in the policy {self.policy_slug} by the override {self.override}"


@dataclass(frozen=True)
class OnCallPlace:
    """A policy's first step pages the person now.

    Attributes:
        team: the name of the policy's team.
        policy: the policy's name.
        policy_slug: the policy's slug.
    """

    team: str
    policy: str
    policy_slug: str

    def __str__(self) -> str:
        return f"on call now in the escalation policy {self.policy!r} ({self.policy_slug}) of team {self.team!r}"


Place = PolicyPlace | ShiftPlace | AbsencePlace | CoverPlace | OnCallPlace


@dataclass(frozen=True)
class _LastOfTeam:
    """A team that has escalation policies or rotations would be left without somebody.

    Attributes:
        team: the team's name.
        team_slug: the team's slug.
        policies: the names of its escalation policies.
        rotations: the labels of its rotations.
    """

    team: str
    team_slug: str
    policies: tuple[str, ...]
    rotations: tuple[str, ...]

    @property
    def of_the_team(self) -> str:
        """The team and what it has, for messages."""
        held = [f"the escalation policy {name!r}" for name in self.policies]
        held += [f"the rotation {label!r}" for label in self.rotations]
        return f"of team {self.team!r} ({self.team_slug}), which has {', '.join(held)}"


class LastMember(_LastOfTeam):
    """There is nobody but the person in the team."""

    def __str__(self) -> str:
        return f"last member {self.of_the_team}"


class LastAdmin(_LastOfTeam):
    """None of the team's other members is an admin of it."""

    def __str__(self) -> str:
        return f"last admin {self.of_the_team} (make another in the web console)"


@dataclass(frozen=True)
class LastUser:
    """There is nobody else in the org."""

    def __str__(self) -> str:
        return "last user of the org, and so its last admin"


Obstacle = Place | LastMember | LastAdmin | LastUser
"""What keeps somebody from being removed where nobody takes over."""


class StillNamedError(VictorOpsError):
    """Somebody is named in the org, and so can't go; or is gone, and named nevertheless.

    Attributes:
        places: where the org names the person, and what else stands in the way.
    """

    def __init__(self, message: str, places: Iterable[Obstacle]) -> None:
        super().__init__(message)
        self.places = tuple(places)


def listed(places: Iterable[Obstacle]) -> str:
    """Places in one line, as messages have them."""
    return "; ".join(map(str, places))


def in_policy(listed: PolicySummary, policy: Policy, username: str) -> Iterator[PolicyPlace]:
    """The steps of a policy that page somebody, whose username is in lower case."""
    for number, step in enumerate(policy.steps, 1):
        paged = {str(entry.user.get("username", "")).lower() for entry in step.entries if entry.user}
        if username in paged:
            yield PolicyPlace(listed.team.name, listed.policy.name, listed.policy.slug, number)


def in_rotation(team: TeamReference, rotation: Rotation, username: str) -> Iterator[ShiftPlace]:
    """The shifts of a team's rotation in which somebody takes turns."""
    for shift in rotation.shifts:
        members = {member.username.lower() for member in shift.shift_members}
        if username in members:
            yield ShiftPlace(team.name, rotation.label, rotation.group_id, shift.label, alone=len(members) == 1)


def in_override(override: Override, username: str) -> Iterator[AbsencePlace | CoverPlace]:
    """Where an override says that somebody is absent, or covers."""
    if override.user.username.lower() == username:
        yield AbsencePlace(override.public_id, override.start, override.end)
    for row in override.assignments:
        if (row.user or "").lower() == username:
            yield CoverPlace(override.public_id, row.policy, override.user.username)


def on_call_in(team: TeamOnCall, username: str) -> Iterator[OnCallPlace]:
    """The policies of a team whose first step pages somebody now."""
    for duty in team.on_call_now:
        if username in {user.on_call_user.username.lower() for user in duty.users}:
            yield OnCallPlace(team.team.name, duty.escalation_policy.name, duty.escalation_policy.slug)
