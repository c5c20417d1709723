"""Where an org names somebody: escalation policies, rotations, overrides, and who is on call now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pulumi_victorops.api import Client
from pulumi_victorops.api.overrides import Override


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
    """

    team: str
    rotation: str
    group_id: int
    shift: str

    def __str__(self) -> str:
        return f"shift {self.shift!r} of the rotation {self.rotation!r} ({self.group_id}) of team {self.team!r}"


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


def places_of(client: Client, username: str) -> list[Place]:
    """Every place where the org names somebody.

    Four calls, one for each escalation policy and one for each team; at the usual pace, two in a second.

    Args:
        client: reaches the service.
        username: who is looked for, in any case.
    """
    wanted = username.lower()
    found: list[Place] = []
    found += _in_policies(client, wanted)
    found += _in_rotations(client, wanted)
    for override in client.overrides.all():
        found += _in_override(override, wanted)
    found += _on_call_now(client, wanted)
    return found


def _in_policies(client: Client, username: str) -> Iterator[PolicyPlace]:
    for listed in client.policies.all():
        steps = client.policies.get(listed.policy.slug).steps
        for number, step in enumerate(steps, 1):
            paged = {str(entry.user.get("username", "")).lower() for entry in step.entries if entry.user}
            if username in paged:
                yield PolicyPlace(listed.team.name, listed.policy.name, listed.policy.slug, number)


def _in_rotations(client: Client, username: str) -> Iterator[ShiftPlace]:
    for team in client.teams.all():
        for rotation in client.rotations.all(team.slug):
            for shift in rotation.shifts:
                if username in {member.username.lower() for member in shift.shift_members}:
                    yield ShiftPlace(team.name, rotation.label, rotation.group_id, shift.label)


def _in_override(override: Override, username: str) -> Iterator[AbsencePlace | CoverPlace]:
    if override.user.username.lower() == username:
        yield AbsencePlace(override.public_id, override.start, override.end)
    for row in override.assignments:
        if (row.user or "").lower() == username:
            yield CoverPlace(override.public_id, row.policy, override.user.username)


def _on_call_now(client: Client, username: str) -> Iterator[OnCallPlace]:
    for team in client.on_call.current():
        for duty in team.on_call_now:
            if username in {user.on_call_user.username.lower() for user in duty.users}:
                yield OnCallPlace(team.team.name, duty.escalation_policy.name, duty.escalation_policy.slug)
