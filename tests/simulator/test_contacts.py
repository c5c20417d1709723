from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import ADA, Caller

BASE = "/api-public/v1/user/ada/contact-methods"
LEAD = "/api-public/v1/user/oncall-lead/contact-methods"


@pytest.fixture
def ada(call: Caller) -> Caller:
    call.ok("POST", "/api-public/v1/user", ADA)
    return call


@pytest.fixture
def lead() -> Iterator[Caller]:
    with Simulator(seed="demo") as sim:
        yield Caller(sim)


def emails(call: Caller) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = call.ok("GET", f"{BASE}/emails")["contactMethods"]
    return listed


def with_phone(call: Caller) -> dict[str, Any]:
    """Give Ada a telephone by way of a snapshot."""
    document = call.sim.snapshot()
    phone = {
        "id": 7,
        "ext_id": "0d2b1d86-6a5f-4f7e-9a5c-000000000007",
        "kind": "phone",
        "label": "Mobile",
        "value": "+1 411-555-0120",
        "rank": 500,
        "verified": True,
    }
    next(user for user in document["users"] if user["username"] == "ada")["contacts"].append(phone)
    call.ok("PUT", "/_simulator/snapshot", document)
    return {
        "id": 7,
        "label": "Mobile",
        "value": "+1 411-555-0120",
        "contactType": "Phone",
        "rank": 500,
        "verified": "verified",
        "extId": "0d2b1d86-6a5f-4f7e-9a5c-000000000007",
        "_selfUrl": f"{BASE}/phones/0d2b1d86-6a5f-4f7e-9a5c-000000000007",
    }


def test_a_new_user_has_one_contact_the_default_email(ada: Caller) -> None:
    all_methods = ada.ok("GET", BASE)
    contact = all_methods["emails"]["contactMethods"][0]
    assert isinstance(contact["id"], int)
    assert str(UUID(contact["extId"])) == contact["extId"]
    assert all_methods == {
        "emails": {
            "_selfUrl": f"{BASE}/emails",
            "contactMethods": [
                {
                    "id": contact["id"],
                    "label": "Default",
                    "value": "ada@example.com",
                    "contactType": "Email",
                    "rank": 500,
                    "verified": "verified",
                    "extId": contact["extId"],
                    "_selfUrl": f"{BASE}/emails/{contact['extId']}",
                }
            ],
        },
        "phones": {"_selfUrl": f"{BASE}/phones", "contactMethods": []},
        "devices": {"_selfUrl": f"{BASE}/devices", "contactMethods": []},
    }


def test_the_default_email_follows_the_address_of_the_user(ada: Caller) -> None:
    [before] = emails(ada)
    ada.ok("PUT", "/api-public/v1/user/ada", ADA | {"email": "augusta@example.com"})
    assert emails(ada) == [before | {"value": "augusta@example.com"}]


def test_a_further_email_is_unverified_and_found_by_its_ext_id(ada: Caller) -> None:
    created = ada.ok("POST", f"{BASE}/emails", {"label": "Home", "email": "ada@home.example", "rank": None})
    assert created == {
        "id": created["id"],
        "label": "Home",
        "value": "ada@home.example",
        "contactType": "Email",
        "rank": 500,
        "verified": "unverified",
        "extId": created["extId"],
        "_selfUrl": f"{BASE}/emails/{created['extId']}",
    }
    assert ada.ok("GET", f"{BASE}/emails/{created['extId']}") == created
    assert emails(ada)[1] == created


def test_a_rank_is_kept(ada: Caller) -> None:
    sent = {"label": "Home", "email": "ada@home.example", "rank": 3}
    assert ada.ok("POST", f"{BASE}/emails", sent)["rank"] == 3


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"email": "a@example.com"}, "label: Field required"),
        ({"label": "Home"}, "email: Field required"),
        ({"label": "Home", "email": "nonsense"}, "email: is not an e-mail address"),
        ({"label": "Home", "email": "a@example.com", "rank": "1"}, "rank: Input should be a valid integer"),
    ],
)
def test_an_email_that_is_wrong_is_a_bad_request(ada: Caller, body: dict[str, Any], text: str) -> None:
    assert ada.refusal("POST", f"{BASE}/emails", body) == (400, {"error": text})


def test_a_deleted_email_is_answered_and_gone(ada: Caller) -> None:
    created = ada.ok("POST", f"{BASE}/emails", {"label": "Home", "email": "ada@home.example"})
    path = f"{BASE}/emails/{created['extId']}"
    assert ada.ok("DELETE", path) == created
    assert ada.refusal("GET", path) == (404, {"error": f"No contact method '{created['extId']}' found"})


def test_the_default_email_cannot_be_deleted(ada: Caller) -> None:
    path = emails(ada)[0]["_selfUrl"]
    assert ada.refusal("DELETE", path) == (400, {"error": "The Default email cannot be deleted"})


def test_a_deleted_email_leaves_no_paging_rule_behind(ada: Caller) -> None:
    created = ada.ok("POST", f"{BASE}/emails", {"label": "Home", "email": "ada@home.example"})
    document = ada.sim.snapshot()
    user = next(user for user in document["users"] if user["username"] == "ada")
    [first] = user["paging_steps"]
    rule = {"type": "email", "contact_id": created["id"]}
    push = {"type": "push", "contact_id": 0}
    user["paging_steps"] = [first, {"timeout": 10, "rules": [rule]}, {"timeout": 15, "rules": [push, rule]}]
    ada.ok("PUT", "/_simulator/snapshot", document)

    ada.ok("DELETE", created["_selfUrl"])

    user = next(user for user in ada.sim.snapshot()["users"] if user["username"] == "ada")
    assert user["paging_steps"] == [first, {"timeout": 15, "rules": [push]}]


def test_a_phone_is_read_among_phones_only(ada: Caller) -> None:
    phone = with_phone(ada)
    assert ada.ok("GET", f"{BASE}/phones") == {"_selfUrl": f"{BASE}/phones", "contactMethods": [phone]}
    assert ada.ok("GET", phone["_selfUrl"]) == phone
    assert ada.send("GET", phone["_selfUrl"].replace("phones", "emails")).status_code == 404


def test_devices_come_from_the_seed(lead: Caller) -> None:
    listed = lead.ok("GET", f"{LEAD}/devices")
    first = listed["contactMethods"][0]
    assert first == {
        "id": first["id"],
        "deviceType": "Android",
        "label": "Pixel 9",
        "extId": first["extId"],
        "_selfUrl": f"{LEAD}/devices/{first['extId']}",
    }
    assert [device["deviceType"] for device in listed["contactMethods"]] == ["Android", "iOS"]
    assert lead.ok("GET", first["_selfUrl"]) == first


def test_a_device_is_changed_in_snake_case_and_never_tells_its_sounds(lead: Caller) -> None:
    device = lead.ok("GET", f"{LEAD}/devices")["contactMethods"][0]
    sent = {"device_label": "Old Pixel", "escalation_notification_sound": "siren", "label": "ignored"}
    assert lead.ok("PUT", device["_selfUrl"], sent) == device | {"label": "Old Pixel"}
    assert lead.ok("PUT", device["_selfUrl"], {}) == device | {"label": "Old Pixel"}
    kept = lead.sim.snapshot()["users"][0]["devices"][0]
    assert kept["escalation_notification_sound"] == "siren"
    assert lead.refusal("PUT", device["_selfUrl"], {"device_label": 1}) == (
        400,
        {"error": "device_label: Input should be a valid string"},
    )


def test_a_deleted_device_is_answered_without_its_id(lead: Caller) -> None:
    device = lead.ok("GET", f"{LEAD}/devices")["contactMethods"][0]
    answer = lead.ok("DELETE", device["_selfUrl"])
    assert answer == {key: value for key, value in device.items() if key != "id"}
    assert lead.send("GET", device["_selfUrl"]).status_code == 404


@pytest.mark.parametrize("kind", ["", "/emails", "/phones", "/devices", "/emails/x", "/phones/x", "/devices/x"])
def test_contacts_of_an_unknown_user_are_not_found(call: Caller, kind: str) -> None:
    assert call.refusal("GET", f"/api-public/v1/user/nobody/contact-methods{kind}") == (
        404,
        {"error": "None found for username: nobody"},
    )


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_device_is_not_found(ada: Caller, method: str) -> None:
    assert ada.refusal(method, f"{BASE}/devices/x", {}) == (404, {"error": "No contact method 'x' found"})
