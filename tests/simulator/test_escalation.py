"""Who is paged for an incident, when and how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.alerting import (
    INCIDENTS,
    advance,
    critical,
    database_key,
    incident,
    messages,
    pages,
    routed,
    send,
)
from tests.simulator.conftest import NOW, Caller, page_user

HISTORY = "/api-reporting/v2/incidents"


def route_to(policy: str) -> dict[str, Any]:
    return {"executionType": "policy_routing", "targetPolicy": {"policySlug": policy}}


def step(timeout: int, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"timeout": timeout, "entries": list(entries)}


def paging(call: Caller, username: str, *steps: tuple[int, list[str]]) -> None:
    """Give a user a paging policy of steps; `email` is the default address."""
    user = f"/api-public/v1/profile/{username}/policies"
    address = call.ok("GET", f"/api-public/v1/user/{username}/contact-methods/emails")["contactMethods"][0]["id"]
    for timeout, kinds in steps:
        rules = [{"type": kind, "contact": {"id": address if kind == "email" else 0}} for kind in kinds]
        call.ok("POST", user, {"timeout": timeout, "rules": rules})
    call.ok("DELETE", f"{user}/0/0")


def test_an_incident_from_the_first_alert_to_the_report(call: Caller) -> None:
    database_key(call)
    critical(call, state_message="98 % full")
    assert incident(call)["pagedUsers"] == ["ada"]
    advance(call, 14)
    assert incident(call)["pagedUsers"] == ["ada"]
    advance(call, 1)
    assert incident(call)["pagedUsers"] == ["ada", "grace"]
    assert pages(call) == [("09:00", "ada", "email"), ("09:15", "grace", "email")]

    advance(call, 5)
    row = {"incidentNumber": "1", "entityId": "db-1/disk", "cmdAccepted": True, "message": ""}
    command = {"userName": "grace", "incidentNames": ["1"], "message": "on it"}
    assert call.ok("PATCH", f"{INCIDENTS}/ack", command) == {"results": [row]}
    advance(call, 600)
    assert len(pages(call)) == 2
    assert call.ok("GET", HISTORY)["incidents"] == []
    assert call.ok("PATCH", f"{INCIDENTS}/resolve", command | {"message": "new disk"}) == {"results": [row]}

    [reported] = call.ok("GET", HISTORY)["incidents"]
    assert reported["currentPhase"] == "resolved"
    assert [(each["name"], each["at"], each.get("by")) for each in reported["transitions"]] == [
        ("triggered", "2026-01-05T09:00:00Z", None),
        ("acknowledged", "2026-01-05T09:20:00Z", "grace"),
        ("resolved", "2026-01-05T19:20:00Z", "grace"),
    ]


def test_a_page_says_what_it_is_about(call: Caller) -> None:
    database_key(call)
    critical(call, entity_display_name="Disk of db-1", state_message="98 % full")
    assert messages(call) == [
        {
            "kind": "email",
            "at": NOW,
            "incident": 1,
            "sender": None,
            "username": "ada",
            "to": ["ada@example.com"],
            "title": "Disk of db-1",
            "text": "98 % full",
            "details": {},
        }
    ]


def test_steps_begin_after_the_minutes_of_all_before_them(call: Caller) -> None:
    for username in ("ada", "grace", "joan"):
        call.user(username)
    steps = [step(5, page_user("ada")), step(10, page_user("grace")), step(0, page_user("joan"))]
    routed(call, call.default_team(), steps, "database")
    critical(call)
    assert pages(call) == []
    advance(call, 24 * 60)
    assert pages(call) == [("09:05", "ada", "email"), ("09:15", "grace", "email"), ("09:15", "joan", "email")]


@pytest.mark.parametrize("minutes", [4_193_700_000, 10**15])
def test_a_step_may_be_further_off_than_the_calendar_reaches(call: Caller, minutes: int) -> None:
    call.user("ada")
    steps = [step(0, page_user("ada")), step(minutes, page_user("admin"))]
    routed(call, call.default_team(), steps, "database")
    assert critical(call)["pagedUsers"] == ["ada"]
    call.ok("PUT", "/_simulator/clock", {"now": "8999-12-31T00:00:00Z"})
    assert incident(call)["pagedUsers"] == ["ada"]
    call.ok("PUT", "/_simulator/snapshot", call.sim.snapshot())


def test_a_leap_lets_everything_happen_in_the_order_of_its_instants(call: Caller) -> None:
    database_key(call)
    critical(call, "a")
    advance(call, 10)
    critical(call, "b")
    call.ok("PUT", "/_simulator/clock", {"now": "2026-01-05T12:00:00Z"})
    assert [(each["at"][11:16], each["incident"], each["username"]) for each in messages(call)] == [
        ("09:00", 1, "ada"),
        ("09:10", 2, "ada"),
        ("09:15", 1, "grace"),
        ("09:25", 2, "grace"),
    ]


def test_moving_the_clock_back_undoes_nothing_and_repeats_nothing(call: Caller) -> None:
    database_key(call)
    critical(call)
    advance(call, 20)
    advance(call, -60)
    assert incident(call)["pagedUsers"] == ["ada", "grace"]
    advance(call, 120)
    assert len(pages(call)) == 2


def test_what_is_due_in_real_time_happens_before_the_next_answer(call: Caller) -> None:
    database_key(call)
    critical(call)
    document = call.sim.snapshot()
    # The clock runs again, years after the alert: nothing moved it there.
    call.ok("PUT", "/_simulator/clock", {"now": None})
    assert incident(call)["pagedUsers"] == ["ada", "grace"]
    call.ok("PUT", "/_simulator/snapshot", document)
    assert [each["username"] for each in call.sim.snapshot()["messages"]] == ["ada", "grace"]
    call.ok("PUT", "/_simulator/snapshot", document)
    assert len(messages(call)) == 2


def test_what_was_due_happens_before_the_clock_goes_back(call: Caller) -> None:
    database_key(call)
    critical(call)
    document = call.sim.snapshot()
    advance(call, 15)
    # As if a running clock had come to 09:15 while nobody asked.
    call.ok("PUT", "/_simulator/snapshot", document)
    call.ok("PUT", "/_simulator/clock", {"now": NOW})
    assert incident(call)["pagedUsers"] == ["ada", "grace"]


def test_each_page_goes_by_the_roster_of_its_instant(call: Caller) -> None:
    call.user("ada")
    call.user("grace")
    team = call.team("Platform", "ada", "grace")
    shift = {
        "label": "Daily",
        "timezone": "UTC",
        "start": 1767603600000,
        "duration": 1,
        "shifttype": "std",
        "usernames": ["ada", "grace"],
    }
    call.ok("POST", f"/api-public/v1/teams/{team}/rotations", {"label": "Daily", "shifts": [shift]})
    [rotation] = call.ok("GET", f"/api-public/v1/teams/{team}/rotations")["rotationGroups"]
    on_duty = {"executionType": "rotation_group", "rotationGroup": {"slug": rotation["slug"]}}
    steps = [step(0, on_duty), step(23 * 60, on_duty), step(60, on_duty)]
    routed(call, team, steps, "database")
    critical(call)
    advance(call, 7 * 24 * 60)
    assert [(each["at"], each["username"]) for each in messages(call)] == [
        ("2026-01-05T09:00:00Z", "ada"),
        ("2026-01-06T08:00:00Z", "ada"),
        ("2026-01-06T09:00:00Z", "grace"),
    ]


def test_a_policy_routed_to_begins_at_that_moment_and_only_once(call: Caller) -> None:
    first = database_key(call)
    team = call.default_team()
    second = routed(call, team, [step(0, page_user("admin")), step(5, route_to(first))])
    routed(call, team, [step(1, route_to(second), route_to(first)), step(60, route_to(second))], "web")
    critical(call, key="web")
    advance(call, 24 * 60)
    assert pages(call) == [("09:01", "admin", "email"), ("09:01", "ada", "email"), ("09:16", "grace", "email")]
    slugs = [paged["policy"]["slug"] for paged in incident(call)["pagedPolicies"]]
    assert slugs[1:] == [second, first]


def test_policies_that_route_to_each_other_come_to_an_end(call: Caller) -> None:
    call.user("ada")
    policy = routed(call, call.default_team(), [step(0, page_user("ada"))], "database")
    document = call.sim.snapshot()
    steps = next(each for each in document["policies"] if each["slug"] == policy)["steps"]
    steps.append({"timeout": 5, "entries": [{"execution_type": "policy_routing", "target": policy}]})
    call.ok("PUT", "/_simulator/snapshot", document)
    critical(call)
    advance(call, 600)
    assert len(pages(call)) == 1


def test_addresses_and_webhooks_are_told(call: Caller) -> None:
    document = call.sim.snapshot()
    document["webhooks"] = [{"slug": "wh-1", "label": "Tickets", "url": "https://hooks.example.com/tickets"}]
    call.ok("PUT", "/_simulator/snapshot", document)
    entries = [
        {"executionType": "email", "email": {"address": "list@example.com"}},
        {"executionType": "webhook", "webhook": {"slug": "wh-1"}},
    ]
    routed(call, call.default_team(), [step(0, *entries)], "database")
    assert critical(call)["pagedUsers"] == []
    assert [(each["kind"], each["to"], each["username"]) for each in messages(call)] == [
        ("email", ["list@example.com"], None),
        ("webhook", ["https://hooks.example.com/tickets"], None),
    ]


def test_a_user_is_reached_by_their_paging_policy(call: Caller) -> None:
    database_key(call)
    paging(call, "ada", (5, ["push", "email"]), (10, ["email"]), (1, ["push"]))
    critical(call)
    advance(call, 14)
    assert pages(call) == [("09:00", "ada", "push"), ("09:00", "ada", "email"), ("09:05", "ada", "email")]
    advance(call, 60)
    assert pages(call)[3:] == [("09:15", "ada", "push"), ("09:15", "grace", "email")]


def test_a_push_goes_to_all_devices_or_to_one() -> None:
    with Simulator(seed="demo") as sim:
        call = Caller(sim)
        user = "/api-public/v1/profile/oncall-lead/policies"
        [_, tablet] = call.ok("GET", "/api-public/v1/user/oncall-lead/contact-methods/devices")["contactMethods"]
        call.ok("PUT", f"{user}/0", {"timeout": 5, "rules": [{"type": "push"}]})
        call.ok("POST", f"{user}/0", {"type": "push", "contact": {"id": tablet["id"]}})
        critical(call)
        assert [each["to"] for each in messages(call)] == [
            ["Pixel 9", "iPad in the dispatch office"],
            ["iPad in the dispatch office"],
        ]


def test_somebody_who_is_paged_again_begins_again(call: Caller) -> None:
    call.user("ada")
    paging(call, "ada", (10, ["push"]), (10, ["email"]))
    routed(call, call.default_team(), [step(0, page_user("ada")), step(5, page_user("ada"))], "database")
    assert critical(call)["pagedUsers"] == ["ada"]
    advance(call, 60)
    assert pages(call) == [("09:00", "ada", "push"), ("09:05", "ada", "push"), ("09:15", "ada", "email")]
    assert incident(call)["pagedUsers"] == ["ada"]


def test_somebody_without_a_paging_policy_is_paged_in_name_only(call: Caller) -> None:
    database_key(call)
    call.ok("DELETE", "/api-public/v1/profile/ada/policies/0/0")
    assert critical(call)["pagedUsers"] == ["ada"]
    assert pages(call) == []


@pytest.mark.parametrize("command", ["ack", "resolve"])
def test_an_acknowledgement_stops_policies_and_paging(call: Caller, command: str) -> None:
    database_key(call)
    paging(call, "ada", (5, ["push"]), (5, ["email"]))
    critical(call)
    advance(call, 3)
    call.ok("PATCH", f"{INCIDENTS}/{command}", {"userName": "ada", "incidentNames": ["1"]})
    advance(call, 600)
    assert pages(call) == [("09:00", "ada", "push")]


@pytest.mark.parametrize("message_type", ["ACKNOWLEDGEMENT", "RECOVERY"])
def test_so_does_one_from_the_monitoring_tool(call: Caller, message_type: str) -> None:
    database_key(call)
    critical(call)
    send(call, message_type)
    advance(call, 600)
    assert pages(call) == [("09:00", "ada", "email")]


def test_a_policy_that_is_deleted_pages_no_more(call: Caller) -> None:
    policy = database_key(call)
    critical(call)
    call.ok("DELETE", f"/api-public/v1/policies/{policy}")
    advance(call, 600)
    shown = incident(call)
    assert shown["pagedUsers"] == ["ada"]
    assert [paged["policy"]["name"] for paged in shown["pagedPolicies"]] == ["Page database"]


def test_a_user_who_leaves_is_reached_no_more(call: Caller) -> None:
    database_key(call)
    paging(call, "ada", (5, ["push"]), (5, ["email"]))
    critical(call)
    call.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "admin"})
    advance(call, 10)
    assert pages(call) == [("09:00", "ada", "push")]
    assert incident(call)["pagedUsers"] == ["ada"]


def test_a_paging_policy_that_is_cut_short_ends(call: Caller) -> None:
    database_key(call)
    paging(call, "ada", (5, ["push"]), (5, ["email"]))
    critical(call)
    call.ok("DELETE", "/api-public/v1/profile/ada/policies/1/0")
    advance(call, 10)
    assert pages(call) == [("09:00", "ada", "push")]


def test_a_policy_without_steps_pages_nobody(call: Caller) -> None:
    policy = routed(call, call.default_team(), [], "database")
    shown = critical(call)
    assert shown["pagedUsers"] == []
    assert [paged["policy"]["slug"] for paged in shown["pagedPolicies"]] == [policy]


def test_the_state_file_has_what_happened_by_a_leap_of_the_clock(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="empty", state=state) as sim:
        call = Caller(sim)
        call.ok("PUT", "/_simulator/clock", {"now": NOW})
        database_key(call)
        critical(call)
        advance(call, 15)
        kept = json.loads(state.read_text())
        assert kept["incidents"][0]["paged_users"] == ["ada", "grace"]
        assert kept == sim.snapshot()
    with Simulator(state=state) as sim:
        assert incident(Caller(sim))["pagedUsers"] == ["ada", "grace"]


def test_no_more_than_the_latest_messages_are_kept(call: Caller) -> None:
    critical(call)
    document = call.sim.snapshot()
    [message] = document["messages"]
    document["messages"] = [message | {"title": str(number)} for number in range(5_001)]
    call.ok("PUT", "/_simulator/snapshot", document)
    kept = messages(call)
    assert (len(kept), kept[0]["title"]) == (5_000, "1")


def wrong_documents(good: dict[str, Any]) -> dict[str, Any]:
    [alert], [rule], [shown] = (good[kind] for kind in ("alerts", "alert_rules", "incidents"))
    return {
        f"alert '{alert['id']}' stands in it twice": good | {"alerts": [alert, alert]},
        f"alert rule {rule['id']} stands in it twice": good | {"alert_rules": [rule, rule]},
        "alert_rules.0: 'a(' is no regular expression": good
        | {"alert_rules": [rule | {"match_type": "REGEX", "alert_value_match": "a("}]},
        "incident 1 stands in it twice": good | {"incidents": [shown, shown]},
        "incident 1 has the unknown alert 'x'": good | {"incidents": [shown | {"alerts": ["x"]}]},
        "two open incidents have the entity 'db-1/disk'": good | {"incidents": [shown, shown | {"number": 2}]},
        "incidents.0.number: Input should be greater than or equal to 1": good | {"incidents": [shown | {"number": 0}]},
    }


def test_a_snapshot_that_contradicts_itself_about_incidents_is_refused(call: Caller) -> None:
    database_key(call)
    rule = {"alertField": "a", "alertValueMatch": "*", "matchType": "WILDCARD", "annotations": []}
    call.ok("POST", "/api-public/v1/alertRules", rule)
    critical(call)
    good = call.sim.snapshot()
    for text, document in wrong_documents(good).items():
        assert call.refusal("PUT", "/_simulator/snapshot", document) == (400, {"error": text})
    assert call.sim.snapshot() == good


def test_a_snapshot_brings_the_whole_response_back(call: Caller) -> None:
    database_key(call)
    rule = {"alertField": "a", "alertValueMatch": "*", "matchType": "WILDCARD", "annotations": []}
    call.ok("POST", "/api-public/v1/alertRules", rule)
    critical(call, "a")
    send(call, "RECOVERY", "a")
    critical(call)
    call.ok("POST", f"{INCIDENTS}/2/notes", {"name": "plan", "json_value": {"a": [1]}})
    call.ok("POST", "/api-public/v1/maintenancemode/start", {"type": "RoutingKeys", "names": []})
    paths = (INCIDENTS, f"{INCIDENTS}/2/notes", "/api-public/v1/maintenancemode", "/api-public/v1/alertRules")
    before = [call.ok("GET", path) for path in paths]
    document = call.sim.snapshot()
    call.sim.reset("empty")
    assert [call.ok("GET", path) for path in paths if "notes" not in path] != before
    call.ok("PUT", "/_simulator/snapshot", document)
    assert [call.ok("GET", path) for path in paths] == before
    assert call.sim.snapshot() == document
    advance(call, 15)
    assert incident(call, "2")["pagedUsers"] == ["ada", "grace"]


def test_a_snapshot_of_before_there_were_incidents_is_read(call: Caller) -> None:
    document = call.sim.snapshot()
    for kind in ("alert_rules", "maintenance_modes", "incidents", "alerts", "messages"):
        del document[kind]
    assert call.ok("PUT", "/_simulator/snapshot", document) == {"result": "success"}
    assert call.ok("GET", INCIDENTS) == {"incidents": []}
