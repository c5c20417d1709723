"""Contact methods of a user: operations E19 to E31."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict

from pulumi_victorops.simulator.bodies import Address, Body, Text
from pulumi_victorops.simulator.records import DEFAULT_LABEL, Contact, Device, User
from pulumi_victorops.simulator.refusals import bad_request, not_found
from pulumi_victorops.simulator.subjects.links import link
from pulumi_victorops.simulator.subjects.paging import forget_in_paging
from pulumi_victorops.simulator.subjects.users import FIRST_CONTACT_RANK, find_user

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_victorops.simulator.calls import Call, Rule

MethodT = TypeVar("MethodT", Contact, Device)


class _EmailBody(Body):
    label: Text
    email: Address
    rank: int | None = None


def _as_the_service_writes(phone: str) -> str:
    """Write a number as the country's code, a blank, and the rest with dashes: `+1 411-555-0120`."""
    try:
        # The service is American: a number without a country's code is taken as one of its own.
        number = phonenumbers.parse(phone, "US")
    except phonenumbers.NumberParseException:
        raise ValueError("is not a telephone number") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("is not a telephone number")
    code, _, rest = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL).partition(" ")
    return f"{code} {rest.replace(' ', '-')}"


class _PhoneBody(Body):
    label: Text
    phone: Annotated[Text, AfterValidator(_as_the_service_writes)]
    rank: int | None = None


class _DeviceBody(BaseModel):
    """Alone among the bodies in snake case, and all of it optional."""

    model_config = ConfigDict(strict=True, extra="ignore")

    device_label: Text | None = None
    escalation_notification_sound: str | None = None
    chat_escalation_sound: str | None = None
    resolved_notification_sound: str | None = None


def _contact_json(user: User, contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "label": contact.label,
        "value": contact.value,
        "contactType": contact.kind.capitalize(),
        "rank": contact.rank,
        "verified": "verified" if contact.verified else "unverified",
        "extId": contact.ext_id,
        "_selfUrl": link("user", user.username, "contact-methods", f"{contact.kind}s", contact.ext_id),
    }


def _device_json(user: User, device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "deviceType": device.device_type,
        "label": device.label,
        "extId": device.ext_id,
        "_selfUrl": link("user", user.username, "contact-methods", "devices", device.ext_id),
    }


def _of_kind(user: User, kind: str) -> list[Contact]:
    return [contact for contact in user.contacts if contact.kind == kind]


def _group(user: User, plural: str) -> dict[str, Any]:
    shown = (
        [_device_json(user, device) for device in user.devices]
        if plural == "devices"
        else [_contact_json(user, contact) for contact in _of_kind(user, plural.removesuffix("s"))]
    )
    return {"_selfUrl": link("user", user.username, "contact-methods", plural), "contactMethods": shown}


def _find(methods: Iterable[MethodT], ext_id: str) -> MethodT:
    for method in methods:
        if method.ext_id == ext_id:
            return method
    raise not_found(f"No contact method '{ext_id}' found")


def _user(call: Call) -> User:
    return find_user(call.org, call.params["user"])


def _list_all(call: Call) -> dict[str, Any]:
    return {plural: _group(_user(call), plural) for plural in ("emails", "phones", "devices")}


def _lister(plural: str) -> Rule:
    return lambda call: _group(_user(call), plural)


def _reader(kind: str) -> Rule:
    def read(call: Call) -> dict[str, Any]:
        user = _user(call)
        return _contact_json(user, _find(_of_kind(user, kind), call.params["contactId"]))

    return read


def _read_device(call: Call) -> dict[str, Any]:
    user = _user(call)
    return _device_json(user, _find(user.devices, call.params["contactId"]))


def _update_device(call: Call) -> dict[str, Any]:
    user = _user(call)
    device = _find(user.devices, call.params["contactId"])
    changes = call.body(_DeviceBody).model_dump(exclude_none=True)
    device.label = changes.pop("device_label", device.label)
    for sound, value in changes.items():
        setattr(device, sound, value)
    return _device_json(user, device)


def _delete_device(call: Call) -> dict[str, Any]:
    user = _user(call)
    device = _find(user.devices, call.params["contactId"])
    user.devices.remove(device)
    forget_in_paging(user, device.id)
    answer = _device_json(user, device)
    del answer["id"]  # the recorded answer has none
    return answer


def _create_email(call: Call) -> dict[str, Any]:
    user = _user(call)
    body = call.body(_EmailBody)
    return _add(call, user, "email", body.label, body.email, body.rank, verified=False)


def _create_phone(call: Call) -> dict[str, Any]:
    user = _user(call)
    body = call.body(_PhoneBody)
    return _add(call, user, "phone", body.label, body.phone, body.rank, verified=call.config.verified_phones)


def _add(
    call: Call,
    user: User,
    kind: Literal["email", "phone"],
    label: str,
    value: str,
    rank: int | None,
    *,
    verified: bool,
) -> dict[str, Any]:
    contact = Contact(
        id=call.org.new_number(),
        ext_id=call.org.new_uuid(),
        kind=kind,
        label=label,
        value=value,
        rank=FIRST_CONTACT_RANK if rank is None else rank,
        verified=verified,
    )
    user.contacts.append(contact)
    return _contact_json(user, contact)


def _deleter(kind: str) -> Rule:
    def delete(call: Call) -> dict[str, Any]:
        user = _user(call)
        contact = _find(_of_kind(user, kind), call.params["contactId"])
        if contact is user.default_contact:
            raise bad_request(f"The {DEFAULT_LABEL} email cannot be deleted")
        user.contacts.remove(contact)
        forget_in_paging(user, contact.id)
        return _contact_json(user, contact)

    return delete


_ALL = "/api-public/v1/user/{user}/contact-methods"

RULES: dict[str, Rule] = {
    f"GET {_ALL}": _list_all,
    f"GET {_ALL}/devices": _lister("devices"),
    f"GET {_ALL}/devices/{{contactId}}": _read_device,
    f"PUT {_ALL}/devices/{{contactId}}": _update_device,
    f"DELETE {_ALL}/devices/{{contactId}}": _delete_device,
    f"GET {_ALL}/emails": _lister("emails"),
    f"POST {_ALL}/emails": _create_email,
    f"GET {_ALL}/emails/{{contactId}}": _reader("email"),
    f"DELETE {_ALL}/emails/{{contactId}}": _deleter("email"),
    f"GET {_ALL}/phones": _lister("phones"),
    f"POST {_ALL}/phones": _create_phone,
    f"GET {_ALL}/phones/{{contactId}}": _reader("phone"),
    f"DELETE {_ALL}/phones/{{contactId}}": _deleter("phone"),
}
"""What answers each operation on contact methods."""
