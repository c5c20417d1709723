"""Devices on which a user has the app: what they are called, and how they sound."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Annotated, Any

from pydantic import AfterValidator, model_validator
from typing_extensions import Self

from pulumi_victorops.api.contacts import Device
from pulumi_victorops.handlers.contact import contact_methods, split_contact_id
from pulumi_victorops.handlers.forms import Name, UserReference
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, SERVICE_DECIDES, Input, Inputs
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import shown

_SETTINGS = ("label", "escalation_notification_sound", "chat_escalation_sound", "resolved_notification_sound")


# A UUID, as far as is known; whatever it is, it stands in paths.
_EXT_ID = re.compile(r"[A-Za-z0-9._:@+-]+")
_EXT_ID_MOST = 128


def _check_ext_id(text: str) -> str:
    if not text.strip(".") or len(text) > _EXT_ID_MOST or not _EXT_ID.fullmatch(text):
        raise ValueError(
            f"{shown(text)} is not a device's id: expected its `extId`, as the list of the user's devices gives it"
        )
    return text


class ContactDeviceInputs(Inputs):
    """What the program says of a device. What it doesn't say stays as the owner has it."""

    username: Annotated[Input[UserReference], REPLACES]
    device: Annotated[Input[Annotated[str, AfterValidator(_check_ext_id)]], REPLACES]
    label: Annotated[Input[Name | None], SERVICE_DECIDES] = None
    escalation_notification_sound: Annotated[Input[Name | None], SERVICE_DECIDES] = None
    chat_escalation_sound: Annotated[Input[Name | None], SERVICE_DECIDES] = None
    resolved_notification_sound: Annotated[Input[Name | None], SERVICE_DECIDES] = None

    @model_validator(mode="after")
    def _sets_something(self) -> Self:
        if all(getattr(self, name) is None for name in _SETTINGS):
            raise ValueError("sets neither a label nor a sound, so there is nothing to do: use `ContactDevice.get`")
        return self


class ContactDeviceHandler(Handler[ContactDeviceInputs]):
    """The id is `username/device/extId`. Devices come and go with the app, so making one adopts what is there."""

    model = ContactDeviceInputs
    leaves_nothing = True

    def create(self, org: Org, inputs: ContactDeviceInputs) -> Live:
        """One call."""
        return _live(inputs.username, _put(org, inputs))

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all contact methods of a user. The sounds aren't told."""
        username, ext_id = split_contact_id(object_id, "device")
        found = (one for one in contact_methods(org, username).devices if one.ext_id == ext_id)
        device = next(found, None)
        return _live(username, device) if device else None

    def update(self, org: Org, object_id: str, inputs: ContactDeviceInputs, changed: Set[str]) -> Live:
        """One call."""
        return _live(inputs.username, _put(org, inputs))

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """No call: without the device, its owner's app would fall silent."""


def _put(org: Org, inputs: ContactDeviceInputs) -> Device:
    try:
        return org.client.contacts.update_device(
            inputs.username,
            inputs.device,
            label=inputs.label,
            escalation_sound=inputs.escalation_notification_sound,
            chat_sound=inputs.chat_escalation_sound,
            resolved_sound=inputs.resolved_notification_sound,
        )
    finally:
        org.directory.contacts_changed(inputs.username)


def _live(username: str, device: Device) -> Live:
    return Live(
        id=f"{username}/device/{device.ext_id}",
        inputs={"username": username, "device": device.ext_id, "label": device.label or None},
        outputs={"device_type": device.device_type},
    )
