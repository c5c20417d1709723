"""People, and the teams that they are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import act, ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api.teams import TeamReference
    from pulumi_victorops.api.users import BatchResult, User, UserPayload


def get_user(username: str, *, profile: str | None = None) -> User:
    """Get one person: `GET /api-public/v1/user/{user}`.

    Args:
        username: the username, in any case.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.users import User

    return ask(
        "getUser", User.model_validate, lambda client: client.users.get(username), username=username, profile=profile
    )


def get_user_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[User]:
    """The output form of `get_user`."""
    return output(get_user, opts, username=username, profile=profile)


def get_users(*, email: str | None = None, profile: str | None = None) -> list[User]:
    """Get everybody, or those with one e-mail address: `GET /api-public/v2/user`.

    Args:
        email: the e-mail address of those who are wanted.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.users import User

    return ask("getUsers", many(User), lambda client: client.users.all(email=email), email=email, profile=profile)


def get_users_output(
    *,
    email: pulumi.Input[str] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[list[User]]:
    """The output form of `get_users`."""
    return output(get_users, opts, email=email, profile=profile)


def get_users_v1(*, profile: str | None = None) -> list[User]:
    """Get everybody, by the service's older call: `GET /api-public/v1/user`.

    The service recommends `get_users` in its place.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.users import User

    return ask("getUsersV1", many(User), lambda client: client.users.all_v1(), profile=profile)


def get_users_v1_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[User]]:
    """The output form of `get_users_v1`."""
    return output(get_users_v1, opts, profile=profile)


def get_user_teams(username: str, *, profile: str | None = None) -> list[TeamReference]:
    """Get the teams that a person is in: `GET /api-public/v1/user/{user}/teams`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.teams import TeamReference

    return ask(
        "getUserTeams",
        many(TeamReference),
        lambda client: client.users.teams(username),
        username=username,
        profile=profile,
    )


def get_user_teams_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[TeamReference]]:
    """The output form of `get_user_teams`."""
    return output(get_user_teams, opts, username=username, profile=profile)


def add_users(users: Sequence[UserPayload], *, profile: str | None = None) -> list[BatchResult]:
    """Add people in one go, each of whom gets an invitation: `POST /api-public/v1/user/batch`.

    Somebody who can't be added is no error: their result says so. Where people are to stay as a program describes
    them, there is the resource `User`.

    Args:
        users: who they are.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.users import BatchResult

    people = list(users)
    return act(
        "addUsers",
        many(BatchResult),
        lambda client: client.users.create_many(people),
        users=[person.model_dump(exclude_none=True) for person in people],
        profile=profile,
    )
