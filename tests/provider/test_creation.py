"""Objects are made exactly once, whatever happens to the answer or to the process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.operations import OPERATIONS
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of, plugins
from tests.provider.plugin import Plugin, PluginError

IDENTITY = {"__identity": "dev:0123456789abcdef"}
STEPS = [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}]
SHIFT = {
    "label": "Days",
    "type": "std",
    "timezone": "Europe/London",
    "start": "2026-01-05T09:00",
    "handoff_days": 7,
    "usernames": ["ada"],
}


@dataclass(frozen=True)
class Kind:
    """A kind of resource that makes something new, the call that does, and how many there are of what it makes."""

    provider: type[Provider]
    call: str
    inputs: dict[str, Any]
    count: Callable[[Client], int]


@pytest.fixture
def kinds(simulator: Simulator, client: Client) -> dict[str, Kind]:
    """An org with two people, a team, a policy and an incident, and what could be made in it."""
    for name in ("ada", "bob"):
        client.users.create(UserPayload(username=name, first_name="A", last_name="B", email=f"{name}@example.com"))
    team = client.teams.create(TeamPayload(name="Base")).slug
    client.teams.add_member(team, "ada")
    entry = PolicyEntry.model_validate({"executionType": "user", "user": {"username": "ada"}})
    base = PolicyPayload(name="Base", team_slug=team, steps=[PolicyStep(timeout=0, entries=[entry])])
    policy = client.policies.create(base).slug
    target = IncidentTarget(type="User", slug="ada")
    incident = client.incidents.create(username="ada", summary="Full", details="", targets=[target]).incident_number
    person = {"first_name": "E", "last_name": "V", "username": "eve", "email": "eve@example.com"}
    away = {"username": "ada", "timezone": "UTC", "start": "2030-01-01T00:00:00Z", "end": "2030-01-02T00:00:00Z"}
    user, v1 = "/api-public/v1/user", "POST /api-public/v1"
    return {
        "user": Kind(providers.User, f"POST {user}", person, lambda c: len(c.users.all())),
        "team": Kind(providers.Team, f"{v1}/team", {"name": "Platform"}, lambda c: len(c.teams.all())),
        "membership": Kind(
            providers.TeamMembership,
            f"{v1}/team/{{team}}/members",
            {"team": team, "username": "bob"},
            lambda c: len(c.teams.members(team)),
        ),
        "policy": Kind(
            providers.EscalationPolicy,
            f"{v1}/policies",
            {"team": team, "name": "Page", "steps": STEPS},
            lambda c: len(c.policies.all()),
        ),
        "key": Kind(
            providers.RoutingKey,
            f"{v1}/org/routing-keys",
            {"routing_key": "database", "targets": [policy]},
            lambda c: len(c.routing_keys.all()),
        ),
        "rotation": Kind(
            providers.Rotation,
            f"{v1}/teams/{{team}}/rotations",
            {"team": team, "label": "Weekly", "shifts": [SHIFT]},
            lambda c: len(c.rotations.all(team)),
        ),
        "override": Kind(providers.Override, f"{v1}/overrides", away, lambda c: len(c.overrides.all())),
        "rule": Kind(
            providers.AlertRule,
            f"{v1}/alertRules",
            {"alert_field": "host", "alert_value_match": "db-*"},
            lambda c: len(c.alert_rules.all()),
        ),
        "email": Kind(
            providers.ContactEmail,
            f"POST {user}/{{user}}/contact-methods/emails",
            {"username": "ada", "label": "Home", "email": "ada@home.example.com"},
            lambda c: len(c.contacts.all("ada").emails),
        ),
        "phone": Kind(
            providers.ContactPhone,
            f"POST {user}/{{user}}/contact-methods/phones",
            {"username": "ada", "label": "Mobile", "phone": "+442071838750"},
            lambda c: len(c.contacts.all("ada").phones),
        ),
        "note": Kind(
            providers.IncidentNote,
            f"{v1}/incidents/{{incidentNumber}}/notes",
            {"incident": incident, "name": "review", "display_name": "Review", "json_value": {"by": "ada"}},
            lambda c: len(c.notes.all(str(incident))),
        ),
        "maintenance": Kind(
            providers.MaintenanceMode,
            f"{v1}/maintenancemode/start",
            {"all_routing_keys": True, "purpose": "Upgrade"},
            lambda c: len(c.maintenance.state().active_instances),
        ),
    }


NAMES = [
    "user",
    "team",
    "membership",
    "policy",
    "key",
    "rotation",
    "override",
    "rule",
    "email",
    "phone",
    "note",
    "maintenance",
]
ONCE_MADE: dict[str, dict[str, Any]] = {
    "reset after": {"kind": "reset_after"},
    "a page after": {"kind": "html", "status": 502, "after_effect": True},
    "cut short": {"kind": "truncate"},
}
NOT_MADE: dict[str, dict[str, Any]] = {
    "reset before": {"kind": "reset_before"},
    "failed": {"kind": "status", "status": 500, "body": {"error": "no"}},
}


@pytest.fixture
def start(simulator: Simulator, tmp_path: Path) -> Iterator[Callable[..., Plugin]]:
    """Start a plugin with the stack's journal; what is still running at the end is ended."""
    with plugins() as start:
        yield lambda **config: start({**config_of(simulator), "victorops:journal": str(tmp_path), **config})


def checked(plugin: Plugin, kind: Kind, **more: Any) -> dict[str, Any]:
    found = plugin.check(kind.provider, {**kind.inputs, **IDENTITY, **more})
    assert found.failures == []
    return found.inputs


def cut_off(plugin: Plugin, kind: Kind, simulator: Simulator, *faults: dict[str, Any]) -> str:
    """Have a plugin fail to make something, and kill it. Returns what it said; the service is well again."""
    inputs = checked(plugin, kind)
    simulator.put_faults(list(faults))
    with pytest.raises(PluginError) as failed:
        plugin.create(kind.provider, inputs)
    plugin.kill()
    simulator.put_faults([])
    return str(failed.value)


@pytest.fixture(scope="module")
def plugin(running_simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plugin]:
    """One plugin for all tests that don't kill it; each test is a resource of its own to it."""
    folder = str(tmp_path_factory.mktemp("journal"))
    with plugins() as start:
        yield start({**config_of(running_simulator), "victorops:journal": folder})


@pytest.mark.parametrize("fault", [*ONCE_MADE, *NOT_MADE])
@pytest.mark.parametrize("name", NAMES)
def test_an_answer_that_is_lost_makes_no_second_object(
    name: str, fault: str, kinds: dict[str, Kind], simulator: Simulator, client: Client, plugin: Plugin
) -> None:
    kind = kinds[name]
    before = kind.count(client)
    simulator.put_faults([{"operation": kind.call, "times": 1, **{**ONCE_MADE, **NOT_MADE}[fault]}])
    made = plugin.create(kind.provider, checked(plugin, kind, __identity=f"dev:{name} {fault}"))
    assert kind.count(client) == before + 1
    assert plugin.read(kind.provider, made.id, made.properties).id == made.id
    plugin.delete(kind.provider, made.id, made.properties)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_killed_run_made_is_found_by_the_next(
    name: str, kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    kind, killed = kinds[name], start()
    before = kind.count(client)
    inputs = checked(killed, kind)
    lost = killed.create(kind.provider, inputs)
    killed.kill()
    made = start().create(kind.provider, inputs)
    assert (made.id, kind.count(client)) == (lost.id, before + 1)


@pytest.mark.parametrize("name", ["user", "policy", "rotation", "phone"])
def test_what_was_made_without_an_answer_is_found_by_the_next_run(
    name: str, kinds: dict[str, Kind], simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    kind = kinds[name]
    before = kind.count(client)
    reads = [str(call) for call in OPERATIONS.values() if call.method == "GET"]
    no_answer = [{"operation": call, "kind": "html", "status": 503} for call in reads]
    said = cut_off(start(), kind, simulator, {"operation": kind.call, "kind": "reset_after"}, *no_answer)
    assert said.endswith("; whether it was made couldn't be seen: the next `pulumi up` looks before it makes another")
    going_on = start()
    made = going_on.create(kind.provider, checked(going_on, kind))
    assert kind.count(client) == before + 1
    assert start().read(kind.provider, made.id, made.properties).id == made.id


def test_what_a_killed_run_made_becomes_what_the_program_says_now(
    kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    killed = start()
    lost = {name: killed.create(kinds[name].provider, checked(killed, kinds[name])) for name in ("user", "policy")}
    killed.kill()
    going_on = start()
    user, policy = kinds["user"], kinds["policy"]
    made = going_on.create(user.provider, checked(going_on, user, first_name="Evelyn"))
    assert (made.id, client.users.get("eve").first_name) == (lost["user"].id, "Evelyn")
    before = policy.count(client)
    another = going_on.create(policy.provider, checked(going_on, policy, name="Page all"))
    assert another.id != lost["policy"].id
    assert policy.count(client) == before, "the one that nobody else knows of is deleted"


@pytest.mark.parametrize(("name", "leaves"), [("policy", "the org"), ("rotation", "the team")])
def test_what_a_killed_run_made_is_found_although_others_took_over_in_it(
    name: str,
    leaves: str,
    kinds: dict[str, Kind],
    simulator: Simulator,
    client: Client,
    start: Callable[..., Plugin],
) -> None:
    kind = kinds[name]
    before = kind.count(client)
    # No answer at all, so the journal doesn't know the object's id.
    cut_off(start(), kind, simulator, {"operation": "*", "kind": "reset_after"})
    assert kind.count(client) == before + 1
    client.teams.add_member(kind.inputs["team"], "bob")
    if leaves == "the org":
        client.users.delete("ada", replacement="bob")
    else:
        client.teams.remove_member(kind.inputs["team"], "ada", replacement="bob")
    changed = {
        "policy": {"steps": [{**STEPS[0], "entries": [{"type": "user", "username": "admin"}]}]},
        "rotation": {"shifts": [{**SHIFT, "usernames": ["bob"]}]},
    }
    going_on = start()
    going_on.create(kind.provider, checked(going_on, kind, **changed[name]))
    assert kind.count(client) == before + 1


def test_what_a_killed_run_made_is_found_although_the_policy_that_it_led_to_is_gone(
    kinds: dict[str, Kind], simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    policy, [base] = kinds["policy"], kinds["key"].inputs["targets"]
    entries = [{"type": "email", "email": "noc@example.com"}, {"type": "policy_routing", "target_policy": base}]
    kind = replace(policy, inputs={**policy.inputs, "steps": [*STEPS, {"timeout": 15, "entries": entries}]})
    cut_off(start(), kind, simulator, {"operation": "*", "kind": "reset_after"})
    client.policies.delete(base)
    going_on = start()
    made = going_on.create(kind.provider, checked(going_on, kind, steps=STEPS))
    assert [row.policy.slug for row in client.policies.all() if row.policy.name == "Page"] == [made.id]


def test_what_others_made_alike_but_for_the_people_is_left_alone(
    kinds: dict[str, Kind], simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    kind, by_hand = kinds["rotation"], start()
    client.teams.add_member(kind.inputs["team"], "bob")
    another = {"shifts": [{**SHIFT, "usernames": ["bob"]}]}
    by_hand.create(kind.provider, checked(by_hand, kind, __identity="prod:0123456789abcdef", **another))
    before = kind.count(client)
    cut_off(start(), kind, simulator, {"operation": "*", "kind": "reset_before"})
    going_on = start()
    going_on.create(kind.provider, checked(going_on, kind))
    assert kind.count(client) == before + 1, "nobody left, so nobody took over"


def test_a_key_that_a_killed_run_made_goes_with_its_policy_and_is_made_again(
    kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    policy, key, killed = kinds["policy"], kinds["key"], start()
    old = killed.create(policy.provider, checked(killed, policy))
    saved = killed.create(key.provider, checked(killed, key, routing_key="web", targets=[old.id], __identity="dev:web"))
    killed.create(key.provider, checked(killed, key, targets=[old.id], __identity="dev:key"))
    killed.kill()
    # The state has the policy and one key, which the engine takes away before the policy, and not the other.
    going_on = start()
    changed = checked(going_on, policy, steps=[{**STEPS[0], "timeout": 5}])
    assert going_on.diff(policy.provider, old.id, old.properties, changed).deletes_first
    going_on.delete(key.provider, saved.id, saved.properties)
    going_on.delete(policy.provider, old.id, old.properties)
    new = going_on.create(policy.provider, changed)
    going_on.create(key.provider, checked(going_on, key, targets=[new.id], __identity="dev:key"))
    rows = [row for row in client.routing_keys.all() if not row.is_default]
    assert [(row.routing_key, [target.policy_slug for target in row.targets]) for row in rows] == [
        ("database", [new.id])
    ]


def test_what_the_state_has_is_not_found_again(
    kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    rule, plugin = kinds["rule"], start()
    inputs = checked(plugin, rule)
    made = plugin.create(rule.provider, inputs)
    assert plugin.diff(rule.provider, made.id, made.properties, inputs).changes is False
    plugin.kill()
    # The engine replaces an object by creating another one for the same resource.
    assert start().create(rule.provider, inputs).id != made.id
    assert rule.count(client) == 2


def test_what_was_deleted_is_made_anew(kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]) -> None:
    team, plugin = kinds["team"], start()
    inputs = checked(plugin, team)
    made = plugin.create(team.provider, inputs)
    plugin.delete(team.provider, made.id, made.properties)
    plugin.kill()
    assert start().create(team.provider, inputs).id != made.id


def test_what_is_gone_meanwhile_is_made_anew(
    kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    team, plugin = kinds["team"], start()
    inputs = checked(plugin, team)
    made = plugin.create(team.provider, inputs)
    plugin.kill()
    client.teams.delete(made.id)
    assert start().create(team.provider, inputs).id != made.id


@pytest.mark.parametrize("name", ["policy", "rotation", "override", "rule", "email"])
def test_what_merely_looks_alike_is_left_alone(
    name: str, kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    kind, plugin = kinds[name], start()
    before = kind.count(client)
    by_another_stack = plugin.create(kind.provider, checked(plugin, kind, __identity="prod:0123456789abcdef"))
    ours = plugin.create(kind.provider, checked(plugin, kind))
    assert (ours.id != by_another_stack.id, kind.count(client)) == (True, before + 2)


@pytest.mark.parametrize("name", ["policy", "override", "rule", "email"])
def test_of_twins_in_one_stack_each_is_made_once(
    name: str, kinds: dict[str, Kind], simulator: Simulator, client: Client, start: Callable[..., Plugin]
) -> None:
    kind, plugin = kinds[name], start()
    before = kind.count(client)
    first = plugin.create(kind.provider, checked(plugin, kind))
    for fault in ({"kind": "reset_before"}, {"kind": "reset_after"}):
        simulator.put_faults([{"operation": kind.call, "times": 1, **fault}])
        second = plugin.create(kind.provider, checked(plugin, kind, __identity=f"dev:{fault['kind']}"))
        assert second.id != first.id
    assert kind.count(client) == before + 3


@pytest.mark.parametrize("name", ["user", "team", "key", "note", "maintenance"])
def test_a_clash_names_the_ways_on(name: str, kinds: dict[str, Kind], client: Client, plugin: Plugin) -> None:
    kind = kinds[name]
    first = plugin.create(kind.provider, checked(plugin, kind, __identity=f"dev:first {name}"))
    before = kind.count(client)
    with pytest.raises(PluginError) as refused:
        plugin.create(kind.provider, checked(plugin, kind, __identity=f"dev:second {name}"))
    what = f"{kind.provider.__name__} {first.id}"
    assert str(refused.value).endswith(
        f"; take {what} over with adopt=True or victorops:adopt: exact, or bring it into the stack: "
        f"pulumi-victorops import {what} NAME"
    )
    assert kind.count(client) == before


@pytest.mark.parametrize("name", [name for name in NAMES if name != "membership"])
def test_what_exists_is_taken_over_where_asked(
    name: str, kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    kind, by_hand = kinds[name], start(**{"victorops:journal": "off"})
    first = by_hand.create(kind.provider, checked(by_hand, kind))
    before = kind.count(client)
    for config, more in (({}, {"adopt": True}), ({"victorops:adopt": "true"}, {}), ({"victorops:adopt": "exact"}, {})):
        plugin = start(**config)
        taken = plugin.create(kind.provider, checked(plugin, kind, __identity=f"dev:{config}", **more))
        assert (taken.id, kind.count(client)) == (first.id, before)
        assert {name: taken.properties[name] for name in kind.inputs} == {
            name: first.properties[name] for name in kind.inputs
        }


def test_what_differs_is_changed_or_refused(
    kinds: dict[str, Kind], client: Client, start: Callable[..., Plugin]
) -> None:
    by_hand, user, policy = start(**{"victorops:journal": "off"}), kinds["user"], kinds["policy"]
    by_hand.create(user.provider, checked(by_hand, user))
    page = by_hand.create(policy.provider, checked(by_hand, policy))
    plugin = start(**{"victorops:adopt": "true"})
    plugin.create(user.provider, checked(plugin, user, last_name="Other"))
    assert client.users.get("eve").last_name == "Other"
    other = [{"timeout": 5, "entries": STEPS[0]["entries"]}]
    with pytest.raises(PluginError) as refused:
        plugin.create(policy.provider, checked(plugin, policy, steps=other))
    assert str(refused.value) == (
        f"EscalationPolicy {page.id} exists already and can't be taken over: the API can't change its steps. Describe "
        "it as it is (pulumi-victorops import prints that), or delete it"
    )
    exact = start(**{"victorops:adopt": "exact"})
    with pytest.raises(PluginError, match="User name eve is unavailable; take User eve over with adopt=True"):
        exact.create(user.provider, checked(exact, user, last_name="Third"))
    assert client.users.get("eve").last_name == "Other"


def test_of_several_none_is_taken_over(kinds: dict[str, Kind], start: Callable[..., Plugin]) -> None:
    by_hand, policy = start(**{"victorops:journal": "off"}), kinds["policy"]
    two = [by_hand.create(policy.provider, checked(by_hand, policy)).id for _ in range(2)]
    plugin = start()
    with pytest.raises(PluginError) as refused:
        plugin.create(policy.provider, checked(plugin, policy, adopt=True))
    listed = str(refused.value).partition("(")[2].partition(")")[0]
    assert sorted(listed.split(", ")) == sorted(two)


def test_a_damaged_journal_is_kept_aside(kinds: dict[str, Kind], start: Callable[..., Plugin], tmp_path: Path) -> None:
    team, first = kinds["team"], start()
    inputs = checked(first, team)
    made = first.create(team.provider, inputs)
    first.kill()
    for part in tmp_path.glob("*.sqlite*"):
        part.write_bytes(b"no database " * 1000)
    after = start()
    with pytest.raises(PluginError, match="Team name Platform is unavailable"):
        after.create(team.provider, inputs)
    assert [one.read_bytes()[:11] for one in tmp_path.glob("*.damaged")] == [b"no database"]
    after.delete(team.provider, made.id, made.properties)
    assert after.create(team.provider, inputs).id != made.id


def test_the_journal_holds_no_credentials_and_is_its_owners_alone(
    kinds: dict[str, Kind], simulator: Simulator, start: Callable[..., Plugin], tmp_path: Path
) -> None:
    plugin = start()
    plugin.create(kinds["user"].provider, checked(plugin, kinds["user"]))
    parts = list(tmp_path.iterdir())
    content = b"".join(part.read_bytes() for part in parts)
    assert b"eve@example.com" in content
    assert simulator.api_key.encode() not in content
    assert simulator.api_id.encode() not in content
    assert [part for part in parts if part.stat().st_mode & 0o077] == []
    assert all(part.name.startswith("test.dev.") for part in parts)


@pytest.mark.parametrize("value", ["yes", 1.0])
def test_adopt_is_true_or_false(value: object, plugin: Plugin) -> None:
    refused = plugin.check(providers.Team, {"name": "Platform", "adopt": value})
    assert refused.failures == [("adopt", f"expected True or False, got {1 if value == 1.0 else repr(value)}")]
