"""The `PagingPolicy` resource, and what its steps are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pulumi
from typing_extensions import Required, TypedDict

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource

PagingType = Literal["push", "email", "sms", "phone"]
"""The ways of telling somebody, in VictorOps's own words."""


class PagingRule(TypedDict, total=False):
    """One way of telling somebody. `Page` makes one of each type; a plain dict does too.

    Attributes:
        type: one of `PagingType`.
        contact_id: the number of the e-mail address or telephone, as `contact.contact_id` gives it. None for `push`,
            which goes to all devices; an `email` without one goes to the address that comes with the user.
    """

    type: Required[pulumi.Input[PagingType]]
    contact_id: pulumi.Input[int]


class PagingStep(TypedDict):
    """A step of a paging policy, as `PagingStep(timeout=..., rules=[...])` or as a plain dict.

    Attributes:
        timeout: for how many minutes the next step waits: 1, 5, 10, 15, 20, 25, 30, 45 or 60.
        rules: the ways of telling, all at the same time; at least one, none of them twice.
    """

    timeout: pulumi.Input[int]
    rules: pulumi.Input[Sequence[pulumi.Input[PagingRule]]]


class Page:
    """Makes the rules of a step, one method for each way of telling somebody."""

    @staticmethod
    def push() -> PagingRule:
        """Send a push notification to all the user's devices."""
        return PagingRule(type="push")

    @staticmethod
    def default_email() -> PagingRule:
        """Write to the address that comes with the user, which `User.email` sets."""
        return PagingRule(type="email")

    @staticmethod
    def email(contact_id: pulumi.Input[int]) -> PagingRule:
        """Write to an e-mail address, by `contact.contact_id`."""
        return PagingRule(type="email", contact_id=contact_id)

    @staticmethod
    def sms(contact_id: pulumi.Input[int]) -> PagingRule:
        """Send a text message to a verified telephone, by `contact.contact_id`."""
        return PagingRule(type="sms", contact_id=contact_id)

    @staticmethod
    def phone(contact_id: pulumi.Input[int]) -> PagingRule:
        """Call a verified telephone, by `contact.contact_id`."""
        return PagingRule(type="phone", contact_id=contact_id)


class PagingPolicy(VictorOpsResource, provider=providers.PagingPolicy):
    """A user's primary paging policy: how they are told, step by step, when they are paged.

    Every user has one from the start, so the resource takes it over as a whole, and only what differs is sent. When the
    resource goes, the policy becomes that of a new user: after 5 minutes an e-mail to the address that came with the
    user. The id is the username. API operations: `GET` and `POST` `/api-public/v1/profile/{username}/policies`, `PUT
    /api-public/v1/profile/{username}/policies/{step}`, `DELETE
    /api-public/v1/profile/{username}/policies/{step}/{rule}`, and `GET /api-public/v1/user/{user}/contact-methods`
    where a rule is for the address that came with the user.

    Example:
        vo.PagingPolicy("ada", username=ada.username, steps=[
            vo.PagingStep(timeout=5, rules=[vo.Page.push(), vo.Page.default_email()]),
            vo.PagingStep(timeout=10, rules=[vo.Page.phone(mobile.contact_id)]),
        ])
    """

    username: pulumi.Output[str]
    """The username, in lower case."""
    steps: pulumi.Output[Sequence[Mapping[str, Any]]]
    """The steps, in order."""

    def __init__(
        self,
        resource_name: str,
        *,
        username: pulumi.Input[str],
        steps: pulumi.Input[Sequence[pulumi.Input[PagingStep]]],
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a user's primary paging policy.

        Args:
            resource_name: the name of the resource in the program.
            username: whose it is, in any case. A change takes over another user's, and gives the old one back.
            steps: what happens, in order; at least one. Each is a `PagingStep` or a dict with `timeout` (minutes) and
                `rules`, whose order doesn't matter. Changed in place.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, such as
            `steps[1].rules[0].contact_id`; a contact of another user or a telephone that isn't verified fails the
            update.
        """
        self._register(resource_name, {"username": username, "steps": steps}, opts, profile=profile)

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> PagingPolicy:
        """Look up a primary paging policy that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the username.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return PagingPolicy._look_up(resource_name, id, opts, profile)
