from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pytest
import requests

from pulumi_victorops.simulator.recorder import KEPT, Recorder
from tests.simulator.conftest import ADA, NOW, Caller


def test_control_needs_no_credentials(call: Caller) -> None:
    answer = requests.get(call.sim.url + "/_simulator/health", timeout=30)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": version("pulumi-victorops")})


@pytest.mark.parametrize("name", ["", "nonsense", "health/more", "%ff"])
def test_there_is_no_other_control(call: Caller, name: str) -> None:
    assert call.send("GET", f"/_simulator/{name}").status_code == 404


def test_a_control_says_which_verbs_it_has(call: Caller) -> None:
    answer = call.send("POST", "/_simulator/snapshot", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, PUT")


def test_every_call_is_in_the_log_with_its_operation_and_status(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    call.send("GET", "/api-public/v1/user/ada?x=y")
    call.send("GET", "/api-public/v1/user/b%2Fc")
    call.send("GET", "/api-public/v1/user/ada", headers={"X-VO-Api-Key": "wrong"})
    requests.get(call.sim.url + "/api-public/v1/team", timeout=30)
    call.send("DELETE", "/nowhere")
    call.send("POST", "/api-public/v1/chat", {})
    report = call.ok("GET", "/_simulator/requests")
    assert report["total"] == 7
    assert report["by_operation"] == {
        "POST /api-public/v1/user": 1,
        "GET /api-public/v1/user/{user}": 3,
        "GET /api-public/v1/team": 1,
        "DELETE (unknown)": 1,
        "POST /api-public/v1/chat": 1,
    }
    rows = [(row["method"], row["path"], row["operation"], row["status"]) for row in report["requests"]]
    one_user = "GET /api-public/v1/user/{user}"
    assert rows == [
        ("POST", "/api-public/v1/user", "POST /api-public/v1/user", 200),
        ("GET", "/api-public/v1/user/ada", one_user, 200),
        ("GET", "/api-public/v1/user/b%2Fc", one_user, 404),
        ("GET", "/api-public/v1/user/ada", one_user, 403),
        ("GET", "/api-public/v1/team", "GET /api-public/v1/team", 401),
        ("DELETE", "/nowhere", "DELETE (unknown)", 404),
        ("POST", "/api-public/v1/chat", "POST /api-public/v1/chat", 400),
    ]
    assert set(report["requests"][0]) == {"at", "method", "path", "operation", "status"}
    assert call.sim.requests() == report


def test_the_log_can_be_forgotten_and_control_is_not_in_it(call: Caller) -> None:
    call.ok("GET", "/api-public/v1/team")
    call.ok("DELETE", "/_simulator/requests")
    assert call.ok("GET", "/_simulator/requests") == {"total": 0, "by_operation": {}, "requests": []}


def test_the_log_keeps_the_latest_and_counts_all() -> None:
    recorder = Recorder()
    for number in range(KEPT + 5):
        recorder.record("GET", f"/{number}", "GET (unknown)", 404)
    report = recorder.report()
    assert report["total"] == 20_005
    assert len(report["requests"]) == 20_000
    assert report["requests"][0]["path"] == "/5"


def test_a_reset_begins_again_with_a_seed(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    assert call.ok("POST", "/_simulator/reset", {"seed": "demo"}) == {"seed": "demo"}
    usernames = [user["username"] for user in call.ok("GET", "/api-public/v2/user")["users"]]
    assert usernames == ["oncall-lead"]
    call.ok("POST", "/_simulator/reset", {"seed": "empty"})
    usernames = [user["username"] for user in call.ok("GET", "/api-public/v2/user")["users"]]
    assert usernames == ["admin"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"seed": "/etc/passwd"}, "seed: Input should be 'empty' or 'demo'"),
        ({}, "seed: Field required"),
        ({"seed": "demo", "more": 1}, "more: Extra inputs are not permitted"),
        (None, "The request has no body, a JSON object is needed"),
    ],
)
def test_a_reset_to_anything_else_is_a_bad_request(call: Caller, body: Any, text: str) -> None:
    assert call.refusal("POST", "/_simulator/reset", body) == (400, {"error": text})


def test_a_snapshot_brings_everything_back(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    team = call.team("Platform", "ada")
    policy = call.policy("Page", team)
    call.ok("POST", "/api-public/v1/org/routing-keys", {"routingKey": "database", "targets": [policy]})
    paths = (
        "/api-public/v1/user",
        "/api-public/v1/team",
        "/api-public/v1/policies",
        "/api-public/v1/org/routing-keys",
        "/api-public/v1/user/ada/teams",
        "/api-public/v1/user/ada/contact-methods",
    )
    before = [call.ok("GET", path) for path in paths]
    document = call.ok("GET", "/_simulator/snapshot")
    assert document["version"] == 1
    assert call.sim.snapshot() == document

    call.ok("POST", "/_simulator/reset", {"seed": "demo"})
    assert call.ok("PUT", "/_simulator/snapshot", document) == {"result": "success"}

    assert [call.ok("GET", path) for path in paths] == before
    assert call.sim.snapshot() == document


def wrong_documents(good: dict[str, Any]) -> dict[str, Any]:
    [user], [team], [policy], [key] = (good[k] for k in ("users", "teams", "policies", "routing_keys"))
    entry = {"execution_type": "user", "target": "nobody"}
    return {
        "Input should be an object": [],
        "version: Input should be 1": good | {"version": 2},
        "company: Field required": {name: value for name, value in good.items() if name != "company"},
        "more: Extra inputs are not permitted": good | {"more": 1},
        "users.0.id: Input should be a valid integer": good | {"users": [user | {"id": "1"}]},
        "username 'Admin' is not in lower case": good | {"users": [user | {"username": "Admin"}]},
        "user 'admin' stands in it twice": good | {"users": [user, user]},
        "two users have the e-mail 'admin@example.com'": good | {"users": [user, user | {"username": "x"}]},
        "user 'admin' has no contact 5": good
        | {"users": [user | {"paging_steps": [{"timeout": 5, "rules": [{"type": "email", "contact_id": 5}]}]}]},
        f"team '{team['slug']}' stands in it twice": good | {"teams": [team, team]},
        "two teams have the name 'Default Team'": good | {"teams": [team, team | {"slug": "x"}]},
        f"team '{team['slug']}' has the unknown member 'x'": good | {"teams": [team | {"members": {"x": True}}]},
        "exactly one team has to be the default": good | {"teams": [team | {"is_default": False}]},
        f"policy '{policy['slug']}' stands in it twice": good | {"policies": [policy, policy]},
        f"policy '{policy['slug']}' is of an unknown team": good | {"policies": [policy | {"team_slug": "x"}]},
        f"policy '{policy['slug']}' pages the unknown user 'nobody'": good
        | {"policies": [policy | {"steps": [{"timeout": 0, "entries": [entry]}]}]},
        "routing key '.+' stands in it twice": good | {"routing_keys": [key, key]},
        "routing key '.+' has the unknown target 'x'": good | {"routing_keys": [key | {"targets": ["x"]}]},
    }


def test_a_document_that_is_no_snapshot_is_a_bad_request_and_changes_nothing(call: Caller) -> None:
    good = call.sim.snapshot()
    for text, document in wrong_documents(good).items():
        assert call.refusal("PUT", "/_simulator/snapshot", document) == (400, {"error": text})
        assert call.sim.snapshot() == good


def test_a_stopped_clock_stands(call: Caller) -> None:
    answer = call.ok("PUT", "/_simulator/clock", {"now": "2026-03-29T02:30:00+02:00"})
    assert answer == {"now": "2026-03-29T00:30:00Z", "stopped": True}
    assert call.ok("POST", "/api-public/v1/user", ADA)["createdAt"] == "2026-03-29T00:30:00Z"


def test_a_stopped_clock_can_be_moved_and_survives_a_reset(call: Caller) -> None:
    assert call.ok("PUT", "/_simulator/clock", {"advance_seconds": 900}) == {
        "now": "2026-01-05T09:15:00Z",
        "stopped": True,
    }
    call.ok("POST", "/_simulator/reset", {"seed": "empty"})
    assert call.ok("GET", "/api-public/v1/user/admin")["createdAt"] == "2026-01-05T09:15:00Z"


def test_a_running_clock_can_be_moved_and_set_right_again(call: Caller) -> None:
    real = call.ok("PUT", "/_simulator/clock", {"now": None})
    assert real["stopped"] is False
    moved = call.ok("PUT", "/_simulator/clock", {"advance_seconds": 1e9})
    assert moved["stopped"] is False
    assert int(moved["now"][:4]) - int(real["now"][:4]) in {31, 32}
    again = call.ok("PUT", "/_simulator/clock", {"now": None})
    assert int(again["now"][:4]) - int(real["now"][:4]) in {0, 1}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"now": NOW, "advance_seconds": 1},
        {"now": "yesterday"},
        {"now": "2026-03-29T00:30:00"},
        {"advance_seconds": None},
        {"advance_seconds": "900"},
        {"advance_seconds": 1e15},
        {"advance_seconds": -1e12},
        {"advance_seconds": -2e9},
        {"now": "1969-12-31T23:59:59Z"},
        {"now": "9000-01-01T00:00:00Z"},
        {"now": "9999-12-31T23:59:59-12:00"},
        {"now": "0001-01-01T00:00:00+12:00"},
        {"pause": True},
    ],
)
def test_a_clock_cannot_be_set_to_nonsense(call: Caller, body: Any) -> None:
    status, answer = call.refusal("PUT", "/_simulator/clock", body)
    assert status == 400
    assert set(answer) == {"error"}
    assert call.ok("PUT", "/_simulator/clock", {"advance_seconds": 0}) == {"now": NOW, "stopped": True}
