from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from pulumi_victorops.simulator import Simulator
from pulumi_victorops.simulator.faultplan import FaultPlan
from pulumi_victorops.simulator.faults import parse_faults
from tests.simulator.conftest import ADA, Caller

CREATE = "POST /api-public/v1/user"


def put(call: Caller, kind: str, **settings: Any) -> None:
    call.ok("PUT", "/_simulator/faults", [{"operation": CREATE, "kind": kind, **settings}])


def create(call: Caller) -> requests.Response:
    return call.send("POST", "/api-public/v1/user", ADA)


def exists(call: Caller) -> bool:
    return call.send("GET", "/api-public/v1/user/ada").status_code == 200


def last_status(call: Caller) -> int | None:
    status: int | None = call.sim.requests()["requests"][-1]["status"]
    return status


def test_a_fault_strikes_its_operation_only_and_so_many_times(call: Caller) -> None:
    put(call, "status", status=503, times=2)
    assert call.send("GET", "/api-public/v1/user").status_code == 200
    assert [create(call).status_code for _ in range(3)] == [503, 503, 200]


def test_a_star_strikes_everything_even_what_is_unknown_but_not_control(call: Caller) -> None:
    call.sim.put_faults([{"operation": "*", "kind": "status", "status": 500}])
    assert call.send("GET", "/api-public/v1/team").status_code == 500
    assert call.send("GET", "/nowhere").status_code == 500
    assert call.send("GET", "/_simulator/health").status_code == 200


def test_faults_can_be_ended(call: Caller) -> None:
    put(call, "status", status=503)
    assert call.ok("DELETE", "/_simulator/faults") == {"faults": []}
    assert create(call).status_code == 200


def test_a_status_can_have_a_body_a_type_and_headers_and_keeps_the_call_away(call: Caller) -> None:
    put(call, "status", status=503, body={"error": "later"}, headers={"Retry-After": "7"})
    answer = create(call)
    assert (answer.status_code, answer.text) == (503, '{"error":"later"}')
    assert (answer.headers["Content-Type"], answer.headers["Retry-After"]) == ("application/json", "7")
    assert last_status(call) == 503
    assert not exists(call)


def test_a_status_can_have_plain_text_or_nothing(call: Caller) -> None:
    put(call, "status", status=500, body="Sorry", content_type="text/plain")
    answer = create(call)
    assert (answer.text, answer.headers["Content-Type"]) == ("Sorry", "text/plain")
    put(call, "status", status=500)
    assert create(call).content == b""


@pytest.mark.parametrize("kind", ["status", "html"])
def test_a_gateway_can_fail_after_the_effect(call: Caller, kind: str) -> None:
    put(call, kind, status=504, after_effect=True)
    assert create(call).status_code == 504
    assert exists(call)


@pytest.mark.parametrize(
    ("settings", "status", "retry_after"),
    [({}, 429, "1"), ({"retry_after": 30}, 429, "30"), ({"retry_after": None}, 429, None), ({"status": 403}, 403, "1")],
)
def test_a_rate_limit(call: Caller, settings: dict[str, Any], status: int, retry_after: str | None) -> None:
    put(call, "rate_limit", **settings)
    answer = create(call)
    assert (answer.status_code, answer.text) == (status, '{"message":"Too Many Requests"}')
    assert answer.headers.get("Retry-After") == retry_after
    call.sim.put_faults([])
    assert not exists(call)


def test_a_storm_refuses_so_many_calls_in_a_row_and_then_is_over(call: Caller) -> None:
    put(call, "rate_limit", calls=3, times=1, retry_after=None)
    assert call.send("GET", "/api-public/v1/user").status_code == 200
    assert [create(call).status_code for _ in range(4)] == [429, 429, 429, 200]


def test_a_storm_over_everything_counts_all_calls(call: Caller) -> None:
    call.sim.put_faults([{"operation": "*", "kind": "rate_limit", "status": 403, "calls": 2, "times": 1}])
    assert create(call).status_code == 403
    assert call.send("GET", "/api-public/v1/user").status_code == 403
    assert create(call).status_code == 200


def test_the_clock_of_one_answer_can_be_off(call: Caller) -> None:
    put(call, "clock_skew", seconds=-90, times=1)
    off = create(call)
    assert off.headers["Date"] == "Mon, 05 Jan 2026 08:58:30 GMT"
    assert off.json()["createdAt"] == "2026-01-05T08:58:30Z"
    assert call.send("GET", "/api-public/v1/user").headers["Date"] == "Mon, 05 Jan 2026 09:00:00 GMT"


def test_a_skew_goes_with_another_fault_and_adds_up(call: Caller) -> None:
    skew = {"operation": "*", "kind": "clock_skew", "seconds": 30}
    call.sim.put_faults([{"operation": "*", "kind": "html"}, skew, skew])
    answer = create(call)
    assert (answer.status_code, answer.headers["Date"]) == (502, "Mon, 05 Jan 2026 09:01:00 GMT")


def test_a_new_rotation_can_be_missing_in_lists_for_a_while(call: Caller) -> None:
    team = call.team("Platform")
    lag = {"operation": "POST /api-public/v1/teams/{team}/rotations", "kind": "rotation_lag", "ms": 2000, "times": 1}
    call.sim.put_faults([lag])
    for label in ("late", "prompt"):
        call.ok("POST", f"/api-public/v1/teams/{team}/rotations", {"label": label, "shifts": []})

    def listed() -> list[str]:
        return [row["label"] for row in call.ok("GET", f"/api-public/v2/team/{team}/rotations")["rotations"]]

    assert listed() == ["prompt"]
    call.ok("PUT", "/_simulator/clock", {"advance_seconds": 2})
    assert listed() == ["late", "prompt"]


def test_a_rotation_that_was_made_while_the_clock_was_off_is_listed_all_the_same(call: Caller) -> None:
    team = call.team("Platform")
    put(call, "clock_skew", operation="POST /api-public/v1/teams/{team}/rotations", seconds=7200)
    call.ok("POST", f"/api-public/v1/teams/{team}/rotations", {"label": "new", "shifts": []})
    assert [row["label"] for row in call.ok("GET", f"/api-public/v2/team/{team}/rotations")["rotations"]] == ["new"]


@pytest.mark.parametrize(("settings", "status"), [({}, 502), ({"status": 200}, 200)])
def test_a_page_of_html(call: Caller, settings: dict[str, Any], status: int) -> None:
    put(call, "html", **settings)
    answer = create(call)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!DOCTYPE html>")
    assert not exists(call)


def test_json_that_breaks_off(call: Caller) -> None:
    put(call, "broken_json")
    answer = create(call)
    assert answer.status_code == 200
    assert answer.text.startswith('{"firstName":"Ada",')
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()
    assert exists(call)


def test_another_content_type(call: Caller) -> None:
    put(call, "wrong_content_type", times=1)
    answer = create(call)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain")
    assert answer.json()["username"] == "ada"


def test_an_answer_that_is_cut_short(call: Caller) -> None:
    put(call, "truncate")
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="64 more expected"):
        create(call)
    assert last_status(call) == 200
    assert exists(call)


def test_an_answer_that_drips_arrives_whole(call: Caller) -> None:
    put(call, "slow_body", ms=0, chunk_bytes=10)
    assert create(call).json()["username"] == "ada"


def test_a_client_that_gives_up_on_a_dripping_answer(call: Caller) -> None:
    put(call, "slow_body", ms=60_000)
    with pytest.raises(requests.exceptions.ConnectionError, match="Read timed out"):
        call.session.post(call.sim.url + "/api-public/v1/user", json=ADA, timeout=0.2)
    assert exists(call)


def test_a_reset_before_the_effect(call: Caller) -> None:
    put(call, "reset_before")
    # It reads as a reset or as an early end, as it happens while the request is still being sent or not.
    with pytest.raises(requests.exceptions.ConnectionError, match="Connection aborted"):
        create(call)
    assert last_status(call) is None
    assert not exists(call)


def test_a_reset_after_the_effect(call: Caller) -> None:
    put(call, "reset_after")
    with pytest.raises(requests.exceptions.ConnectionError, match="Connection reset by peer"):
        create(call)
    assert last_status(call) is None
    assert exists(call)


def test_a_reset_before_does_not_wait_for_the_request(call: Caller) -> None:
    put(call, "reset_before")
    address = (str(urlsplit(call.sim.url).hostname), int(urlsplit(call.sim.url).port or 0))
    with socket.create_connection(address, timeout=30) as client:
        client.sendall(b"POST /api-public/v1/user HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(100)


def test_latency_delays_the_effect(call: Caller) -> None:
    put(call, "latency", ms=60_000)
    with pytest.raises(requests.exceptions.ReadTimeout):
        call.session.post(call.sim.url + "/api-public/v1/user", json=ADA, timeout=0.2)
    assert not exists(call)


def test_delays_add_up_and_go_with_one_other_fault() -> None:
    plan = FaultPlan(seed=1)
    plan.put(
        parse_faults(
            b"""[
            {"operation":"*","kind":"latency","ms":20},
            {"operation":"POST /api-public/v1/user","kind":"html","times":1},
            {"operation":"*","kind":"reset_after"},
            {"operation":"*","kind":"latency","ms":3,"times":1}
            ]"""
        )
    )
    drawn = [plan.draw(CREATE) for _ in range(2)]
    assert [(one.delay_ms, one.fault.kind if one.fault else None) for one in drawn] == [
        (23, "html"),
        (20, "reset_after"),
    ]


def test_the_latency_of_a_simulator_is_for_every_call() -> None:
    with Simulator(seed="empty", latency_ms=60_000) as sim, pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(sim.url + "/api-public/v1/team", timeout=0.2)


def test_a_simulator_that_stops_finishes_at_once_what_it_has_begun() -> None:
    with ThreadPoolExecutor(1) as pool:
        with Simulator(seed="empty") as sim:
            sim.put_faults([{"operation": "*", "kind": "slow_body", "ms": 60_000}])
            answer = pool.submit(Caller(sim).send, "GET", "/api-public/v1/team")
            while sim.requests()["total"] == 0:  # noted just before the answer begins to drip
                time.sleep(0.005)
        assert answer.result().json()[0]["isDefaultTeam"] is True


def test_a_simulator_that_stops_gives_up_a_call_whose_body_never_comes() -> None:
    with Simulator(seed="empty") as sim:
        address = (str(urlsplit(sim.url).hostname), int(urlsplit(sim.url).port or 0))
        client = socket.create_connection(address, timeout=30)
        client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    with client, pytest.raises(ConnectionResetError):
        client.recv(100)


def test_a_client_that_goes_away_before_its_body_is_whole_has_not_called(call: Caller) -> None:
    address = (str(urlsplit(call.sim.url).hostname), int(urlsplit(call.sim.url).port or 0))
    with socket.create_connection(address, timeout=30) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    call.ok("GET", "/api-public/v1/team")
    assert call.sim.requests()["total"] == 1


def test_with_a_random_seed_the_dice_repeat_themselves() -> None:
    def struck(seed: int) -> list[bool]:
        with Simulator(seed="empty", random_seed=seed) as sim:
            sim.put_faults([{"operation": "*", "kind": "status", "status": 503, "probability": 0.5}])
            call = Caller(sim)
            return [call.send("GET", "/api-public/v1/team").status_code == 503 for _ in range(30)]

    first = struck(1)
    assert 5 < sum(first) < 25
    assert struck(1) == first
    assert struck(2) != first


def test_the_seed_of_a_fault_makes_its_strikes_repeat_themselves(call: Caller) -> None:
    def struck(seed: int) -> list[bool]:
        fault = {"operation": "*", "kind": "status", "status": 503, "probability": 0.5, "seed": seed}
        call.sim.put_faults([fault])
        return [call.send("GET", "/api-public/v1/team").status_code == 503 for _ in range(30)]

    first = struck(7)
    assert 5 < sum(first) < 25
    assert struck(7) == first
    assert struck(8) != first


def test_how_other_calls_come_in_between_changes_nothing() -> None:
    plan = FaultPlan(seed=1)
    faults = parse_faults(b'[{"operation":"*","kind":"html","probability":0.5}]')

    def struck(*between: str) -> list[bool]:
        plan.put(faults)
        answers = []
        for _ in range(30):
            for operation in between:
                plan.draw(operation)
            answers.append(plan.draw(CREATE).fault is not None)
        return answers

    assert struck() == struck("GET /api-public/v1/team", "GET /api-public/v1/policies")
    assert 5 < sum(struck()) < 25


def test_a_probability_of_0_never_strikes(call: Caller) -> None:
    put(call, "status", status=503, probability=0)
    assert create(call).status_code == 200


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({}, "0: Unable to extract tag using discriminator 'kind'"),
        ({"kind": "latency", "ms": 1}, "0.latency.operation: Field required"),
        (
            {"operation": "GET /x", "kind": "latency", "ms": 1},
            "0.latency.operation: 'GET /x' is neither * nor one of the service's operations",
        ),
        ({"operation": "*", "kind": "latency"}, "0.latency.ms: Field required"),
        ({"operation": "*", "kind": "latency", "ms": -1}, "0.latency.ms: Input should be greater than or equal to 0"),
        ({"operation": "*", "kind": "status"}, "0.status.status: Field required"),
        (
            {"operation": "*", "kind": "status", "status": 99},
            "0.status.status: Input should be greater than or equal to 200",
        ),
        (
            {"operation": CREATE, "kind": "rotation_lag", "ms": 1},
            "0.rotation_lag.operation: only POST /api-public/v1/teams/{team}/rotations makes rotations",
        ),
        ({"operation": "*", "kind": "html", "ms": 1}, "0.html.ms: Extra inputs are not permitted"),
        ({"operation": "*", "kind": "rate_limit", "status": 500}, "0.rate_limit.status: Input should be 429 or 403"),
        (
            {"operation": "*", "kind": "html", "probability": 2},
            "0.html.probability: Input should be less than or equal to 1",
        ),
        ({"operation": "*", "kind": "html", "times": 0}, "0.html.times: Input should be greater than or equal to 1"),
        (
            {"operation": "*", "kind": "status", "status": 500, "headers": {"Content-Length": "3"}},
            "0.status.headers: the headers that describe the body are not given here",
        ),
        (
            {"operation": "*", "kind": "status", "status": 500, "headers": {"X": "a\r\nb"}},
            r"0.status.headers.X: String should match pattern '^[\x20-\x7e]*$'",
        ),
    ],
)
def test_a_fault_that_cannot_be_meant_is_a_bad_request(call: Caller, fault: dict[str, Any], text: str) -> None:
    put(call, "status", status=503)
    assert call.refusal("PUT", "/_simulator/faults", [fault]) == (400, {"error": text})
    assert create(call).status_code == 503


def test_an_unknown_kind_is_told_the_known_ones(call: Caller) -> None:
    status, answer = call.refusal("PUT", "/_simulator/faults", [{"operation": "*", "kind": "gremlins"}])
    assert status == 400
    assert "'reset_before'" in answer["error"]


def test_faults_come_in_a_list(call: Caller) -> None:
    assert call.refusal("PUT", "/_simulator/faults", {})[0] == 400


def test_a_caller_who_has_gone_before_the_reset_is_no_failure(call: Caller, caplog: pytest.LogCaptureFixture) -> None:
    teams, users = "GET /api-public/v1/team", "GET /api-public/v1/user"
    soon, late = ({"operation": name, "kind": "latency", "ms": ms} for name, ms in ((teams, 100), (users, 400)))
    call.sim.put_faults([soon, {"operation": teams, "kind": "reset_before"}, late])
    address = urlsplit(call.sim.url)
    with socket.create_connection((str(address.hostname), address.port or 0)) as hasty:
        hasty.sendall(b"GET /api-public/v1/team HTTP/1.1\r\nHost: localhost\r\n\r\n")
    # Its answer comes after the reset.
    assert call.send("GET", "/api-public/v1/user").status_code == 200
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
