"""Contact methods: how people are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import act, ask, many, nothing, output

if TYPE_CHECKING:
    from pulumi_victorops.api.contacts import Contact, ContactMethods, Device


def get_contact_methods(username: str, *, profile: str | None = None) -> ContactMethods:
    """Get a person's addresses, numbers and devices: `GET /api-public/v1/user/{user}/contact-methods`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import ContactMethods

    return ask(
        "getContactMethods",
        ContactMethods.model_validate,
        lambda client: client.contacts.all(username),
        username=username,
        profile=profile,
    )


def get_contact_methods_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[ContactMethods]:
    """The output form of `get_contact_methods`."""
    return output(get_contact_methods, opts, username=username, profile=profile)


def get_contact_emails(username: str, *, profile: str | None = None) -> list[Contact]:
    """Get a person's e-mail addresses: `GET /api-public/v1/user/{user}/contact-methods/emails`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import Contact

    return ask(
        "getContactEmails",
        many(Contact),
        lambda client: client.contacts.emails(username),
        username=username,
        profile=profile,
    )


def get_contact_emails_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Contact]]:
    """The output form of `get_contact_emails`."""
    return output(get_contact_emails, opts, username=username, profile=profile)


def get_contact_email(username: str, *, ext_id: str, profile: str | None = None) -> Contact:
    """Get one e-mail address of a person: `GET /api-public/v1/user/{user}/contact-methods/emails/{contactId}`.

    Args:
        username: the username.
        ext_id: the e-mail address's `ext_id`, as `get_contact_emails` tells it.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import Contact

    return ask(
        "getContactEmail",
        Contact.model_validate,
        lambda client: client.contacts.get_email(username, ext_id),
        username=username,
        ext_id=ext_id,
        profile=profile,
    )


def get_contact_email_output(
    username: pulumi.Input[str],
    *,
    ext_id: pulumi.Input[str],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[Contact]:
    """The output form of `get_contact_email`."""
    return output(get_contact_email, opts, username=username, ext_id=ext_id, profile=profile)


def get_contact_phones(username: str, *, profile: str | None = None) -> list[Contact]:
    """Get a person's telephones: `GET /api-public/v1/user/{user}/contact-methods/phones`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import Contact

    return ask(
        "getContactPhones",
        many(Contact),
        lambda client: client.contacts.phones(username),
        username=username,
        profile=profile,
    )


def get_contact_phones_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Contact]]:
    """The output form of `get_contact_phones`."""
    return output(get_contact_phones, opts, username=username, profile=profile)


def get_contact_phone(username: str, *, ext_id: str, profile: str | None = None) -> Contact:
    """Get one telephone of a person: `GET /api-public/v1/user/{user}/contact-methods/phones/{contactId}`.

    Args:
        username: the username.
        ext_id: the telephone's `ext_id`, as `get_contact_phones` tells it.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import Contact

    return ask(
        "getContactPhone",
        Contact.model_validate,
        lambda client: client.contacts.get_phone(username, ext_id),
        username=username,
        ext_id=ext_id,
        profile=profile,
    )


def get_contact_phone_output(
    username: pulumi.Input[str],
    *,
    ext_id: pulumi.Input[str],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[Contact]:
    """The output form of `get_contact_phone`."""
    return output(get_contact_phone, opts, username=username, ext_id=ext_id, profile=profile)


def get_contact_devices(username: str, *, profile: str | None = None) -> list[Device]:
    """Get a person's devices that have the app: `GET /api-public/v1/user/{user}/contact-methods/devices`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import Device

    return ask(
        "getContactDevices",
        many(Device),
        lambda client: client.contacts.devices(username),
        username=username,
        profile=profile,
    )


def get_contact_devices_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Device]]:
    """The output form of `get_contact_devices`."""
    return output(get_contact_devices, opts, username=username, profile=profile)


def get_contact_device(username: str, *, ext_id: str, profile: str | None = None) -> Device:
    """Get one device of a person: `GET /api-public/v1/user/{user}/contact-methods/devices/{contactId}`.

    Args:
        username: the username.
        ext_id: the device's `ext_id`, as `get_contact_devices` tells it.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.contacts import Device

    return ask(
        "getContactDevice",
        Device.model_validate,
        lambda client: client.contacts.get_device(username, ext_id),
        username=username,
        ext_id=ext_id,
        profile=profile,
    )


def get_contact_device_output(
    username: pulumi.Input[str],
    *,
    ext_id: pulumi.Input[str],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[Device]:
    """The output form of `get_contact_device`."""
    return output(get_contact_device, opts, username=username, ext_id=ext_id, profile=profile)


def delete_contact_device(username: str, *, ext_id: str, profile: str | None = None) -> None:
    """Remove a device: `DELETE /api-public/v1/user/{user}/contact-methods/devices/{contactId}`.

    No call adds one: devices come with the app, when somebody logs in on them.

    Args:
        username: the username.
        ext_id: the device's `ext_id`, as `get_contact_devices` tells it.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    act(
        "deleteContactDevice",
        nothing,
        lambda client: client.contacts.delete_device(username, ext_id),
        username=username,
        ext_id=ext_id,
        profile=profile,
    )
