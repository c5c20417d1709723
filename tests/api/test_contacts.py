"""Calls about contact methods: both forms of the lists, and what the service makes of an address."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer
from tests.api.samples import DEVICE_JSON, EMAIL_JSON, PHONE_JSON

ADA = UserPayload(first_name="Ada", last_name="Lovelace", username="ada", email="ada@example.com")


def test_an_address_is_read_with_both_of_its_ids(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, EMAIL_JSON))

    assert raw_client.contacts.get_email("ada", "e-1").model_dump() == {
        "ext_id": "3f0c9a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d",
        "id": 511,
        "label": "Work",
        "value": "ada@example.com",
        "contact_type": "Email",
        "rank": 500,
        "verified": "unverified",
        "_selfUrl": "/api-public/v1/user/ada/contact-methods/emails/3f0c9a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d",
    }


@pytest.mark.parametrize(
    ("verified", "expected"),
    [("verified", True), ("unverified", False), ("pending", False), (True, True), (False, False), (None, False)],
)
def test_a_contact_is_verified_where_the_service_says_so(
    server: RawServer, raw_client: Client, verified: object, expected: bool
) -> None:
    server.script(answer(200, PHONE_JSON | {"verified": verified}))

    assert raw_client.contacts.get_phone("ada", "p-1").is_verified is expected


@pytest.mark.parametrize("wrapped", [True, False], ids=["wrapped", "bare"])
def test_each_list_is_read_wrapped_and_bare(server: RawServer, raw_client: Client, wrapped: bool) -> None:
    def rows(row: object) -> object:
        return {"_selfUrl": "x", "contactMethods": [row]} if wrapped else [row]

    server.script(
        answer(200, rows(EMAIL_JSON)),
        answer(200, rows(PHONE_JSON)),
        answer(200, rows(DEVICE_JSON)),
        answer(200, {"emails": rows(EMAIL_JSON), "phones": rows(PHONE_JSON), "devices": rows(DEVICE_JSON)}),
    )

    (email,) = raw_client.contacts.emails("ada")
    (phone,) = raw_client.contacts.phones("ada")
    (device,) = raw_client.contacts.devices("ada")
    together = raw_client.contacts.all("ada")

    assert (email.id, email.value) == (511, "ada@example.com")
    assert (phone.id, phone.value) == (512, "+1 411-555-0120")
    assert (device.id, device.device_type, device.label) == (513, "Android", "Ada's phone")
    assert (together.emails, together.phones, together.devices) == ([email], [phone], [device])


def test_a_user_without_phones_and_devices_has_empty_lists(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"emails": {"contactMethods": [EMAIL_JSON]}}))

    together = raw_client.contacts.all("ada")

    assert ([each.id for each in together.emails], together.phones, together.devices) == ([511], [], [])


@pytest.mark.parametrize("array", [False, True], ids=["object", "array"])
def test_a_single_contact_is_read_from_an_object_and_from_the_documented_array(
    server: RawServer, raw_client: Client, array: bool
) -> None:
    def one(row: object) -> object:
        return [row] if array else row

    server.script(answer(200, one(EMAIL_JSON)), answer(200, one(PHONE_JSON)), answer(200, one(DEVICE_JSON)))

    contacts = raw_client.contacts
    assert contacts.get_email("ada", "e-1").id == 511
    assert contacts.get_phone("ada", "p-1").id == 512
    assert contacts.get_device("ada", "d-1").id == 513


def test_a_contact_of_which_only_the_documented_members_come_is_read(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"extId": "e-1", "label": "Work", "_selfUrl": "x"}))

    contact = raw_client.contacts.get_email("ada", "e-1")

    assert (contact.ext_id, contact.label, contact.id, contact.value, contact.rank) == ("e-1", "Work", None, "", None)


def test_a_rank_is_sent_only_where_one_is_given(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, EMAIL_JSON))

    raw_client.contacts.add_email("ada", label="Work", email="ada@example.com")
    raw_client.contacts.add_phone("ada", label="Home", phone="+14115550120")
    raw_client.contacts.add_phone("ada", label="Home", phone="+14115550120", rank=0)

    assert [request.json for request in server.requests] == [
        {"label": "Work", "email": "ada@example.com"},
        {"label": "Home", "phone": "+14115550120"},
        {"label": "Home", "phone": "+14115550120", "rank": 0},
    ]


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({}, {}),
        ({"label": "New"}, {"device_label": "New"}),
        ({"chat_sound": "bell"}, {"chat_escalation_sound": "bell"}),
        ({"resolved_sound": ""}, {"resolved_notification_sound": ""}),
        ({"escalation_sound": "horn"}, {"escalation_notification_sound": "horn"}),
    ],
)
def test_a_device_takes_what_is_to_change_in_snake_case(
    server: RawServer, raw_client: Client, changes: dict[str, str], body: dict[str, str]
) -> None:
    server.script(answer(200, DEVICE_JSON))

    raw_client.contacts.update_device("ada", "d-1", **changes)

    assert server.requests[0].json == body


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ({}, "expected an array"),
        ({"contactMethods": {}}, "expected an array"),
        ([{"label": "Work"}], "extId: Field required"),
    ],
)
def test_a_list_of_another_shape_is_an_error(server: RawServer, raw_client: Client, reply: Any, message: str) -> None:
    server.script(answer(200, reply))

    with pytest.raises(UnexpectedResponseError) as caught:
        raw_client.contacts.emails("ada")

    path = "/api-public/v1/user/{user}/contact-methods/emails"
    assert str(caught.value) == f"GET {path}: unexpected answer: {message}"


class TestAgainstTheService:
    def test_a_new_user_has_the_default_address(self, client: Client) -> None:
        client.users.create(ADA)

        (default,) = client.contacts.emails("ada")

        assert (default.label, default.value) == ("Default", "ada@example.com")
        assert client.contacts.get_email("ada", default.ext_id) == default
        assert client.contacts.all("ada").emails == [default]
        assert (client.contacts.phones("ada"), client.contacts.devices("ada")) == ([], [])

    def test_an_address_comes_and_goes(self, client: Client) -> None:
        client.users.create(ADA)

        added = client.contacts.add_email("ada", label="Home", email="ada@example.org", rank=7)
        read = client.contacts.get_email("ada", added.ext_id)
        client.contacts.delete_email("ada", added.ext_id)

        assert (added.label, added.value, added.rank, added.is_verified) == ("Home", "ada@example.org", 7, False)
        assert read == added
        with pytest.raises(NotFoundError):
            client.contacts.get_email("ada", added.ext_id)

    def test_the_default_address_stays(self, client: Client) -> None:
        client.users.create(ADA)
        (default,) = client.contacts.emails("ada")

        with pytest.raises(InvalidRequestError):
            client.contacts.delete_email("ada", default.ext_id)

        assert client.contacts.emails("ada") == [default]

    def test_a_device_is_renamed_and_removed(self, simulator: Simulator, client: Client) -> None:
        simulator.reset("demo")
        owner, device = next(
            (user.username, device) for user in client.users.all() for device in client.contacts.devices(user.username)
        )

        renamed = client.contacts.update_device(owner, device.ext_id, label="Old phone", chat_sound="bell")
        read = client.contacts.get_device(owner, device.ext_id)
        client.contacts.delete_device(owner, device.ext_id)

        assert (renamed.ext_id, renamed.label, renamed.device_type) == (device.ext_id, "Old phone", device.device_type)
        assert read == renamed
        assert device.ext_id not in [each.ext_id for each in client.contacts.devices(owner)]

    def test_a_number_comes_back_rewritten_and_unverified(self, client: Client) -> None:
        client.users.create(ADA)

        added = client.contacts.add_phone("ada", label="Home", phone="+14115550120")
        read = client.contacts.get_phone("ada", added.ext_id)
        client.contacts.delete_phone("ada", added.ext_id)

        assert (added.value, added.contact_type, added.is_verified) == ("+1 411-555-0120", "Phone", False)
        assert read == added
        assert client.contacts.phones("ada") == []
