"""Contact methods of a user: e-mail addresses, telephone numbers, and the devices that have the app.

No call changes an address or a number: a change is a new contact method, with new ids. Devices come with the app.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, parse, parse_list
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.transport import Transport


class ContactMethod(ApiModel):
    """What all contact methods have: `ext_id` stands in paths, `id` is what paging rules refer to."""

    ext_id: str
    id: int | None = None
    label: str = ""


class Contact(ContactMethod):
    """An e-mail address or a telephone number, the latter as the service writes it."""

    value: str = ""
    contact_type: str | None = None
    rank: int | None = None
    verified: bool | str | None = None

    @property
    def is_verified(self) -> bool:
        """Whether its owner confirmed it. The service says so in a word."""
        return self.verified in {True, "verified"}


class Device(ContactMethod):
    """A device on which the user logged in to the app."""

    device_type: str | None = None


def _unwrapped(rows: Any) -> Any:
    """The array in `{"contactMethods": [...]}`, which some answers hold bare."""
    return rows["contactMethods"] if isinstance(rows, dict) and "contactMethods" in rows else rows


class ContactMethods(ApiModel):
    """All contact methods of a user."""

    emails: Annotated[list[Contact], BeforeValidator(_unwrapped)] = Field(default_factory=list)
    phones: Annotated[list[Contact], BeforeValidator(_unwrapped)] = Field(default_factory=list)
    devices: Annotated[list[Device], BeforeValidator(_unwrapped)] = Field(default_factory=list)


class Contacts:
    """The calls about contact methods. `contact` is always an `ext_id`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self, username: str) -> ContactMethods:
        """`GET /api-public/v1/user/{user}/contact-methods`."""
        return parse(ContactMethods, self._transport.call(op.LIST_CONTACTS, user=username), op.LIST_CONTACTS)

    def emails(self, username: str) -> list[Contact]:
        """`GET /api-public/v1/user/{user}/contact-methods/emails`."""
        data = self._transport.call(op.LIST_EMAILS, user=username)
        return parse_list(Contact, _unwrapped(data), op.LIST_EMAILS)

    def phones(self, username: str) -> list[Contact]:
        """`GET /api-public/v1/user/{user}/contact-methods/phones`."""
        data = self._transport.call(op.LIST_PHONES, user=username)
        return parse_list(Contact, _unwrapped(data), op.LIST_PHONES)

    def devices(self, username: str) -> list[Device]:
        """`GET /api-public/v1/user/{user}/contact-methods/devices`."""
        data = self._transport.call(op.LIST_DEVICES, user=username)
        return parse_list(Device, _unwrapped(data), op.LIST_DEVICES)

    def get_email(self, username: str, contact: str) -> Contact:
        """`GET /api-public/v1/user/{user}/contact-methods/emails/{contactId}`."""
        return self._get(op.GET_EMAIL, username, contact)

    def get_phone(self, username: str, contact: str) -> Contact:
        """`GET /api-public/v1/user/{user}/contact-methods/phones/{contactId}`."""
        return self._get(op.GET_PHONE, username, contact)

    def get_device(self, username: str, contact: str) -> Device:
        """`GET /api-public/v1/user/{user}/contact-methods/devices/{contactId}`."""
        data = self._transport.call(op.GET_DEVICE, user=username, contactId=contact)
        return parse(Device, _only(data), op.GET_DEVICE)

    def add_email(self, username: str, *, label: str, email: str, rank: int | None = None) -> Contact:
        """`POST /api-public/v1/user/{user}/contact-methods/emails`: the address comes back as `value`."""
        return self._add(op.ADD_EMAIL, username, {"label": label, "email": email}, rank)

    def add_phone(self, username: str, *, label: str, phone: str, rank: int | None = None) -> Contact:
        """`POST /api-public/v1/user/{user}/contact-methods/phones`: the number comes back as `value`, rewritten."""
        return self._add(op.ADD_PHONE, username, {"label": label, "phone": phone}, rank)

    def update_device(
        self,
        username: str,
        contact: str,
        *,
        label: str | None = None,
        escalation_sound: str | None = None,
        chat_sound: str | None = None,
        resolved_sound: str | None = None,
    ) -> Device:
        """`PUT /api-public/v1/user/{user}/contact-methods/devices/{contactId}`: None stays as it is.

        The service never tells which sounds are set.
        """
        body = {
            "device_label": label,
            "escalation_notification_sound": escalation_sound,
            "chat_escalation_sound": chat_sound,
            "resolved_notification_sound": resolved_sound,
        }
        given = {name: value for name, value in body.items() if value is not None}
        data = self._transport.call(op.UPDATE_DEVICE, body=given, user=username, contactId=contact)
        return parse(Device, _only(data), op.UPDATE_DEVICE)

    def delete_email(self, username: str, contact: str) -> None:
        """`DELETE /api-public/v1/user/{user}/contact-methods/emails/{contactId}`."""
        self._transport.call(op.DELETE_EMAIL, user=username, contactId=contact)

    def delete_phone(self, username: str, contact: str) -> None:
        """`DELETE /api-public/v1/user/{user}/contact-methods/phones/{contactId}`."""
        self._transport.call(op.DELETE_PHONE, user=username, contactId=contact)

    def delete_device(self, username: str, contact: str) -> None:
        """`DELETE /api-public/v1/user/{user}/contact-methods/devices/{contactId}`."""
        self._transport.call(op.DELETE_DEVICE, user=username, contactId=contact)

    def _get(self, operation: Operation, username: str, contact: str) -> Contact:
        data = self._transport.call(operation, user=username, contactId=contact)
        return parse(Contact, _only(data), operation)

    def _add(self, operation: Operation, username: str, body: dict[str, Any], rank: int | None) -> Contact:
        if rank is not None:
            body["rank"] = rank
        return parse(Contact, self._transport.call(operation, body=body, user=username), operation)


def _only(data: Any) -> Any:
    """The one object, which the documentation puts into an array."""
    return data[0] if isinstance(data, list) and len(data) == 1 else data
