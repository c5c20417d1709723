from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import ADA, Caller

STEPS = "/api-public/v1/profile/ada/policies"
CONTACTS = "/api-public/v1/user/ada/contact-methods"
PUSH = {"type": "push"}


@pytest.fixture
def ada(call: Caller) -> Caller:
    call.ok("POST", "/api-public/v1/user", ADA)
    return call


@pytest.fixture
def lenient() -> Iterator[Caller]:
    """A simulator that keeps steps without rules, in which new phones are verified."""
    with Simulator(seed="empty", random_seed=1, keep_empty_paging_steps=True, verified_phones=True) as sim:
        call = Caller(sim)
        call.ok("POST", "/api-public/v1/user", ADA)
        yield call


def default_id(call: Caller) -> int:
    contact: int = call.ok("GET", f"{CONTACTS}/emails")["contactMethods"][0]["id"]
    return contact


def outline(call: Caller) -> list[tuple[int, int, list[str]]]:
    steps = call.ok("GET", STEPS)["steps"]
    return [(step["index"], step["timeout"], [rule["type"] for rule in step["rules"]]) for step in steps]


def test_a_new_user_is_mailed_at_once(ada: Caller) -> None:
    rule = {"index": 0, "type": "email", "contact": {"id": default_id(ada), "type": "Email"}}
    step = {"index": 0, "timeout": 5, "rules": [rule]}
    assert ada.ok("GET", STEPS) == {"steps": [step], "_selfUrl": STEPS}
    assert ada.ok("GET", f"{STEPS}/0") == {"step": step, "_selfUrl": f"{STEPS}/0"}
    assert ada.ok("GET", f"{STEPS}/0/0") == {"stepRule": rule, "_selfUrl": f"{STEPS}/0/0"}


def test_a_step_is_appended_with_its_rules(ada: Caller) -> None:
    contact = {"id": default_id(ada), "type": "email"}
    answer = ada.ok("POST", STEPS, {"timeout": 10, "rules": [{"type": "email", "contact": contact}, PUSH]})
    assert answer == {
        "step": {
            "index": 1,
            "timeout": 10,
            "rules": [
                {"index": 0, "type": "email", "contact": {"id": default_id(ada), "type": "Email"}},
                {"index": 1, "type": "push"},
            ],
        },
        "_selfUrl": f"{STEPS}/1",
    }
    assert outline(ada) == [(0, 5, ["email"]), (1, 10, ["email", "push"])]


def test_a_step_may_begin_without_rules_and_get_them_one_by_one(ada: Caller) -> None:
    assert ada.ok("POST", STEPS, {"timeout": 1})["step"] == {"index": 1, "timeout": 1, "rules": []}
    sent = {"type": "push", "contact": {"id": 0, "type": "push"}}
    assert ada.ok("POST", f"{STEPS}/1", sent) == {
        "stepRule": {"index": 0, "type": "push"},
        "_selfUrl": f"{STEPS}/1/0",
    }
    sent = {"type": "email", "contact": {"id": default_id(ada), "type": "EMAIL"}}
    assert ada.ok("POST", f"{STEPS}/1", sent)["stepRule"] == {
        "index": 1,
        "type": "email",
        "contact": {"id": default_id(ada), "type": "Email"},
    }


def test_a_changed_step_loses_the_rules_that_are_not_sent_again(ada: Caller) -> None:
    answer = ada.ok("PUT", f"{STEPS}/0", {"timeout": 60})
    assert answer == {"step": {"index": 0, "timeout": 60, "rules": []}, "_selfUrl": f"{STEPS}/0"}
    ada.ok("PUT", f"{STEPS}/0", {"timeout": 45, "rules": [PUSH]})
    assert outline(ada) == [(0, 45, ["push"])]


def test_a_changed_rule_stays_in_its_place(ada: Caller) -> None:
    ada.ok("POST", f"{STEPS}/0", PUSH)
    answer = ada.ok("PUT", f"{STEPS}/0/0", PUSH)
    assert answer == {"stepRule": {"index": 0, "type": "push"}, "_selfUrl": f"{STEPS}/0/0"}
    assert outline(ada) == [(0, 5, ["push", "push"])]


def test_a_deleted_rule_is_answered_and_later_ones_move_up(ada: Caller) -> None:
    ada.ok("POST", f"{STEPS}/0", PUSH)
    answer = ada.ok("DELETE", f"{STEPS}/0/0")
    assert answer == {
        "stepRule": {"index": 0, "type": "email", "contact": {"id": default_id(ada), "type": "Email"}},
        "_selfUrl": f"{STEPS}/0/0",
    }
    assert ada.ok("GET", f"{STEPS}/0/0")["stepRule"] == {"index": 0, "type": "push"}


def test_the_last_rule_takes_its_step_along_and_later_steps_move_up(ada: Caller) -> None:
    ada.ok("POST", STEPS, {"timeout": 15, "rules": [PUSH]})
    ada.ok("DELETE", f"{STEPS}/0/0")
    assert outline(ada) == [(0, 15, ["push"])]
    ada.ok("DELETE", f"{STEPS}/0/0")
    assert ada.ok("GET", STEPS)["steps"] == []


def test_a_switch_keeps_the_step_whose_last_rule_is_deleted(lenient: Caller) -> None:
    lenient.ok("DELETE", f"{STEPS}/0/0")
    assert outline(lenient) == [(0, 5, [])]


def test_a_step_itself_cannot_be_deleted(ada: Caller) -> None:
    assert ada.send("DELETE", f"{STEPS}/0").status_code == 405


@pytest.mark.parametrize("timeout", [1, 5, 10, 15, 20, 25, 30, 45, 60])
def test_the_times_of_the_catalogue_are_accepted(ada: Caller, timeout: int) -> None:
    assert ada.ok("POST", STEPS, {"timeout": timeout})["step"]["timeout"] == timeout


@pytest.mark.parametrize(
    ("timeout", "text"),
    [
        (0, "timeout: is none of 1, 5, 10, 15, 20, 25, 30, 45, 60"),
        (120, "timeout: is none of 1, 5, 10, 15, 20, 25, 30, 45, 60"),
        ("5", "timeout: Input should be a valid integer"),
        (True, "timeout: Input should be a valid integer"),
    ],
)
def test_other_times_are_a_bad_request(ada: Caller, timeout: Any, text: str) -> None:
    assert ada.refusal("POST", STEPS, {"timeout": timeout}) == (400, {"error": text})
    assert ada.refusal("PUT", f"{STEPS}/0", {"timeout": timeout}) == (400, {"error": text})


def test_a_rule_needs_a_contact_of_the_user_that_fits(lenient: Caller) -> None:
    email = default_id(lenient)
    phone = lenient.ok("POST", f"{CONTACTS}/phones", {"label": "Mobile", "phone": "+14115550120"})["id"]
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"type": "fax"}, "type: Input should be 'push', 'email', 'sms' or 'phone'"),
        ({"contact": {"id": email, "type": "email"}}, "type: Field required"),
        ({"type": "email"}, "A rule of type email needs a contact of type email, 0 is none"),
        ({"type": "email", "contact": {"id": phone}}, f"A rule of type email needs a contact of type email, {phone}"),
        ({"type": "sms", "contact": {"id": email}}, f"A rule of type sms needs a contact of type phone, {email}"),
        ({"type": "phone", "contact": {"id": 3}}, "A rule of type phone needs a contact of type phone, 3 is none"),
        ({"type": "phone", "contact": {"id": phone, "type": "email"}}, f"The contact {phone} is of type phone, not"),
        ({"type": "push", "contact": {"id": email}}, f"No device {email} found"),
    ]
    for rule, text in wrong:
        for method, path, body in (
            ("POST", f"{STEPS}/0", rule),
            ("PUT", f"{STEPS}/0/0", rule),
        ):
            status, answer = lenient.refusal(method, path, body)
            assert status == 400
            assert answer["error"].startswith(text)
    assert lenient.refusal("POST", STEPS, {"timeout": 5, "rules": [{"type": "email"}]})[0] == 400
    assert outline(lenient) == [(0, 5, ["email"])]


def test_a_phone_has_to_be_verified_before_it_is_paged(ada: Caller) -> None:
    phone = ada.ok("POST", f"{CONTACTS}/phones", {"label": "Mobile", "phone": "+14115550120"})["id"]
    assert ada.refusal("POST", f"{STEPS}/0", {"type": "sms", "contact": {"id": phone, "type": "phone"}}) == (
        400,
        {"error": "The phone +1 411-555-0120 is not verified"},
    )


def test_one_device_can_be_paged_alone_and_takes_its_rules_along() -> None:
    with Simulator(seed="demo", random_seed=1) as sim:
        call = Caller(sim)
        steps = "/api-public/v1/profile/oncall-lead/policies"
        [device, _] = call.ok("GET", "/api-public/v1/user/oncall-lead/contact-methods/devices")["contactMethods"]
        answer = call.ok("POST", f"{steps}/0", {"type": "push", "contact": {"id": device["id"], "type": "device"}})
        assert answer["stepRule"] == {
            "index": 1,
            "type": "push",
            "contact": {"id": device["id"], "type": "Device"},
        }
        flat = call.ok("GET", "/api-public/v1/user/oncall-lead/policies")["policies"]
        assert flat[1] == {"order": 0, "timeout": 5, "contactType": "push", "extId": device["extId"]}
        call.ok("DELETE", device["_selfUrl"])
        assert [rule["type"] for rule in call.ok("GET", f"{steps}/0")["step"]["rules"]] == ["email"]


@pytest.mark.parametrize("step", ["1", "-1", "x", "00", "0.0", "9" * 5000])
def test_a_step_that_is_not_there_is_not_found(ada: Caller, step: str) -> None:
    missing = (404, {"error": f"No step '{step}' found"})
    assert ada.refusal("GET", f"{STEPS}/{step}") == missing
    assert ada.refusal("PUT", f"{STEPS}/{step}", {"timeout": 5}) == missing
    assert ada.refusal("POST", f"{STEPS}/{step}", PUSH) == missing
    assert ada.refusal("GET", f"{STEPS}/{step}/0") == missing


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_rule_that_is_not_there_is_not_found(ada: Caller, method: str) -> None:
    assert ada.refusal(method, f"{STEPS}/0/1", PUSH) == (404, {"error": "No rule '1' found"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "v1/profile/nobody/policies"),
        ("POST", "v1/profile/nobody/policies"),
        ("GET", "v1/profile/nobody/policies/0"),
        ("DELETE", "v1/profile/nobody/policies/0/0"),
        ("GET", "v2/profile/nobody/policies"),
        ("GET", "v1/user/nobody/policies"),
    ],
)
def test_an_unknown_user_is_not_found(call: Caller, method: str, path: str) -> None:
    assert call.refusal(method, f"/api-public/{path}", {}) == (404, {"error": "None found for username: nobody"})


def test_the_second_version_lists_the_primary_policy_as_one_of_several(ada: Caller) -> None:
    steps = ada.ok("GET", STEPS)["steps"]
    assert ada.ok("GET", "/api-public/v2/profile/ada/policies") == {
        "policies": [
            {
                "rank": 0,
                "name": "Primary Paging Policy",
                "slug": "primary-paging-policy",
                "timeMask": {
                    "monday": True,
                    "tuesday": True,
                    "wednesday": True,
                    "thursday": True,
                    "friday": True,
                    "saturday": True,
                    "sunday": True,
                    "timeZone": "UTC",
                    "startTime": "00:00:00.000",
                    "endTime": "00:00:00.000",
                },
                "steps": steps,
            }
        ]
    }


def test_the_flat_view_has_a_row_for_each_rule(ada: Caller) -> None:
    ada.ok("POST", STEPS, {"timeout": 10, "rules": [PUSH]})
    ext_id = ada.ok("GET", f"{CONTACTS}/emails")["contactMethods"][0]["extId"]
    answer = ada.ok("GET", "/api-public/v1/user/ada/policies")
    assert answer == {
        "username": "ada",
        "userId": answer["userId"],
        "policies": [
            {"order": 0, "timeout": 5, "contactType": "email", "extId": ext_id},
            {"order": 1, "timeout": 10, "contactType": "push"},
        ],
    }
    assert isinstance(answer["userId"], int)
