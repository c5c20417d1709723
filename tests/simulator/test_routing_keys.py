from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import Caller

PATH = "/api-public/v1/org/routing-keys"


def test_targets_are_answered_as_slugs_and_listed_as_objects(call: Caller) -> None:
    team, default = call.team("Platform"), call.default_team()
    policy = call.policy("Page", team)
    sent = {"routingKey": "Data Base/1", "targets": [policy, policy], "isMultiResponder": True}
    assert call.ok("POST", PATH, sent) == {"routingKey": "Data Base/1", "targets": [policy]}
    assert call.ok("GET", PATH) == {
        "routingKeys": [
            {
                "routingKey": ".+",
                "targets": [
                    {
                        "policyName": "Default Policy",
                        "policySlug": default,
                        "_teamUrl": f"/api-public/v1/team/{default}",
                    }
                ],
                "isDefault": True,
                "isMultiResponder": False,
            },
            {
                "routingKey": "Data Base/1",
                "targets": [{"policyName": "Page", "policySlug": policy, "_teamUrl": f"/api-public/v1/team/{team}"}],
                "isDefault": False,
                "isMultiResponder": True,
            },
        ],
        "_selfUrl": PATH,
    }


@pytest.mark.parametrize("name", ["database", "Database"])
def test_a_key_that_exists_cannot_be_made_again(call: Caller, name: str) -> None:
    targets = [call.default_team()]
    call.ok("POST", PATH, {"routingKey": "database", "targets": targets})
    assert call.refusal("POST", PATH, {"routingKey": name, "targets": targets}) == (
        422,
        {"error": f"Routing key {name} is unavailable"},
    )


def test_a_key_can_be_made_again_after_its_last_policy_took_it_along(call: Caller) -> None:
    policy = call.policy("Page", call.team("Platform"))
    call.ok("POST", PATH, {"routingKey": "database", "targets": [policy]})
    call.ok("DELETE", f"/api-public/v1/policies/{policy}")
    call.ok("POST", PATH, {"routingKey": "database", "targets": [call.default_team()]})


def test_a_target_has_to_exist(call: Caller) -> None:
    sent = {"routingKey": "database", "targets": [call.default_team(), "pol-x"]}
    assert call.refusal("POST", PATH, sent) == (422, {"error": "No policy 'pol-x' found"})


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"routingKey": None}, "routingKey: Input should be a valid string"),
        ({"routingKey": " "}, "routingKey: must not be blank"),
        ({"targets": None}, "targets: Input should be a valid array"),
        ({"targets": []}, "targets: List should have at least 1 item after validation, not 0"),
        ({"targets": [{"policySlug": "pol-x"}]}, "targets.0: Input should be a valid string"),
    ],
)
def test_a_key_that_is_wrong_in_itself_is_a_bad_request(call: Caller, changes: dict[str, Any], text: str) -> None:
    sent = {"routingKey": "database", "targets": [call.default_team()]} | changes
    assert call.refusal("POST", PATH, sent) == (400, {"error": text})


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_one_key_can_neither_be_read_nor_changed_nor_deleted(call: Caller, method: str) -> None:
    assert call.refusal(method, f"{PATH}/.+") == (404, {"error": "There is nothing at this path"})
