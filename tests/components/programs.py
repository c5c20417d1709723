"""Programs of engineers and teams, of which each test changes a part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pulumi

import pulumi_victorops as vo


def engineer(username: str, **arguments: Any) -> vo.OnCallEngineer:
    return vo.OnCallEngineer(
        username,
        **{
            "username": username,
            "first_name": username.title(),
            "last_name": "Example",
            "email": f"{username}@example.com",
            **arguments,
        },
    )


def one_engineer(**arguments: Any) -> Callable[[], None]:
    """Ada, in the team Data."""

    def program() -> None:
        data = vo.Team("data", name="Data")
        pulumi.export("data", data.slug)
        engineer("ada", teams={"data": data.slug}, **arguments)

    return program


def one_team(
    *roster: str, engineers: Sequence[str] = ("ada", "grace", "linus"), **arguments: Any
) -> Callable[[], None]:
    """The team Platform; those of its roster who are no engineers of the program are usernames only."""

    def program() -> None:
        made = {username: engineer(username) for username in engineers}
        platform = vo.OnCallTeam(
            "platform",
            **{
                "name": "Platform",
                "roster": [made.get(username, username) for username in roster],
                "timezone": "Europe/London",
                "routing_keys": ["database", "network"],
                **arguments,
            },
        )
        pulumi.export("team", platform.slug)
        pulumi.export("policy", platform.policy_slug)
        pulumi.export("rotation", platform.rotation_slug)
        pulumi.export("keys", [key.routing_key for key in platform.routing_keys.values()])

    return program
