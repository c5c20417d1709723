"""The `ContactEmail` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class ContactEmail(VictorOpsResource, provider=providers.ContactEmail):
    """A further e-mail address at which a user can be paged.

    The first one, labelled `Default`, comes with the user and follows `User.email`. The id is `username/email/extId`.
    The API can't change an address, so every change makes a new one first and then deletes the old. API operations:
    `GET /api-public/v1/user/{user}/contact-methods`, `POST /api-public/v1/user/{user}/contact-methods/emails` and
    `DELETE /api-public/v1/user/{user}/contact-methods/emails/{contactId}`.

    Example:
        home = vo.ContactEmail("ada-home", username=ada.username, email="ada@home.example.com", label="Home")
    """

    username: pulumi.Output[str]
    """The username, in lower case."""
    email: pulumi.Output[str]
    """The address."""
    label: pulumi.Output[str]
    """What its owner calls it."""
    rank: pulumi.Output[int | None]
    """Its place among the user's contact methods, where the program gives one."""
    contact_id: pulumi.Output[int]
    """The number by which paging rules refer to it."""
    ext_id: pulumi.Output[str]
    """The last part of its id, a UUID."""

    def __init__(
        self,
        resource_name: str,
        *,
        username: pulumi.Input[str],
        email: pulumi.Input[str],
        label: pulumi.Input[str],
        rank: pulumi.Input[int] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an e-mail address.

        Args:
            resource_name: the name of the resource in the program.
            username: whose it is, in any case. A change replaces the address.
            email: the address, in any case. A change replaces it.
            label: what its owner calls it, one line, but not `Default`. A change replaces the address.
            rank: its place among the user's contact methods, 0 or more; the service's choice where not given. A change
                replaces the address.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and an unknown user fails the
            update.
        """
        self._register(
            resource_name,
            {"username": username, "email": email, "label": label, "rank": rank},
            opts,
            adopt=adopt,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> ContactEmail:
        """Look up an e-mail address that the program doesn't manage, be it the one that comes with a user.

        Args:
            resource_name: the name of the resource in the program.
            id: `username/email/extId`, with the UUID that the service gave the address.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return ContactEmail._look_up(resource_name, id, opts, profile)
