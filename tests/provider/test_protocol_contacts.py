"""E-mail addresses, telephone numbers and devices through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import UNKNOWN, Plugin, PluginError

HOME = {"username": "admin", "email": "Home@example.com", "label": "Home"}
MOBILE = {"username": "admin", "phone": "+44 (20) 7946.0958", "label": "Mobile"}
SOUNDS = {
    "escalation_notification_sound": "siren",
    "chat_escalation_sound": "bell",
    "resolved_notification_sound": "chime",
}


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    # Each test begins with a write, which makes the plugin forget the contact methods that it read before.
    return shared


def calls_of(simulator: Simulator, before: dict[str, int]) -> dict[str, int]:
    after: dict[str, int] = simulator.requests()["by_operation"]
    return {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}


def test_an_email_lives(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    checked = plugin.check(providers.ContactEmail, {**HOME, "username": "ADMIN"})
    assert (checked.failures, checked.inputs) == ([], HOME)
    before = simulator.requests()["by_operation"]
    made = plugin.create(providers.ContactEmail, checked.inputs)
    assert calls_of(simulator, before) == {"POST /api-public/v1/user/{user}/contact-methods/emails": 1}
    [contact] = [one for one in client.contacts.emails("admin") if one.label == "Home"]
    assert made.id == f"admin/email/{contact.ext_id}"
    assert made.properties == {**HOME, "contact_id": contact.id, "ext_id": contact.ext_id}

    read = plugin.read(providers.ContactEmail, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, made.properties, HOME)
    found = plugin.read(providers.ContactEmail, made.id)
    assert found.inputs == {**HOME, "rank": 500}, "looked up, it has the rank that the service gave"

    plugin.delete(providers.ContactEmail, made.id, made.properties)
    assert [one.label for one in client.contacts.emails("admin")] == ["Default"]
    assert plugin.read(providers.ContactEmail, made.id, made.properties).id == ""
    plugin.delete(providers.ContactEmail, made.id, made.properties)


def test_a_phone_lives(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    checked = plugin.check(providers.ContactPhone, {**MOBILE, "rank": 2.0})
    assert (checked.failures, checked.inputs) == ([], {**MOBILE, "rank": 2})
    before = simulator.requests()["by_operation"]
    made = plugin.create(providers.ContactPhone, checked.inputs)
    assert calls_of(simulator, before) == {"POST /api-public/v1/user/{user}/contact-methods/phones": 1}
    [contact] = client.contacts.phones("admin")
    assert (contact.value, contact.rank, contact.is_verified) == ("+44 20-7946-0958", 2, False)
    assert made.id == f"admin/phone/{contact.ext_id}"
    assert made.properties == {**checked.inputs, "contact_id": contact.id, "ext_id": contact.ext_id}

    read = plugin.read(providers.ContactPhone, made.id, made.properties)
    assert read.properties == made.properties, "the number keeps the program's spelling"
    assert plugin.read(providers.ContactPhone, made.id).inputs["phone"] == "+44 20-7946-0958"
    assert not plugin.diff(
        providers.ContactPhone, made.id, made.properties, {**MOBILE, "phone": "+442079460958"}
    ).changes

    plugin.delete(providers.ContactPhone, made.id, made.properties)
    assert client.contacts.phones("admin") == []
    assert plugin.read(providers.ContactPhone, made.id, made.properties).id == ""
    plugin.delete(providers.ContactPhone, made.id, made.properties)


def test_a_device_lives(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    simulator.reset("demo")
    pixel, pad = client.contacts.devices("oncall-lead")
    given = {"username": "Oncall-Lead", "device": pixel.ext_id, "label": "Work phone"}
    checked = plugin.check(providers.ContactDevice, given)
    before = simulator.requests()["by_operation"]
    made = plugin.create(providers.ContactDevice, checked.inputs)
    assert calls_of(simulator, before) == {"PUT /api-public/v1/user/{user}/contact-methods/devices/{contactId}": 1}
    assert made.id == f"oncall-lead/device/{pixel.ext_id}"
    assert made.properties == {**given, "username": "oncall-lead", "device_type": "Android"}
    assert sounds_of(simulator, pixel.ext_id) == dict.fromkeys(SOUNDS)

    loud = {**checked.inputs, **SOUNDS}
    changed = plugin.update(providers.ContactDevice, made.id, made.properties, loud)
    assert changed == {**made.properties, **SOUNDS}
    assert sounds_of(simulator, pixel.ext_id) == SOUNDS
    read = plugin.read(providers.ContactDevice, made.id, changed)
    assert (read.properties, read.inputs) == (changed, loud), "the service doesn't tell the sounds"

    only_sounds = {name: value for name, value in loud.items() if name != "label"}
    assert not plugin.diff(providers.ContactDevice, made.id, changed, only_sounds).changes

    plugin.delete(providers.ContactDevice, made.id, changed)
    assert client.contacts.devices("oncall-lead")[0].label == "Work phone", "it's left as it is"
    client.contacts.delete_device("oncall-lead", pixel.ext_id)
    plugin.create(providers.ContactDevice, {**checked.inputs, "device": pad.ext_id})
    assert plugin.read(providers.ContactDevice, made.id, changed).id == ""


def sounds_of(simulator: Simulator, ext_id: str) -> dict[str, Any]:
    [user] = [user for user in simulator.snapshot()["users"] if user["username"] == "oncall-lead"]
    [device] = [device for device in user["devices"] if device["ext_id"] == ext_id]
    return {name: device[name] for name in SOUNDS}


def test_a_label_that_the_owner_chose_is_shown_where_the_program_has_one(
    plugin: Plugin, client: Client, simulator: Simulator
) -> None:
    simulator.reset("demo")
    pixel, pad = client.contacts.devices("oncall-lead")
    labelled = plugin.create(
        providers.ContactDevice, {"username": "oncall-lead", "device": pixel.ext_id, "label": "Work phone"}
    )
    open_ = plugin.create(
        providers.ContactDevice,
        {"username": "oncall-lead", "device": pad.ext_id, "chat_escalation_sound": "bell"},
    )
    for device in (pixel, pad):
        client.contacts.update_device("oncall-lead", device.ext_id, label="Mine")
    read = plugin.read(providers.ContactDevice, labelled.id, labelled.properties)
    assert read.inputs["label"] == "Mine"
    assert plugin.read(providers.ContactDevice, open_.id, open_.properties).properties == open_.properties


def test_what_somebody_changes_by_hand_is_shown(plugin: Plugin, simulator: Simulator) -> None:
    email = plugin.create(providers.ContactEmail, {**HOME, "rank": 1})
    phone = plugin.create(providers.ContactPhone, {**MOBILE, "rank": 2})
    document = simulator.snapshot()
    [admin] = document["users"]
    for contact in admin["contacts"][1:]:
        value = "other@example.com" if contact["kind"] == "email" else "+1 411-555-0120"
        contact.update(label="Other", value=value, rank=9)
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()
    assert plugin.read(providers.ContactEmail, email.id, email.properties).inputs == {
        "username": "admin",
        "email": "other@example.com",
        "label": "Other",
        "rank": 9,
    }
    assert plugin.read(providers.ContactPhone, phone.id, phone.properties).inputs == {
        "username": "admin",
        "phone": "+1 411-555-0120",
        "label": "Other",
        "rank": 9,
    }


def test_the_contact_methods_of_a_user_are_read_once(plugin: Plugin, simulator: Simulator) -> None:
    email = plugin.create(providers.ContactEmail, HOME)
    phone = plugin.create(providers.ContactPhone, MOBILE)
    before = simulator.requests()["by_operation"]
    for provider, made in ((providers.ContactEmail, email), (providers.ContactPhone, phone)):
        assert plugin.read(provider, made.id, made.properties).id == made.id
    assert calls_of(simulator, before) == {"GET /api-public/v1/user/{user}/contact-methods": 1}


def test_contact_methods_go_with_their_user(plugin: Plugin, client: Client) -> None:
    ada = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    plugin.create(providers.User, ada)
    phone = plugin.create(providers.ContactPhone, {**MOBILE, "username": "ada"})
    client.users.delete("ada", replacement=None)
    assert plugin.read(providers.ContactPhone, phone.id, phone.properties).id == ""
    assert plugin.read(providers.ContactDevice, "ada/device/x", {"username": "ada"}).id == ""
    plugin.delete(providers.ContactPhone, phone.id, phone.properties)


def test_the_address_that_comes_with_a_user_stays(plugin: Plugin, client: Client) -> None:
    [first] = client.contacts.emails("admin")
    path = f"/api-public/v1/user/admin/contact-methods/emails/{first.ext_id}"
    words = f"DELETE {path}: 400: The Default email cannot be deleted"
    hint = "; it comes with the user and goes with the user"
    for label, message in (("Default", words + hint), ("As it was called before", words)):
        state = {"username": "admin", "email": "admin@example.com", "label": label}
        with pytest.raises(PluginError) as refused:
            plugin.delete(providers.ContactEmail, f"admin/email/{first.ext_id}", state)
        assert str(refused.value) == message


@pytest.mark.parametrize(
    ("provider", "object_id", "form"),
    [
        (providers.ContactEmail, "ada", "username/email/extId"),
        (providers.ContactEmail, "ada/phone/x", "username/email/extId"),
        (providers.ContactPhone, "ada/phone/", "username/phone/extId"),
        (providers.ContactDevice, "ada/x", "username/device/extId"),
    ],
)
def test_an_id_of_another_form_is_refused(plugin: Plugin, provider: Any, object_id: str, form: str) -> None:
    with pytest.raises(PluginError) as refused:
        plugin.read(provider, object_id)
    assert str(refused.value) == f"'{object_id}' is not an id of the form {form}"


@pytest.mark.parametrize(
    ("provider", "state", "new", "replaces"),
    [
        (providers.ContactEmail, HOME, {"username": "ada"}, ["username"]),
        (providers.ContactEmail, HOME, {"email": "other@example.com"}, ["email"]),
        (providers.ContactEmail, HOME, {"label": "Other"}, ["label"]),
        (providers.ContactEmail, HOME, {"rank": 3.0}, ["rank"]),
        (providers.ContactEmail, HOME, {"email": UNKNOWN}, ["email"]),
        (providers.ContactPhone, MOBILE, {"phone": "+44 20 7946 0959"}, ["phone"]),
        (providers.ContactPhone, MOBILE, {"phone": UNKNOWN, "username": UNKNOWN}, ["username", "phone"]),
        (providers.ContactPhone, MOBILE, {"rank": UNKNOWN, "label": UNKNOWN}, ["label", "rank"]),
        (providers.ContactDevice, {"username": "ada", "device": "x", "label": "a"}, {"username": "bo"}, ["username"]),
        (providers.ContactDevice, {"username": "ada", "device": "x", "label": "a"}, {"device": UNKNOWN}, ["device"]),
        (providers.ContactDevice, {"username": "ada", "device": "x", "label": "a"}, {"label": UNKNOWN}, []),
        (providers.ContactDevice, {"username": "ada", "device": "x", "label": "a"}, SOUNDS, []),
    ],
)
def test_what_a_change_replaces(
    plugin: Plugin, provider: Any, state: dict[str, Any], new: dict[str, Any], replaces: list[str]
) -> None:
    checked = plugin.check(provider, {**state, **new}, state)
    assert checked.failures == []
    found = plugin.diff(provider, "id", state, checked.inputs)
    assert (found.changes, found.replaces) == (True, replaces)
    assert not found.deletes_first, "a new address is there before the old one goes"


@pytest.mark.parametrize(
    ("provider", "state", "new"),
    [
        (providers.ContactEmail, HOME, {"email": "HOME@EXAMPLE.COM", "username": "Admin"}),
        (providers.ContactPhone, MOBILE, {"phone": "+44 20-7946-0958"}),
        (providers.ContactPhone, {**MOBILE, "rank": 3.0}, {"rank": None}),
    ],
)
def test_what_is_no_change(plugin: Plugin, provider: Any, state: dict[str, Any], new: dict[str, Any]) -> None:
    checked = plugin.check(provider, {**state, **new}, state)
    assert not plugin.diff(provider, "id", state, checked.inputs).changes
