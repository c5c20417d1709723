"""Routing keys: operations E40 and E41. Neither changes or deletes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.records import RoutingKey
from pulumi_victorops.simulator.refusals import unprocessable
from pulumi_victorops.simulator.subjects.links import link

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org


class _RoutingKeyBody(Body):
    routing_key: Text
    targets: Annotated[list[str], Field(min_length=1)]
    is_multi_responder: bool | None = None


def targets_sent(org: Org, slugs: list[str]) -> list[str]:
    """Check that policies exist, and take each once."""
    for slug in slugs:
        if slug not in org.policies:
            raise unprocessable(f"No policy '{slug}' found")
    return list(dict.fromkeys(slugs))


def key_as_sent(key: RoutingKey) -> dict[str, Any]:
    """Give a key with its targets as strings, which are objects in the list: the service answers so."""
    return {"routingKey": key.name, "targets": key.targets}


def _key_json(org: Org, key: RoutingKey) -> dict[str, Any]:
    policies = [org.policies[slug] for slug in key.targets]
    return {
        "routingKey": key.name,
        "targets": [
            {
                "policyName": policy.name,
                "policySlug": policy.slug,
                "_teamUrl": link("team", policy.team_slug),
            }
            for policy in policies
        ],
        "isDefault": key.is_default,
        "isMultiResponder": key.is_multi_responder,
    }


def _list(call: Call) -> dict[str, Any]:
    return {
        "routingKeys": [_key_json(call.org, key) for key in call.org.routing_keys.values()],
        "_selfUrl": link("org", "routing-keys"),
    }


def _create(call: Call) -> dict[str, Any]:
    body = call.body(_RoutingKeyBody)
    if call.org.routing_key(body.routing_key) is not None:
        raise unprocessable(f"Routing key {body.routing_key} is unavailable")
    key = RoutingKey(
        name=body.routing_key,
        targets=targets_sent(call.org, body.targets),
        is_multi_responder=bool(body.is_multi_responder),
    )
    call.org.add_routing_key(key)
    return key_as_sent(key)


RULES: dict[str, Rule] = {
    "GET /api-public/v1/org/routing-keys": _list,
    "POST /api-public/v1/org/routing-keys": _create,
}
"""What answers each operation on routing keys."""
