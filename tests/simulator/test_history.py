from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from pulumi_victorops.simulator.config import SimulatorConfig
from pulumi_victorops.simulator.gate import Gate
from pulumi_victorops.simulator.refusals import GatewayRefusedError
from tests.simulator.alerting import INCIDENTS, advance, critical, database_key, incident
from tests.simulator.conftest import Caller

HISTORY = "/api-reporting/v2/incidents"


@pytest.fixture
def busy(call: Caller) -> Caller:
    """Four incidents, a minute apart: resolved, resolved, acknowledged, triggered."""
    database_key(call)
    for number, (host, service, key) in enumerate(
        [("db-1", "disk", "database"), ("db-2", "disk", "Database"), ("web-1", "http", "web"), ("web-2", "tls", "web")]
    ):
        critical(call, f"{host}/{service}", key, host_name=host, service=service, entity_display_name=f"E{number}")
        advance(call, 1)
    call.ok("PATCH", f"{INCIDENTS}/resolve", {"userName": "ada", "incidentNames": ["1", "2"]})
    call.ok("PATCH", f"{INCIDENTS}/ack", {"userName": "ada", "incidentNames": ["3"]})
    return call


ALL = "currentPhase=resolved,triggered,acknowledged"


def found(call: Caller, query: str) -> list[int]:
    return [int(each["incidentNumber"]) for each in call.ok("GET", f"{HISTORY}?{query}")["incidents"]]


def test_the_report_is_the_incident_in_small_letters(busy: Caller) -> None:
    answer = busy.ok("GET", f"{HISTORY}?currentPhase=acknowledged")
    shown = incident(busy, "3")
    assert answer == {
        "offset": 0,
        "limit": 20,
        "total": 1,
        "incidents": [
            shown
            | {
                "currentPhase": "acknowledged",
                "entityState": "critical",
                "entityType": "service",
                "transitions": [
                    shown["transitions"][0] | {"name": "triggered"},
                    shown["transitions"][1] | {"name": "acknowledged"},
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2]),
        ("currentPhase=triggered", [4]),
        ("currentPhase=triggered, acknowledged", [3, 4]),
        ("currentPhase=UNACKED,ACKED,RESOLVED", [1, 2, 3, 4]),
        (f"{ALL}&incidentNumber=4", [4]),
        (f"{ALL}&incidentNumber=1,3:4,20:50", [1, 3, 4]),
        (f"{ALL}&incidentNumber=4:3", []),
        (f"{ALL}&entityId=db-2/disk", [2]),
        (f"{ALL}&host=DB-1,web-2", [1, 4]),
        (f"{ALL}&service=disk,tls", [1, 2, 4]),
        (f"{ALL}&routingKey=database", [1, 2]),
        (f"{ALL}&startedAfter=2026-01-05T09:01:00Z", [2, 3, 4]),
        (f"{ALL}&startedBefore=2026-01-05T09:01:00Z", [1]),
        (f"{ALL}&startedAfter=2026-01-05T09:01:00&startedBefore=2026-01-05T10:03:00%2B01:00", [2, 3]),
        (f"{ALL}&host=db-1&service=tls", []),
    ],
)
def test_incidents_are_searched(busy: Caller, query: str, numbers: list[int]) -> None:
    assert found(busy, query) == numbers


def test_made_by_hand_they_have_neither_host_nor_key(call: Caller) -> None:
    target = {"type": "User", "slug": "admin"}
    call.ok("POST", INCIDENTS, {"summary": "s", "details": "d", "userName": "admin", "targets": [target]})
    assert found(call, ALL) == [1]
    assert found(call, f"{ALL}&host=db-1") == []
    assert found(call, f"{ALL}&routingKey=database") == []


def test_the_list_comes_in_pages(busy: Caller) -> None:
    answer = busy.ok("GET", f"{HISTORY}?{ALL}&offset=1&limit=2")
    assert (answer["offset"], answer["limit"], answer["total"]) == (1, 2, 4)
    assert [each["incidentNumber"] for each in answer["incidents"]] == ["2", "3"]
    assert busy.ok("GET", f"{HISTORY}?{ALL}&offset=9")["incidents"] == []
    assert busy.ok("GET", f"{HISTORY}?limit=100")["limit"] == 100


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("limit=101", "limit has to be a whole number from 1 to 100"),
        ("limit=0", "limit has to be a whole number from 1 to 100"),
        ("offset=-1", "offset has to be a whole number from 0 to 999999999"),
        ("currentPhase=open", "currentPhase: 'open' is none of triggered, acknowledged, resolved"),
        ("incidentNumber=4-5", "incidentNumber: '4-5' is neither a number nor a range of numbers"),
        ("startedAfter=yesterday", "startedAfter has to be a time in ISO 8601"),
        ("startedBefore=9999-12-31T23:00:00-05:00", "startedBefore has to be a time in ISO 8601"),
    ],
)
def test_a_search_that_is_wrong_is_a_bad_request(call: Caller, query: str, text: str) -> None:
    assert call.refusal("GET", f"{HISTORY}?{query}") == (400, {"error": text})


def test_it_may_be_asked_once_a_minute_where_there_is_a_limit() -> None:
    with Simulator(seed="empty", rate_limit="1000/s") as sim:
        call = Caller(sim)
        assert call.send("GET", HISTORY).status_code == 200
        refused = call.send("GET", HISTORY)
        assert (refused.status_code, refused.json()) == (429, {"message": "Too Many Requests"})
        assert 50 <= int(refused.headers["Retry-After"]) <= 60
        assert call.send("GET", INCIDENTS).status_code == 200


def test_a_minute_later_it_may_be_asked_again() -> None:
    seconds = [0.0]
    gate = Gate(SimulatorConfig(rate_limit="1000/s"), lambda: seconds[0])
    headers = {"x-vo-api-id": "demo-id", "x-vo-api-key": "demo-key"}
    gate.admit("GET", headers, f"GET {HISTORY}")
    seconds[0] = 59.5
    with pytest.raises(GatewayRefusedError) as refused:
        gate.admit("GET", headers, f"GET {HISTORY}")
    assert refused.value.headers == {"Retry-After": "1"}
    seconds[0] = 60.0
    gate.admit("GET", headers, f"GET {HISTORY}")


def test_without_a_limit_it_may_be_asked_at_will(call: Caller) -> None:
    answers: list[Any] = [call.send("GET", HISTORY).status_code for _ in range(3)]
    assert answers == [200, 200, 200]
