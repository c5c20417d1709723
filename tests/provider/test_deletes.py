"""Deletions that look first, through the plugin: what they read, wait for and tell."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.places import StillNamedError
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.settings import Settings
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload, Users
from pulumi_victorops.handlers import replacement
from pulumi_victorops.lifecycle.org import org_for
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of, plugins
from tests.provider.engine import EngineLog, engine_log
from tests.provider.plugin import UNKNOWN, Plugin, PluginError


@pytest.fixture
def log() -> Iterator[EngineLog]:
    with engine_log() as listening:
        yield listening


@pytest.fixture
def start(simulator: Simulator, log: EngineLog) -> Iterator[Callable[..., Plugin]]:
    """Starts plugins with further configuration, which tell this engine."""
    with plugins() as start:

        def start_one(**config: str) -> Plugin:
            more = {f"victorops:{name}": value for name, value in config.items()}
            return start(config_of(simulator) | more, engine=log.address)

        yield start_one


def add_user(client: Client, username: str) -> None:
    client.users.create(UserPayload(username=username, first_name="A", last_name="B", email=f"{username}@example.com"))


def add_policy(client: Client, team: str, *usernames: str, name: str = "Page") -> str:
    entries = [{"executionType": "user", "user": {"username": one}} for one in usernames]
    step = PolicyStep.model_validate({"timeout": 0, "entries": entries})
    return client.policies.create(PolicyPayload(name=name, team_slug=team, steps=[step])).slug


def add_team(client: Client, *usernames: str) -> str:
    team = client.teams.create(TeamPayload(name="Platform")).slug
    for username in usernames:
        client.teams.add_member(team, username)
    return team


def calls(simulator: Simulator, before: Mapping[str, int] = MappingProxyType({})) -> dict[str, int]:
    """The calls that were made since others were counted."""
    counts = simulator.requests()["by_operation"]
    named = {name.replace("/api-public", ""): count for name, count in counts.items()}
    return {name: count - before.get(name, 0) for name, count in named.items() if count > before.get(name, 0)}


def test_many_users_go_with_one_look_at_the_org(
    simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    people = [f"user{number}" for number in range(20)]
    for username in people:
        add_user(client, username)
    add_policy(client, add_team(client, "admin"), "admin")
    before = calls(simulator)
    plugin = start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda username: plugin.delete(providers.User, username, {}), people))
    assert calls(simulator, before) == {
        "GET /v1/policies": 1,
        "GET /v1/policies/{policy}": 2,
        "GET /v1/team": 1,
        "GET /v2/team/{team}/rotations": 2,
        "GET /v1/team/{team}/members": 2,
        "GET /v1/overrides": 1,
        "GET /v2/user": 1,
        "DELETE /v1/user/{user}": 20,
    }
    assert [user.username for user in client.users.all()] == ["admin"]


def test_a_removal_waits_for_what_leaves_beside_it(
    simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    add_user(client, "ada")
    team = add_team(client, "ada", "admin")
    policy = add_policy(client, team, "ada")
    plugin = start()
    before = calls(simulator)
    with ThreadPoolExecutor(1) as pool:
        leaving = pool.submit(plugin.delete, providers.TeamMembership, f"{team}/ada", {})
        until(lambda: "GET /v2/team/{team}/rotations" in calls(simulator, before))
        plugin.delete(providers.EscalationPolicy, policy, {"name": "Page"})
        leaving.result()
    assert [member.username for member in client.teams.members(team)] == ["admin"]


def test_more_may_wait_than_the_plugin_serves_at_a_time(
    simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    people = [f"user{number}" for number in range(6)]
    for username in people:
        add_user(client, username)
    team = add_team(client, "admin", *people)
    policy = add_policy(client, team, *people)
    plugin = start()
    before = calls(simulator)
    with ThreadPoolExecutor(len(people)) as pool:
        leaving = [pool.submit(plugin.delete, providers.TeamMembership, f"{team}/{one}", {}) for one in people]
        until(lambda: "GET /v2/team/{team}/rotations" in calls(simulator, before))
        plugin.delete(providers.EscalationPolicy, policy, {"name": "Page"})
        for one in leaving:
            one.result()
    assert [member.username for member in client.teams.members(team)] == ["admin"]


def until(holds: Callable[[], bool]) -> None:
    """Look until something holds, for a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_refusal_comes_before_the_call_and_lists_each_place(
    simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    add_user(client, "ada")
    team = add_team(client, "admin")
    policies = sorted(add_policy(client, team, "ada") for _ in range(2))
    before = calls(simulator)
    with pytest.raises(PluginError) as refusal:
        start().delete(providers.User, "ada", {})
    assert str(refusal.value) == (
        "ada can't be deleted while nobody takes over: "
        f"step 1 of the escalation policy 'Page' ({policies[0]}) of team 'Platform'; "
        f"step 1 of the escalation policy 'Page' ({policies[1]}) of team 'Platform'; "
        "name who takes over: replacement_user on the resource (and bring that up first), "
        "or victorops:defaultReplacement for the stack"
    )
    assert all(name.startswith("GET ") for name in calls(simulator, before))


def test_the_stacks_replacement_takes_over_and_the_engine_is_told(
    client: Client, start: Callable[..., Plugin], log: EngineLog
) -> None:
    add_user(client, "ada")
    policy = add_policy(client, add_team(client, "admin"), "ada")
    start(defaultReplacement="admin").delete(providers.User, "ada", {})
    [entry] = client.policies.get(policy).steps[0].entries
    assert entry.user == {"username": "admin", "firstName": "Org", "lastName": "Admin"}
    assert log.lines == [
        (
            "info",
            f"ada was deleted; admin takes over: step 1 of the escalation policy 'Page' ({policy}) of team 'Platform'",
        )
    ]


def test_what_the_service_left_behind_is_an_error(
    simulator: Simulator, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that says it deleted somebody and didn't hand over."""
    for name, value in (("API_ID", simulator.api_id), ("API_KEY", simulator.api_key), ("BASE_URL", simulator.url)):
        monkeypatch.setenv(f"VO_{name}", value)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    monkeypatch.setattr(replacement, "_WAITS", ())
    # Other tests of this process may have read lists of what the service had before.
    org_for(Settings.load(lambda _: None, os.environ)).directory.everything_changed()
    add_user(client, "ada")
    policy = add_policy(client, add_team(client, "admin"), "ada")

    def does_nothing(self: Users, username: str, **wishes: Any) -> None:
        assert (username, wishes) == ("ada", {"replacement": "admin", "strategy": None})

    monkeypatch.setattr(Users, "delete", does_nothing)
    with pytest.raises(StillNamedError) as left:
        providers.User().delete("ada", {"replacement_user": "admin"})
    assert str(left.value) == (
        "ada was deleted, but the service has left them in: step 1 of the escalation policy 'Page' "
        f"({policy}) of team 'Platform'; put somebody else there"
    )


def test_who_left_by_hand_and_is_named_is_told_and_no_error(
    client: Client, start: Callable[..., Plugin], log: EngineLog
) -> None:
    add_user(client, "ada")
    team = add_team(client, "ada", "admin")
    client.teams.remove_member(team, "ada")
    policy = add_policy(client, team, "ada")
    start().delete(providers.TeamMembership, f"{team}/ada", {})
    place = f"step 1 of the escalation policy 'Page' ({policy}) of team 'Platform'"
    assert log.lines == [("warning", f"ada left the team {team} before; what still names them: {place}")]


def test_a_policy_and_a_team_tell_what_they_take_along_and_a_key_what_keeps_it(
    client: Client, start: Callable[..., Plugin], log: EngineLog
) -> None:
    team = add_team(client, "admin")
    first, second = (add_policy(client, team, "admin", name=name) for name in ("First", "Second"))
    plugin = start()
    for key, targets in (("one", [first]), ("both", [first, second]), ("two", [second])):
        plugin.create(providers.RoutingKey, {"routing_key": key, "targets": targets})
    plugin.delete(providers.RoutingKey, "both", {"routing_key": "both"})
    plugin.delete(providers.EscalationPolicy, first, {"name": "First"})
    plugin.delete(providers.Team, team, {"name": "Platform"})
    assert log.lines == [
        (
            "info",
            "the routing key 'both' stays in the org, since the API can't delete one, until the last policy that it "
            f"leads to is deleted: 'First' ({first}), 'Second' ({second})",
        ),
        ("info", f"the escalation policy 'First' ({first}) took along the routing key 'one'"),
        (
            "info",
            f"the team 'Platform' ({team}) took along the escalation policy 'Second' ({second}), "
            "the routing key 'both', the routing key 'two'",
        ),
    ]
    assert [key.routing_key for key in client.routing_keys.all()] == [".+"]


ADA = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}


def test_an_audit_warns_of_who_is_replaced_and_of_who_could_not_be_deleted(
    client: Client, start: Callable[..., Plugin], log: EngineLog
) -> None:
    add_user(client, "ada")
    policy = add_policy(client, add_team(client, "admin"), "ada")
    place = f"step 1 of the escalation policy 'Page' ({policy}) of team 'Platform'"
    plugin = start(audit="preview")
    plugin.diff(providers.User, "ada", ADA | {"replacement_user": "admin"}, ADA | {"username": "augusta"})
    plugin.diff(providers.User, "ada", ADA, ADA)
    plugin.diff(providers.User, "ada", ADA, ADA | {"replacement_user": "admin"})
    assert log.lines == [
        (
            "warning",
            f"ada is to be deleted, since the resource is replaced: admin takes over what isn't replaced too: {place}",
        ),
        (
            "warning",
            f"ada can't be deleted as things stand: nobody takes over, and the org has: {place}; name who takes over: "
            "replacement_user on the resource (and bring that up first), or victorops:defaultReplacement for the stack",
        ),
    ]


def test_an_audit_warns_of_what_a_policy_takes_along_and_of_a_rotation_that_stays(
    client: Client, start: Callable[..., Plugin], log: EngineLog
) -> None:
    team = add_team(client, "admin")
    policy = add_policy(client, team, "admin")
    plugin = start(audit="preview")
    plugin.create(providers.RoutingKey, {"routing_key": "database", "targets": [policy]})
    shift = {"label": "primary", "type": "std", "timezone": "UTC", "start": "2026-01-05T09:00", "handoff_days": 7}
    weekly = {"team": team, "label": "Weekly", "shifts": [shift | {"usernames": ["admin"]}]}
    rotation = plugin.create(providers.Rotation, weekly)
    step = {"timeout": 0, "entries": [{"type": "rotation_group", "rotation_group": rotation.properties["slug"]}]}
    route = {"timeout": 5, "entries": [{"type": "policy_routing", "target_policy": policy}]}
    other = plugin.create(providers.EscalationPolicy, {"team": team, "name": "Other", "steps": [step, route]})
    old = {"team": team, "name": "Page", "steps": [{"timeout": 0, "entries": [{"type": "user", "username": "admin"}]}]}
    plugin.diff(providers.EscalationPolicy, policy, old, old | {"name": "Wake"})
    plugin.diff(providers.EscalationPolicy, policy, old, old)
    plugin.diff(providers.Rotation, rotation.id, rotation.properties, weekly | {"label": "Daily"})
    assert log.lines == [
        (
            "warning",
            f"the escalation policy 'Page' ({policy}) is to be replaced, and these lead there, which the program has "
            "to make again: the routing key 'database', the entry for it in the escalation policy 'Other' "
            f"({other.id}) of team 'Platform'",
        ),
        (
            "warning",
            f"the rotation 'Weekly' ({rotation.id}) is to be replaced, and stays as well unless these are replaced "
            f"too: the escalation policy 'Other' ({other.id}) of team 'Platform'",
        ),
    ]


def test_an_audit_warns_of_what_is_there_already_and_so_cannot_be_made(
    client: Client, start: Callable[..., Plugin], log: EngineLog, tmp_path: Path
) -> None:
    add_user(client, "ada")
    policy = add_policy(client, add_team(client, "admin"), "admin")
    [platform] = [team.slug for team in client.teams.all() if team.name == "Platform"]
    plugin = start(audit="preview", journal=str(tmp_path))
    identity = {"__identity": "dev:0123456789abcdef"}
    key = plugin.check(providers.RoutingKey, {"routing_key": "database", "targets": [policy], **identity}).inputs
    plugin.create(providers.RoutingKey, key)
    plugin.check(providers.RoutingKey, key)  # as for one that is replaced because another is
    plugin.check(providers.User, {**ADA, "first_name": "Augusta", **identity})
    plugin.check(providers.User, {**ADA, "adopt": True, **identity})
    plugin.check(providers.User, {**ADA, "username": UNKNOWN, **identity})
    plugin.check(providers.User, {**ADA, "username": "grace", **identity})
    plugin.check(providers.User, ADA, {**ADA, "first_name": "Augusta"})
    start(audit="preview").check(providers.RoutingKey, {"routing_key": "Database", "targets": [UNKNOWN]})
    start().check(providers.Team, {"name": "Platform"})
    start(audit="preview").check(providers.Team, {"name": "Platform"})
    ada = "User ada is in the org already"
    assert log.lines == [
        (
            "warning",
            f"{ada}, and can't be made again: take User ada over with adopt=True (which changes its first_name "
            "and last_name), or "
            "bring it into the stack: pulumi-victorops import User ada NAME",
        ),
        ("warning", f"{ada}: it's to be taken over, not made"),
        (
            "warning",
            "RoutingKey database is in the org already, and can't be made again: RoutingKey database has other "
            "routing_key, which can't be changed; bring it into the stack as it is: pulumi-victorops import RoutingKey "
            "database NAME",
        ),
        (
            "warning",
            f"Team {platform} is in the org already, and can't be made again: take Team {platform} over with "
            "adopt=True or victorops:adopt: exact, or bring it into the stack: pulumi-victorops import Team "
            f"{platform} NAME",
        ),
    ]


def test_without_an_audit_a_preview_reads_nothing(
    simulator: Simulator, start: Callable[..., Plugin], log: EngineLog
) -> None:
    before = calls(simulator)
    start().check(providers.User, ADA)
    start().diff(providers.User, "ada", ADA, ADA | {"username": "augusta"})
    assert calls(simulator) == before
    assert log.lines == []


def test_an_audit_that_fails_is_a_warning(start: Callable[..., Plugin], log: EngineLog) -> None:
    start(audit="preview", apiKey="wrong").diff(providers.User, "ada", ADA, ADA)
    [(severity, line)] = log.lines
    assert severity == "warning"
    assert line.startswith("the audit of 'ada' failed: GET /api-public/v1/policies: 403: Authentication failed")


def test_without_the_engines_address_it_is_told_on_the_error_output(simulator: Simulator, client: Client) -> None:
    add_user(client, "ada")
    policy = add_policy(client, add_team(client, "admin"), "ada")
    plugin = Plugin(config_of(simulator))
    plugin.delete(providers.User, "ada", {"replacement_strategy": "globalAdmin"})
    assert plugin.stop().splitlines() == [
        "ada was deleted; whom the service chose (globalAdmin) takes over: step 1 of the escalation policy 'Page' "
        f"({policy}) of team 'Platform'"
    ]
