"""Escalation policies, and the routing keys that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.policies import Policy, PolicySummary
    from pulumi_victorops.api.routing_keys import RoutingKey


def get_escalation_policy(
    slug: str | None = None, *, name: str | None = None, team: str | None = None, profile: str | None = None
) -> Policy:
    """Get one escalation policy with its steps, by its slug or by its name.

    By slug it's `GET /api-public/v1/policies/{policy}`; a name is first looked for in `GET /api-public/v1/policies`.

    Args:
        slug: the slug, `pol-...`; that of a team's first policy may be the team's.
        name: the name, in the right case.
        team: the slug of the team whose policy is meant, where several teams have one of that name.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.

    Raises:
        NotFoundError: there is no such policy; by name, the message lists the policies that there are.
        ConflictError: several policies have the name; the message lists their slugs.
    """
    from pulumi_victorops.api.policies import Policy
    from pulumi_victorops.functions._look_up import either, only

    def call(client: Client) -> Policy:
        either("get_escalation_policy", slug=slug, name=name)
        if slug is not None:
            return client.policies.get(slug)
        rows = [row for row in client.policies.all() if team in {None, row.team.slug}]
        named = ((row.policy.slug, row) for row in rows if row.policy.name == name)
        where = "" if team is None else f" in the team {team!r}"
        found = only(named, f"escalation policy named {name!r}{where}", (row.policy.name for row in rows))
        return client.policies.get(found.policy.slug)

    return ask("getEscalationPolicy", Policy.model_validate, call, slug=slug, name=name, team=team, profile=profile)


def get_escalation_policy_output(
    slug: pulumi.Input[str] | None = None,
    *,
    name: pulumi.Input[str] | None = None,
    team: pulumi.Input[str] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[Policy]:
    """The output form of `get_escalation_policy`."""
    return output(get_escalation_policy, opts, slug=slug, name=name, team=team, profile=profile)


def get_escalation_policies(*, profile: str | None = None) -> list[PolicySummary]:
    """Get name and slug of each escalation policy and of its team: `GET /api-public/v1/policies`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.policies import PolicySummary

    return ask("getEscalationPolicies", many(PolicySummary), lambda client: client.policies.all(), profile=profile)


def get_escalation_policies_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[PolicySummary]]:
    """The output form of `get_escalation_policies`."""
    return output(get_escalation_policies, opts, profile=profile)


def get_routing_key(routing_key: str, *, profile: str | None = None) -> RoutingKey:
    """Get one routing key, picked from `GET /api-public/v1/org/routing-keys`.

    Args:
        routing_key: the key, in the right case.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.

    Raises:
        NotFoundError: there is no such key; the message lists the keys that there are.
    """
    from pulumi_victorops.api.routing_keys import RoutingKey
    from pulumi_victorops.functions._look_up import only

    def call(client: Client) -> RoutingKey:
        keys = client.routing_keys.all()
        named = ((key.routing_key, key) for key in keys if key.routing_key == routing_key)
        return only(named, f"routing key {routing_key!r}", (key.routing_key for key in keys))

    return ask("getRoutingKey", RoutingKey.model_validate, call, routing_key=routing_key, profile=profile)


def get_routing_key_output(
    routing_key: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[RoutingKey]:
    """The output form of `get_routing_key`."""
    return output(get_routing_key, opts, routing_key=routing_key, profile=profile)


def get_routing_keys(*, profile: str | None = None) -> list[RoutingKey]:
    """Get all routing keys: `GET /api-public/v1/org/routing-keys`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.routing_keys import RoutingKey

    return ask("getRoutingKeys", many(RoutingKey), lambda client: client.routing_keys.all(), profile=profile)


def get_routing_keys_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[RoutingKey]]:
    """The output form of `get_routing_keys`."""
    return output(get_routing_keys, opts, profile=profile)
