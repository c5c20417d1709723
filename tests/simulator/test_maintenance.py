from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.alerting import INCIDENTS, advance, critical, database_key, incident, messages
from tests.simulator.conftest import Caller

STATE = "/api-public/v1/maintenancemode"
START = f"{STATE}/start"


@pytest.fixture
def limited() -> Iterator[Caller]:
    with Simulator(seed="empty", max_maintenance=1) as sim:
        yield Caller(sim)


def start(call: Caller, *names: str) -> str:
    state = call.ok("POST", START, {"type": "RoutingKeys", "names": list(names)})
    instance: str = state["activeInstances"][-1]["instanceId"]
    return instance


def end(call: Caller, instance: str) -> None:
    call.ok("PUT", f"{STATE}/{instance}/end", {})


def test_there_is_no_maintenance_at_first(call: Caller) -> None:
    assert call.ok("GET", STATE) == {"companyId": "simulated-org", "activeInstances": []}


def test_the_whole_state_is_answered_when_one_begins_and_when_one_ends(call: Caller) -> None:
    database_key(call)
    state = call.ok("POST", START, {"type": "RoutingKeys", "names": ["database"], "purpose": "new disks"})
    [first] = state["activeInstances"]
    assert first == {
        "instanceId": first["instanceId"],
        "startedBy": "admin",
        "startedAt": 1767603600000,
        "purpose": "new disks",
        "targets": [{"type": "RoutingKeys", "names": ["database"]}],
        "isGlobal": False,
    }
    assert first["instanceId"].startswith("mm-")
    assert len(first["instanceId"]) == 35
    both = call.ok("POST", START, {"type": "RoutingKeys", "names": []})
    second = both["activeInstances"][1]
    assert both == {"companyId": "simulated-org", "activeInstances": [first, second]}
    assert (second["isGlobal"], second["targets"], second["purpose"]) == (
        True,
        [{"type": "RoutingKeys", "names": []}],
        "",
    )
    assert call.ok("GET", STATE) == both
    left = {"companyId": "simulated-org", "activeInstances": [second]}
    assert call.ok("PUT", f"{STATE}/{first['instanceId']}/end", {}) == left
    assert call.ok("GET", STATE) == left


def test_the_end_needs_no_body(call: Caller) -> None:
    instance = start(call)
    answer = call.send("PUT", f"{STATE}/{instance}/end", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["activeInstances"]) == (200, [])


def test_one_that_has_ended_is_not_found(call: Caller) -> None:
    instance = start(call)
    end(call, instance)
    assert call.refusal("PUT", f"{STATE}/{instance}/end", {}) == (
        404,
        {"error": f"No maintenance mode '{instance}' found"},
    )


def test_a_second_global_one_is_a_conflict(call: Caller) -> None:
    start(call)
    assert call.refusal("POST", START, {"type": "RoutingKeys", "names": []}) == (
        409,
        {"error": "A global maintenance mode is active already"},
    )
    assert start(call, ".+")


def test_too_many_are_refused(limited: Caller) -> None:
    first = start(limited, ".+")
    assert limited.refusal("POST", START, {"type": "RoutingKeys", "names": []}) == (
        420,
        {"error": "The limit of 1 maintenance modes is reached"},
    )
    end(limited, first)
    assert start(limited)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"names": []}, "type: Field required"),
        ({"type": "Teams", "names": []}, "type: Input should be 'RoutingKeys'"),
        ({"type": "RoutingKeys"}, "names: Field required"),
        ({"type": "RoutingKeys", "names": ["nothing"]}, "No routing key 'nothing' found"),
    ],
)
def test_what_is_wrong_is_a_bad_request(call: Caller, body: dict[str, object], text: str) -> None:
    assert call.refusal("POST", START, body) == (400, {"error": text})


@pytest.mark.parametrize("names", [[], ["database"], ["DATABASE"]])
def test_an_alert_under_maintenance_is_recorded_and_pages_nobody(call: Caller, names: list[str]) -> None:
    database_key(call)
    start(call, *names)
    critical(call)
    advance(call, 60)
    shown = incident(call)
    assert (shown["currentPhase"], shown["pagedUsers"], shown["pagedPolicies"]) == ("UNACKED", [], [])
    assert messages(call) == []


def test_maintenance_of_one_key_leaves_others_alone(call: Caller) -> None:
    database_key(call)
    start(call, "database")
    assert critical(call, key="other")["pagedUsers"] == ["admin"]


def test_the_end_pages_nobody_by_itself_but_the_next_alert_does(call: Caller) -> None:
    database_key(call)
    instance = start(call, "database")
    critical(call)
    critical(call)
    assert incident(call)["pagedUsers"] == []
    end(call, instance)
    assert incident(call)["pagedUsers"] == []
    critical(call)
    assert incident(call)["pagedUsers"] == ["ada"]
    critical(call)
    advance(call, 14)
    assert incident(call)["pagedUsers"] == ["ada"]


def test_an_incident_that_was_acknowledged_meanwhile_stays_quiet(call: Caller) -> None:
    database_key(call)
    instance = start(call)
    critical(call)
    call.ok("PATCH", f"{INCIDENTS}/ack", {"userName": "ada", "incidentNames": ["1"]})
    end(call, instance)
    critical(call)
    assert incident(call)["pagedUsers"] == []


def test_an_incident_that_was_rerouted_meanwhile_is_nobody_elses(call: Caller) -> None:
    database_key(call)
    instance = start(call)
    critical(call)
    wish = {"incidentNumber": "1", "targets": [{"type": "User", "slug": "admin"}]}
    call.ok("POST", f"{INCIDENTS}/reroute", {"userName": "ada", "reroutes": [wish]})
    end(call, instance)
    critical(call)
    assert incident(call)["pagedUsers"] == ["admin"]


def test_what_pages_already_goes_on(call: Caller) -> None:
    database_key(call)
    critical(call)
    start(call)
    advance(call, 15)
    assert incident(call)["pagedUsers"] == ["ada", "grace"]


def test_an_incident_made_by_hand_pages_under_maintenance(call: Caller) -> None:
    start(call)
    target = {"type": "User", "slug": "admin"}
    call.ok("POST", INCIDENTS, {"summary": "s", "details": "d", "userName": "admin", "targets": [target]})
    assert incident(call)["pagedUsers"] == ["admin"]


def test_without_a_global_admin_it_is_started_by_the_api(call: Caller) -> None:
    document = call.sim.snapshot()
    document["users"][0]["global_admin"] = False
    call.ok("PUT", "/_simulator/snapshot", document)
    start(call)
    assert call.ok("GET", STATE)["activeInstances"][0]["startedBy"] == "api"
