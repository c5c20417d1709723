"""A team on duty in the simulated service, for the tests that need one."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_victorops.api import Client
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload


@dataclass(frozen=True)
class Duty:
    """Ada is on duty in the team by a rotation, and the policy pages her; grace and joan are members too."""

    team: str
    group: int
    shift: int
    policy: str


def put_on_duty(client: Client) -> Duty:
    """Make the team, its rotation, the policy `Page` and the routing key `database`."""
    team = client.teams.create(TeamPayload(name="Platform")).slug
    for username in ("ada", "grace", "joan"):
        email = f"{username}@example.com"
        client.users.create(UserPayload(first_name=username, last_name="X", username=username, email=email))
        client.teams.add_member(team, username)
    # Its only member is on duty in every period, whatever the time is.
    shift = ShiftPayload(
        label="primary", timezone="UTC", start=1609750800000, duration=7, shift_type="std", usernames=["ada"]
    )
    created = client.rotations.create(team, RotationPayload(label="Weekly", shifts=[shift]))
    (group,) = client.rotations.groups(team)
    entry = PolicyEntry(execution_type="rotation_group", rotation_group={"slug": group.slug})
    steps = [PolicyStep(timeout=0, entries=[entry])]
    policy = client.policies.create(PolicyPayload(name="Page", team_slug=team, steps=steps)).slug
    client.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=[policy]))
    number = created.shifts[0].shift_id
    assert created.group_id is not None
    assert number is not None
    return Duty(team, created.group_id, number, policy)
