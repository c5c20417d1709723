"""Each kind of resource through the plugin's own protocol: make, look, change, delete."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import UNKNOWN, Plugin, PluginError

ADA = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
PAGE_ADMIN = [{"timeout": 0.0, "entries": [{"type": "user", "username": "admin"}]}]


def default_team(client: Client) -> str:
    return next(team.slug for team in client.teams.all() if team.is_default_team)


def make_policy(client: Client, name: str = "Page") -> str:
    step = PolicyStep.model_validate(
        {"timeout": 0, "entries": [{"executionType": "user", "user": {"username": "admin"}}]}
    )
    return client.policies.create(PolicyPayload(name=name, team_slug=default_team(client), steps=[step])).slug


def test_a_user_lives(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    checked = plugin.check(providers.User, {**ADA, "expiration_hours": 48.0, "replacement_user": "ADMIN"})
    assert checked.failures == []
    assert checked.inputs == {**ADA, "expiration_hours": 48, "replacement_user": "admin"}
    made = plugin.create(providers.User, checked.inputs)
    assert made.id == "ada"
    assert made.properties == {**checked.inputs, "created_at": client.users.get("ada").created_at}

    read = plugin.read(providers.User, "ada", made.properties)
    assert (read.id, read.properties, read.inputs) == ("ada", made.properties, checked.inputs)

    new = {**checked.inputs, "first_name": "Augusta"}
    assert plugin.diff(providers.User, "ada", made.properties, new).changes
    changed = plugin.update(providers.User, "ada", made.properties, new)
    assert changed == {**made.properties, "first_name": "Augusta"}
    assert client.users.get("ada").first_name == "Augusta"

    plugin.delete(providers.User, "ada", changed)
    assert plugin.read(providers.User, "ada", changed).id == ""
    plugin.delete(providers.User, "ada", changed)


def test_a_team_lives(plugin: Plugin, client: Client) -> None:
    checked = plugin.check(providers.Team, {"name": "Platform"})
    assert checked.inputs == {"name": "Platform", "description": ""}
    made = plugin.create(providers.Team, checked.inputs)
    assert made.properties == {"name": "Platform", "description": "", "is_default_team": False}
    assert client.teams.get(made.id).name == "Platform"
    changed = plugin.update(providers.Team, made.id, made.properties, {"name": "P", "description": "d"})
    assert changed == {"name": "P", "description": "d", "is_default_team": False}
    back = plugin.update(providers.Team, made.id, changed, {"name": "P", "description": ""})
    assert (back["description"], client.teams.get(made.id).description) == ("", "")
    plugin.delete(providers.Team, made.id, back)
    assert plugin.read(providers.Team, made.id, back).id == ""
    plugin.delete(providers.Team, made.id, back)


def test_a_membership_lives(plugin: Plugin, client: Client) -> None:
    team = client.teams.create(TeamPayload(name="Platform")).slug
    plugin.create(providers.User, ADA)
    checked = plugin.check(providers.TeamMembership, {"team": team, "username": "ADA"})
    made = plugin.create(providers.TeamMembership, checked.inputs)
    assert (made.id, made.properties) == (f"{team}/ada", {"team": team, "username": "ada"})
    assert plugin.read(providers.TeamMembership, made.id, made.properties).inputs == made.properties
    plugin.delete(providers.TeamMembership, made.id, made.properties)
    assert plugin.read(providers.TeamMembership, made.id, made.properties).id == ""
    plugin.delete(providers.TeamMembership, made.id, made.properties)
    client.teams.delete(team)
    assert plugin.read(providers.TeamMembership, made.id, made.properties).id == ""
    plugin.delete(providers.TeamMembership, made.id, made.properties)


def test_a_policy_lives_with_all_seven_types_of_entries(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    simulator.reset("demo")
    team = default_team(client)
    other = make_policy_for(client, "oncall-lead")
    webhook = simulator.snapshot()["webhooks"][0]["slug"]
    inputs = {
        "team": team,
        "name": "All kinds",
        "steps": [
            {"timeout": 0, "entries": [{"type": "user", "username": "oncall-lead"}]},
            {
                "timeout": 5,
                "entries": [
                    {"type": "email", "email": "noc@example.com"},
                    {"type": "webhook", "webhook": webhook},
                    {"type": "policy_routing", "target_policy": other},
                ],
            },
        ],
    }
    checked = plugin.check(providers.EscalationPolicy, inputs)
    assert checked.failures == []
    made = plugin.create(providers.EscalationPolicy, checked.inputs)
    assert made.properties == {**inputs, "ignore_custom_paging_policies": False}
    read = plugin.read(providers.EscalationPolicy, made.id, made.properties)
    assert read.inputs == {**inputs, "ignore_custom_paging_policies": False}
    assert plugin.read(providers.EscalationPolicy, made.id).inputs == read.inputs, "looked up, it's the same"
    plugin.delete(providers.EscalationPolicy, made.id, made.properties)
    assert plugin.read(providers.EscalationPolicy, made.id, made.properties).id == ""
    plugin.delete(providers.EscalationPolicy, made.id, made.properties)


def make_policy_for(client: Client, username: str) -> str:
    step = PolicyStep.model_validate(
        {"timeout": 0, "entries": [{"executionType": "user", "user": {"username": username}}]}
    )
    return client.policies.create(PolicyPayload(name="Other", team_slug=default_team(client), steps=[step])).slug


@pytest.mark.parametrize("kind", ["rotation_group", "rotation_group_next", "rotation_group_previous"])
def test_rotations_are_sent_and_shown_by_their_slug(plugin: Plugin, kind: str) -> None:
    steps = [{"timeout": 0, "entries": [{"type": kind, "rotation_group": "rtg-0123456789abcdef"}]}]
    inputs = {"team": "team-0123456789abcdef", "name": "P", "steps": steps}
    checked = plugin.check(providers.EscalationPolicy, inputs)
    assert checked.failures == []
    assert checked.inputs["steps"] == steps


def test_a_routing_key_lives(plugin: Plugin, client: Client) -> None:
    first, second = make_policy(client, "One"), make_policy(client, "Two")
    checked = plugin.check(providers.RoutingKey, {"routing_key": "db", "targets": [second, first]})
    made = plugin.create(providers.RoutingKey, checked.inputs)
    assert (made.id, made.properties) == ("db", {"routing_key": "db", "targets": [second, first]})
    again = plugin.read(providers.RoutingKey, "db", {"routing_key": "db", "targets": [first, second]})
    assert again.inputs == {"routing_key": "db", "targets": [first, second]}, "the known order stays"
    plugin.delete(providers.RoutingKey, "db", made.properties)
    assert plugin.read(providers.RoutingKey, "db", made.properties).id == "db", "the API has no call to delete it"
    client.policies.delete(first)
    client.policies.delete(second)


def test_a_key_that_is_there_stays_where_it_leads(plugin: Plugin, client: Client) -> None:
    one, two = make_policy(client, "One"), make_policy(client, "Two")
    plugin.create(providers.RoutingKey, {"routing_key": "db", "targets": [one]})
    old = {"routing_key": "db", "targets": [one]}
    words = (
        f"the API can't change where a routing key leads, and 'db' stays as it is while {one} exists: use another key, "
        "or take the key and its policies out of the program, bring that up, and put them in again"
    )
    for targets in ([two], [UNKNOWN], [one, two], [one, UNKNOWN]):
        checked = plugin.check(providers.RoutingKey, {"routing_key": "db", "targets": targets}, old)
        assert checked.failures == [("targets", words)]
    again = plugin.check(providers.RoutingKey, {"routing_key": "db", "targets": [one, UNKNOWN]})
    assert again.failures == [("targets", words)], "made again as one of its policies is, and the other stays"
    for fine in ({"routing_key": "other", "targets": [two]}, old, {"routing_key": "db", "targets": UNKNOWN}):
        assert plugin.check(providers.RoutingKey, fine, old).failures == []


def test_deleting_policies_ends_their_key(simulator: Simulator, client: Client, plugin: Plugin) -> None:
    policy = make_policy(client)
    made = plugin.create(providers.RoutingKey, {"routing_key": "db", "targets": [policy]})
    plugin.delete(providers.EscalationPolicy, policy, {})
    assert plugin.read(providers.RoutingKey, "db", made.properties).id == ""


@pytest.mark.parametrize(
    ("provider", "state", "new", "replaces", "deletes_first"),
    [
        (providers.User, ADA, {"username": "ada2"}, ["username"], True),
        (providers.User, ADA, {"username": "ada2", "email": "ada2@example.com"}, ["username"], False),
        (providers.User, ADA, {"username": UNKNOWN}, ["username"], True),
        (providers.User, ADA, {"email": UNKNOWN, "first_name": UNKNOWN}, [], False),
        (providers.User, {**ADA, "replacement_user": "x"}, {"replacement_user": "y"}, [], False),
        (providers.Team, {"name": "A", "description": ""}, {"name": "B"}, [], False),
        (providers.TeamMembership, {"team": "team-a", "username": "ada"}, {"team": "team-b"}, ["team"], False),
        (providers.TeamMembership, {"team": "team-a", "username": "ada"}, {"team": UNKNOWN}, ["team"], False),
        (providers.RoutingKey, {"routing_key": "k", "targets": ["pol-a"]}, {"targets": [UNKNOWN]}, ["targets"], True),
        (providers.RoutingKey, {"routing_key": "k", "targets": ["pol-a"]}, {"targets": UNKNOWN}, ["targets"], True),
        (
            providers.EscalationPolicy,
            {"team": "team-a", "name": "P", "steps": PAGE_ADMIN, "ignore_custom_paging_policies": False},
            {"steps": [{"timeout": 5.0, "entries": PAGE_ADMIN[0]["entries"]}], "ignore_custom_paging_policies": True},
            ["steps", "ignore_custom_paging_policies"],
            False,
        ),
    ],
)
def test_what_a_change_replaces(
    plugin: Plugin, provider: Any, state: dict[str, Any], new: dict[str, Any], replaces: list[str], deletes_first: bool
) -> None:
    found = plugin.diff(provider, "id", state, {**state, **new})
    assert found.changes
    assert found.replaces == replaces
    assert found.deletes_first is deletes_first


def test_unknown_values_come_back_unknown_from_a_check(plugin: Plugin) -> None:
    inputs = {
        "team": UNKNOWN,
        "name": "P",
        "steps": [UNKNOWN, {"timeout": UNKNOWN, "entries": [UNKNOWN, {"type": "user", "username": UNKNOWN}]}],
        "ignore_custom_paging_policies": UNKNOWN,
    }
    checked = plugin.check(providers.EscalationPolicy, inputs)
    assert checked.failures == []
    assert checked.inputs == inputs


def test_an_error_is_its_message_alone(plugin: Plugin) -> None:
    plugin.create(providers.User, ADA)
    with pytest.raises(PluginError) as refused:
        plugin.create(providers.User, {**ADA, "email": "other@example.com"})
    assert str(refused.value) == (
        "POST /api-public/v1/user: 422: User name ada is unavailable; take User ada over with adopt=True (which "
        "changes its email), or bring it into the stack: pulumi-victorops import User ada NAME"
    )


def test_configuration_comes_from_the_stack_before_the_environment(simulator: Simulator) -> None:
    plugin = Plugin(config_of(simulator), VO_API_ID="wrong", VO_API_KEY="wrong", VO_BASE_URL="https://wrong.invalid")
    try:
        assert plugin.create(providers.User, ADA).id == "ada"
    finally:
        plugin.stop()


def test_configuration_comes_from_the_environment_where_the_stack_has_none(simulator: Simulator) -> None:
    plugin = Plugin(
        {}, VO_API_ID=simulator.api_id, VO_API_KEY=simulator.api_key, VO_BASE_URL=simulator.url, VO_RATE_LIMIT="off"
    )
    try:
        assert plugin.create(providers.User, ADA).id == "ada"
    finally:
        plugin.stop()


def test_missing_credentials_fail_each_call_with_one_line(simulator: Simulator) -> None:
    plugin = Plugin({"victorops:apiId": "an-id"})
    try:
        words = (
            "victorops:apiKey is not set: run `pulumi config set --secret victorops:apiKey ...`, "
            "or set VO_API_KEY in the environment"
        )
        assert plugin.check(providers.Team, {"name": "A"}).failures == [("", words)]
        with pytest.raises(PluginError) as refused:
            plugin.delete(providers.Team, "team-a", {})
        assert str(refused.value) == words
    finally:
        plugin.stop()


def test_lists_are_read_once_however_many_resources_need_them(
    plugin: Plugin, client: Client, simulator: Simulator
) -> None:
    policy = make_policy(client)
    team = default_team(client)
    for name in ("a", "b", "c"):
        plugin.create(providers.RoutingKey, {"routing_key": name, "targets": [policy]})
    simulator.put_faults([])
    before = simulator.requests()["by_operation"]
    for name in ("a", "b", "c"):
        assert plugin.read(providers.RoutingKey, name, {"routing_key": name, "targets": [policy]}).id == name
        plugin.read(providers.TeamMembership, f"{team}/admin", {"team": team, "username": "admin"})
    after = simulator.requests()["by_operation"]
    assert {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)} == {
        "GET /api-public/v1/org/routing-keys": 1,
        "GET /api-public/v1/team/{team}/members": 1,
    }
