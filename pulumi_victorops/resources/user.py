"""The `User` resource."""

from __future__ import annotations

from typing import Literal, TypeAlias

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource

ReplacementStrategy: TypeAlias = Literal["specifiedUser", "globalAdmin", "teamAdmin", "findReplacement"]
"""How it is chosen who takes over from a deleted user."""


class User(VictorOpsResource, provider=providers.User):
    """A person who can be paged.

    The service sends the person an invitation when the user is made; until it's accepted, nobody is paged by it. Its
    id is the username. API operations: `POST /api-public/v1/user` and `GET`, `PUT`, `DELETE`
    `/api-public/v1/user/{user}`.

    Example:
        ada = vo.User("ada", username="ada", first_name="Ada", last_name="Lovelace",
                      email="ada@example.com", replacement_user="oncall-lead")
    """

    username: pulumi.Output[str]
    """The username, in lower case."""
    first_name: pulumi.Output[str]
    """The first name."""
    last_name: pulumi.Output[str]
    """The last name."""
    email: pulumi.Output[str]
    """The e-mail address."""
    expiration_hours: pulumi.Output[int | None]
    """For how many hours the invitation holds, as the program says."""
    replacement_user: pulumi.Output[str | None]
    """Who takes over when the user is deleted, as the program says."""
    replacement_strategy: pulumi.Output[str | None]
    """How it is chosen who takes over, as the program says."""
    created_at: pulumi.Output[str]
    """When the user was made, as the service tells it: `yyyy-MM-ddTHH:mm:ssZ`."""

    def __init__(
        self,
        resource_name: str,
        *,
        username: pulumi.Input[str],
        first_name: pulumi.Input[str],
        last_name: pulumi.Input[str],
        email: pulumi.Input[str],
        expiration_hours: pulumi.Input[int] | None = None,
        replacement_user: pulumi.Input[str] | None = None,
        replacement_strategy: pulumi.Input[ReplacementStrategy] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a user.

        Args:
            resource_name: the name of the resource in the program.
            username: 1 to 128 letters in lower case, digits or . _ - + @; unique in the org. A change replaces the
                user: the new one is made first, unless it has the same e-mail address.
            first_name: the first name, one line.
            last_name: the last name, one line.
            email: the e-mail address, unique in the org. A default contact method is made of it.
            expiration_hours: for how many hours the invitation holds, 1 to 8784; 24 where not given. Counts only when
                the user is made; a later change has no effect on the service.
            replacement_user: the username of who takes over rotations, escalation policies and overrides when the
                user is deleted. Without one, `victorops:defaultReplacement` does; without either, a user who is named
                anywhere isn't deleted. Kept in the stack only.
            replacement_strategy: how it is chosen who takes over: `specifiedUser` (as without it), or by the service:
                `globalAdmin`, the first admin of the org; `teamAdmin`, an admin of each team concerned;
                `findReplacement`, whom the service thinks best. These leave no place for `replacement_user`, and
                `victorops:defaultReplacement` doesn't count. Kept in the stack only.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and a username or address
            that somebody else has fails the update.
        """
        self._register(
            resource_name,
            {
                "username": username,
                "first_name": first_name,
                "last_name": last_name,
                "email": email,
                "expiration_hours": expiration_hours,
                "replacement_user": replacement_user,
                "replacement_strategy": replacement_strategy,
            },
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
    ) -> User:
        """Look up a user that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the username.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return User._look_up(resource_name, id, opts, profile)
