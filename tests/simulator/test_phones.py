from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import ADA, Caller

PHONES = "/api-public/v1/user/ada/contact-methods/phones"
STEPS = "/api-public/v1/profile/ada/policies"


@pytest.fixture
def ada(call: Caller) -> Caller:
    call.ok("POST", "/api-public/v1/user", ADA)
    return call


@pytest.fixture
def verified() -> Iterator[Caller]:
    """A simulator in which new phones are verified."""
    with Simulator(seed="empty", random_seed=1, verified_phones=True) as sim:
        call = Caller(sim)
        call.ok("POST", "/api-public/v1/user", ADA)
        yield call


def test_a_new_phone_is_written_as_the_service_writes_it_and_unverified(ada: Caller) -> None:
    created = ada.ok("POST", PHONES, {"label": "Mobile", "phone": "+14115550120"})
    assert created == {
        "id": created["id"],
        "label": "Mobile",
        "value": "+1 411-555-0120",
        "contactType": "Phone",
        "rank": 500,
        "verified": "unverified",
        "extId": created["extId"],
        "_selfUrl": f"{PHONES}/{created['extId']}",
    }
    assert ada.ok("GET", PHONES) == {"_selfUrl": PHONES, "contactMethods": [created]}
    assert ada.ok("GET", created["_selfUrl"]) == created


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ("+1 (411) 555-0120", "+1 411-555-0120"),
        ("411-555-0120", "+1 411-555-0120"),
        ("+44 20 7946 0958", "+44 20-7946-0958"),
        ("+49301234567", "+49 30-1234567"),
    ],
)
def test_the_country_and_the_rest_stand_apart_whatever_was_sent(ada: Caller, sent: str, value: str) -> None:
    assert ada.ok("POST", PHONES, {"label": "Mobile", "phone": sent, "rank": 2})["value"] == value


def test_a_rank_is_kept(ada: Caller) -> None:
    assert ada.ok("POST", PHONES, {"label": "Mobile", "phone": "+14115550120", "rank": 2})["rank"] == 2


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"phone": "+14115550120"}, "label: Field required"),
        ({"label": "Mobile"}, "phone: Field required"),
        ({"label": "Mobile", "phone": "nonsense"}, "phone: is not a telephone number"),
        ({"label": "Mobile", "phone": "+1411"}, "phone: is not a telephone number"),
        ({"label": "Mobile", "phone": "+999 12345678"}, "phone: is not a telephone number"),
        ({"label": "Mobile", "phone": 4115550120}, "phone: Input should be a valid string"),
    ],
)
def test_a_phone_that_is_wrong_is_a_bad_request(ada: Caller, body: dict[str, Any], text: str) -> None:
    assert ada.refusal("POST", PHONES, body) == (400, {"error": text})
    assert ada.ok("GET", PHONES)["contactMethods"] == []


def test_a_deleted_phone_is_answered_and_gone(ada: Caller) -> None:
    # A label that only protects the e-mail address.
    created = ada.ok("POST", PHONES, {"label": "Default", "phone": "+14115550120"})
    assert ada.ok("DELETE", created["_selfUrl"]) == created
    assert ada.refusal("DELETE", created["_selfUrl"]) == (
        404,
        {"error": f"No contact method '{created['extId']}' found"},
    )


def test_a_deleted_phone_takes_its_paging_rules_and_emptied_steps_along(verified: Caller) -> None:
    phone = verified.ok("POST", PHONES, {"label": "Mobile", "phone": "+14115550120"})
    assert phone["verified"] == "verified"
    rule = {"type": "sms", "contact": {"id": phone["id"], "type": "phone"}}
    verified.ok("POST", STEPS, {"timeout": 10, "rules": [rule, {"type": "push"}]})
    verified.ok("POST", STEPS, {"timeout": 15, "rules": [rule | {"type": "phone"}]})

    verified.ok("DELETE", phone["_selfUrl"])

    steps = verified.ok("GET", STEPS)["steps"]
    assert [(step["timeout"], [each["type"] for each in step["rules"]]) for step in steps] == [
        (5, ["email"]),
        (10, ["push"]),
    ]


def test_phones_of_an_unknown_user_are_not_found(call: Caller) -> None:
    assert call.refusal("POST", PHONES, {"label": "Mobile", "phone": "+14115550120"}) == (
        404,
        {"error": "None found for username: ada"},
    )
