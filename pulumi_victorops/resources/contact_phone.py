"""The `ContactPhone` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class ContactPhone(VictorOpsResource, provider=providers.ContactPhone):
    """A telephone number at which a user can be paged.

    Nobody is paged by it until its owner has verified it in the web console. The id is `username/phone/extId`. The API
    can't change a number, so every change makes a new one first, which has to be verified again, and then deletes the
    old. API operations: `GET /api-public/v1/user/{user}/contact-methods`,
    `POST /api-public/v1/user/{user}/contact-methods/phones` and
    `DELETE /api-public/v1/user/{user}/contact-methods/phones/{contactId}`.

    Example:
        mobile = vo.ContactPhone("ada-mobile", username=ada.username, phone="+44 20 7946 0958", label="Mobile")
    """

    username: pulumi.Output[str]
    """The username, in lower case."""
    phone: pulumi.Output[str]
    """The number, as the program writes it."""
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
        phone: pulumi.Input[str],
        label: pulumi.Input[str],
        rank: pulumi.Input[int] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a telephone number.

        Args:
            resource_name: the name of the resource in the program.
            username: whose it is, in any case. A change replaces the number.
            phone: the number with `+` and the country's code; blanks, dots, dashes and parentheses don't matter. A
                change of its digits replaces it.
            label: what its owner calls it, one line. A change replaces the number.
            rank: its place among the user's contact methods, 0 or more; the service's choice where not given. A change
                replaces the number.
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
            {"username": username, "phone": phone, "label": label, "rank": rank},
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
    ) -> ContactPhone:
        """Look up a telephone number that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `username/phone/extId`, with the UUID that the service gave the number.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return ContactPhone._look_up(resource_name, id, opts, profile)
