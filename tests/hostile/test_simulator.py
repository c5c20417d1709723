"""The simulator itself, by raw requests: whatever comes, it answers, with no 500, and goes on."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_victorops.simulator import Simulator, SimulatorError
from pulumi_victorops.simulator.operations import ALERT_INTAKE, OPERATIONS
from pulumi_victorops.simulator.recorder import Recorder
from tests.hostile.values import ANY_TEXT, TEXT, TRICKY, VALUE
from tools.hostile.world import World

_KEYS = {"X-VO-Api-Id": "demo-id", "X-VO-Api-Key": "demo-key"}
# Members of the service's bodies, so that a body gets past the first look at it.
_MEMBERS = [
    *("username", "firstName", "lastName", "email", "name", "teamSlug", "steps", "timeout", "entries", "executionType"),
    *("user", "routingKey", "targets", "label", "shifts", "timezone", "start", "end", "duration", "shifttype", "mask"),
    *("slug", "type", "contact", "id", "rank", "phone", "incidentNames", "message", "fromUser", "toUser", "users"),
    *("alertField", "alertValueMatch", "matchType", "annotations", "summary", "details", "names", "purpose"),
    *("json_value", "display_name", "replacement", "policy", "now", "advance_seconds", "seed", "version", "operation"),
]
_GOOD = st.sampled_from(
    ["ada", "grace", "team-x", "UTC", "REGEX", "2026-01-05T09:00:00Z", "a@example.com", 0, 1, [], {}]
)
_BODY = st.recursive(
    VALUE | _GOOD,
    lambda inner: st.dictionaries(st.sampled_from(_MEMBERS), inner, max_size=6) | st.lists(inner, max_size=2),
    max_leaves=12,
)


def send(url: str, method: str, target: str, body: bytes = b"", **headers: str) -> int:
    """Send a request line as it stands."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    try:
        connection.request(method, target, body, {**_KEYS, **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def json_of(value: Any) -> bytes:
    """JSON, or nearly so: with NaN and with halves of characters, as careless clients send it."""
    return json.dumps(value).encode()


@pytest.mark.parametrize("operation", [*OPERATIONS, *ALERT_INTAKE])
@settings(settings.get_profile("hostile"), max_examples=max(3, settings.get_profile("hostile").max_examples // 5))
@given(data=st.data())
def test_no_request_makes_an_operation_fail_by_itself(started: World, operation: str, data: st.DataObject) -> None:
    method, template = operation.split(" ")
    segments = []
    for part in template.split("/"):
        drawn = data.draw(_GOOD.map(str) | ANY_TEXT | TRICKY) if part.startswith("{") else ""
        segments.append(quote(drawn, safe="", errors="replace") or "x" if part.startswith("{") else part)
    query = data.draw(st.dictionaries(st.sampled_from(["email", "start", "end", "limit", "offset", "step"]), TRICKY))
    target = "/".join(segments) + ("?" + "&".join(f"{name}={quote(value)}" for name, value in query.items()))
    body = data.draw(_BODY.map(json_of) | st.binary(max_size=40))
    assert 200 <= send(started.simulator.url, method, target, body) < 500
    # What was kept of it can be shown, and read again.
    snapshot = started.simulator.snapshot()
    answer = requests.put(f"{started.simulator.url}/_simulator/snapshot", json=snapshot, timeout=60)
    assert answer.status_code == 200, answer.text
    started.restore()


@pytest.mark.parametrize("control", ["POST reset", "PUT snapshot", "PUT clock", "PUT faults", "GET health", "GET x"])
@settings(settings.get_profile("hostile"))
@given(body=_BODY.map(json_of) | st.binary(max_size=40))
def test_no_request_makes_a_control_fail(started: World, control: str, body: bytes) -> None:
    method, name = control.split(" ")
    before = started.simulator.snapshot()
    status = send(started.simulator.url, method, f"/_simulator/{name}", body)
    assert 200 <= status < 500
    assert status != 200 or control != "PUT snapshot"
    assert control == "PUT clock" or started.simulator.snapshot() == before
    started.stop_the_clock()


@pytest.mark.parametrize(
    "target", ["/_simulator/../../etc/passwd", "/_simulator/%2e%2e/reset", "//_simulator/health", "/api-public/../x"]
)
def test_no_path_leads_out(started: World, target: str) -> None:
    assert send(started.simulator.url, "GET", target) == 404


@given(document=TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")) | _BODY.map(json_of))
@settings(settings.get_profile("hostile"))
def test_a_damaged_state_file_is_one_clear_line_and_is_kept(tmp_path: Path, document: bytes) -> None:
    state = tmp_path / "state.json"
    state.write_bytes(document)
    with pytest.raises(SimulatorError) as refused:
        Simulator(state=state).start()
    assert str(refused.value).startswith(f"the state file {state} is damaged: ")
    assert len(str(refused.value).splitlines()) == 1
    assert state.read_bytes() == document
    assert any(copy.read_bytes() == document for copy in tmp_path.glob("state.json.damaged-*"))


@pytest.mark.parametrize("seed", ["/etc/passwd", "..", "\0", "nowhere/../x", "a" * 5000])
def test_a_seed_that_is_no_snapshot_is_one_clear_line(seed: str) -> None:
    with pytest.raises(SimulatorError, match=r"^(cannot read the seed|the seed) ") as refused:
        Simulator(seed=seed).start()
    assert len(str(refused.value).splitlines()) == 1


def test_a_state_file_that_is_no_path_is_one_clear_line() -> None:
    with pytest.raises(SimulatorError, match=r"^the state file 'a\\x00b' is no path of a file$"):
        Simulator(state=Path("a\0b")).start()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", "", "127.0.0.1.example.com"])
def test_it_listens_on_loopback_unless_told_otherwise(host: str) -> None:
    with pytest.raises(ValueError, match="is not this machine's loopback; --allow-remote permits it"):
        Simulator(host=host)


def test_an_endless_body_is_answered_and_not_kept(started: World) -> None:
    mebibyte = 1024 * 1024
    assert send(started.simulator.url, "POST", "/api-public/v1/team", b" " * (5 * mebibyte)) == 413
    assert send(started.simulator.url, "POST", "/api-public/v1/incidents/1/notes", b" " * (16 * mebibyte + 1)) == 413
    assert send(started.simulator.url, "GET", "/api-public/v1/team") == 200


def test_the_log_keeps_the_beginning_of_a_long_path() -> None:
    recorder = Recorder()
    recorder.record("GET", "/" + "a" * 60_000, "GET (unknown)", 404)
    assert recorder.report()["requests"][0]["path"] == "/" + "a" * 1_999
