"""How policies and keys are replaced, or changed in place where newer calls may be used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import UNKNOWN, Plugin, PluginError

LIST_KEYS = "GET /api-public/v1/org/routing-keys"
PAGE_ADMIN = [{"timeout": 0, "entries": [{"type": "user", "username": "admin"}]}]
LATER = [{"timeout": 5, "entries": [{"type": "user", "username": "admin"}]}]


class Org:
    """A simulated org, and a plugin that works on it."""

    def __init__(self, simulator: Simulator, **settings: str) -> None:
        self.simulator = simulator
        self._before: int = simulator.requests()["by_operation"].get(LIST_KEYS, 0)
        self.client = Client(Settings(simulator.api_id, simulator.api_key, base_url=simulator.url, rate_limit=None))
        [team] = self.client.teams.all()
        self.team = team.slug
        self.plugin = Plugin({**config_of(simulator), **settings})
        self.state = {"team": self.team, "name": "Page", "steps": PAGE_ADMIN, "ignore_custom_paging_policies": False}
        self.later = {**self.state, "steps": LATER}

    def policy(self, *keys: str) -> str:
        """A policy, and keys that lead to it."""
        payload = PolicyPayload(name="Page", team_slug=self.team, steps=[PolicyStep(timeout=0, entries=[])])
        slug = self.client.policies.create(payload).slug
        for key in keys:
            self.client.routing_keys.create(RoutingKeyPayload(routing_key=key, targets=[slug]))
        return slug

    def lists_of_keys(self) -> int:
        count: int = self.simulator.requests()["by_operation"].get(LIST_KEYS, 0)
        return count - self._before

    def keys(self) -> dict[str, list[str]]:
        rows = self.client.routing_keys.all()
        return {row.routing_key: [target.policy_slug for target in row.targets] for row in rows if not row.is_default}

    def close(self) -> None:
        self.plugin.stop()
        self.client.close()


@pytest.fixture
def org(simulator: Simulator) -> Iterator[Org]:
    made = Org(simulator)
    yield made
    made.close()


@pytest.fixture
def newer() -> Iterator[Org]:
    """An org whose service has the newer calls, and a stack that may use them."""
    with Simulator(seed="empty", random_seed=1, extended_api=True) as simulator:
        made = Org(simulator, **{"victorops:extendedApi": "true"})
        yield made
        made.close()


def test_a_policy_goes_first_only_where_a_key_leads_to_it_and_the_keys_are_listed_once(org: Org) -> None:
    alone, led_to = org.policy(), org.policy("database")
    unchanged = org.plugin.diff(providers.EscalationPolicy, alone, org.state, org.state)
    assert (unchanged.changes, org.lists_of_keys()) == (False, 0)
    for slug, first in ((alone, False), (led_to, True), (alone, False)):
        found = org.plugin.diff(providers.EscalationPolicy, slug, org.state, org.later)
        assert (found.replaces, found.deletes_first) == (["steps"], first)
    assert org.lists_of_keys() == 1


def test_a_key_that_the_stack_has_let_go_is_no_reason_to_refuse(org: Org) -> None:
    slug = org.policy("database")
    key = {"routing_key": "database", "targets": [slug]}
    org.plugin.diff(providers.EscalationPolicy, slug, org.state, org.later)
    org.plugin.diff(providers.RoutingKey, "database", key, {**key, "targets": [UNKNOWN]})
    org.plugin.delete(providers.RoutingKey, "database", key)
    org.plugin.delete(providers.EscalationPolicy, slug, org.state)
    assert org.keys() == {}
    new = org.plugin.create(providers.EscalationPolicy, org.later).id
    org.plugin.create(providers.RoutingKey, {**key, "targets": [new]})
    assert org.keys() == {"database": [new]}
    assert org.plugin.stop().count("routing key 'database' led nowhere for 0.") == 1


@pytest.mark.parametrize("kind", ["policy", "key", "routed", "assignment"])
def test_whatever_goes_first_in_the_chain_refuses_to_lose_a_key_of_somebody_else(org: Org, kind: str) -> None:
    slug = org.policy("by-hand", "mine", "other")
    key = {"routing_key": "mine", "targets": [slug]}
    routed = [{"timeout": 0, "entries": [{"type": "policy_routing", "target_policy": slug}]}]
    state: Any
    provider, object_id, state = {
        "policy": (providers.EscalationPolicy, slug, org.state),
        "key": (providers.RoutingKey, "mine", key),
        "routed": (providers.EscalationPolicy, org.policy(), {**org.state, "steps": routed}),
        "assignment": (providers.OverrideAssignment, f"ovrprd-1/{slug}", {}),
    }[kind]
    org.plugin.diff(providers.EscalationPolicy, slug, org.state, org.later)
    org.plugin.diff(providers.RoutingKey, "mine", key, {**key, "targets": [UNKNOWN]})
    with pytest.raises(PluginError) as refused:
        org.plugin.delete(provider, object_id, state)
    assert (
        f"escalation policy {slug} can't be replaced: it would take along routing keys that lead to it and that "
        "this stack doesn't make again, 'by-hand', 'other'; lead them elsewhere first, or bring them into the stack"
    ) in str(refused.value)
    assert org.keys() == {"by-hand": [slug], "mine": [slug], "other": [slug]}


def test_a_preview_lists_the_keys_and_a_key_of_the_stack_refuses_to_lose_one_beside_it(org: Org) -> None:
    slug = org.policy("by-hand", "mine")
    key = {"routing_key": "mine", "targets": [slug]}
    again = {**key, "targets": [UNKNOWN]}
    for _ in range(2):
        org.plugin.diff(providers.EscalationPolicy, slug, org.state, org.later)
    org.plugin.diff(providers.RoutingKey, "mine", key, again)
    assert org.plugin.check(providers.RoutingKey, again).failures == [
        (
            "targets",
            f"escalation policy {slug} can't be replaced: it would take along routing keys that lead to it and that "
            "this stack doesn't make again, 'by-hand'; lead them elsewhere first, or bring them into the stack",
        )
    ]
    assert org.plugin.stop().splitlines() == [
        f"the replacement of the escalation policy {slug} takes along what leads to it: the routing key 'by-hand', "
        "the routing key 'mine'; what the stack has of them is made again at once, anything else keeps the policy "
        "from being deleted"
    ]


def test_adopting_never_takes_the_policy_that_is_being_replaced(org: Org) -> None:
    old = org.policy()
    org.plugin.diff(providers.EscalationPolicy, old, org.state, org.later)
    new = org.plugin.create(providers.EscalationPolicy, {**org.later, "adopt": True}).id
    assert new != old
    org.plugin.delete(providers.EscalationPolicy, old, org.state)
    assert new in {row.policy.slug for row in org.client.policies.all()}


def test_a_policy_that_is_deleted_for_good_takes_its_keys_along(org: Org) -> None:
    slug = org.policy("database")
    org.plugin.delete(providers.EscalationPolicy, slug, org.state)
    assert org.keys() == {}


def test_newer_calls_change_a_policy_in_place(newer: Org) -> None:
    slug = newer.policy("database")
    after = {**newer.later, "ignore_custom_paging_policies": True}
    found = newer.plugin.diff(providers.EscalationPolicy, slug, newer.state, after)
    assert (found.changes, found.replaces, found.deletes_first, newer.lists_of_keys()) == (True, [], False, 0)
    assert newer.plugin.update(providers.EscalationPolicy, slug, newer.state, after) == after
    live = newer.client.policies.get(slug)
    assert (live.ignore_custom_paging_policies, [step.timeout for step in live.steps]) == (True, [5])
    assert newer.keys() == {"database": [slug]}


def test_with_newer_calls_a_new_name_still_makes_a_new_policy_to_which_its_keys_move_first(newer: Org) -> None:
    old = newer.policy("mine")
    key = {"routing_key": "mine", "targets": [old]}
    renamed = {**newer.state, "name": "Wake"}
    found = newer.plugin.diff(providers.EscalationPolicy, old, newer.state, renamed)
    assert (found.replaces, found.deletes_first) == (["name"], False)
    new = newer.plugin.create(providers.EscalationPolicy, renamed).id
    moved = {**key, "targets": [new]}
    checked = newer.plugin.check(providers.RoutingKey, moved, key)
    assert (checked.inputs, checked.failures) == (moved, [])
    assert newer.plugin.diff(providers.RoutingKey, "mine", key, moved).replaces == []
    newer.plugin.update(providers.RoutingKey, "mine", key, moved)
    newer.plugin.delete(providers.EscalationPolicy, old, newer.state)
    assert newer.keys() == {"mine": [new]}
    assert "led nowhere" not in newer.plugin.stop()


def test_newer_calls_delete_a_key_and_one_that_is_gone_is_no_error(newer: Org) -> None:
    slug = newer.policy("database")
    for _ in range(2):
        newer.plugin.delete(providers.RoutingKey, "database", {"routing_key": "database", "targets": [slug]})
    assert newer.keys() == {}
    assert newer.client.policies.get(slug).slug == slug


def test_a_service_without_the_newer_calls_keeps_the_key_and_the_error_says_so(simulator: Simulator) -> None:
    org = Org(simulator, **{"victorops:extendedApi": "true"})
    slug = org.policy("database")
    key = {"routing_key": "database", "targets": [slug]}
    hint = "; the service may lack this call: set victorops:extendedApi (or VO_EXTENDED_API) to false"
    with pytest.raises(PluginError, match="404: There is nothing at this path") as refused:
        org.plugin.delete(providers.RoutingKey, "database", key)
    assert hint in str(refused.value)
    with pytest.raises(PluginError, match="405: PUT is not allowed for this path") as refused:
        org.plugin.update(providers.EscalationPolicy, slug, org.state, org.later)
    assert hint in str(refused.value)
    assert org.keys() == {"database": [slug]}
    org.close()


def test_a_policy_that_was_changed_in_place_no_longer_pages_who_was_in_it(newer: Org) -> None:
    ada = UserPayload(username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")
    newer.client.users.create(ada)
    pages_ada = [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}]
    before = {**newer.state, "steps": pages_ada}
    slug = newer.plugin.create(providers.EscalationPolicy, before).id
    user = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    with pytest.raises(PluginError, match="ada can't be deleted while nobody takes over: step 1"):
        newer.plugin.delete(providers.User, "ada", user)
    newer.plugin.update(providers.EscalationPolicy, slug, before, newer.later)
    newer.plugin.delete(providers.User, "ada", user)
    assert [one.username for one in newer.client.users.all()] == ["admin"]
