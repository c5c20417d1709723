"""What the writes of this process change in the lists that it has read.

Where a write's answer tells enough, the list is edited; otherwise it's forgotten, and read again if it's wanted again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from pulumi_victorops.api.alert_rules import AlertRule
from pulumi_victorops.api.overrides import Override
from pulumi_victorops.api.policies import PolicyReference, PolicySummary
from pulumi_victorops.api.rotations import RotationGroup
from pulumi_victorops.api.routing_keys import RoutingKey, RoutingKeyTarget
from pulumi_victorops.api.teams import Team, TeamMember, TeamReference
from pulumi_victorops.api.users import User
from pulumi_victorops.lifecycle.memory import Memory

K = TypeVar("K")
V = TypeVar("V")


class Changes:
    """Whoever writes says here what that changed."""

    def __init__(self) -> None:
        self._lists = Memory()

    @property
    def changes(self) -> int:
        """How often a write of this process has changed something."""
        return self._lists.changes

    def wait_for_change(self, since: int, seconds: float) -> bool:
        """Wait for a further change; False if nobody changes anything for so long."""
        return self._lists.wait_for_change(since, seconds)

    def user_told(self, user: User) -> None:
        """A user came, or was changed, and is so now."""
        name = user.username.lower()
        self._lists.forget(("user", name), ("contacts", name))
        self._lists.edit(("users", ""), _with(name, user))

    def user_went(self, username: str) -> None:
        """Somebody left the org in which nothing names them."""
        self._lists.went(("user", username), ("contacts", username))
        self._lists.edit(("users", ""), _without(username))
        self._lists.edit_all("members", _without(username))

    def team_told(self, team: Team) -> None:
        """A team came, or was changed, and is so now."""
        self._lists.forget(("team", team.slug))
        self._lists.edit(("teams", ""), _with(team.slug, team))

    def team_went(self, team: str) -> None:
        """A team went with its rotations and policies, and with these the keys that led only there."""
        self._lists.edit(("teams", ""), _without(team))
        self._lists.went(("team", team), ("members", team), ("rotations", team), ("rotation_groups", team))
        self._lists.forget_all("override")
        policies = self._lists.kept(("policies", ""))
        if policies is None:
            self._lists.forget(("policies", ""), ("routing_keys", ""))
        else:
            for slug in [slug for slug, row in policies.items() if row.team.slug == team]:
                self.policy_went(slug)

    def member_came(self, team: str, username: str) -> None:
        """Somebody joined a team."""
        self._lists.edit(("members", team), _with(username.lower(), TeamMember(username=username)))

    def member_went(self, team: str, username: str) -> None:
        """Somebody left a team in which nothing names them."""
        self._lists.edit(("members", team), _without(username))

    def members_changed(self, team: str) -> None:
        """Somebody may have left a team."""
        self._lists.forget(("members", team), ("rotations", team))

    def handed_over(self, policies: Collection[str], teams: Collection[str], *, overrides: bool) -> None:
        """Somebody took another's place in policies, in the rotations of teams, or in overrides."""
        self._lists.forget(*(("policy", slug) for slug in policies), *(("rotations", team) for team in teams))
        if overrides:
            self._overrides_changed()

    def policy_came(self, slug: str, name: str, team: str) -> None:
        """A policy came, to which no key leads yet, and with it perhaps places for covers."""
        of = (self._lists.kept(("teams", "")) or {}).get(team) or TeamReference(slug=team)
        self._lists.edit(
            ("policies", ""), _with(slug, PolicySummary(policy=PolicyReference(name=name, slug=slug), team=of))
        )
        self._overrides_changed()

    def policy_changed(self, slug: str) -> None:
        """A policy pages others now, and there are perhaps other places for covers."""
        self._lists.forget(("policy", slug))
        self._overrides_changed()

    def policy_went(self, slug: str) -> None:
        """A policy went, and with it the keys that led only there, and places for covers."""
        self._lists.edit(("policies", ""), _without(slug))
        self._lists.edit(("routing_keys", ""), lambda keys: _led_elsewhere(keys, slug))
        self._lists.went(("policy", slug))
        self._lists.forget_all("override")

    def routing_key_told(self, routing_key: str, targets: Collection[str]) -> None:
        """A routing key came, or was changed, and leads there now."""
        named = self._lists.kept(("policies", "")) or {}
        rows = [
            RoutingKeyTarget(policy_name=named[one].policy.name if one in named else "", policy_slug=one)
            for one in targets
        ]
        self._lists.edit(("routing_keys", ""), _with(routing_key, RoutingKey(routing_key=routing_key, targets=rows)))

    def routing_keys_changed(self) -> None:
        """A routing key went."""
        self._lists.forget(("routing_keys", ""))

    def rotation_came(self, team: str, group_id: int, shift_ids: Mapping[str, int]) -> None:
        """A rotation of a team came, whose shifts have these numbers."""
        self._lists.forget(("rotations", team))
        if shift_ids:
            self.keep_shift_ids(f"{team}/{group_id}", shift_ids)

    def keep_shift_ids(self, rotation: str, shift_ids: Mapping[str, int]) -> None:
        """A rotation's shifts have these numbers, which nothing changes but a new rotation."""
        self._lists.put(("shift_ids", rotation), shift_ids)

    def rotations_changed(self, team: str) -> None:
        """A team's lists of rotations aren't what they should be."""
        self._lists.forget(("rotations", team), ("rotation_groups", team))

    def rotation_went(self, team: str, group_id: int) -> None:
        """A rotation of a team went."""

        def rest(groups: list[RotationGroup]) -> list[RotationGroup]:
            return [one for one in groups if one.group_id != group_id]

        self._lists.edit(("rotations", team), _without(group_id))
        self._lists.edit(("rotation_groups", team), rest)

    def turn_given(self, team: str) -> None:
        """It was made somebody's turn in a rotation of a team."""
        self._lists.forget(("rotations", team))

    def contacts_changed(self, username: str) -> None:
        """A contact method of a user came or went, or was changed."""
        self._lists.forget(("contacts", username.lower()))

    def alert_rule_told(self, rule: AlertRule) -> None:
        """An alert rule was changed, and is so now. Where its rank is another, those of others moved too."""
        number = str(rule.id)
        before = (self._lists.kept(("alert_rules", "")) or {}).get(number)
        if before is None or before.rank != rule.rank:
            self.alert_rules_changed()
        else:
            self._lists.edit(("alert_rules", ""), _with(number, rule))

    def alert_rules_changed(self) -> None:
        """An alert rule came or went, and the ranks of others moved with it."""
        self._lists.forget(("alert_rules", ""))

    def override_came(self, override: Override) -> None:
        """An override came, and when it's over needn't be asked."""
        self._lists.put(("override_end", override.public_id), override.end)
        self._lists.edit(("overrides", ""), _with(override.public_id, override))

    def override_changed(self, public_id: str) -> None:
        """Somebody covers in an override now, or no longer does."""
        self._lists.forget(("override", public_id), ("overrides", ""))

    def override_went(self, public_id: str) -> None:
        """An override went."""
        self._lists.went(("override", public_id))
        self._lists.edit(("overrides", ""), _without(public_id))

    def maintenance_changed(self) -> None:
        """A maintenance mode began or ended."""
        self._lists.forget(("maintenance", ""))

    def notes_changed(self, incident: str) -> None:
        """A note came, changed or went."""
        self._lists.forget(("notes", incident))

    def everything_changed(self) -> None:
        """Nothing that was read is to be relied upon any more."""
        self._lists.clear()

    def _overrides_changed(self) -> None:
        self._lists.forget(("overrides", ""))
        self._lists.forget_all("override")


def _with(key: K, row: V) -> Callable[[dict[K, V]], dict[K, V]]:
    return lambda rows: {**rows, key: row}


def _without(gone: K) -> Callable[[dict[K, V]], dict[K, V]]:
    return lambda rows: {key: row for key, row in rows.items() if key != gone}


def _led_elsewhere(keys: dict[str, RoutingKey], policy: str) -> dict[str, RoutingKey]:
    """The keys that are left when a policy goes."""
    rest = {
        name: key.model_copy(update={"targets": [one for one in key.targets if one.policy_slug != policy]})
        for name, key in keys.items()
    }
    # A key that led nowhere before is none that goes now.
    return {name: key for name, key in rest.items() if key.targets or not keys[name].targets}
