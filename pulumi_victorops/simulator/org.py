"""The org in memory: records in dicts, and the indexes that save a search."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pulumi_victorops.simulator.bodies import first_error
from pulumi_victorops.simulator.consistency import oncall_contradictions
from pulumi_victorops.simulator.desk import Desk
from pulumi_victorops.simulator.duty import Duty
from pulumi_victorops.simulator.records import (
    SNAPSHOT_VERSION,
    Entry,
    Policy,
    RoutingKey,
    Snapshot,
    Team,
    User,
    Webhook,
)

if TYPE_CHECKING:
    from pulumi_victorops.simulator.ids import IdSource

_FIRST_NUMBER = 100_000


class SnapshotError(ValueError):
    """A document that is no snapshot, or one that contradicts itself."""


class Org:
    """All that the service knows of one org. Records are added and removed here, so that indexes hold."""

    def __init__(self, company: str, ids: IdSource, serial: int = 0) -> None:
        """Begin with nothing in it."""
        self.company = company
        self._ids = ids
        self._serial = serial
        self.users: dict[str, User] = {}
        self.teams: dict[str, Team] = {}
        self.policies: dict[str, Policy] = {}
        self.routing_keys: dict[str, RoutingKey] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.duty = Duty()
        self.desk = Desk()
        self._username_of_email: dict[str, str] = {}
        self._team_of_name: dict[str, str] = {}
        self._teams_of_user: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._policies_of_team: defaultdict[str, dict[str, None]] = defaultdict(dict)

    # Identifiers

    def new_slug(self, prefix: str, length: int = 16) -> str:
        """Make a slug that nothing has yet: a prefix and so many letters and digits."""
        return self._ids.slug(self._next(), prefix, length)

    def new_uuid(self) -> str:
        """Make a UUID."""
        return self._ids.uuid(self._next())

    def new_number(self) -> int:
        """Make an integer id."""
        return _FIRST_NUMBER + self._next()

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    # Users

    def user_with_email(self, email: str) -> User | None:
        """Find a user by address, whatever its case."""
        username = self._username_of_email.get(email.lower())
        return self.users[username] if username is not None else None

    def key_owner(self) -> str:
        """Say in whose name things are done by API: that of the first global admin, since admins make the keys."""
        return next((user.username for user in self.users.values() if user.global_admin), "api")

    def add_user(self, user: User) -> None:
        """Take a user in."""
        self.users[user.username] = user
        self._username_of_email[user.email.lower()] = user.username

    def change_email(self, user: User, email: str) -> None:
        """Give a user another address."""
        del self._username_of_email[user.email.lower()]
        user.email = email
        self._username_of_email[email.lower()] = user.username

    def remove_user(self, user: User) -> None:
        """Let a user go, out of all teams too."""
        for team in self.teams_of(user.username):
            self.remove_member(team, user.username)
        self.duty.forget_user(user.username)
        self._teams_of_user.pop(user.username, None)
        del self._username_of_email[user.email.lower()]
        del self.users[user.username]

    # Teams

    def team_named(self, name: str) -> Team | None:
        """Find a team by name, whatever its case."""
        slug = self._team_of_name.get(name.lower())
        return self.teams[slug] if slug is not None else None

    def teams_of(self, username: str) -> list[Team]:
        """List the teams that a user is a member of."""
        return [self.teams[slug] for slug in self._teams_of_user.get(username, ())]

    def policies_of(self, team: Team) -> list[Policy]:
        """List the escalation policies of a team."""
        return [self.policies[slug] for slug in self._policies_of_team.get(team.slug, ())]

    def add_team(self, team: Team) -> None:
        """Take a team in, with its members."""
        self.teams[team.slug] = team
        self._team_of_name[team.name.lower()] = team.slug
        for username in team.members:
            self._teams_of_user[username][team.slug] = None

    def rename_team(self, team: Team, name: str) -> None:
        """Give a team another name."""
        del self._team_of_name[team.name.lower()]
        team.name = name
        self._team_of_name[name.lower()] = team.slug

    def remove_team(self, team: Team) -> None:
        """Let a team go; its policies have to be gone already."""
        for username in team.members:
            del self._teams_of_user[username][team.slug]
        self._policies_of_team.pop(team.slug, None)
        del self._team_of_name[team.name.lower()]
        del self.teams[team.slug]

    def add_member(self, team: Team, username: str) -> None:
        """Make a user a member of a team."""
        team.members[username] = False
        team.version += 1
        self._teams_of_user[username][team.slug] = None

    def remove_member(self, team: Team, username: str) -> None:
        """End a user's membership of a team."""
        del team.members[username]
        team.version += 1
        del self._teams_of_user[username][team.slug]

    # Escalation policies and routing keys

    def add_policy(self, policy: Policy) -> None:
        """Take an escalation policy in."""
        self.policies[policy.slug] = policy
        self._policies_of_team[policy.team_slug][policy.slug] = None

    def remove_policy(self, policy: Policy) -> None:
        """Let an escalation policy go, and what was said of it in overrides and takes."""
        self.duty.forget_policy(policy.slug)
        del self._policies_of_team[policy.team_slug][policy.slug]
        del self.policies[policy.slug]

    def routing_key(self, name: str) -> RoutingKey | None:
        """Find a routing key by name, whatever its case."""
        return self.routing_keys.get(name.lower())

    def add_routing_key(self, key: RoutingKey) -> None:
        """Take a routing key in."""
        self.routing_keys[key.name.lower()] = key

    def knows(self, entry: Entry) -> bool:
        """Say whether the target of a policy's entry exists."""
        if entry.execution_type == "user":
            return entry.target in self.users
        if entry.execution_type == "webhook":
            return entry.target in self.webhooks
        if entry.execution_type == "policy_routing":
            return entry.target in self.policies
        if entry.execution_type == "email":
            return True  # an address needs no record
        return self.duty.rotation(entry.target) is not None

    # Snapshots

    def to_snapshot(self) -> Snapshot:
        """Give the whole org as one document."""
        return Snapshot.model_construct(
            version=SNAPSHOT_VERSION,
            company=self.company,
            serial=self._serial,
            users=list(self.users.values()),
            teams=list(self.teams.values()),
            policies=list(self.policies.values()),
            routing_keys=list(self.routing_keys.values()),
            webhooks=list(self.webhooks.values()),
            rotations=list(self.duty.rotations.values()),
            overrides=list(self.duty.overrides.values()),
            takes=self.duty.takes,
            alert_rules=self.desk.rules,
            maintenance_modes=list(self.desk.maintenance_modes.values()),
            incidents=list(self.desk.incidents.values()),
            alerts=list(self.desk.alerts.values()),
            messages=list(self.desk.messages),
        )

    @classmethod
    def from_json(cls, raw: bytes, ids: IdSource) -> Org:
        """Build an org from a snapshot, or say why the document will not do."""
        try:
            snapshot = Snapshot.model_validate_json(raw)
        except ValidationError as wrong:
            raise SnapshotError(first_error(wrong)) from None
        for contradiction in oncall_contradictions(snapshot):
            raise SnapshotError(contradiction)
        org = cls(snapshot.company, ids, snapshot.serial)
        for user in snapshot.users:
            _need(user.username == user.username.lower(), f"username {user.username!r} is not in lower case")
            _need(user.username not in org.users, f"user {user.username!r} stands in it twice")
            _need(org.user_with_email(user.email) is None, f"two users have the e-mail {user.email!r}")
            reachable = {0, *(contact.id for contact in user.contacts), *(device.id for device in user.devices)}
            for rule in (rule for step in user.paging_steps for rule in step.rules):
                _need(rule.contact_id in reachable, f"user {user.username!r} has no contact {rule.contact_id}")
            org.add_user(user)
        for team in snapshot.teams:
            _need(team.slug not in org.teams, f"team {team.slug!r} stands in it twice")
            _need(org.team_named(team.name) is None, f"two teams have the name {team.name!r}")
            for username in team.members:
                _need(username in org.users, f"team {team.slug!r} has the unknown member {username!r}")
            org.add_team(team)
        _need(sum(team.is_default for team in snapshot.teams) == 1, "exactly one team has to be the default")
        for webhook in snapshot.webhooks:
            org.webhooks[webhook.slug] = webhook
        for rotation in snapshot.rotations:
            org.duty.add_rotation(rotation)
        for policy in snapshot.policies:
            _need(policy.slug not in org.policies, f"policy {policy.slug!r} stands in it twice")
            _need(policy.team_slug in org.teams, f"policy {policy.slug!r} is of an unknown team")
            org.add_policy(policy)
        for override in snapshot.overrides:
            org.duty.add_override(override)
        for take in snapshot.takes:
            org.duty.add_take(take)
        for policy in snapshot.policies:
            for entry in (entry for step in policy.steps for entry in step.entries):
                _need(
                    org.knows(entry),
                    f"policy {policy.slug!r} pages the unknown {entry.execution_type} {entry.target!r}",
                )
        for key in snapshot.routing_keys:
            _need(org.routing_key(key.name) is None, f"routing key {key.name!r} stands in it twice")
            for slug in key.targets:
                _need(slug in org.policies, f"routing key {key.name!r} has the unknown target {slug!r}")
            org.add_routing_key(key)
        try:
            org.desk = Desk.of(snapshot)
        except ValueError as wrong:
            raise SnapshotError(str(wrong)) from None
        return org


def _need(condition: bool, otherwise: str) -> None:
    if not condition:
        raise SnapshotError(otherwise)
