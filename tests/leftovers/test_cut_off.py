"""What a run had made when it was killed before the service answered, so that nobody knows its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from tests.leftovers.conftest import EVE, Leftovers, Start, begin
from tests.provider.plugin import PluginError
from tools.chaos.faults import Service

PAGES_ADMIN = [{"timeout": 0, "entries": [{"type": "user", "username": "admin"}]}]
PAGES = [{"timeout": 10, "rules": [{"type": "email"}]}, {"timeout": 15, "rules": [{"type": "push"}]}]
"""Two steps, each of which takes a write."""


@pytest.fixture
def simulator() -> Iterator[Service]:
    """A service that kills in the middle of a call."""
    with Service(seed=1, extended=False) as service:
        service.reset("empty")
        yield service


@pytest.fixture
def objects(client: Client) -> dict[str, tuple[dict[str, Any], int]]:
    """What could be made in an org, and at which of its calls it's made."""
    team = client.teams.create(TeamPayload(name="Base")).slug
    client.teams.add_member(team, "admin")
    client.users.create(UserPayload.model_validate(EVE))
    entry = PolicyEntry.model_validate({"executionType": "user", "user": {"username": "admin"}})
    steps = [PolicyStep(timeout=0, entries=[entry])]
    policy = client.policies.create(PolicyPayload(name="Base", team_slug=team, steps=steps)).slug
    away = client.overrides.create(
        username="admin", timezone="UTC", start="2096-01-01T00:00:00Z", end="2096-01-08T00:00:00Z"
    ).public_id
    return {
        "EscalationPolicy": ({"team": team, "name": "Page", "steps": PAGES_ADMIN}, 1),
        "TeamMembership": ({"team": team, "username": "eve"}, 1),
        "PagingPolicy": ({"username": "eve", "steps": PAGES}, 3),
        "OverrideAssignment": ({"override": away, "policy": policy, "username": "eve"}, 1),
    }


@pytest.mark.parametrize("kind", ["EscalationPolicy", "TeamMembership", "PagingPolicy", "OverrideAssignment"])
def test_what_was_made_without_an_answer_is_looked_for(
    kind: str,
    objects: dict[str, tuple[dict[str, Any], int]],
    simulator: Service,
    start: Start,
    leftovers: Leftovers,
) -> None:
    before, killed = what_people_see(simulator), start()
    inputs, call = objects[kind]
    simulator.kill_at(call, answered=True, kill=killed.kill_now)
    with pytest.raises(PluginError):
        begin(killed, kind, inputs)
    killed.kill()
    assert simulator.disarm()
    assert what_people_see(simulator) != before
    code, lines, _ = leftovers()
    assert (code, len(lines)) == (1, 2)
    assert re.fullmatch(r"left: \S+ '.*', which is as one that it began to make \(pulumi-victorops .*\)", lines[0])
    code, lines, _ = leftovers("--delete", "--yes")
    assert (code, lines[-1]) == (0, "Deleted: 1 of 1.")
    assert what_people_see(simulator) == before


def what_people_see(service: Service) -> list[Any]:
    org = service.snapshot()
    return [org["users"], org["policies"], org["overrides"], [team["members"] for team in org["teams"]]]
