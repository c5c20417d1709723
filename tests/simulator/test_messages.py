from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.alerting import critical, messages
from tests.simulator.conftest import ADA, Caller

CHAT = "/api-public/v1/chat"
TELL = "/api-public/v1/stakeholders/sendMessage"


@pytest.fixture
def quiet(call: Caller) -> Caller:
    """An org with one incident, of which nobody has been told."""
    call.ok("POST", "/api-public/v1/user", ADA)
    call.ok("POST", "/api-public/v1/maintenancemode/start", {"type": "RoutingKeys", "names": []})
    critical(call)
    return call


def test_there_are_no_messages_at_first(call: Caller) -> None:
    assert call.ok("GET", "/_simulator/messages") == {"messages": []}


def test_python_and_control_tell_the_same(call: Caller) -> None:
    critical(call)
    told = call.sim.messages()
    assert [message["username"] for message in told] == ["admin"]
    assert messages(call) == told


def test_a_chat_message_is_kept_and_nothing_is_answered(quiet: Caller) -> None:
    sent = {
        "username": "ada",
        "externalUsername": "ada.l",
        "text": "on it",
        "monitoringTool": "slack",
        "incidentId": 1,
        "tags": ["a"],
    }
    answer = quiet.send("POST", CHAT, sent)
    assert (answer.status_code, answer.content) == (200, b"")
    assert messages(quiet) == [
        {
            "kind": "chat",
            "at": "2026-01-05T09:00:00Z",
            "incident": 1,
            "sender": "ada",
            "username": None,
            "to": [],
            "title": "",
            "text": "on it",
            "details": {"externalUsername": "ada.l", "monitoringTool": "slack", "tags": ["a"]},
        }
    ]


def test_chat_needs_no_incident(call: Caller) -> None:
    assert call.send("POST", CHAT, {"username": "ada", "text": "hello"}).status_code == 200
    [message] = messages(call)
    assert (message["incident"], message["details"]) == (None, {})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"text": "x"}, "username: Field required"),
        ({"username": "ada"}, "text: Field required"),
        ({"username": "ada", "text": "x", "incidentId": 7}, "No incident '7' found"),
    ],
)
def test_chat_that_is_wrong_is_a_bad_request(call: Caller, body: dict[str, Any], text: str) -> None:
    assert call.refusal("POST", CHAT, body) == (400, {"error": text})


def test_a_message_goes_to_users_and_teams(quiet: Caller) -> None:
    team = quiet.default_team()
    sent = {
        "title": "Database",
        "message": "is slow",
        "incidentId": 1,
        "recipients": ["Ada"],
        "recipientTeams": [team],
    }
    answer = quiet.send("POST", TELL, sent)
    assert (answer.status_code, answer.content) == (200, b"")
    [message] = messages(quiet)
    assert (message["kind"], message["incident"], message["to"]) == ("stakeholder", 1, ["Ada", team])
    assert (message["title"], message["text"]) == ("Database", "is slow")


@pytest.mark.parametrize(
    ("change", "status", "text"),
    [
        ({"title": ""}, 400, "title: must not be blank"),
        ({"recipients": []}, 400, "recipients or recipientTeams has to name somebody"),
        ({"incidentId": "1"}, 400, "incidentId: Input should be a valid integer"),
        ({"recipients": ["nobody"]}, 404, "No user 'nobody' found"),
        ({"recipientTeams": ["team-x"]}, 404, "No team 'team-x' found"),
        ({"incidentId": 7}, 404, "No incident '7' found"),
    ],
)
def test_a_message_that_is_wrong_is_refused(quiet: Caller, change: dict[str, Any], status: int, text: str) -> None:
    sent = {"title": "Database", "message": "is slow", "incidentId": 1, "recipients": ["ada"]}
    assert quiet.refusal("POST", TELL, sent | change) == (status, {"error": text})
    assert messages(quiet) == []


def test_a_reset_forgets_the_messages(quiet: Caller) -> None:
    quiet.send("POST", CHAT, {"username": "ada", "text": "hello"})
    quiet.sim.reset("empty")
    assert messages(quiet) == []
