"""The programs that the end-to-end tests bring up: one small org, of which each test changes a part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pulumi

import pulumi_victorops as vo


def small_org(
    *,
    user: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
    membership: Mapping[str, Any] | None = None,
    policy: Mapping[str, Any] | None = None,
    key: Mapping[str, Any] | None = None,
    without: Sequence[str] = (),
) -> Callable[[], None]:
    """One of each: ada in the team Platform, who is paged by the key `database`.

    The mappings replace arguments; `without` leaves resources out by name.
    """

    def program() -> None:
        ada = vo.User(
            "ada",
            **{
                "username": "ada",
                "first_name": "Ada",
                "last_name": "Byron",
                "email": "ada@example.com",
                "replacement_user": "admin",
                **(user or {}),
            },
        )
        platform = vo.Team("platform", **{"name": "Platform", **(team or {})})
        pulumi.export("team", platform.slug)
        pulumi.export("created_at", ada.created_at)
        if "ada-platform" not in without:
            vo.TeamMembership(
                "ada-platform",
                **{
                    "team": platform.slug,
                    "username": ada.username,
                    "replacement_user": "admin",
                    **(membership or {}),
                },
            )
        if "page" in without:
            return
        page = vo.EscalationPolicy(
            "page",
            **{
                "team": platform.slug,
                "name": "Page Platform",
                "steps": [
                    vo.Step(timeout=0, entries=[vo.Notify.user(ada.username)]),
                    vo.Step(timeout=15, entries=[vo.Notify.email("noc@example.com"), vo.Notify.user("admin")]),
                ],
                **(policy or {}),
            },
        )
        pulumi.export("policy", page.slug)
        if "database" not in without:
            vo.RoutingKey("database", **{"routing_key": "database", "targets": [page.slug], **(key or {})})

    return program
