"""What newer clients of the service use beyond the 96 operations: a policy is changed, a key changed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from pulumi_victorops.simulator.bodies import Body
from pulumi_victorops.simulator.refusals import not_found, unprocessable
from pulumi_victorops.simulator.subjects.policies import StepBody, find_policy, policy_as_sent, steps_sent
from pulumi_victorops.simulator.subjects.routing_keys import key_as_sent, targets_sent

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import RoutingKey


class _StepsBody(Body):
    steps: list[StepBody]
    ignore_custom_paging_policies: bool | None = None


class _TargetsBody(Body):
    targets: Annotated[list[str], Field(min_length=1)]
    is_multi_responder: bool | None = None


def _change_policy(call: Call) -> dict[str, Any]:
    policy = find_policy(call.org, call.params["policy"])
    body = call.body(_StepsBody)
    policy.steps = steps_sent(call.org, body.steps)
    if body.ignore_custom_paging_policies is not None:
        policy.ignore_custom_paging_policies = body.ignore_custom_paging_policies
    places = {entry.target for step in policy.steps for entry in step.entries}
    call.org.duty.drop_takes(lambda take: take.policy_slug == policy.slug and take.target not in places)
    return policy_as_sent(policy)


def _find_key(org: Org, name: str) -> RoutingKey:
    key = org.routing_key(name)
    if key is None:
        raise not_found(f"No routing key '{name}' found")
    if key.is_default:
        raise unprocessable("The default routing key cannot be changed or deleted")
    return key


def _change_key(call: Call) -> dict[str, Any]:
    key = _find_key(call.org, call.params["routingKey"])
    body = call.body(_TargetsBody)
    key.targets = targets_sent(call.org, body.targets)
    if body.is_multi_responder is not None:
        key.is_multi_responder = body.is_multi_responder
    return key_as_sent(key)


def _delete_key(call: Call) -> dict[str, str]:
    key = _find_key(call.org, call.params["routingKey"])
    del call.org.routing_keys[key.name.lower()]
    return {"result": "success"}


RULES: dict[str, Rule] = {
    "PUT /api-public/v1/policies/{policy}": _change_policy,
    "PUT /api-public/v1/org/routing-keys/{routingKey}": _change_key,
    "DELETE /api-public/v1/org/routing-keys/{routingKey}": _delete_key,
}
"""What answers each of them."""
