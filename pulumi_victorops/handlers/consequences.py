"""What goes along with an object that is deleted, what stays behind, and what is in the way, for people to read."""

from __future__ import annotations

from collections.abc import Collection

from pulumi_victorops.handlers.naming import policies_of, policy_of, rotations_of
from pulumi_victorops.lifecycle.org import Org


def keys_along(org: Org, policies: Collection[str]) -> list[str]:
    """The routing keys that lead to these escalation policies and nowhere else."""
    if not policies:
        return []
    return [
        f"the routing key {name!r}"
        for name, key in org.directory.routing_keys().items()
        if key.targets and all(target.policy_slug in policies for target in key.targets)
    ]


def all_along(org: Org, team: str) -> list[str]:
    """A team's escalation policies and rotations, and the routing keys that lead nowhere else."""
    policies = policies_of(org, team)
    return [
        *(f"the escalation policy {name!r} ({slug})" for slug, name in policies.items()),
        *(f"the rotation {rotation.label!r} ({rotation.group_id})" for rotation in rotations_of(org, team)),
        *keys_along(org, policies),
    ]


def policies_that_keep(org: Org, routing_key: str) -> list[str]:
    """The escalation policies that a routing key leads to, and stays with; not those that are being replaced."""
    key = org.directory.routing_keys().get(routing_key)
    return [
        f"{target.policy_name!r} ({target.policy_slug})"
        for target in (key.targets if key else [])
        if not org.key_paths.is_replaced(target.policy_slug)
    ]


def policies_paging(org: Org, member: str, slug: str) -> list[str]:
    """The escalation policies with an entry for a rotation (`rotation_group`) or a policy (`target_policy`)."""
    found = []
    for row in org.directory.policies().values():
        policy = policy_of(org, row.policy.slug)
        entries = [entry for step in policy.steps for entry in step.entries] if policy else []
        if any(slug in (getattr(entry, member) or {}).values() for entry in entries):
            found.append(f"the escalation policy {row.policy.name!r} ({row.policy.slug}) of team {row.team.name!r}")
    return found
