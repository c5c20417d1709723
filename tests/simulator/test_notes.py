from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.alerting import critical
from tests.simulator.conftest import Caller

NOTES = "/api-public/v1/incidents/1/notes"
SENT = {"name": "plan", "display_name": "The plan", "json_value": {"steps": [1, 2]}}
PLAN = {"name": "plan", "displayName": "The plan", "json_value": {"steps": [1, 2]}}


@pytest.fixture
def broken(call: Caller) -> Caller:
    """An org with one incident."""
    critical(call)
    return call


def test_one_note_comes_alone_and_none_or_several_as_a_list(broken: Caller) -> None:
    assert broken.ok("GET", NOTES) == []
    assert broken.ok("POST", NOTES, SENT) == PLAN
    assert broken.ok("GET", NOTES) == PLAN
    second = broken.ok("POST", NOTES, {"name": "call", "json_value": {}})
    assert second == {"name": "call", "displayName": "call", "json_value": {}}
    assert broken.ok("GET", NOTES) == [PLAN, second]


def test_a_note_of_a_name_alone_is_empty(broken: Caller) -> None:
    assert broken.ok("POST", NOTES, {"name": "x"}) == {"name": "x", "displayName": "x", "json_value": {}}


def test_a_name_is_there_once(broken: Caller) -> None:
    broken.ok("POST", NOTES, SENT)
    assert broken.refusal("POST", NOTES, SENT) == (422, {"error": "Note plan exists already"})


def test_a_changed_note_is_replaced_and_nothing_is_answered(broken: Caller) -> None:
    broken.ok("POST", NOTES, SENT)
    answer = broken.send("PUT", f"{NOTES}/plan", {"name": "plan", "display_name": "B", "json_value": {"b": None}})
    assert (answer.status_code, answer.content) == (200, b"")
    assert broken.ok("GET", NOTES) == {"name": "plan", "displayName": "B", "json_value": {"b": None}}
    broken.send("PUT", f"{NOTES}/plan", {})
    assert broken.ok("GET", NOTES) == {"name": "plan", "displayName": "plan", "json_value": {}}


def test_a_deleted_note_is_gone_and_nothing_is_answered(broken: Caller) -> None:
    broken.ok("POST", NOTES, SENT)
    answer = broken.send("DELETE", f"{NOTES}/plan")
    assert (answer.status_code, answer.content) == (200, b"")
    assert broken.ok("GET", NOTES) == []


def test_a_name_may_need_encoding_in_the_path(broken: Caller) -> None:
    broken.ok("POST", NOTES, {"name": "a/b c"})
    assert broken.send("DELETE", f"{NOTES}/a%2Fb%20c").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_note_is_not_found(broken: Caller, method: str) -> None:
    broken.ok("POST", NOTES, SENT)
    assert broken.refusal(method, f"{NOTES}/x", {}) == (404, {"error": "No note 'x' found"})


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", ""), ("PUT", "/x"), ("DELETE", "/x")])
def test_notes_of_an_unknown_incident_are_not_found(call: Caller, method: str, path: str) -> None:
    assert call.refusal(method, NOTES + path, SENT) == (404, {"error": "No incident '1' found"})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "name: Field required"),
        ({"name": " "}, "name: must not be blank"),
        ({"name": "x", "json_value": [1]}, "json_value: Input should be an object"),
        ({"name": "x", "display_name": 1}, "display_name: Input should be a valid string"),
    ],
)
def test_a_note_that_is_wrong_is_a_bad_request(broken: Caller, body: dict[str, Any], text: str) -> None:
    assert broken.refusal("POST", NOTES, body) == (400, {"error": text})


def test_a_note_may_have_16_mib_and_no_more(broken: Caller) -> None:
    largest = 16 * 1024 * 1024
    start = b'{"name":"big","json_value":{"text":"'
    body = start + b"x" * (largest - len(start) - 3) + b'"}}'
    assert broken.send("POST", NOTES, data=body).status_code == 200
    assert len(broken.ok("GET", NOTES)["json_value"]["text"]) == largest - len(start) - 3
    answer = broken.send("PUT", f"{NOTES}/big", data=body + b" ")
    assert (answer.status_code, answer.json()) == (413, {"error": "The body is larger than 16777216 bytes"})
