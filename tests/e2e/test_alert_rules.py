"""Alert rules on the real engine: made, changed, mended, and taken down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulumi

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRulePayload
from tests.e2e.harness import Stack

_RULES = "/api-public/v1/alertRules"


def rules(*, route: Mapping[str, Any] | None = None, runbook: Mapping[str, Any] | None = None) -> Callable[[], None]:
    """Two rules, one at the first place and one wherever the service puts it. The mappings replace arguments."""

    def program() -> None:
        first = vo.AlertRule(
            "route",
            **{
                "alert_field": "host_name",
                "alert_value_match": "db-*",
                "rank": 1,
                "annotations": [vo.Annotate.transform("routing_key", "database")],
                **(route or {}),
            },
        )
        vo.AlertRule(
            "runbook",
            **{
                "alert_field": "service",
                "alert_value_match": "^disk (full|failing)$",
                "match_type": "REGEX",
                "notes": "Storage",
                "route_key": "database",
                "annotations": [
                    vo.Annotate.url("Runbook", "https://wiki.example.com/disks"),
                    vo.Annotate.image("Usage", "https://graphs.example.com/${{host_name}}.png"),
                    vo.Annotate.note("Owner", pulumi.Output.concat("see rule ", first.id)),
                ],
                **(runbook or {}),
            },
            opts=pulumi.ResourceOptions(depends_on=[first]),
        )
        pulumi.export("route", first.id)

    return program


def test_the_life_of_alert_rules(stack: Stack, client: Client) -> None:
    made = stack.must_up(rules())
    assert (made.changes, made.calls) == ({"create": 3}, {f"POST {_RULES}": 2})
    route, runbook = client.alert_rules.all()
    assert made.outputs["route"] == str(route.id)
    assert [(one.annotation_type, one.field_name, one.field_value, one.flags) for one in runbook.annotations] == [
        ("u", "Runbook", "https://wiki.example.com/disks", 0),
        ("i", "Usage", "https://graphs.example.com/${{host_name}}.png", 0),
        ("s", "Owner", f"see rule {route.id}", 0),
    ]
    again = stack.must_up(rules())
    assert (again.changes, again.calls) == ({"same": 3}, {})

    changed = stack.must_up(
        rules(
            route={"stop_flag": True, "annotations": [], "alert_value_match": "sql-*"},
            runbook={"match_type": "WILDCARD", "alert_value_match": "disk*", "route_key": None, "notes": None},
        )
    )
    assert (changed.changes, changed.calls) == (
        {"update": 2, "same": 1},
        {f"PUT {_RULES}/{{ruleId}}": 2, f"GET {_RULES}": 1},
    )
    route, runbook = client.alert_rules.all()
    assert (route.stop_flag, route.annotations, route.alert_value_match, route.rank) == (True, [], "sql-*", 1)
    assert (runbook.match_type, runbook.alert_value_match, runbook.route_key, runbook.notes or "") == (
        "WILDCARD",
        "disk*",
        None,
        "",
    )
    back = stack.must_up(rules())
    assert back.changes == {"update": 2, "same": 1}

    # Another rule is inserted, one is changed and none of that touches the one that stands wherever it does.
    client.alert_rules.create(AlertRulePayload(alert_field="a", alert_value_match="b", match_type="WILDCARD", rank=2))
    assert [rule.rank for rule in client.alert_rules.all()] == [1, 2, 3]
    assert stack.refresh(rules()).changes == {"same": 3}
    client.alert_rules.update(
        route.id, AlertRulePayload(alert_field="x", alert_value_match="y", match_type="WILDCARD", rank=7, notes="hand")
    )
    client.alert_rules.delete(runbook.id)
    refreshed = stack.refresh(rules())
    assert refreshed.changes == {"update": 1, "delete": 1, "same": 1}
    seen = stack.resources()["route"]["inputs"]
    assert (seen["alert_field"], seen["rank"], seen["notes"], seen["annotations"]) == ("x", 7, "hand", [])
    mended = stack.must_up(rules())
    assert mended.changes == {"update": 1, "create": 1, "same": 1}
    assert [(rule.rank, rule.alert_field) for rule in client.alert_rules.all()] == [
        (1, "host_name"),
        (2, "a"),
        (3, "service"),
    ]
    looked_up = stack.must_up(lambda: pulumi.export("found", vo.AlertRule.get("one", made.outputs["route"]).rank))
    assert looked_up.outputs == {"found": 1}
    assert [rule.alert_field for rule in client.alert_rules.all()] == ["a"], "the two left the program"
    assert not stack.destroy().failed


def test_a_bad_rule_fails_at_preview(stack: Stack) -> None:
    bad = stack.preview(rules(route={"match_type": "REGEX", "alert_value_match": "(db", "rank": 0}))
    assert bad.failed
    assert bad.calls == {}
    what = "error: pulumi-python:dynamic/victorops:AlertRule resource 'route': property"
    assert sorted(bad.errors) == [
        f"{what} alert_value_match value {{(db}} has a problem: '(db' is not a regular expression: missing ), "
        "unterminated subpattern at position 0",
        f"{what} rank value {{0}} has a problem: 0 is not a rank: expected 1 (the first rule) or more",
    ]
