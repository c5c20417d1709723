from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.alerting import critical, database_key, incidents, send
from tests.simulator.conftest import Caller

RULES = "/api-public/v1/alertRules"
RULE: dict[str, Any] = {
    "alertField": "host_name",
    "alertValueMatch": "db-*",
    "matchType": "WILDCARD",
    "annotations": [],
}


@pytest.fixture
def aliasing() -> Iterator[Caller]:
    with Simulator(seed="empty", routing_key_alias=True) as sim:
        yield Caller(sim)


def make(call: Caller, **settings: Any) -> dict[str, Any]:
    made: dict[str, Any] = call.ok("POST", RULES, RULE | settings)
    return made


def ranks(call: Caller) -> dict[str, int]:
    """Ranks by the note of the rule, in the order of the list."""
    return {rule["notes"]: rule["rank"] for rule in call.ok("GET", RULES)}


def transform(field: str, value: str) -> dict[str, Any]:
    return {"annotationType": "s", "fieldName": field, "fieldValue": value, "flags": 1}


def fields(call: Caller, **sent: Any) -> dict[str, Any]:
    """Send an alert and tell what the rules made of it."""
    alert = critical(call, **{"host_name": "db-1", **sent})["lastAlertId"]
    raw: dict[str, Any] = json.loads(call.ok("GET", f"/api-public/v1/alerts/{alert}")["raw"])
    return raw


def test_a_rule_is_answered_with_what_the_service_adds(call: Caller) -> None:
    annotation = {"annotationType": "u", "fieldName": "Runbook", "fieldValue": "https://example.com/db", "flags": 0}
    sent = RULE | {"rank": 3, "stopFlag": True, "notes": "why", "routeKey": "Database", "annotations": [annotation]}
    made = call.ok("POST", RULES, sent)
    assert made == {
        "id": made["id"],
        "alertField": "host_name",
        "alertValueMatch": "db-*",
        "matchType": "WILDCARD",
        "rank": 3,
        "stopFlag": True,
        "lastUpdated": 1767603600000,
        "lastUpdatedBy": "admin",
        "notes": "why",
        "routeKey": "Database",
        "annotations": [annotation | {"id": made["annotations"][0]["id"]}],
    }
    assert isinstance(made["id"], int)
    assert isinstance(made["annotations"][0]["id"], int)


def test_a_rule_of_few_words_is_global_last_and_goes_on(call: Caller) -> None:
    first, second = make(call), make(call)
    assert first == RULE | {
        "id": first["id"],
        "rank": 1,
        "stopFlag": False,
        "lastUpdated": 1767603600000,
        "lastUpdatedBy": "admin",
    }
    assert second["rank"] == 2
    assert call.ok("GET", RULES) == [first, second]


def test_a_rule_at_a_rank_that_is_taken_moves_the_others(call: Caller) -> None:
    make(call, notes="a", rank=1)
    make(call, notes="b", rank=1)
    assert ranks(call) == {"b": 1, "a": 2}
    make(call, notes="c", rank=2)
    make(call, notes="d", rank=10)
    assert ranks(call) == {"b": 1, "c": 2, "a": 3, "d": 10}
    make(call, notes="e", rank=5)
    assert list(ranks(call).items()) == [("b", 1), ("c", 2), ("a", 3), ("e", 5), ("d", 10)]


def test_a_changed_rule_is_replaced_wholly_but_for_its_id(call: Caller) -> None:
    make(call, notes="first")
    annotation = {"annotationType": "s", "fieldName": "Note", "fieldValue": "x", "flags": 0}
    before = make(call, notes="second", routeKey="database", annotations=[annotation])
    changed = call.ok("PUT", f"{RULES}/{before['id']}", RULE | {"matchType": "REGEX", "annotations": [annotation]})
    assert changed == RULE | {
        "id": before["id"],
        "matchType": "REGEX",
        "rank": 2,
        "stopFlag": False,
        "lastUpdated": 1767603600000,
        "lastUpdatedBy": "admin",
        "annotations": [annotation | {"id": changed["annotations"][0]["id"]}],
    }
    assert changed["annotations"][0]["id"] != before["annotations"][0]["id"]
    assert call.ok("GET", RULES)[1] == changed


def test_a_rule_can_be_moved(call: Caller) -> None:
    make(call, notes="a")
    last = make(call, notes="b")
    call.ok("PUT", f"{RULES}/{last['id']}", RULE | {"notes": "b", "rank": 1})
    assert list(ranks(call).items()) == [("b", 1), ("a", 2)]


def test_a_deleted_rule_is_answered_by_its_id_and_leaves_its_rank_free(call: Caller) -> None:
    gone = make(call, notes="a")
    make(call, notes="b")
    assert call.ok("DELETE", f"{RULES}/{gone['id']}") == {"id": gone["id"]}
    assert ranks(call) == {"b": 2}


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_rule_is_not_found(call: Caller, method: str) -> None:
    assert call.refusal(method, f"{RULES}/7", RULE) == (404, {"error": "No alert rule '7' found"})


def test_rules_of_one_key_are_listed_on_demand(call: Caller) -> None:
    everywhere, here, there = make(call), make(call, routeKey="database"), make(call, routeKey="web")
    assert call.ok("GET", RULES) == [everywhere]
    assert call.ok("GET", f"{RULES}?routing_key=*") == [everywhere, here, there]
    assert call.ok("GET", f"{RULES}?routing_key=DATABASE") == [everywhere, here]


def test_the_old_name_of_the_scope_has_no_effect_unless_a_switch_is_on(call: Caller, aliasing: Caller) -> None:
    assert "routeKey" not in make(call, routingKey="database")
    assert make(aliasing, routingKey="database")["routeKey"] == "database"
    assert make(aliasing, routingKey="database", routeKey="web")["routeKey"] == "web"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"annotations": None}, "annotations: Input should be a valid array"),
        ({"matchType": "GLOB"}, "matchType: Input should be 'WILDCARD' or 'REGEX'"),
        ({"matchType": "REGEX", "alertValueMatch": "db-("}, "'db-(' is no regular expression"),
        ({"matchType": "REGEX", "alertValueMatch": "a{99999999999}"}, "'a{99999999999}' is no regular expression"),
        ({"alertValueMatch": ""}, "alertValueMatch: must not be blank"),
        ({"rank": 0}, "rank: Input should be greater than or equal to 1"),
        (
            {"annotations": [{"annotationType": "x", "fieldName": "a", "fieldValue": "b"}]},
            "annotations.0.annotationType: Input should be 'i', 'u' or 's'",
        ),
        (
            {"annotations": [transform("a", "b") | {"flags": 2}]},
            "annotations.0.flags: Input should be less than or equal to 1",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_a_bad_request(call: Caller, change: dict[str, Any], text: str) -> None:
    made = make(call)
    assert call.refusal("POST", RULES, RULE | change) == (400, {"error": text})
    assert call.refusal("PUT", f"{RULES}/{made['id']}", RULE | change) == (400, {"error": text})
    assert call.ok("GET", RULES) == [made]


def test_annotations_have_to_be_there(call: Caller) -> None:
    without = {name: value for name, value in RULE.items() if name != "annotations"}
    assert call.refusal("POST", RULES, without) == (400, {"error": "annotations: Field required"})


@pytest.mark.parametrize(
    ("kind", "pattern", "value", "matches"),
    [
        ("WILDCARD", "db-*", "db-1", True),
        ("WILDCARD", "*", "db-1\nsecond line", True),
        ("WILDCARD", "*-1", "db-1", True),
        ("WILDCARD", "db-*", "the db-1", False),
        ("WILDCARD", "DB-*", "db-1", False),
        ("WILDCARD", "d.-*", "db-1", False),
        ("WILDCARD", "7", 7, True),
        ("REGEX", "db-[0-9]+", "db-12", True),
        ("REGEX", "db", "db-12", False),
        ("REGEX", ".*(1|2)", "db-12", True),
    ],
)
def test_a_whole_value_has_to_match(call: Caller, kind: str, pattern: str, value: Any, matches: bool) -> None:
    make(call, matchType=kind, alertValueMatch=pattern, annotations=[transform("state_message", "matched")])
    made = fields(call, host_name=value)
    assert (made.get("state_message") == "matched") is matches


def test_an_alert_without_the_field_matches_nothing(call: Caller) -> None:
    make(call, alertField="rack", alertValueMatch="*", annotations=[transform("state_message", "matched")])
    assert "state_message" not in fields(call)


def test_annotations_are_added_and_transformations_write_over(call: Caller) -> None:
    annotations = [
        {"annotationType": "u", "fieldName": "Runbook", "fieldValue": "https://example.com/db", "flags": 0},
        {"annotationType": "i", "fieldName": "Graph", "fieldValue": "https://example.com/db.png"},
        {"annotationType": "s", "fieldName": "Note", "fieldValue": "call Bob", "flags": 0},
        transform("entity_display_name", "Disk"),
    ]
    make(call, annotations=annotations)
    assert fields(call, entity_display_name="db-1/disk") == {
        "message_type": "CRITICAL",
        "entity_id": "db-1/disk",
        "entity_display_name": "Disk",
        "host_name": "db-1",
        "routing_key": "database",
        "vo_annotate.u.Runbook": "https://example.com/db",
        "vo_annotate.i.Graph": "https://example.com/db.png",
        "vo_annotate.s.Note": "call Bob",
    }
    assert incidents(call)[0]["entityDisplayName"] == "Disk"


@pytest.mark.parametrize(
    ("written", "expanded"),
    [
        ("https://example.com/${{host_name}}/${{ entity_id }}", "https://example.com/db-1/db-1/disk"),
        (r"number ${{\2}} of ${{\1}}", "number 1 of db"),
        (r"${{\0}} is the whole", "db-1 is the whole"),
        (r"${{nothing}} and ${{\9}} stay", r"${{nothing}} and ${{\9}} stay"),
        ("$host_name {{host_name}} ${host_name}", "$host_name {{host_name}} ${host_name}"),
        ("${{disks}} disks", "2 disks"),
    ],
)
def test_fields_and_groups_are_put_into_what_a_rule_writes(call: Caller, written: str, expanded: str) -> None:
    note = {"annotationType": "s", "fieldName": "Note", "fieldValue": written}
    make(call, matchType="REGEX", alertValueMatch="([a-z]+)-([0-9]+)", annotations=[transform("copy", written), note])
    made = fields(call, disks=2)
    assert (made["copy"], made["vo_annotate.s.Note"]) == (expanded, expanded)


def test_a_rule_may_write_a_field_anew_from_what_stood_in_it(call: Caller) -> None:
    make(call, annotations=[transform("state_message", "${{state_message}} (rack ${{rack}})")])
    make(call, annotations=[transform("state_message", "${{state_message}}!")])
    assert fields(call, state_message="full", rack="7")["state_message"] == "full (rack 7)!"


def test_rules_that_double_a_field_do_not_grow_it_beyond_bounds(call: Caller) -> None:
    for _ in range(12):
        make(call, annotations=[transform("state_message", "${{state_message}}" * 8)])
    assert len(fields(call, state_message="0123456789")["state_message"]) == 100_000


def test_rules_apply_in_the_order_of_their_ranks_on_what_those_before_made(call: Caller) -> None:
    make(call, rank=2, alertValueMatch="renamed", annotations=[transform("state_message", "seen")])
    make(call, rank=3, annotations=[transform("state_message", "missed: the name has changed")])
    make(call, rank=1, annotations=[transform("host_name", "renamed")])
    made = fields(call)
    assert (made["host_name"], made["state_message"]) == ("renamed", "seen")


def test_a_rule_that_stops_is_the_last_one_if_it_matches(call: Caller) -> None:
    make(call, alertValueMatch="web-*", stopFlag=True, annotations=[transform("state_message", "web")])
    make(call, stopFlag=True, annotations=[transform("state_message", "database")])
    make(call, annotations=[transform("state_message", "too late")])
    assert fields(call)["state_message"] == "database"
    assert fields(call, host_name="web-1", entity_id="web")["state_message"] == "web"


def test_a_rule_of_one_key_leaves_others_alone(call: Caller) -> None:
    make(call, routeKey="DATABASE", annotations=[transform("state_message", "scoped")])
    assert fields(call)["state_message"] == "scoped"
    assert "state_message" not in fields(call, entity_id="other", key="web")


def test_a_rule_can_send_an_alert_elsewhere(call: Caller) -> None:
    database_key(call)
    make(call, annotations=[transform("routing_key", "database")])
    shown = critical(call, key="web", host_name="db-1")
    assert (shown["routingKey"], shown["pagedUsers"]) == ("database", ["ada"])


def test_a_rule_can_make_an_alert_harmless_and_join_alerts(call: Caller) -> None:
    make(call, alertValueMatch="db-test", annotations=[transform("message_type", "INFO")])
    make(call, alertValueMatch="db-*", annotations=[transform("entity_id", "all databases")])
    send(call, "CRITICAL", host_name="db-test")
    assert incidents(call) == []
    assert send(call, "CRITICAL", "a", host_name="db-1") == "all databases"
    send(call, "CRITICAL", "b", host_name="db-2")
    [shown] = incidents(call)
    assert (shown["entityId"], shown["alertCount"]) == ("all databases", 2)
