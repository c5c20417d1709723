from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.simulator.alerting import (
    INCIDENTS,
    advance,
    critical,
    database_key,
    incident,
    incidents,
    messages,
    pages,
    routed,
)
from tests.simulator.conftest import Caller, page_user


def user_target(username: str) -> dict[str, str]:
    return {"type": "User", "slug": username}


def policy_target(slug: str) -> dict[str, str]:
    return {"type": "EscalationPolicy", "slug": slug}


def by_hand(*targets: dict[str, str], **changes: Any) -> dict[str, Any]:
    return {"summary": "Slow", "details": "All is slow", "userName": "admin", "targets": list(targets), **changes}


def row(number: str, entity_id: str, message: str = "") -> dict[str, Any]:
    return {"incidentNumber": number, "entityId": entity_id, "cmdAccepted": not message, "message": message}


def reroute(call: Caller, *targets: dict[str, str], number: str = "1", **settings: Any) -> dict[str, Any]:
    wish = {"incidentNumber": number, "targets": list(targets), **settings}
    body = {"userName": "grace", "reroutes": [wish]}
    [status] = call.ok("POST", f"{INCIDENTS}/reroute", body)["statuses"]
    assert isinstance(status, dict)
    return status


# Made by hand


def test_an_incident_made_by_hand_pages_its_targets(call: Caller) -> None:
    policy = database_key(call)
    answer = call.ok("POST", INCIDENTS, by_hand(policy_target(policy), user_target("Admin")))
    assert set(answer) == {"incidentNumber", "entityId"}
    assert answer["incidentNumber"] == "1"
    assert str(UUID(answer["entityId"])) == answer["entityId"]
    shown = incident(call)
    assert (shown["entityId"], shown["entityDisplayName"], shown["service"]) == (answer["entityId"], "Slow", "Slow")
    assert (shown["monitorName"], shown["monitorType"]) == ("vouser-admin", "Manual")
    assert shown["pagedUsers"] == ["admin", "ada"]
    assert [paged["policy"]["slug"] for paged in shown["pagedPolicies"]] == [policy]
    assert "routingKey" not in shown
    [transition] = shown["transitions"]
    assert (transition["name"], transition["by"], transition["manually"]) == ("UNACKED", "admin", True)
    alert = call.ok("GET", f"/api-public/v1/alerts/{shown['firstAlertUuid']}")
    assert (alert["messageType"], alert["stateMessage"]) == ("CRITICAL", "All is slow")
    advance(call, 15)
    assert sorted(pages(call)) == [
        ("09:00", "ada", "email"),
        ("09:00", "admin", "email"),
        ("09:15", "grace", "email"),
    ]


def test_the_same_again_is_another_incident(call: Caller) -> None:
    numbers = [call.ok("POST", INCIDENTS, by_hand(user_target("admin")))["incidentNumber"] for _ in range(2)]
    assert numbers == ["1", "2"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (by_hand(user_target("admin"), userName="nobody"), "No user 'nobody' found"),
        (by_hand(user_target("admin"), user_target("nobody")), "No user 'nobody' found"),
        (by_hand(policy_target("pol-x")), "No policy 'pol-x' found"),
    ],
)
def test_an_unknown_name_is_an_error_with_status_200(call: Caller, body: dict[str, Any], text: str) -> None:
    assert call.ok("POST", INCIDENTS, body) == {"error": text}
    assert incidents(call) == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (by_hand(), "targets: List should have at least 1 item after validation, not 0"),
        (by_hand(user_target("admin"), summary=""), "summary: must not be blank"),
        (by_hand({"type": "Team", "slug": "x"}), "targets.0.type: Input should be 'User' or 'EscalationPolicy'"),
    ],
)
def test_an_incident_that_is_wrong_is_a_bad_request(call: Caller, body: dict[str, Any], text: str) -> None:
    assert call.refusal("POST", INCIDENTS, body) == (400, {"error": text})


# Lists


@pytest.mark.parametrize("number", ["2", "x", "-1", "9" * 30, "1.0"])
def test_an_unknown_incident_is_not_found(call: Caller, number: str) -> None:
    critical(call)
    assert call.refusal("GET", f"{INCIDENTS}/{number}") == (404, {"error": f"No incident '{number}' found"})


def test_resolved_incidents_are_listed_for_a_day_and_kept_for_ever(call: Caller) -> None:
    critical(call, "a")
    critical(call, "b")
    call.ok("PATCH", f"{INCIDENTS}/resolve", {"userName": "admin", "incidentNames": ["1"]})
    advance(call, 24 * 60 - 1)
    assert [each["incidentNumber"] for each in incidents(call)] == ["1", "2"]
    advance(call, 1)
    assert [each["incidentNumber"] for each in incidents(call)] == ["2"]
    assert incident(call)["currentPhase"] == "RESOLVED"


# Acknowledged and resolved


def test_each_number_has_its_row_and_a_bad_one_spoils_nothing(call: Caller) -> None:
    for entity in ("a", "b", "c"):
        critical(call, entity)
    command = {"userName": "Admin", "incidentNames": ["2"]}
    assert call.ok("PATCH", f"{INCIDENTS}/resolve", command) == {"results": [row("2", "b")]}
    command = {"userName": "Admin", "incidentNames": ["3", "7", "x", "2", "1"], "message": "mine"}
    assert call.ok("PATCH", f"{INCIDENTS}/ack", command) == {
        "results": [
            row("3", "c"),
            row("7", "", "No incident '7' found"),
            row("x", "", "No incident 'x' found"),
            row("2", "b", "Incident 2 is resolved already"),
            row("1", "a"),
        ]
    }
    assert [each["currentPhase"] for each in incidents(call)] == ["ACKED", "RESOLVED", "ACKED"]
    assert incident(call)["transitions"][1] == {
        "name": "ACKED",
        "at": "2026-01-05T09:00:00Z",
        "by": "admin",
        "message": "mine",
        "manually": True,
    }


def test_two_may_acknowledge(call: Caller) -> None:
    database_key(call)
    critical(call)
    for username in ("ada", "grace"):
        command = {"userName": username, "incidentNames": ["1"]}
        assert call.ok("PATCH", f"{INCIDENTS}/ack", command)["results"][0]["cmdAccepted"] is True
    shown = incident(call)
    assert shown["currentPhase"] == "ACKED"
    assert [each.get("by") for each in shown["transitions"]] == [None, "ada", "grace"]


@pytest.mark.parametrize("path", ["ack", "resolve", "byUser/ack", "byUser/resolve"])
def test_an_unknown_user_is_not_found(call: Caller, path: str) -> None:
    body = {"userName": "nobody", "incidentNames": ["1"]}
    assert call.refusal("PATCH", f"{INCIDENTS}/{path}", body) == (404, {"error": "None found for username: nobody"})


@pytest.mark.parametrize("path", ["ack", "resolve"])
def test_a_command_without_numbers_is_a_bad_request(call: Caller, path: str) -> None:
    assert call.refusal("PATCH", f"{INCIDENTS}/{path}", {"userName": "admin"}) == (
        400,
        {"error": "incidentNames: Field required"},
    )


def test_a_user_acknowledges_and_resolves_what_paged_them(call: Caller) -> None:
    database_key(call)
    critical(call, "a")
    critical(call, "b")
    critical(call, "c", key="other")
    call.ok("PATCH", f"{INCIDENTS}/ack", {"userName": "grace", "incidentNames": ["1"]})
    body = {"userName": "ADA", "message": "mine"}
    assert call.ok("PATCH", f"{INCIDENTS}/byUser/ack", body) == {"results": [row("2", "b")]}
    assert call.ok("PATCH", f"{INCIDENTS}/byUser/ack", body) == {"results": []}
    assert call.ok("PATCH", f"{INCIDENTS}/byUser/resolve", body) == {"results": [row("1", "a"), row("2", "b")]}
    assert [each["currentPhase"] for each in incidents(call)] == ["RESOLVED", "RESOLVED", "UNACKED"]
    assert incident(call, "2")["transitions"][-1]["message"] == "mine"


# Rerouted


def test_a_reroute_ends_the_old_escalation_and_begins_the_new(call: Caller) -> None:
    database_key(call)
    call.user("joan")
    other = routed(call, call.default_team(), [{"timeout": 5, "entries": [page_user("joan")]}])
    critical(call)
    assert reroute(call, policy_target(other), user_target("Admin")) == {
        "incidentNumber": "1",
        "success": True,
        "targetStatus": [{"slug": other, "success": True}, {"slug": "Admin", "success": True}],
    }
    assert incident(call)["pagedUsers"] == ["ada", "admin"]
    advance(call, 60)
    assert incident(call)["pagedUsers"] == ["ada", "admin", "joan"]


def test_a_reroute_to_the_same_policy_begins_it_again(call: Caller) -> None:
    policy = database_key(call)
    critical(call)
    advance(call, 10)
    assert reroute(call, policy_target(policy))["success"] is True
    advance(call, 60)
    assert pages(call) == [("09:00", "ada", "email"), ("09:10", "ada", "email"), ("09:25", "grace", "email")]
    assert len(incident(call)["pagedPolicies"]) == 1


def test_targets_can_be_added_to_those_that_are_there(call: Caller) -> None:
    policy = database_key(call)
    critical(call)
    assert reroute(call, user_target("admin"), policy_target(policy), addTargets=True) == {
        "incidentNumber": "1",
        "success": False,
        "targetStatus": [
            {"slug": "admin", "success": True},
            {"slug": policy, "success": False, "message": f"Policy '{policy}' is paged already"},
        ],
    }
    advance(call, 15)
    assert incident(call)["pagedUsers"] == ["ada", "admin", "grace"]


def test_a_reroute_triggers_what_was_acknowledged(call: Caller) -> None:
    database_key(call)
    critical(call)
    call.ok("PATCH", f"{INCIDENTS}/ack", {"userName": "ada", "incidentNames": ["1"]})
    reroute(call, user_target("admin"))
    shown = incident(call)
    assert (shown["currentPhase"], shown["pagedUsers"]) == ("UNACKED", ["ada", "admin"])
    assert shown["transitions"][-1] == {
        "name": "UNACKED",
        "at": "2026-01-05T09:00:00Z",
        "by": "grace",
        "manually": True,
    }


def test_a_target_that_is_unknown_has_a_row_that_says_so(call: Caller) -> None:
    database_key(call)
    critical(call)
    assert reroute(call, user_target("nobody"), user_target("admin"), policy_target("pol-x")) == {
        "incidentNumber": "1",
        "success": False,
        "targetStatus": [
            {"slug": "nobody", "success": False, "message": "No user 'nobody' found"},
            {"slug": "admin", "success": True},
            {"slug": "pol-x", "success": False, "message": "No policy 'pol-x' found"},
        ],
    }
    assert incident(call)["pagedUsers"] == ["ada", "admin"]


def test_nothing_changes_if_no_target_is_known(call: Caller) -> None:
    database_key(call)
    critical(call)
    assert reroute(call, user_target("nobody"))["success"] is False
    advance(call, 15)
    assert incident(call)["pagedUsers"] == ["ada", "grace"]


def test_only_open_incidents_can_be_rerouted(call: Caller) -> None:
    database_key(call)
    critical(call)
    call.ok("PATCH", f"{INCIDENTS}/resolve", {"userName": "ada", "incidentNames": ["1"]})
    before = messages(call)
    assert reroute(call, user_target("admin")) == {
        "incidentNumber": "1",
        "success": False,
        "message": "Incident 1 is resolved already",
        "targetStatus": [],
    }
    assert reroute(call, user_target("admin"), number="7")["message"] == "No incident '7' found"
    assert messages(call) == before


def test_a_reroute_by_an_unknown_user_is_not_found(call: Caller) -> None:
    body = {"userName": "nobody", "reroutes": []}
    assert call.refusal("POST", f"{INCIDENTS}/reroute", body) == (404, {"error": "None found for username: nobody"})
