"""Alert rules through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRulePayload
from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import UNKNOWN, Plugin

RULE = {"alert_field": "host_name", "alert_value_match": "db-*"}
DEFAULTS = {"match_type": "WILDCARD", "stop_flag": False, "notes": "", "route_key": "", "annotations": []}
RUNBOOK = {
    "annotation_type": "url",
    "field_name": "Runbook",
    "field_value": "https://wiki.example.com/${{host_name}}",
    "transformation": False,
}
ROUTE = {
    "annotation_type": "note",
    "field_name": "routing_key",
    "field_value": "database",
    "transformation": True,
}
ALL_SET: dict[str, Any] = {
    "alert_field": "service",
    "alert_value_match": "^disk (full|failing)$",
    "match_type": "REGEX",
    "stop_flag": True,
    "rank": 1,
    "notes": "Storage",
    "route_key": "storage",
    "annotations": [RUNBOOK, ROUTE, {**RUNBOOK, "annotation_type": "image"}, {**RUNBOOK, "annotation_type": "note"}],
}


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    # Each test begins with a write, which makes the plugin forget the rules that it read before.
    return shared


def calls_of(simulator: Simulator, before: dict[str, int]) -> dict[str, int]:
    after: dict[str, int] = simulator.requests()["by_operation"]
    return {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}


def test_a_rule_lives(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    checked = plugin.check(providers.AlertRule, {**RULE, "annotations": [{**RUNBOOK}, {**ROUTE}]})
    assert checked.failures == []
    assert checked.inputs == {**RULE, **DEFAULTS, "annotations": [RUNBOOK, ROUTE]}
    before = simulator.requests()["by_operation"]
    made = plugin.create(providers.AlertRule, checked.inputs)
    assert calls_of(simulator, before) == {"POST /api-public/v1/alertRules": 1}
    assert made.properties == checked.inputs
    [rule] = client.alert_rules.all()
    assert made.id == str(rule.id)
    assert [(one.annotation_type, one.field_name, one.flags) for one in rule.annotations] == [
        ("u", "Runbook", 0),
        ("s", "routing_key", 1),
    ]

    read = plugin.read(providers.AlertRule, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, made.properties, checked.inputs)
    assert plugin.read(providers.AlertRule, made.id).inputs == {**checked.inputs, "rank": 1}, "looked up, it has a rank"

    changed = plugin.update(providers.AlertRule, made.id, made.properties, ALL_SET)
    assert changed == ALL_SET
    [rule] = client.alert_rules.all()
    assert rule.model_dump(include={"alert_field", "match_type", "stop_flag", "rank", "notes", "route_key"}) == {
        "alert_field": "service",
        "match_type": "REGEX",
        "stop_flag": True,
        "rank": 1,
        "notes": "Storage",
        "route_key": "storage",
    }
    assert plugin.read(providers.AlertRule, made.id, changed).inputs == ALL_SET

    back = plugin.update(providers.AlertRule, made.id, changed, checked.inputs)
    assert back == checked.inputs
    [rule] = client.alert_rules.all()
    assert (rule.notes or "", rule.route_key, rule.stop_flag) == ("", None, False)

    plugin.delete(providers.AlertRule, made.id, back)
    assert plugin.read(providers.AlertRule, made.id, back).id == ""
    plugin.delete(providers.AlertRule, made.id, back)


def test_a_rule_for_one_key_is_read_too(plugin: Plugin) -> None:
    made = plugin.create(providers.AlertRule, {**RULE, **DEFAULTS, "route_key": "storage"})
    assert plugin.read(providers.AlertRule, made.id, made.properties).inputs["route_key"] == "storage"


def test_rules_that_move_are_no_change_where_the_program_gives_no_rank(
    plugin: Plugin, client: Client, simulator: Simulator
) -> None:
    free = plugin.create(providers.AlertRule, {**RULE, **DEFAULTS})
    fixed = plugin.create(providers.AlertRule, {**RULE, **DEFAULTS, "rank": 2})
    client.alert_rules.create(AlertRulePayload(alert_field="a", alert_value_match="b", match_type="WILDCARD", rank=1))
    assert {str(rule.id): rule.rank for rule in client.alert_rules.all()} == {
        free.id: 2,
        fixed.id: 3,
        str(client.alert_rules.all()[0].id): 1,
    }
    moved = plugin.read(providers.AlertRule, free.id, free.properties)
    assert moved.properties == free.properties
    assert plugin.read(providers.AlertRule, fixed.id, fixed.properties).inputs["rank"] == 3

    before = simulator.requests()["by_operation"]
    plugin.update(providers.AlertRule, free.id, free.properties, {**RULE, **DEFAULTS, "notes": "n"})
    assert {str(rule.id): rule.rank for rule in client.alert_rules.all()}[free.id] == 2, "and a change keeps its place"
    assert calls_of(simulator, before) == {
        "GET /api-public/v1/alertRules": 1,
        "PUT /api-public/v1/alertRules/{ruleId}": 1,
    }


@pytest.mark.parametrize(
    ("by_hand", "shown"),
    [
        ({"alertField": "entity_id"}, {"alert_field": "entity_id"}),
        ({"alertValueMatch": "web-*"}, {"alert_value_match": "web-*"}),
        ({"matchType": "REGEX", "alertValueMatch": "db"}, {"match_type": "REGEX", "alert_value_match": "db"}),
        ({"stopFlag": True}, {"stop_flag": True}),
        ({"notes": "by hand"}, {"notes": "by hand"}),
        ({"routeKey": "storage"}, {"route_key": "storage"}),
        ({"annotations": []}, {"annotations": []}),
    ],
)
@pytest.mark.parametrize("start", [{}, {"notes": "n", "route_key": "r", "annotations": [ROUTE], "stop_flag": True}])
def test_what_somebody_changes_by_hand_is_shown(
    plugin: Plugin, client: Client, start: dict[str, Any], by_hand: dict[str, Any], shown: dict[str, Any]
) -> None:
    made = plugin.create(providers.AlertRule, {**RULE, **DEFAULTS, **start})
    whole = {"alertField": "host_name", "alertValueMatch": "db-*", "matchType": "WILDCARD", "annotations": []}
    client.alert_rules.update(int(made.id), AlertRulePayload.model_validate({**whole, **by_hand}))
    assert plugin.read(providers.AlertRule, made.id, made.properties).inputs == {**RULE, **DEFAULTS, **shown}


@pytest.mark.parametrize(
    "new",
    [
        {"alert_field": UNKNOWN},
        {"alert_value_match": UNKNOWN},
        {"match_type": UNKNOWN},
        {"stop_flag": UNKNOWN},
        {"rank": UNKNOWN},
        {"notes": UNKNOWN},
        {"route_key": UNKNOWN},
        {"annotations": UNKNOWN},
        {"annotations": [UNKNOWN, {"annotation_type": UNKNOWN, "field_name": "a", "field_value": UNKNOWN}]},
        {"annotations": [ROUTE, RUNBOOK]},
        {"match_type": "REGEX"},
        {"rank": 3.0},
    ],
)
def test_every_change_is_made_in_place(plugin: Plugin, new: dict[str, Any]) -> None:
    state = {**RULE, **DEFAULTS, "annotations": [RUNBOOK, ROUTE], "rank": 2.0}
    checked = plugin.check(providers.AlertRule, {**state, **new}, state)
    assert checked.failures == []
    found = plugin.diff(providers.AlertRule, "7", state, checked.inputs)
    assert (found.changes, found.replaces) == (True, [])


def test_a_rank_that_the_program_drops_is_no_change(plugin: Plugin) -> None:
    state = {**RULE, **DEFAULTS, "rank": 2.0}
    assert not plugin.diff(providers.AlertRule, "7", state, {**RULE, **DEFAULTS}).changes
