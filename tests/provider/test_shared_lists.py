"""Lists that serve all resources of an operation: what they lack is asked for alone before it counts as gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.handlers.team import TeamHandler
from pulumi_victorops.handlers.user import UserHandler
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer
from tests.provider.plugin import Plugin

ADA = {"username": "Ada", "firstName": "Ada", "lastName": "Byron", "email": "ada@example.com"}
PLATFORM = {"slug": "team-a", "name": "Platform", "description": ""}
UNKNOWN_ONE = answer(404, {"error": "None found"})


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as started:
        yield started


@pytest.fixture
def org(server: RawServer) -> Iterator[Org]:
    made = Org(Settings("id", "key", base_url=server.url, rate_limit=None))
    yield made
    made.client.close()


def test_one_list_serves_all_users_and_another_one_all_teams(plugin: Plugin, simulator: Simulator) -> None:
    users = [
        {"username": name, "first_name": name, "last_name": "B", "email": f"{name}@example.com"}
        for name in ("ada", "grace", "jonas")
    ]
    made: list[tuple[Any, Any]] = [(providers.User, plugin.create(providers.User, one)) for one in users]
    teams = [{"name": name, "description": ""} for name in ("One", "Two")]
    made += [(providers.Team, plugin.create(providers.Team, one)) for one in teams]
    before = simulator.requests()["by_operation"]
    read = [plugin.read(provider, found.id, found.properties) for provider, found in made]
    assert [found.inputs for found in read] == [*users, *teams]
    after = simulator.requests()["by_operation"]
    calls = {name: count - before.get(name, 0) for name, count in after.items() if count > before.get(name, 0)}
    assert calls == {"GET /api-public/v2/user": 1, "GET /api-public/v1/team": 1}


def test_a_change_in_the_same_operation_is_seen(plugin: Plugin, client: Client) -> None:
    inputs = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    user = plugin.create(providers.User, inputs)
    team = plugin.create(providers.Team, {"name": "Platform", "description": ""})
    for number in ("1", "2"):
        plugin.update(providers.User, "ada", user.properties, {**inputs, "last_name": number})
        assert plugin.read(providers.User, "ada", user.properties).inputs["last_name"] == number
        plugin.update(providers.Team, team.id, team.properties, {"name": number, "description": ""})
        assert plugin.read(providers.Team, team.id, team.properties).inputs["name"] == number


def test_who_is_not_in_the_list_is_asked_for_alone(server: RawServer, org: Org) -> None:
    server.script(answer(200, {"users": []}), answer(200, ADA), UNKNOWN_ONE)
    found = UserHandler().read(org, "ada", {"username": "ada"})
    assert found is not None
    assert found.inputs["first_name"] == "Ada"
    assert UserHandler().read(org, "grace", {"username": "grace"}) is None
    assert server.lines == [
        "GET /api-public/v2/user",
        "GET /api-public/v1/user/ada",
        "GET /api-public/v1/user/grace",
    ]


def test_a_service_without_the_list_of_users_is_asked_for_each(server: RawServer, org: Org) -> None:
    server.script(UNKNOWN_ONE, answer(200, ADA), answer(200, ADA))
    for _ in range(2):
        assert UserHandler().read(org, "ada", {"username": "ada"}) is not None
    assert server.lines == ["GET /api-public/v2/user", *["GET /api-public/v1/user/ada"] * 2]


def test_a_team_that_is_not_in_the_list_is_asked_for_alone(server: RawServer, org: Org) -> None:
    server.script(answer(200, []), answer(200, PLATFORM), UNKNOWN_ONE)
    assert TeamHandler().read(org, "team-a", {"name": "Platform"}) is not None
    assert TeamHandler().read(org, "team-b", {"name": "Other"}) is None
    assert server.lines == [
        "GET /api-public/v1/team",
        "GET /api-public/v1/team/team-a",
        "GET /api-public/v1/team/team-b",
    ]


def test_a_look_up_asks_for_the_one_only(server: RawServer, org: Org) -> None:
    server.script(answer(200, ADA), answer(200, PLATFORM))
    assert UserHandler().read(org, "ada", {}) is not None
    assert TeamHandler().read(org, "team-a", {}) is not None
    assert server.lines == ["GET /api-public/v1/user/ada", "GET /api-public/v1/team/team-a"]
