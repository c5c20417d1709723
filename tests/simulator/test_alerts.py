from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
import requests

from pulumi_victorops.simulator import Simulator
from tests.simulator.alerting import advance, critical, database_key, incident, incidents, send
from tests.simulator.conftest import Caller

INTAKE = "/integrations/generic/demo-integration/alert/database"


def test_an_alert_opens_an_incident(call: Caller) -> None:
    policy = database_key(call)
    team = call.ok("GET", "/api-public/v1/user/ada/teams")["teams"][0]["slug"]
    entity = send(
        call,
        "CRITICAL",
        entity_display_name="Disk of db-1",
        state_message="98 % full",
        monitoring_tool="nagios",
        host_name="db-1",
        service="disk",
    )
    assert entity == "db-1/disk"
    [shown] = incidents(call)
    alert_id = shown["lastAlertId"]
    assert str(UUID(alert_id)) == alert_id
    assert shown == {
        "incidentNumber": "1",
        "startTime": "2026-01-05T09:00:00Z",
        "currentPhase": "UNACKED",
        "entityId": "db-1/disk",
        "entityDisplayName": "Disk of db-1",
        "entityState": "CRITICAL",
        "entityType": "SERVICE",
        "routingKey": "database",
        "host": "db-1",
        "service": "disk",
        "monitorName": "nagios",
        "monitorType": "nagios",
        "alertCount": 1,
        "firstAlertUuid": alert_id,
        "lastAlertId": alert_id,
        "lastAlertTime": "2026-01-05T09:00:00Z",
        "pagedUsers": ["ada"],
        "pagedTeams": [team],
        "pagedPolicies": [
            {"policy": {"name": "Page database", "slug": policy}, "team": {"name": "Platform", "slug": team}}
        ],
        "transitions": [
            {
                "name": "UNACKED",
                "at": "2026-01-05T09:00:00Z",
                "manually": False,
                "alertId": alert_id,
                "alertUrl": f"/api-public/v1/alerts/{alert_id}",
            }
        ],
    }
    assert incident(call) == shown


def test_an_alert_can_be_read_with_all_that_was_sent(call: Caller) -> None:
    alert_id = critical(call, state_message="full", monitoring_tool="nagios", state_start_time=1767603000, rack=7)[
        "lastAlertId"
    ]
    shown = call.ok("GET", f"/api-public/v1/alerts/{alert_id}")
    raw = json.loads(shown.pop("raw"))
    assert shown == {
        "messageType": "CRITICAL",
        "entityId": "db-1/disk",
        "timestamp": 1767603600,
        "stateStartTime": 1767603000,
        "stateMessage": "full",
        "monitoringTool": "nagios",
    }
    assert raw == {
        "message_type": "CRITICAL",
        "entity_id": "db-1/disk",
        "state_message": "full",
        "monitoring_tool": "nagios",
        "state_start_time": 1767603000,
        "rack": 7,
        "routing_key": "database",
    }
    assert call.refusal("GET", "/api-public/v1/alerts/x") == (404, {"error": "No alert 'x' found"})


def test_what_is_not_sent_is_made_up_or_left_out(call: Caller) -> None:
    answer = call.ok("POST", INTAKE, {"message_type": "warning"})
    assert str(UUID(answer["entity_id"])) == answer["entity_id"]
    [shown] = incidents(call)
    assert shown["entityState"] == "WARNING"
    assert shown["entityDisplayName"] == shown["service"] == answer["entity_id"]
    assert (shown["monitorName"], shown["monitorType"]) == ("", "API")
    assert "host" not in shown
    alert = call.ok("GET", f"/api-public/v1/alerts/{shown['lastAlertId']}")
    assert set(alert) == {"messageType", "entityId", "timestamp", "stateStartTime", "raw"}


def test_an_alert_of_the_same_entity_joins_the_open_incident(call: Caller) -> None:
    first = critical(call)
    advance(call, 1)
    send(call, "WARNING")
    send(call, "CRITICAL", "db-2/disk")
    joined, other = incidents(call)
    assert joined["alertCount"] == 2
    assert joined["entityState"] == "WARNING"
    assert joined["firstAlertUuid"] == first["firstAlertUuid"] != joined["lastAlertId"]
    assert (joined["startTime"], joined["lastAlertTime"]) == ("2026-01-05T09:00:00Z", "2026-01-05T09:01:00Z")
    assert (other["incidentNumber"], other["entityId"]) == ("2", "db-2/disk")


def test_an_alert_after_the_end_opens_another_incident(call: Caller) -> None:
    critical(call)
    send(call, "RECOVERY")
    assert critical(call)["incidentNumber"] == "2"


def test_an_acknowledgement_and_a_recovery_come_from_the_tool(call: Caller) -> None:
    critical(call)
    send(call, "ACKNOWLEDGEMENT", ack_author="ada", ack_msg="on it")
    advance(call, 5)
    send(call, "RECOVERY")
    shown = incident(call)
    assert (shown["currentPhase"], shown["entityState"], shown["alertCount"]) == ("RESOLVED", "RECOVERY", 3)
    _, acknowledged, resolved = shown["transitions"]
    assert acknowledged == {
        "name": "ACKED",
        "at": "2026-01-05T09:00:00Z",
        "by": "ada",
        "message": "on it",
        "manually": False,
        "alertId": acknowledged["alertId"],
        "alertUrl": f"/api-public/v1/alerts/{acknowledged['alertId']}",
    }
    assert call.ok("GET", acknowledged["alertUrl"])["ackMsg"] == "on it"
    assert (resolved["name"], resolved["at"]) == ("RESOLVED", "2026-01-05T09:05:00Z")


@pytest.mark.parametrize("message_type", ["INFO", "ACKNOWLEDGEMENT", "RECOVERY"])
def test_nothing_but_trouble_opens_an_incident(call: Caller, message_type: str) -> None:
    send(call, message_type)
    assert incidents(call) == []


def test_information_leaves_an_incident_alone(call: Caller) -> None:
    before = critical(call)
    send(call, "INFO")
    assert incident(call) == before


@pytest.mark.parametrize(
    ("key", "paged"),
    [("database", ["ada"]), ("DataBase", ["ada"]), ("unheard-of", ["admin"]), ("with space", ["admin"])],
)
def test_the_routing_key_is_found_whatever_its_case_else_the_default_counts(
    call: Caller, key: str, paged: list[str]
) -> None:
    database_key(call)
    shown = critical(call, key=key)
    assert (shown["routingKey"], shown["pagedUsers"]) == (key, paged)


def test_all_policies_of_a_key_are_paged(call: Caller) -> None:
    first = database_key(call)
    second = call.policy("Also", call.default_team(), {"executionType": "user", "user": {"username": "admin"}})
    call.ok("POST", "/api-public/v1/org/routing-keys", {"routingKey": "both", "targets": [first, second]})
    shown = critical(call, key="both")
    assert shown["pagedUsers"] == ["ada", "admin"]
    assert [paged["policy"]["slug"] for paged in shown["pagedPolicies"]] == [first, second]


def test_without_a_default_key_nobody_is_paged(call: Caller) -> None:
    call.ok("DELETE", f"/api-public/v1/policies/{call.default_team()}")
    assert critical(call)["pagedUsers"] == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"entity_id": "x"}, "message_type: None is none of INFO, WARNING, ACKNOWLEDGEMENT, CRITICAL, RECOVERY"),
        ({"message_type": "BAD"}, "message_type: 'BAD' is none of INFO, WARNING, ACKNOWLEDGEMENT, CRITICAL, RECOVERY"),
        ([1], "Input should be an object"),
    ],
)
def test_an_alert_that_is_wrong_is_a_bad_request(call: Caller, body: Any, text: str) -> None:
    assert call.refusal("POST", INTAKE, body) == (400, {"error": text})
    assert call.sim.snapshot()["alerts"] == []


def test_a_number_that_json_does_not_know_is_a_bad_request(call: Caller) -> None:
    answer = call.send("POST", INTAKE, data=b'{"message_type":"CRITICAL","load":NaN}')
    assert (answer.status_code, answer.json()) == (400, {"error": "has a number that JSON does not know"})


@pytest.mark.parametrize("path", ["{}/alert/database", "20131114/alert/{}/database"])
def test_an_alert_needs_the_integration_key_in_its_path_and_no_header(call: Caller, path: str) -> None:
    body = {"message_type": "CRITICAL", "entity_id": "x"}
    url = f"{call.sim.url}/integrations/generic/{path}"
    right = requests.post(url.format("demo-integration"), json=body, timeout=30)
    assert (right.status_code, right.json()) == (200, {"result": "success", "entity_id": "x"})
    wrong = requests.post(url.format("guess"), json=body, timeout=30)
    assert (wrong.status_code, wrong.json()) == (404, {"error": "No integration 'guess' found"})


def test_alerts_are_counted_as_an_operation_of_their_own(call: Caller) -> None:
    send(call, "CRITICAL")
    assert call.sim.requests()["by_operation"] == {"POST /integrations/generic/{integrationKey}/alert/{routingKey}": 1}


def test_the_integration_key_is_a_setting() -> None:
    with Simulator(seed="empty", integration_key="secret") as sim:
        call = Caller(sim)
        assert call.refusal("POST", INTAKE, {"message_type": "INFO"})[0] == 404
        answer = call.ok("POST", INTAKE.replace("demo-integration", "secret"), {"message_type": "INFO"})
        assert answer["result"] == "success"


def test_an_empty_integration_key_is_refused() -> None:
    with pytest.raises(ValueError, match="the integration key must not be empty"):
        Simulator(integration_key="")


def test_a_fault_can_strike_alerts(call: Caller) -> None:
    operation = "POST /integrations/generic/{integrationKey}/alert/{routingKey}"
    call.sim.put_faults([{"operation": operation, "kind": "status", "status": 503}])
    assert call.send("POST", INTAKE, {"message_type": "CRITICAL"}).status_code == 503
    assert call.send("GET", "/api-public/v1/team").status_code == 200
