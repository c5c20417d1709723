from __future__ import annotations

import asyncio
from typing import Any

import pytest
import requests

from pulumi_victorops.simulator import Simulator, SimulatorConfig
from pulumi_victorops.simulator.app import Application
from pulumi_victorops.simulator.gate import Gate
from pulumi_victorops.simulator.refusals import GatewayRefusedError
from tests.simulator.conftest import Caller

GOOD = {"X-VO-Api-Id": "demo-id", "X-VO-Api-Key": "demo-key"}
MISSING = {"message": "Authentication parameters missing"}
WRONG = {"message": "Authentication failed"}


@pytest.mark.parametrize(
    ("headers", "status", "body"),
    [
        ({}, 401, MISSING),
        ({"X-VO-Api-Id": "demo-id"}, 401, MISSING),
        ({"X-VO-Api-Key": "demo-key"}, 401, MISSING),
        ({"X-VO-Api-Id": "", "X-VO-Api-Key": "demo-key"}, 401, MISSING),
        (GOOD | {"X-VO-Api-Key": "other"}, 403, WRONG),
        (GOOD | {"X-VO-Api-Id": "other"}, 403, WRONG),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api-public/v1/team"),
        ("POST", "/api-public/v1/user"),
        ("GET", "/nowhere"),
        ("PUT", "/api-public/v1/team"),
    ],
)
def test_keys_are_checked_before_path_verb_and_body(
    call: Caller, method: str, path: str, headers: dict[str, str], status: int, body: Any
) -> None:
    answer = requests.request(method, call.sim.url + path, headers=headers, data=b"{broken", timeout=30)
    assert (answer.status_code, answer.json()) == (status, body)


def test_gateway_errors_can_be_plain_text() -> None:
    with Simulator(seed="empty", plain_gateway_errors=True, rate_limit="1/h") as sim:
        url = sim.url + "/api-public/v1/team"
        answers = [
            requests.get(url, headers=headers, timeout=30) for headers in ({}, GOOD | {"X-VO-Api-Key": "x"}, GOOD, GOOD)
        ]
    assert [(answer.status_code, answer.text) for answer in answers[:2] + answers[3:]] == [
        (401, "Authentication parameters missing"),
        (403, "Authentication failed"),
        (429, "Too Many Requests"),
    ]
    assert answers[0].headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answers[2].status_code == 200


def test_a_read_only_key_reads_and_nothing_else() -> None:
    with Simulator(seed="empty", read_only_key="look") as sim:
        headers = GOOD | {"X-VO-Api-Key": "look"}
        url = sim.url + "/api-public/v1/team"
        assert requests.get(url, headers=headers, timeout=30).status_code == 200
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = requests.request(method, url, headers=headers, json={"name": "x"}, timeout=30)
            assert (answer.status_code, answer.json()) == (403, {"message": "This API key is read-only"})
        assert requests.post(url, headers=GOOD, json={"name": "x"}, timeout=30).status_code == 200


def test_ids_and_keys_can_be_chosen() -> None:
    with Simulator(seed="empty", api_id="me", api_key="secret") as sim:
        assert Caller(sim).ok("GET", "/api-public/v1/team")[0]["isDefaultTeam"] is True
        answer = requests.get(sim.url + "/api-public/v1/team", headers=GOOD, timeout=30)
        assert answer.status_code == 403


@pytest.mark.parametrize("status", [429, 403])
def test_too_many_calls_are_refused_over_all_operations(status: int) -> None:
    with Simulator(seed="empty", rate_limit="2/h", rate_limit_status=status) as sim:
        call = Caller(sim)
        call.ok("GET", "/api-public/v1/team")
        call.ok("GET", "/api-public/v1/user")
        answer = call.send("GET", "/api-public/v1/policies")
        assert (answer.status_code, answer.text) == (status, '{"message":"Too Many Requests"}')
        assert answer.headers["Retry-After"] == "1"
        assert sim.requests()["requests"][-1]["status"] == status


def test_each_key_has_a_limit_of_its_own_and_wrong_keys_use_none_up() -> None:
    with Simulator(seed="empty", rate_limit="1/h", read_only_key="look") as sim:
        url = sim.url + "/api-public/v1/team"
        keys = ["wrong", "demo-key", "look", "demo-key"]
        headers = [GOOD | {"X-VO-Api-Key": key} for key in keys]
        statuses = [requests.get(url, headers=header, timeout=30).status_code for header in headers]
    assert statuses == [403, 200, 200, 429]


def test_the_window_of_the_limit_slides() -> None:
    times = iter((0.0, 0.5, 0.9, 1.0, 1.4, 1.5))
    gate = Gate(SimulatorConfig(rate_limit="2/s"), lambda: next(times))
    headers = {"x-vo-api-id": "demo-id", "x-vo-api-key": "demo-key"}

    def admitted() -> bool:
        try:
            gate.admit("GET", headers)
        except GatewayRefusedError:
            return False
        return True

    assert [admitted() for _ in range(6)] == [True, True, False, True, False, True]


def test_control_is_for_callers_on_this_machine_only() -> None:
    """Asked without a network, since a test has no other machine."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/_simulator/health",
        "raw_path": b"/_simulator/health",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": ("192.0.2.1", 5000),
    }
    app = Application(SimulatorConfig(seed="empty", host="0.0.0.0", allow_remote=True))
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 403
    assert sent[1]["body"] == b'{"error":"the control endpoints answer this machine only"}'


@pytest.mark.parametrize("host", ["localhost:1234", "LOCALHOST", "127.0.0.1", "127.8.9.1:80", "[::1]:8787"])
@pytest.mark.parametrize("path", ["/api-public/v1/team", "/_simulator/health"])
def test_a_host_header_that_means_this_machine_is_accepted(call: Caller, path: str, host: str) -> None:
    assert call.send("GET", path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8787", "192.0.2.1", "", "[", "[::1"])
@pytest.mark.parametrize("path", ["/api-public/v1/team", "/_simulator/health"])
def test_any_other_host_header_is_refused(call: Caller, path: str, host: str) -> None:
    assert call.send("GET", path, headers={"Host": host}).status_code == 403


def test_with_remote_callers_allowed_any_address_may_be_the_host_but_no_name() -> None:
    with Simulator(seed="empty", host="0.0.0.0", allow_remote=True) as sim:
        url = sim.url.replace("0.0.0.0", "127.0.0.1") + "/api-public/v1/team"
        statuses = [
            requests.get(url, headers=GOOD | {"Host": host}, timeout=30).status_code
            for host in ("192.0.2.1", "0.0.0.0", "evil.example")
        ]
    assert statuses == [200, 200, 403]


@pytest.mark.parametrize(
    ("origin", "status"), [("http://localhost:3000", 200), ("https://evil.example", 403), ("null", 403)]
)
def test_pages_from_elsewhere_cannot_steer(call: Caller, origin: str, status: int) -> None:
    answer = call.send("POST", "/_simulator/reset", {"seed": "empty"}, headers={"Origin": origin})
    assert answer.status_code == status
