"""Escalation policies that are replaced: no key is lost, no gap where none is forced, and failures are made good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org

ADD_POLICY = "POST /api-public/v1/policies"
DELETE_POLICY = "DELETE /api-public/v1/policies/{policy}"
ADD_KEY = "POST /api-public/v1/org/routing-keys"
CHANGE_POLICY = "PUT /api-public/v1/policies/{policy}"
CHANGE_KEY = "PUT /api-public/v1/org/routing-keys/{routingKey}"
DELETE_KEY = "DELETE /api-public/v1/org/routing-keys/{routingKey}"


def paging(minutes: int, **parts: Any) -> Callable[[], None]:
    """The small org, whose policy waits so long."""
    return small_org(policy={"steps": [vo.Step(timeout=minutes, entries=[vo.Notify.user("ada")])]}, **parts)


def targets(client: Client) -> dict[str, list[str]]:
    return {key.routing_key: [target.policy_slug for target in key.targets] for key in client.routing_keys.all()}


def writes(simulator: Simulator) -> list[str]:
    return [call["operation"] for call in simulator.requests()["requests"] if call["method"] != "GET"]


def test_a_policy_to_which_nothing_leads_is_made_before_the_old_one_goes(stack: Stack, simulator: Simulator) -> None:
    stack.must_up(paging(0, without=["database"]))
    done = stack.must_up(paging(5, without=["database"]))
    assert done.changes == {"replace": 1, "same": 4}
    assert writes(simulator)[-2:] == [ADD_POLICY, DELETE_POLICY]
    assert done.calls["GET /api-public/v1/org/routing-keys"] == 1


def test_the_gap_of_a_key_is_told_and_a_failure_anywhere_in_the_chain_is_made_good(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    stack.must_up(paging(0))
    smooth = stack.must_up(paging(1))
    assert "routing key 'database' led nowhere for 0." in smooth.output
    for minutes, operation in enumerate((DELETE_POLICY, ADD_POLICY, ADD_KEY), start=2):
        simulator.put_faults([{"operation": operation, "kind": "status", "status": 409, "times": 1}])
        broken = stack.up(paging(minutes))
        assert broken.failed, operation
        told = "; until `pulumi up` has made it, alerts with the routing key 'database' go where the default key leads"
        assert (told in broken.output) == (operation != DELETE_POLICY)
        done = stack.must_up(paging(minutes))
        [policy] = [row.policy.slug for row in client.policies.all() if row.policy.name == "Page Platform"]
        assert client.policies.get(policy).steps[0].timeout == minutes
        assert done.outputs["policy"] == policy
        assert targets(client)["database"] == [policy]
        assert stack.must_up(paging(minutes)).changes == {"same": 6}


def test_a_key_that_is_not_in_the_stack_keeps_its_policy_from_being_replaced(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    policy = stack.must_up(paging(0)).outputs["policy"]
    client.routing_keys.create(RoutingKeyPayload(routing_key="by-hand", targets=[policy]))
    for run in (stack.preview, stack.up):
        refused = run(paging(5))
        assert refused.failed
        assert "that lead to it and that this stack doesn't make again, 'by-hand';" in refused.output
    assert targets(client) | {".+": []} == {".+": [], "database": [policy], "by-hand": [policy]}
    assert stack.must_up(paging(0)).outputs["policy"] == policy, "back again as if nothing had been"
    assert targets(client) | {".+": []} == {".+": [], "database": [policy], "by-hand": [policy]}


def test_with_newer_calls_nothing_is_replaced_and_a_key_is_really_deleted(tmp_path: Path) -> None:
    with Simulator(seed="empty", random_seed=1, extended_api=True) as simulator:
        stack = Stack(tmp_path, simulator)
        stack.configure(extendedApi="true")
        made = stack.must_up(paging(0))
        changed = stack.must_up(paging(5))
        assert (changed.changes, changed.calls) == ({"update": 1, "same": 5}, {CHANGE_POLICY: 1})
        assert changed.outputs["policy"] == made.outputs["policy"]

        renamed = stack.must_up(small_org(policy={"name": "Wake Platform"}))
        assert renamed.changes == {"replace": 1, "update": 1, "same": 4}
        assert writes(simulator)[-3:] == [ADD_POLICY, CHANGE_KEY, DELETE_POLICY]

        gone = stack.destroy()
        assert (gone.failed, gone.calls[DELETE_KEY]) == (False, 1)


def test_answers_that_are_lost_all_along_the_chain_change_nothing(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    old = stack.must_up(paging(0)).outputs["policy"]
    chain = (DELETE_POLICY, ADD_POLICY, ADD_KEY)
    simulator.put_faults([{"operation": one, "kind": "reset_after", "times": 1} for one in chain])
    done = stack.must_up(paging(5))
    assert (
        {row.policy.slug for row in client.policies.all() if row.policy.name == "Page Platform"}
        == {done.outputs["policy"]}
        != {old}
    )
    assert targets(client)["database"] == [done.outputs["policy"]]
