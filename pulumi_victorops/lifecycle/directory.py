"""What is known of the org during one operation: each list is read once, by whoever needs it first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRule
from pulumi_victorops.api.contacts import ContactMethods
from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.maintenance import MaintenanceInstance
from pulumi_victorops.api.notes import Note
from pulumi_victorops.api.overrides import Override
from pulumi_victorops.api.rotations import Rotation, RotationGroup
from pulumi_victorops.api.routing_keys import RoutingKey
from pulumi_victorops.api.teams import Team, TeamMember
from pulumi_victorops.api.users import User

T = TypeVar("T")


class Directory:
    """The org's lists. Whoever writes forgets the lists that the write changed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lists = _Memory()

    def users(self) -> dict[str, User]:
        """The org's users by their usernames in lower case; none where an older service has no such list."""

        def fetch() -> dict[str, User]:
            try:
                return {one.username.lower(): one for one in self._client.users.all()}
            except NotFoundError:
                return {}

        return self._lists.get(("users", ""), fetch)

    def teams(self) -> dict[str, Team]:
        """The org's teams by their slugs."""
        return self._lists.get(("teams", ""), lambda: {one.slug: one for one in self._client.teams.all()})

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

    def rotations(self, team: str) -> dict[int, Rotation]:
        """A team's rotations with their shifts, by number."""
        return self._lists.get(
            ("rotations", team),
            lambda: {row.group_id: row for row in self._client.rotations.all(team)},
        )

    def rotation_groups(self, team: str) -> list[RotationGroup]:
        """A team's rotations with their slugs."""
        return self._lists.get(("rotation_groups", team), lambda: self._client.rotations.groups(team))

    def contacts(self, username: str) -> ContactMethods:
        """A user's e-mail addresses, telephone numbers and devices."""
        return self._lists.get(("contacts", username.lower()), lambda: self._client.contacts.all(username))

    def alert_rules(self) -> dict[str, AlertRule]:
        """The org's alert rules by their ids."""
        return self._lists.get(
            ("alert_rules", ""), lambda: {str(rule.id): rule for rule in self._client.alert_rules.all()}
        )

    def override(self, public_id: str) -> Override:
        """An override with its assignments; raises NotFoundError where there is none."""
        return self._lists.get(("override", public_id), lambda: self._client.overrides.get(public_id))

    def override_end(self, public_id: str) -> str:
        """When an override is over, which never changes."""
        return self._lists.get(("override_end", public_id), lambda: self.override(public_id).end)

    def maintenance(self) -> dict[str, MaintenanceInstance]:
        """The org's active maintenance modes by their ids."""
        return self._lists.get(
            ("maintenance", ""),
            lambda: {one.instance_id: one for one in self._client.maintenance.state().active_instances},
        )

    def notes(self, incident: str) -> dict[str, Note]:
        """An incident's notes by name."""
        return self._lists.get(
            ("notes", incident), lambda: {note.name: note for note in self._client.notes.all(incident)}
        )

    def users_changed(self) -> None:
        """A user came, or was changed."""
        self._lists.forget(("users", ""))

    def teams_changed(self) -> None:
        """A team came, or was changed."""
        self._lists.forget(("teams", ""))

    def members_changed(self, team: str) -> None:
        """Somebody joined or left a team, and their turns in its rotations with them."""
        self._lists.forget(("members", team))
        self._lists.forget(("rotations", team))

    def policies_changed(self) -> None:
        """A policy came or went, and with it perhaps keys that led only there, and places for covers."""
        self._lists.forget(("policies", ""))
        self._lists.forget(("routing_keys", ""))
        self._lists.forget_all("override")

    def routing_keys_changed(self) -> None:
        """A routing key came."""
        self._lists.forget(("routing_keys", ""))

    def rotations_changed(self, team: str) -> None:
        """A rotation of a team came or went."""
        self._lists.forget(("rotations", team))
        self._lists.forget(("rotation_groups", team))

    def turn_given(self, team: str) -> None:
        """It was made somebody's turn in a rotation of a team."""
        self._lists.forget(("rotations", team))

    def contacts_changed(self, username: str) -> None:
        """A contact method of a user came or went, or was changed."""
        self._lists.forget(("contacts", username.lower()))

    def alert_rules_changed(self) -> None:
        """An alert rule came, went or was changed, and the ranks of others with it."""
        self._lists.forget(("alert_rules", ""))

    def override_made(self, override: Override) -> None:
        """An override came, and when it's over needn't be asked."""
        self._lists.get(("override_end", override.public_id), lambda: override.end)

    def override_changed(self, public_id: str) -> None:
        """Somebody covers now or no longer does, or the override went."""
        self._lists.forget(("override", public_id))

    def maintenance_changed(self) -> None:
        """A maintenance mode began or ended."""
        self._lists.forget(("maintenance", ""))

    def notes_changed(self, incident: str) -> None:
        """A note came, changed or went."""
        self._lists.forget(("notes", incident))

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

    def forget_all(self, what: str) -> None:
        with self._lock:
            self._slots = {key: slot for key, slot in self._slots.items() if key[0] != what}

    def clear(self) -> None:
        with self._lock:
            self._slots.clear()
