"""A resource that is renamed in the program: the engine makes another first, and deletes the old one last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.engine import EngineLog, engine_log
from tests.provider.plugin import Plugin

OLD, NEW, OTHER = ({"__identity": f"dev:{digit * 16}"} for digit in "123")


@pytest.fixture
def log() -> Iterator[EngineLog]:
    with engine_log() as listening:
        yield listening


@pytest.fixture
def telling(simulator: Simulator, log: EngineLog, tmp_path: Path) -> Iterator[Plugin]:
    started = Plugin(config_of(simulator) | {"victorops:journal": str(tmp_path)}, engine=log.address)
    yield started
    started.stop()


@pytest.fixture
def team(client: Client) -> str:
    for name in ("ada", "bob"):
        client.users.create(UserPayload(username=name, first_name="A", last_name="B", email=f"{name}@example.com"))
    team = client.teams.create(TeamPayload(name="Platform")).slug
    client.teams.add_member(team, "ada")
    client.teams.add_member(team, "bob")
    return team


def members(client: Client, team: str) -> set[str]:
    return {member.username for member in client.teams.members(team)}


def test_a_membership_that_is_renamed_in_the_program_stays(
    telling: Plugin, log: EngineLog, client: Client, team: str
) -> None:
    ada = {"team": team, "username": "ada"}
    made = telling.create(providers.TeamMembership, {**ada, **NEW})
    telling.delete(providers.TeamMembership, made.id, {**ada, **OLD})

    assert members(client, team) == {"ada", "bob"}
    assert log.lines == [("info", f"TeamMembership {team}/ada stays: the program has it still")]


def test_the_old_name_goes_later_without_the_membership_too(telling: Plugin, client: Client, team: str) -> None:
    """The update that made the new one was killed; the next one finds it unchanged."""
    ada = {"team": team, "username": "ada"}
    telling.diff(providers.TeamMembership, f"{team}/ada", {**ada, **NEW}, {**ada, **NEW})
    telling.delete(providers.TeamMembership, f"{team}/ada", {**ada, **OLD})

    assert members(client, team) == {"ada", "bob"}


def test_two_memberships_that_swap_their_people_lose_nobody(telling: Plugin, client: Client, team: str) -> None:
    ada, bob = ({"team": team, "username": name} for name in ("ada", "bob"))
    for before, after, whose in ((ada, bob, OLD), (bob, ada, OTHER)):
        object_id = f"{team}/{before['username']}"
        assert telling.diff(providers.TeamMembership, object_id, {**before, **whose}, {**after, **whose}).replaces
        telling.create(providers.TeamMembership, {**after, **whose})
    telling.delete(providers.TeamMembership, f"{team}/ada", {**ada, **OLD})
    telling.delete(providers.TeamMembership, f"{team}/bob", {**bob, **OTHER})

    assert members(client, team) == {"ada", "bob"}


def test_a_user_that_was_taken_over_stays_when_the_old_name_goes(telling: Plugin, client: Client, team: str) -> None:
    ada = {"username": "ada", "first_name": "A", "last_name": "B", "email": "ada@example.com"}
    telling.create(providers.User, {**ada, **NEW, "adopt": True})
    telling.delete(providers.User, "ada", {**ada, **OLD})

    assert client.users.get("ada").username == "ada"


def test_what_a_renamed_program_no_longer_has_goes(telling: Plugin, client: Client, team: str) -> None:
    """An alias says that it's the same resource: its own replacement takes the old object away."""
    ada, bob = ({"team": team, "username": name} for name in ("ada", "bob"))
    telling.diff(providers.TeamMembership, f"{team}/ada", {**ada, **OLD}, {**ada, **NEW})
    telling.delete(providers.TeamMembership, f"{team}/ada", {**ada, **OLD})
    telling.delete(providers.TeamMembership, f"{team}/bob", {**bob, **OTHER})

    assert members(client, team) == set()


def test_a_replacement_that_nothing_asks_for_takes_nothing_away(telling: Plugin, client: Client, team: str) -> None:
    """`pulumi up --replace`: the engine compares nothing, and so the journal doesn't know that the state has it."""
    ada = {"team": team, "username": "ada", **OLD}
    step = {"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}
    page = {"team": team, "name": "Page", "steps": [step], **OTHER}
    policy = telling.create(providers.EscalationPolicy, page).id

    assert telling.create(providers.EscalationPolicy, page).id == policy
    telling.delete(providers.EscalationPolicy, policy, page)
    telling.create(providers.TeamMembership, ada)
    telling.delete(providers.TeamMembership, f"{team}/ada", ada)

    assert client.policies.get(policy).name == "Page"
    assert members(client, team) == {"ada", "bob"}
