"""An org in which several are at work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.simulator import Simulator
from tests.meanwhile import Meanwhile
from tests.provider.conftest import config_of
from tests.provider.plugin import Plugin, PluginError

POLICIES, KEYS = "POST /api-public/v1/policies", "POST /api-public/v1/org/routing-keys"
TEAM, MEMBERS = "/api-public/v1/team/{team}", "/api-public/v1/team/{team}/members"
ROTATIONS, USER = "/api-public/v1/teams/{team}/rotations", "/api-public/v1/user/{user}"
TURN = "/api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled"
RULE = "/api-public/v1/profile/{username}/policies/{step}/{rule}"


class World:
    """The team Platform with ada and admin in it, bob beside it, and stacks at work."""

    def __init__(self, simulator: Simulator, client: Client, meanwhile: Meanwhile, journals: Path) -> None:
        self.client, self.meanwhile = client, meanwhile
        self.settings = Settings(simulator.api_id, simulator.api_key, meanwhile.url, rate_limit=None)
        self._config = {**config_of(simulator), "victorops:baseUrl": meanwhile.url, "victorops:journal": str(journals)}
        self._started: list[Plugin] = []
        self._made = 0
        for name in ("ada", "bob"):
            person = UserPayload(username=name, first_name="A", last_name="B", email=f"{name}@example.com")
            client.users.create(person)
        self.team = client.teams.create(TeamPayload(name="Platform")).slug
        for name in ("ada", "admin"):
            client.teams.add_member(self.team, name)

    def run(self) -> Plugin:
        """The plugin of one run of a stack."""
        self._started.append(Plugin(self._config))
        return self._started[-1]

    def close(self) -> None:
        for plugin in self._started:
            plugin.stop()

    def by_hand(self, name: str, entry: dict[str, Any] | None = None) -> str:
        """A policy that somebody else makes."""
        entry = entry or {"executionType": "user", "user": {"username": "ada"}}
        step = PolicyStep.model_validate({"timeout": 0, "entries": [entry]})
        return self.client.policies.create(PolicyPayload(name=name, team_slug=self.team, steps=[step])).slug

    def lead(self, key: str, *policies: str) -> None:
        """A key that somebody else makes."""
        self.client.routing_keys.create(RoutingKeyPayload(routing_key=key, targets=list(policies)))

    def inputs(self, provider: type[Provider], stack: str = "one", **given: Any) -> dict[str, Any]:
        """The inputs of a further resource of a stack."""
        self._made += 1
        return {**given, "__identity": f"{stack}:{provider.__name__}{self._made}"}

    def policy(self, *, stack: str = "one", **changed: Any) -> dict[str, Any]:
        steps = [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}]
        given = {"team": self.team, "name": "Page", "steps": steps, "ignore_custom_paging_policies": False, **changed}
        return self.inputs(providers.EscalationPolicy, stack, **given)

    def rotation(self, **changed: Any) -> dict[str, Any]:
        shift = {"label": "Days", "type": "std", "timezone": "UTC", "start": "2026-01-05T09:00", "handoff_days": 7}
        given = {"team": self.team, "label": "Weekly", "shifts": [{**shift, "usernames": ["ada"]}], **changed}
        return self.inputs(providers.Rotation, **given)

    def key(self, *targets: str, name: str = "database", stack: str = "one") -> dict[str, Any]:
        return self.inputs(providers.RoutingKey, stack, routing_key=name, targets=list(targets))

    def names(self) -> list[str]:
        return sorted(team.name for team in self.client.teams.all() if not team.is_default_team)

    def members(self) -> list[str]:
        return sorted(member.username for member in self.client.teams.members(self.team))

    def policies(self) -> list[str]:
        rows = self.client.policies.all()
        return sorted(row.policy.name for row in rows if row.policy.name != "Default Policy")

    def paged(self, policy: str) -> list[str]:
        [step] = self.client.policies.get(policy).steps
        return [str((entry.user or {}).get("username")) for entry in step.entries]

    def keys(self) -> dict[str, list[str]]:
        rows = self.client.routing_keys.all()
        return {row.routing_key: [one.policy_slug for one in row.targets] for row in rows if not row.is_default}


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(PluginError) as error:
        call()
    return str(error.value)
