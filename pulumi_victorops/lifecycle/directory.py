"""What is known of the org during one operation: each list is read once, by whoever needs it first."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TypeVar

from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRule
from pulumi_victorops.api.contacts import ContactMethods
from pulumi_victorops.api.errors import NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.maintenance import MaintenanceInstance
from pulumi_victorops.api.notes import Note
from pulumi_victorops.api.overrides import Override
from pulumi_victorops.api.policies import Policy, PolicySummary
from pulumi_victorops.api.rotations import Rotation, RotationGroup
from pulumi_victorops.api.routing_keys import RoutingKey
from pulumi_victorops.api.teams import Team, TeamMember
from pulumi_victorops.api.users import User
from pulumi_victorops.lifecycle.changes import Changes
from pulumi_victorops.lifecycle.company import Company

T = TypeVar("T")


class Directory(Changes):
    """The org's lists, and the few objects that are read alone.

    A user, a team or an override is asked for alone while it's the only one that is wanted, so that a small stack
    doesn't read all of a big org. From the second on the list serves them: one call, however many there are. Where the
    stack is known to have several, the first is taken from the list too; and where nothing is known, a refresh asks
    for one alone when all else has been read.
    """

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self._lock = threading.Lock()
        self._wanted: defaultdict[str, set[str]] = defaultdict(set)
        self._expected: dict[str, int] = {}
        self._company = Company()

    def expect(self, counts: Mapping[str, int]) -> None:
        """What a stack is known to have: how many objects of each kind of resource."""
        for kind, count in counts.items():
            self._expected[kind] = max(count, self._expected.get(kind, 0))

    def refreshing(self) -> AbstractContextManager[None]:
        """What this thread reads meanwhile is for a refresh, which reads others as well."""
        return self._company.reading()

    def user(self, username: str) -> User:
        """A user; raises NotFoundError where there is none."""
        name = username.lower()
        return self._one("User", ("user", name), lambda: self._client.users.get(username), ("users", ""), self.users)

    def users(self) -> dict[str, User]:
        """The org's users by their usernames in lower case."""

        def fetch() -> list[User]:
            try:
                return self._client.users.all()
            except NotFoundError:
                # Older services have the older list only.
                return self._client.users.all_v1()

        return self._all("users", fetch, lambda user: user.username.lower())

    def team(self, slug: str) -> Team:
        """A team; raises NotFoundError where there is none."""
        return self._one("Team", ("team", slug), lambda: self._client.teams.get(slug), ("teams", ""), self.teams)

    def teams(self) -> dict[str, Team]:
        """The org's teams by their slugs."""
        return self._all("teams", self._client.teams.all, lambda team: team.slug)

    def members(self, team: str) -> dict[str, TeamMember]:
        """A team's members by their usernames in lower case."""
        return self._lists.get(
            ("members", team),
            lambda: {person.username.lower(): person for person in self._client.teams.members(team)},
        )

    def admins(self, team: str) -> frozenset[str]:
        """The usernames of a team's admins in lower case. No call makes or unmakes one."""
        return self._lists.get(
            ("admins", team), lambda: frozenset(person.username.lower() for person in self._client.teams.admins(team))
        )

    def policies(self) -> dict[str, PolicySummary]:
        """The org's escalation policies by slug: their names and their teams."""
        return self._all("policies", self._client.policies.all, lambda row: row.policy.slug)

    def policy_teams(self) -> dict[str, str]:
        """The team slug of each escalation policy by its own slug."""
        return {slug: row.team.slug for slug, row in self.policies().items()}

    def policy(self, slug: str) -> Policy:
        """An escalation policy with its steps; raises NotFoundError where there is none."""
        return self._lists.get(("policy", slug), lambda: self._client.policies.get(slug))

    def routing_keys(self) -> dict[str, RoutingKey]:
        """The org's routing keys by name."""
        return self._all("routing_keys", self._client.routing_keys.all, lambda row: row.routing_key)

    def rotations(self, team: str) -> dict[int, Rotation]:
        """A team's rotations with their shifts, by number."""
        return self._lists.get(
            ("rotations", team),
            lambda: {row.group_id: row for row in self._client.rotations.all(team)},
        )

    def rotation_groups(self, team: str, having: int | None = None) -> list[RotationGroup]:
        """A team's rotations with their slugs. A list without the number that is looked for is read again."""
        return self._lists.get(
            ("rotation_groups", team),
            lambda: self._client.rotations.groups(team),
            enough=lambda groups: having is None or any(group.group_id == having for group in groups),
        )

    def shift_ids(self, rotation: str) -> Mapping[str, int] | None:
        """The numbers of a rotation's shifts by label, where this process has made it or asked before."""
        return self._lists.kept(("shift_ids", rotation))

    def contacts(self, username: str) -> ContactMethods:
        """A user's e-mail addresses, telephone numbers and devices."""
        return self._lists.get(("contacts", username.lower()), lambda: self._client.contacts.all(username))

    def alert_rules(self) -> dict[str, AlertRule]:
        """The org's alert rules by their ids."""
        return self._all("alert_rules", self._client.alert_rules.all, lambda rule: str(rule.id))

    def override(self, public_id: str) -> Override:
        """An override with its assignments; raises NotFoundError where there is none."""

        def alone() -> Override:
            return self._client.overrides.get(public_id)

        return self._one("Override", ("override", public_id), alone, ("overrides", ""), self.overrides)

    def overrides(self) -> dict[str, Override]:
        """The org's overrides with their assignments, by their public ids."""
        return self._all("overrides", self._client.overrides.all, lambda override: override.public_id)

    def override_end(self, public_id: str) -> str:
        """When an override is over, which never changes."""
        return self._lists.get(("override_end", public_id), lambda: self.override(public_id).end)

    def maintenance(self) -> dict[str, MaintenanceInstance]:
        """The org's active maintenance modes by their ids."""
        return self._all(
            "maintenance", lambda: self._client.maintenance.state().active_instances, lambda one: one.instance_id
        )

    def notes(self, incident: str) -> dict[str, Note]:
        """An incident's notes by name."""
        return self._lists.get(
            ("notes", incident), lambda: {note.name: note for note in self._client.notes.all(incident)}
        )

    def _all(self, what: str, fetch: Callable[[], list[T]], key: Callable[[T], str]) -> dict[str, T]:
        """A list of the whole org. Without it nothing is known of what would be in it, least of all that it's gone."""

        def by_key() -> dict[str, T]:
            try:
                return {key(row): row for row in fetch()}
            except NotFoundError as error:
                raise UnexpectedResponseError(str(error), operation=error.operation, status=error.status) from None

        return self._lists.get((what, ""), by_key)

    def _one(
        self,
        kind: str,
        this: tuple[str, str],
        alone: Callable[[], T],
        every: tuple[str, str],
        listed: Callable[[], dict[str, T]],
    ) -> T:
        """One object of a kind: read alone, or found in the list where others are wanted as well."""
        with self._lock:
            wanted = self._wanted[kind]
            wanted.add(this[1])
        self._company.came()

        def has_company() -> bool:
            return max(len(wanted), self._expected.get(kind, 0)) > 1 or self._lists.is_wanted(every)

        self._company.wait(has_company)
        if not has_company():
            return self._lists.get(this, alone)
        found = listed().get(this[1])
        if found is None:
            raise NotFoundError(f"there is no {kind} {this[1]!r} in the list")
        return found
