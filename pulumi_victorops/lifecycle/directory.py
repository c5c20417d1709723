"""What is known of the org during one operation: each list is read once, by whoever needs it first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pulumi_victorops.api import Client
from pulumi_victorops.api.routing_keys import RoutingKey
from pulumi_victorops.api.teams import TeamMember

T = TypeVar("T")


class Directory:
    """The org's lists. Whoever writes forgets the lists that the write changed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lists = _Memory()

    def members(self, team: str) -> dict[str, TeamMember]:
        """A team's members by their usernames in lower case."""
        return self._lists.get(
            ("members", team),
            lambda: {person.username.lower(): person for person in self._client.teams.members(team)},
        )

    def policy_teams(self) -> dict[str, str]:
        """The team slug of each escalation policy by its own slug."""
        return self._lists.get(
            ("policies", ""),
            lambda: {row.policy.slug: row.team.slug for row in self._client.policies.all()},
        )

    def routing_keys(self) -> dict[str, RoutingKey]:
        """The org's routing keys by name."""
        return self._lists.get(
            ("routing_keys", ""),
            lambda: {row.routing_key: row for row in self._client.routing_keys.all()},
        )

    def members_changed(self, team: str) -> None:
        """Somebody joined or left a team."""
        self._lists.forget(("members", team))

    def policies_changed(self) -> None:
        """A policy came or went, and with it perhaps keys that led only there."""
        self._lists.forget(("policies", ""))
        self._lists.forget(("routing_keys", ""))

    def routing_keys_changed(self) -> None:
        """A routing key came."""
        self._lists.forget(("routing_keys", ""))

    def everything_changed(self) -> None:
        """A user or a team went, which reaches into every list."""
        self._lists.clear()


class _Slot:
    """One list that is being read or has been."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.filled = False
        self.value: Any = None


class _Memory:
    """Values by key. A value that is wanted by several threads at once is fetched by one of them."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, str], _Slot] = {}
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str], fetch: Callable[[], T]) -> T:
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
        with slot.lock:
            if not slot.filled:
                slot.value = fetch()
                slot.filled = True
            return cast("T", slot.value)

    def forget(self, key: tuple[str, str]) -> None:
        # A fetch that is under way fills a slot that nobody will look at any more.
        with self._lock:
            self._slots.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._slots.clear()
