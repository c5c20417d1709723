"""Escalation policies that are replaced: no key is lost, no gap where none is forced, and failures are made good."""

from __future__ import annotations

from collections.abc import Callable
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
        assert stack.up(paging(minutes)).failed, operation
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
    refused = stack.up(paging(5))
    assert refused.failed
    assert "it would take along routing keys that lead to it and aren't in this stack, 'by-hand';" in refused.output
    assert targets(client) | {".+": []} == {".+": [], "database": [policy], "by-hand": [policy]}
    assert stack.must_up(paging(0)).outputs["policy"] == policy, "back again as if nothing had been"
    assert targets(client) | {".+": []} == {".+": [], "database": [policy], "by-hand": [policy]}
