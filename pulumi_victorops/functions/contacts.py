"""How people are reached: contact methods, paging policies, and what those may be made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api.catalogues import ContactType, NotificationType, TimeoutType
    from pulumi_victorops.api.contacts import ContactMethods
    from pulumi_victorops.api.paging import PagingPolicy, PagingStep


def get_contact_methods(username: str) -> ContactMethods:
    """Get a person's addresses, numbers and devices: `GET /api-public/v1/user/{user}/contact-methods`.

    Args:
        username: the username.
    """
    from pulumi_victorops.api.contacts import ContactMethods

    return ask(
        "getContactMethods",
        ContactMethods.model_validate,
        lambda client: client.contacts.all(username),
        username=username,
    )


def get_contact_methods_output(
    username: pulumi.Input[str], *, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[ContactMethods]:
    """The output form of `get_contact_methods`."""
    return output(get_contact_methods, opts, username=username)


def get_paging_policy(username: str) -> list[PagingStep]:
    """Get the steps of a person's primary paging policy: `GET /api-public/v1/profile/{username}/policies`.

    Args:
        username: the username.
    """
    from pulumi_victorops.api.paging import PagingStep

    return ask("getPagingPolicy", many(PagingStep), lambda client: client.paging.steps(username), username=username)


def get_paging_policy_output(
    username: pulumi.Input[str], *, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[PagingStep]]:
    """The output form of `get_paging_policy`."""
    return output(get_paging_policy, opts, username=username)


def get_paging_policies(username: str) -> list[PagingPolicy]:
    """Get a person's paging policies, the primary one first: `GET /api-public/v2/profile/{username}/policies`.

    Args:
        username: the username.
    """
    from pulumi_victorops.api.paging import PagingPolicy

    return ask(
        "getPagingPolicies", many(PagingPolicy), lambda client: client.paging.policies(username), username=username
    )


def get_paging_policies_output(
    username: pulumi.Input[str], *, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[PagingPolicy]]:
    """The output form of `get_paging_policies`."""
    return output(get_paging_policies, opts, username=username)


def get_notification_types() -> list[NotificationType]:
    """Get the ways in which a paging policy can tell people: `GET /api-public/v1/policies/types/notifications`."""
    from pulumi_victorops.api.catalogues import NotificationType

    return ask("getNotificationTypes", many(NotificationType), lambda client: client.catalogues.notification_types())


def get_notification_types_output(
    *, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[NotificationType]]:
    """The output form of `get_notification_types`."""
    return output(get_notification_types, opts)


def get_contact_types() -> list[ContactType]:
    """Get the kinds of contact methods that a paging rule can name: `GET /api-public/v1/policies/types/contacts`."""
    from pulumi_victorops.api.catalogues import ContactType

    return ask("getContactTypes", many(ContactType), lambda client: client.catalogues.contact_types())


def get_contact_types_output(*, opts: pulumi.InvokeOutputOptions | None = None) -> pulumi.Output[list[ContactType]]:
    """The output form of `get_contact_types`."""
    return output(get_contact_types, opts)


def get_timeout_types() -> list[TimeoutType]:
    """Get the minutes that a step of a paging policy can wait: `GET /api-public/v1/policies/types/timeouts`."""
    from pulumi_victorops.api.catalogues import TimeoutType

    return ask("getTimeoutTypes", many(TimeoutType), lambda client: client.catalogues.timeout_types())


def get_timeout_types_output(*, opts: pulumi.InvokeOutputOptions | None = None) -> pulumi.Output[list[TimeoutType]]:
    """The output form of `get_timeout_types`."""
    return output(get_timeout_types, opts)
