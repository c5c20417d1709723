"""The simulated service sees each of the 96 calls as documented, takes it, and answers what the client can read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from pulumi_victorops.api import Client
from pulumi_victorops.api.operations import OPERATIONS
from pulumi_victorops.simulator import Simulator
from tests.api.expected_calls import ExpectedCall
from tests.api.org_of_the_table import NOW, snapshot
from tests.api.test_every_call import EVERY_CALL


def prepare(simulator: Simulator, document: dict[str, Any]) -> None:
    """Put the org in place, at its own time, with nothing called yet."""
    control = f"{simulator.url}/_simulator"
    with requests.Session() as session:
        for verb, path, body in (
            ("PUT", "clock", {"now": NOW}),
            ("PUT", "snapshot", document),
            ("DELETE", "requests", None),
        ):
            answer = session.request(verb, f"{control}/{path}", json=body, timeout=30)
            assert answer.status_code == 200, answer.text


def org_before(expected: ExpectedCall) -> dict[str, Any]:
    """The org in which a call makes sense: one that creates something comes before that is there."""
    org = snapshot()
    match expected.operation:
        case "add_user" | "add_users":
            org |= {"users": org["users"][1:], "policies": [], "routing_keys": [], "rotations": [], "overrides": []}
            del org["teams"][1]["members"]["ada"]
        case "add_team_member":
            del org["teams"][1]["members"]["ada"]
        case "add_routing_key":
            del org["routing_keys"][1]
        case "update_assignment":
            org["overrides"][0]["covers"] = {}
        case "add_note":
            org["incidents"][0]["notes"] = []
    return org


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[requests.PreparedRequest]:
    """Whatever is sent from now on, as it is sent."""
    found: list[requests.PreparedRequest] = []
    send = requests.Session.send

    def noting(session: requests.Session, request: requests.PreparedRequest, **settings: Any) -> requests.Response:
        found.append(request)
        return send(session, request, **settings)

    monkeypatch.setattr(requests.Session, "send", noting)
    return found


@pytest.mark.parametrize("expected", EVERY_CALL, ids=lambda expected: expected.operation)
def test_the_service_sees_the_call_and_takes_it(
    simulator: Simulator, client: Client, sent: list[requests.PreparedRequest], expected: ExpectedCall
) -> None:
    prepare(simulator, org_before(expected))
    sent.clear()

    expected.make(client)

    verb, target = expected.line.split(" ")
    (request,) = sent
    assert (request.method, request.url) == (verb, simulator.url + target)
    assert (json.loads(request.body) if request.body else None) == expected.body
    (seen,) = simulator.requests()["requests"]
    assert (seen["operation"], seen["method"], seen["path"], seen["status"]) == (
        str(OPERATIONS[expected.operation]),
        verb,
        urlsplit(target).path,
        200,
    )


WRITES = [each for each in EVERY_CALL if not each.line.startswith("GET ")]


@pytest.mark.parametrize("expected", WRITES, ids=lambda expected: expected.operation)
def test_a_write_changes_the_org(simulator: Simulator, client: Client, expected: ExpectedCall) -> None:
    prepare(simulator, org_before(expected))
    before = simulator.snapshot()

    expected.make(client)

    assert simulator.snapshot() != before


def test_the_service_has_seen_all_96_operations(simulator: Simulator, client: Client) -> None:
    seen: set[str] = set()
    for expected in EVERY_CALL:
        prepare(simulator, org_before(expected))
        expected.make(client)
        seen |= simulator.requests()["by_operation"].keys()

    assert seen == {str(operation) for operation in OPERATIONS.values()}
    assert len(seen) == 96
