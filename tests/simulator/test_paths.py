from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from pulumi_victorops.simulator.operations import ALERT_INTAKE, EXTENDED, OPERATIONS
from pulumi_victorops.simulator.routing import Router
from pulumi_victorops.simulator.subjects import RULES
from tests.simulator.conftest import ADA, Caller


def send_raw(call: Caller, method: str, target: str) -> tuple[int, bytes]:
    """Send a path as it stands; `requests` would tidy it up."""
    parts = urlsplit(call.sim.url)
    assert parts.hostname is not None
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request(method, target, headers={"X-VO-Api-Id": "demo-id", "X-VO-Api-Key": "demo-key"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_all_96_operations_are_known_once_and_answered() -> None:
    assert len(OPERATIONS) == 96
    assert len(set(OPERATIONS)) == 96
    assert set(RULES) == {*OPERATIONS, *EXTENDED, *ALERT_INTAKE}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_finds_itself_with_its_parameters(operation: str) -> None:
    method, template = operation.split(" ")
    names = [segment[1:-1] for segment in template.split("/") if segment.startswith("{")]
    path = template.replace("{", "value-of-").replace("}", "")
    match = Router(OPERATIONS).match(method, path.encode())
    assert match.operation == operation
    assert match.params == {name: f"value-of-{name}" for name in names}


@pytest.mark.parametrize("path", ["/", "/api-public/v1/users", "/api-public/v1/user/", "/api-public/v1/user//teams"])
def test_unknown_paths_are_not_found(call: Caller, path: str) -> None:
    assert call.refusal("GET", path) == (404, {"error": "There is nothing at this path"})


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/api-public/v1/team", "GET, POST"),
        ("PATCH", "/api-public/v1/user/batch", "DELETE, GET, POST, PUT"),
        ("OPTIONS", "/api-public/v1/oncall/current", "GET"),
        ("GET", "/api-public/v1/chat", "POST"),
    ],
)
def test_a_known_path_with_another_verb_says_which_it_has(call: Caller, method: str, path: str, allow: str) -> None:
    answer = call.send(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
    assert answer.json() == {"error": f"{method} is not allowed for this path"}


@pytest.mark.parametrize("segment", ["ada@example.com", "ada%40example.com", "ADA@example.com"])
def test_an_at_sign_works_raw_and_encoded(call: Caller, segment: str) -> None:
    call.ok("POST", "/api-public/v1/user", ADA | {"username": "ada@example.com"})
    status, body = send_raw(call, "GET", f"/api-public/v1/user/{segment}")
    assert status == 200
    assert b'"_selfUrl":"/api-public/v1/user/ada@example.com"' in body


def test_an_encoded_slash_never_splits_a_segment(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA | {"username": "ada/teams"})
    status, body = send_raw(call, "GET", "/api-public/v1/user/ada%2Fteams")
    assert status == 200
    assert b'"username":"ada/teams"' in body
    assert b'"_selfUrl":"/api-public/v1/user/ada%2Fteams"' in body
    assert send_raw(call, "GET", "/api-public/v1/user/ada%2Fteams/teams") == (200, b'{"teams":[]}')


def test_a_segment_is_decoded_once(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA | {"username": "50%25"})
    assert send_raw(call, "GET", "/api-public/v1/user/50%2525")[0] == 200
    assert send_raw(call, "GET", "/api-public/v1/user/50%25")[0] == 404


def test_a_segment_that_is_not_utf_8_is_not_found(call: Caller) -> None:
    assert send_raw(call, "GET", "/api-public/v1/user/%ff")[0] == 404


def test_dots_are_ordinary_characters_of_a_path(call: Caller) -> None:
    assert send_raw(call, "GET", "/api-public/v1/user/../team")[0] == 404


def test_reads_may_carry_a_body(call: Caller) -> None:
    assert call.send("GET", "/api-public/v1/team", {}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_body_over_1_mib_is_too_large_and_the_connection_lives_on(call: Caller, method: str) -> None:
    answer = call.send(method, "/api-public/v1/team", data=b" " * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()) == (413, {"error": "The body is larger than 1048576 bytes"})
    assert call.send("GET", "/api-public/v1/team").status_code == 200


def test_a_body_of_1_mib_is_not_too_large(call: Caller) -> None:
    start = b'{"name":"Platform","filler":"'
    body = start + b"x" * (1024 * 1024 - len(start) - 2) + b'"}'
    assert call.send("POST", "/api-public/v1/team", data=body).status_code == 200
