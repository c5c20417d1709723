"""What the service has beyond its 96 operations, as newer clients use it. It is there only when switched on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import NOW, Caller, page_user

POLICIES = "/api-public/v1/policies"
KEYS = "/api-public/v1/org/routing-keys"


@pytest.fixture(scope="module")
def running() -> Iterator[Caller]:
    with Simulator(seed="empty", random_seed=1, extended_api=True) as sim:
        yield Caller(sim)


def steps(*entries: dict[str, Any], timeout: int = 0) -> list[dict[str, Any]]:
    return [{"timeout": timeout, "entries": list(entries)}]


def test_a_policy_takes_other_steps_and_stays_the_same_policy(call: Caller) -> None:
    slug = call.policy("Page", call.team("Platform"), page_user("admin"))
    email = {"executionType": "email", "email": {"address": "noc@example.com"}}
    sent = {"steps": steps(email, timeout=5), "ignoreCustomPagingPolicies": True}
    changed = {"name": "Page", "slug": slug, "ignoreCustomPagingPolicies": True, "steps": sent["steps"]}
    assert call.ok("PUT", f"{POLICIES}/{slug}", sent) == changed
    assert call.ok("GET", f"{POLICIES}/{slug}") == changed


def test_a_policy_keeps_its_name_and_team_whatever_is_sent_and_its_switch_if_nothing_is(call: Caller) -> None:
    team = call.team("Platform")
    slug = call.policy("Page", team, page_user("admin"))
    call.ok("PUT", f"{POLICIES}/{slug}", {"steps": steps(), "ignoreCustomPagingPolicies": True})
    sent = {"steps": steps(page_user("admin")), "name": "Other", "teamSlug": call.default_team()}
    answer = call.ok("PUT", f"{POLICIES}/{slug}", sent)
    assert (answer["name"], answer["ignoreCustomPagingPolicies"]) == ("Page", True)
    rows = {row["policy"]["slug"]: row["team"]["slug"] for row in call.ok("GET", POLICIES)["policies"]}
    assert rows[slug] == team


@pytest.mark.parametrize(
    ("sent", "status", "text"),
    [
        ({}, 400, "steps: Field required"),
        (
            {"steps": steps(timeout=-1)},
            400,
            "steps.0.timeout: Input should be greater than or equal to 0",
        ),
        ({"steps": steps(page_user("nobody"))}, 422, "No user 'nobody' found"),
    ],
)
def test_steps_that_lead_nowhere_are_refused_and_change_nothing(
    call: Caller, sent: dict[str, Any], status: int, text: str
) -> None:
    slug = call.policy("Page", call.team("Platform"), page_user("admin"))
    assert call.refusal("PUT", f"{POLICIES}/{slug}", sent) == (status, {"error": text})
    assert call.paged_by(slug) == ["admin"]


def test_what_was_taken_in_a_place_that_goes_is_over(call: Caller) -> None:
    call.user("ada")
    slug = call.policy("Page", call.team("Platform", "admin", "ada"), page_user("admin"))
    call.ok("PATCH", f"{POLICIES}/{slug}/oncall/user", {"fromUser": "admin", "toUser": "ada"})
    call.ok("PUT", f"{POLICIES}/{slug}", {"steps": steps(page_user("ada"))})
    call.ok("PUT", f"{POLICIES}/{slug}", {"steps": steps(page_user("admin"))})
    assert call.sim.snapshot()["takes"] == []


def test_a_key_is_led_elsewhere_whatever_its_case(call: Caller) -> None:
    team = call.team("Platform")
    one, other = call.policy("One", team), call.policy("Other", team)
    call.ok("POST", KEYS, {"routingKey": "Database", "targets": [one]})
    answer = call.ok("PUT", f"{KEYS}/database", {"targets": [other, other]})
    assert answer == {"routingKey": "Database", "targets": [other]}
    call.ok("DELETE", f"{POLICIES}/{one}")
    assert call.routing_keys()["Database"] == [other]


def test_a_key_has_to_lead_somewhere(call: Caller) -> None:
    call.ok("POST", KEYS, {"routingKey": "database", "targets": [call.default_team()]})
    unknown = {"targets": ["pol-x"]}
    assert call.refusal("PUT", f"{KEYS}/database", unknown) == (422, {"error": "No policy 'pol-x' found"})
    assert call.refusal("PUT", f"{KEYS}/database", {"targets": []})[0] == 400
    assert call.routing_keys()["database"] == [call.default_team()]


def test_a_key_is_deleted_and_its_policies_stay(call: Caller) -> None:
    slug = call.policy("Page", call.team("Platform"))
    call.ok("POST", KEYS, {"routingKey": "database", "targets": [slug]})
    assert call.ok("DELETE", f"{KEYS}/database") == {"result": "success"}
    assert list(call.routing_keys()) == [".+"]
    assert call.ok("GET", f"{POLICIES}/{slug}")["slug"] == slug


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_the_default_key_stays_as_it_is_and_an_unknown_one_is_not_found(call: Caller, method: str) -> None:
    sent = {"targets": [call.default_team()]}
    assert call.refusal(method, f"{KEYS}/.+", sent) == (
        422,
        {"error": "The default routing key cannot be changed or deleted"},
    )
    assert call.refusal(method, f"{KEYS}/nowhere", sent) == (404, {"error": "No routing key 'nowhere' found"})


def test_faults_strike_these_operations_too(call: Caller) -> None:
    operation = "DELETE /api-public/v1/org/routing-keys/{routingKey}"
    call.sim.put_faults([{"operation": operation, "kind": "status", "status": 503}])
    assert call.send("DELETE", f"{KEYS}/database").status_code == 503


def test_a_switched_off_service_has_none_of_them() -> None:
    with Simulator(seed="empty") as sim:
        call = Caller(sim)
        call.ok("PUT", "/_simulator/clock", {"now": NOW})
        assert call.refusal("PUT", f"{POLICIES}/{call.default_team()}", {"steps": []})[0] == 405
        assert call.refusal("PUT", f"{KEYS}/.+", {"targets": []})[0] == 404
        assert call.refusal("DELETE", f"{KEYS}/.+")[0] == 404
