"""Contact methods and paging policies on the real engine: made, changed, mended, and taken down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pulumi
import requests

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

_CONTACTS = "/api-public/v1/user/{user}/contact-methods"
_PAGING = "/api-public/v1/profile/{username}/policies"
DEVICE = "3f1d2c4b-58a6-4e0b-9c1d-7a2b5e8f9d01"


def reachable(
    *,
    home: Mapping[str, Any] | None = None,
    mobile: Mapping[str, Any] | None = None,
    device: Mapping[str, Any] | None = None,
    sms: bool = False,
    without: Sequence[str] = (),
) -> Callable[[], None]:
    """Ada with an address and a telephone of her own, her paging policy, and the admin's device.

    The mappings replace arguments, `sms` pages by the telephone too, and `without` leaves resources out by name.
    """

    def program() -> None:
        ada = vo.User("ada", username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")
        email = vo.ContactEmail(
            "home", **{"username": ada.username, "email": "ada@home.example.com", "label": "Home", **(home or {})}
        )
        phone = vo.ContactPhone(
            "mobile", **{"username": ada.username, "phone": "+44 20 7946 0958", "label": "Mobile", **(mobile or {})}
        )
        if "pixel" not in without:
            vo.ContactDevice("pixel", **{"username": "admin", "device": DEVICE, "label": "Pixel 9", **(device or {})})
        if "policy" in without:
            return
        steps = [
            vo.PagingStep(timeout=5, rules=[vo.Page.push(), vo.Page.default_email()]),
            vo.PagingStep(timeout=10, rules=[vo.Page.email(email.contact_id)]),
        ]
        if sms:
            steps.append(vo.PagingStep(timeout=15, rules=[vo.Page.sms(phone.contact_id)]))
        vo.PagingPolicy("policy", username=ada.username, steps=steps)
        pulumi.export("home", email.contact_id)
        pulumi.export("mobile", pulumi.Output.all(phone.phone, phone.ext_id))

    return program


def change_the_org(simulator: Simulator, change: Callable[[dict[str, Any]], None]) -> None:
    """What only the web console or the app can do, of each user by name."""
    document = simulator.snapshot()
    change({user["username"]: user for user in document["users"]})
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()


def log_in_to_the_app(users: dict[str, Any]) -> None:
    users["admin"]["devices"] = [{"id": 900001, "ext_id": DEVICE, "device_type": "Android", "label": "Phone"}]


def verify_the_phone(users: dict[str, Any]) -> None:
    for contact in users["ada"]["contacts"]:
        contact["verified"] = True


def policy_of(client: Client, username: str) -> list[tuple[int, list[tuple[str, str]]]]:
    """Each step's minutes, and its rules by type and by what they write to or call."""
    methods = client.contacts.all(username)
    values = {one.id: one.value for one in (*methods.emails, *methods.phones)}
    return [
        (step.timeout, [(rule.type, values[rule.contact.id] if rule.contact else "") for rule in step.rules])
        for step in client.paging.steps(username)
    ]


DEFAULT_STEP = (5, [("email", "ada@example.com"), ("push", "")])
HOME_STEP = (10, [("email", "ada@home.example.com")])


def test_the_life_of_contact_methods_and_a_paging_policy(stack: Stack, simulator: Simulator, client: Client) -> None:
    change_the_org(simulator, log_in_to_the_app)
    assert stack.preview(reachable()).changes == {"create": 6}
    made = stack.must_up(reachable())
    assert made.changes == {"create": 6}
    assert made.calls == {
        "POST /api-public/v1/user": 1,
        f"POST {_CONTACTS}/emails": 1,
        f"POST {_CONTACTS}/phones": 1,
        f"PUT {_CONTACTS}/devices/{{contactId}}": 1,
        f"GET {_CONTACTS}": 1,
        f"GET {_PAGING}": 1,
        f"PUT {_PAGING}/{{step}}": 1,
        f"POST {_PAGING}": 1,
    }
    assert policy_of(client, "ada") == [DEFAULT_STEP, HOME_STEP]
    assert made.outputs["mobile"] == ["+44 20 7946 0958", client.contacts.phones("ada")[0].ext_id]
    assert [one.label for one in client.contacts.devices("admin")] == ["Pixel 9"]
    again = stack.must_up(reachable())
    assert (again.changes, again.calls) == ({"same": 6}, {})
    assert stack.refresh(reachable()).changes == {"same": 6}, "numbers and ranks are the service's own, and no change"

    # A telephone that isn't verified is refused in the service's words, and the next run goes on.
    refused = stack.up(reachable(sms=True))
    assert f"error: POST {_PAGING.replace('{username}', 'ada')}: 400: The phone +44 20-7946-0958 is not verified" in (
        refused.errors
    )
    change_the_org(simulator, verify_the_phone)
    longer = stack.must_up(reachable(sms=True, device={"chat_escalation_sound": "bell"}))
    assert longer.changes == {"update": 2, "same": 4}
    assert policy_of(client, "ada") == [DEFAULT_STEP, HOME_STEP, (15, [("sms", "+44 20-7946-0958")])]

    # So is a new number that takes the place of a verified one, which stays in use until then.
    relabelled = reachable(sms=True, mobile={"label": "Pocket"}, device={"chat_escalation_sound": "bell"})
    assert stack.up(relabelled).failed
    assert [one.label for one in client.contacts.phones("ada")] == ["Mobile", "Pocket"]
    [step] = [one for one in client.paging.steps("ada") if one.timeout == 15]
    assert [rule.contact.id for rule in step.rules if rule.contact] == [client.contacts.phones("ada")[0].id]
    change_the_org(simulator, verify_the_phone)
    assert stack.must_up(relabelled).changes == {"update": 1, "same": 5}
    [pocket] = client.contacts.phones("ada")
    [step] = [one for one in client.paging.steps("ada") if one.timeout == 15]
    assert [rule.contact.id for rule in step.rules if rule.contact] == [pocket.id]
    assert stack.must_up(reachable()).changes == {"update": 1, "replace": 1, "same": 4}
    assert policy_of(client, "ada") == [DEFAULT_STEP, HOME_STEP]

    # A change of an address makes a new one first, which the policy takes up before the old one goes.
    before = len(simulator.requests()["requests"])
    moved = stack.must_up(reachable(home={"email": "ada@new.example.com"}))
    assert moved.changes == {"replace": 1, "update": 1, "same": 4}
    writes = [f"{one['method']} {one['operation'].split(' ')[1]}" for one in simulator.requests()["requests"][before:]]
    assert [one for one in writes if not one.startswith("GET")] == [
        f"POST {_CONTACTS}/emails",
        f"PUT {_PAGING}/{{step}}",
        f"DELETE {_CONTACTS}/emails/{{contactId}}",
    ]
    assert policy_of(client, "ada") == [DEFAULT_STEP, (10, [("email", "ada@new.example.com")])]
    assert moved.outputs["home"] != made.outputs["home"]

    fewer = stack.must_up(reachable(home={"email": "ada@new.example.com"}, without=["policy", "pixel"]))
    assert fewer.changes == {"delete": 2, "same": 4}
    assert policy_of(client, "ada") == [(5, [("email", "ada@example.com")])], "she can still be reached"
    assert [one.label for one in client.contacts.devices("admin")] == ["Pixel 9"], "a device stays as it is"

    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert [user.username for user in client.users.all()] == ["admin"]


def test_what_somebody_did_by_hand_is_shown_and_mended(stack: Stack, simulator: Simulator, client: Client) -> None:
    change_the_org(simulator, log_in_to_the_app)
    stack.must_up(reachable())
    [home] = [one for one in client.contacts.emails("ada") if one.label == "Home"]
    client.contacts.delete_email("ada", home.ext_id)

    def relabel(users: dict[str, Any]) -> None:
        users["admin"]["devices"][0]["label"] = "My phone"
        [mobile] = [one for one in users["ada"]["contacts"] if one["kind"] == "phone"]
        mobile["label"] = "Old phone"
        users["ada"]["paging_steps"][0]["timeout"] = 60

    change_the_org(simulator, relabel)
    refreshed = stack.refresh(reachable())
    assert refreshed.changes == {"delete": 1, "update": 3, "same": 2}
    state = stack.resources()
    assert "home" not in state, "and the step that used it is gone from the policy"
    assert state["mobile"]["inputs"]["label"] == "Old phone"
    assert state["pixel"]["inputs"]["label"] == "My phone"
    assert [step["timeout"] for step in state["policy"]["inputs"]["steps"]] == [60]

    mended = stack.must_up(reachable())
    assert mended.changes == {"create": 1, "replace": 1, "update": 2, "same": 2}
    assert policy_of(client, "ada") == [DEFAULT_STEP, HOME_STEP]
    assert [(one.label, one.value) for one in client.contacts.phones("ada")] == [("Mobile", "+44 20-7946-0958")]
    assert [one.label for one in client.contacts.devices("admin")] == ["Pixel 9"]
    assert stack.refresh(reachable()).changes == {"same": 6}

    client.users.delete("ada", replacement="admin")
    gone = stack.destroy()
    assert not gone.failed, gone.output


def test_contact_methods_and_paging_policies_are_looked_up(stack: Stack, simulator: Simulator, client: Client) -> None:
    change_the_org(simulator, log_in_to_the_app)
    [first] = client.contacts.emails("admin")
    phone = client.contacts.add_phone("admin", label="Desk", phone="+1 411-555-0120")

    def program() -> None:
        email = vo.ContactEmail.get("first", f"admin/email/{first.ext_id}")
        pulumi.export("email", pulumi.Output.all(email.username, email.email, email.label, email.contact_id))
        desk = vo.ContactPhone.get("desk", f"admin/phone/{phone.ext_id}")
        pulumi.export("phone", pulumi.Output.all(desk.phone, desk.label, desk.rank, desk.contact_id, desk.ext_id))
        device = vo.ContactDevice.get("device", f"admin/device/{DEVICE}")
        pulumi.export("device", pulumi.Output.all(device.device, device.label, device.device_type))
        policy = vo.PagingPolicy.get("policy", "admin")
        pulumi.export("steps", policy.steps)

    assert stack.must_up(program).outputs == {
        "email": ["admin", "admin@example.com", "Default", first.id],
        "phone": ["+1 411-555-0120", "Desk", 500, phone.id, phone.ext_id],
        "device": [DEVICE, "Phone", "Android"],
        "steps": [{"timeout": 5, "rules": [{"type": "email", "contact_id": first.id}]}],
    }
    assert not stack.destroy().failed
    assert len(client.contacts.phones("admin")) == 1, "what is only looked up is never deleted"
