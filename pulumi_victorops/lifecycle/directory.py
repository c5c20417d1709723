"""What is known of the org during one operation: each list is read once, by whoever needs it first."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRule
from pulumi_victorops.api.contacts import ContactMethods
from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.maintenance import MaintenanceInstance
from pulumi_victorops.api.notes import Note
from pulumi_victorops.api.overrides import Override
from pulumi_victorops.api.policies import Policy, PolicySummary
from pulumi_victorops.api.rotations import Rotation, RotationGroup
from pulumi_victorops.api.routing_keys import RoutingKey
from pulumi_victorops.api.teams import Team, TeamMember
from pulumi_victorops.api.users import User
from pulumi_victorops.lifecycle.memory import Memory


class Directory:
    """The org's lists. Whoever writes forgets the lists that the write changed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lists = Memory()

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

    def admins(self, team: str) -> frozenset[str]:
        """The usernames of a team's admins in lower case. No call makes or unmakes one."""
        return self._lists.get(
            ("admins", team), lambda: frozenset(person.username.lower() for person in self._client.teams.admins(team))
        )

    def policies(self) -> dict[str, PolicySummary]:
        """The org's escalation policies by slug: their names and their teams."""
        return self._lists.get(("policies", ""), lambda: {row.policy.slug: row for row in self._client.policies.all()})

    def policy_teams(self) -> dict[str, str]:
        """The team slug of each escalation policy by its own slug."""
        return {slug: row.team.slug for slug, row in self.policies().items()}

    def policy(self, slug: str) -> Policy:
        """An escalation policy with its steps; raises NotFoundError where there is none."""
        return self._lists.get(("policy", slug), lambda: self._client.policies.get(slug))

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

    def overrides(self) -> list[Override]:
        """The org's overrides with their assignments."""
        return self._lists.get(("overrides", ""), self._client.overrides.all)

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

    @property
    def changes(self) -> int:
        """How often a write of this process has changed something."""
        return self._lists.changes

    def wait_for_change(self, since: int, seconds: float) -> bool:
        """Wait for a further change; False if nobody changes anything for so long."""
        return self._lists.wait_for_change(since, seconds)

    def users_changed(self) -> None:
        """A user came, or was changed."""
        self._lists.forget(("users", ""))

    def teams_changed(self) -> None:
        """A team came, or was changed."""
        self._lists.forget(("teams", ""))

    def members_changed(self, team: str) -> None:
        """Somebody joined a team."""
        self._lists.forget(("members", team), ("rotations", team))

    def member_went(self, team: str, username: str) -> None:
        """Somebody left a team in which nothing names them."""
        self._lists.edit(("members", team), lambda members: _without(members, username))

    def user_went(self, username: str) -> None:
        """Somebody left the org in which nothing names them."""
        self._lists.forget(("contacts", username))
        self._lists.edit(("users", ""), lambda users: _without(users, username))
        self._lists.edit_all("members", lambda members: _without(members, username))

    def handed_over(self, policies: Collection[str], teams: Collection[str]) -> None:
        """Somebody took another's place in policies, in the rotations of teams, and in overrides."""
        self._lists.forget(*(("policy", slug) for slug in policies), *(("rotations", team) for team in teams))
        self._lists.forget(("overrides", ""))
        self._lists.forget_all("override")

    def team_went(self, team: str) -> None:
        """A team went with its rotations and policies, and with these the keys that led only there."""
        self._lists.edit(("teams", ""), lambda teams: _without(teams, team))
        self._lists.edit(
            ("policies", ""), lambda rows: {slug: row for slug, row in rows.items() if row.team.slug != team}
        )
        self._lists.forget(("members", team), ("rotations", team), ("rotation_groups", team), ("routing_keys", ""))
        self._lists.forget_all("override")

    def policies_changed(self) -> None:
        """A policy came, to which no key leads yet, and with it perhaps places for covers."""
        self._lists.forget(("policies", ""), ("overrides", ""))
        self._lists.forget_all("override")

    def policy_changed(self, slug: str) -> None:
        """A policy pages others now, and there are places for covers of others."""
        self._lists.forget(("policy", slug), ("overrides", ""))
        self._lists.forget_all("override")

    def policy_went(self, slug: str) -> None:
        """A policy went, and with it the keys that led only there, and places for covers."""
        self._lists.edit(("policies", ""), lambda policies: _without(policies, slug))
        self._lists.edit(("routing_keys", ""), lambda keys: _led_elsewhere(keys, slug))
        self._lists.forget(("policy", slug))
        self._lists.forget_all("override")

    def routing_keys_changed(self) -> None:
        """A routing key came."""
        self._lists.forget(("routing_keys", ""))

    def rotations_changed(self, team: str) -> None:
        """A rotation of a team came."""
        self._lists.forget(("rotations", team), ("rotation_groups", team))

    def rotation_went(self, team: str, group_id: int) -> None:
        """A rotation of a team went."""
        self._lists.edit(("rotations", team), lambda rotations: _without(rotations, group_id))
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
        self._lists.forget(("overrides", ""))

    def override_changed(self, public_id: str) -> None:
        """An override came or went, or somebody covers in it now or no longer does."""
        self._lists.forget(("override", public_id), ("overrides", ""))

    def maintenance_changed(self) -> None:
        """A maintenance mode began or ended."""
        self._lists.forget(("maintenance", ""))

    def notes_changed(self, incident: str) -> None:
        """A note came, changed or went."""
        self._lists.forget(("notes", incident))

    def everything_changed(self) -> None:
        """Nothing that was read is to be relied upon any more."""
        self._lists.clear()


K = TypeVar("K")
V = TypeVar("V")


def _without(rows: dict[K, V], gone: K) -> dict[K, V]:
    return {key: row for key, row in rows.items() if key != gone}


def _led_elsewhere(keys: dict[str, RoutingKey], policy: str) -> dict[str, RoutingKey]:
    """The keys that are left when a policy goes."""
    rest = {
        name: key.model_copy(update={"targets": [one for one in key.targets if one.policy_slug != policy]})
        for name, key in keys.items()
    }
    # A key that led nowhere before is none that goes now.
    return {name: key for name, key in rest.items() if key.targets or not keys[name].targets}
