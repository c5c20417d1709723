"""Looking through an org for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_victorops.api import Client
from pulumi_victorops.api.places import Place, in_override, in_policy, in_rotation, on_call_in


def places_of(client: Client, username: str) -> list[Place]:
    """Every place where the org names somebody.

    Four calls, one for each escalation policy and one for each team; at the usual pace, two in a second.

    Args:
        client: reaches the service.
        username: who is looked for, in any case.
    """
    return list(_places(client, username.lower()))


def _places(client: Client, username: str) -> Iterator[Place]:
    for listed in client.policies.all():
        yield from in_policy(listed, client.policies.get(listed.policy.slug), username)
    for team in client.teams.all():
        for rotation in client.rotations.all(team.slug):
            yield from in_rotation(team, rotation, username)
    for override in client.overrides.all():
        yield from in_override(override, username)
    for on_call in client.on_call.current():
        yield from on_call_in(on_call, username)
