"""The kinds of notifications, contacts and time-outs that the service knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api.catalogues import ContactType, NotificationType, TimeoutType


def get_notification_types(*, profile: str | None = None) -> list[NotificationType]:
    """Get the ways in which a paging policy can tell people: `GET /api-public/v1/policies/types/notifications`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.catalogues import NotificationType

    return ask(
        "getNotificationTypes",
        many(NotificationType),
        lambda client: client.catalogues.notification_types(),
        profile=profile,
    )


def get_notification_types_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[NotificationType]]:
    """The output form of `get_notification_types`."""
    return output(get_notification_types, opts, profile=profile)


def get_contact_types(*, profile: str | None = None) -> list[ContactType]:
    """Get the kinds of contact methods that a paging rule can name: `GET /api-public/v1/policies/types/contacts`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.catalogues import ContactType

    return ask("getContactTypes", many(ContactType), lambda client: client.catalogues.contact_types(), profile=profile)


def get_contact_types_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[ContactType]]:
    """The output form of `get_contact_types`."""
    return output(get_contact_types, opts, profile=profile)


def get_timeout_types(*, profile: str | None = None) -> list[TimeoutType]:
    """Get the minutes that a step of a paging policy can wait: `GET /api-public/v1/policies/types/timeouts`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.catalogues import TimeoutType

    return ask("getTimeoutTypes", many(TimeoutType), lambda client: client.catalogues.timeout_types(), profile=profile)


def get_timeout_types_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[TimeoutType]]:
    """The output form of `get_timeout_types`."""
    return output(get_timeout_types, opts, profile=profile)
