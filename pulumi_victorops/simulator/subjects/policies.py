"""Escalation policies: operations E36 to E39. None of them changes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, model_validator

from pulumi_victorops.simulator.bodies import Address, Body, Text
from pulumi_victorops.simulator.records import Entry, ExecutionType, Policy, Step
from pulumi_victorops.simulator.refusals import bad_request, not_found, unprocessable
from pulumi_victorops.simulator.roster import NEIGHBOURS
from pulumi_victorops.simulator.subjects.links import link

if TYPE_CHECKING:
    from collections.abc import Collection

    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records_oncall import Rotation

_SHORTEST_FILTER = 3

# By execution type: the member that says who, and the member of that which identifies them.
_TARGETS: dict[str, tuple[str, str]] = {
    "rotation_group": ("rotationGroup", "slug"),
    "rotation_group_next": ("rotationGroup", "slug"),
    "rotation_group_previous": ("rotationGroup", "slug"),
    "webhook": ("webhook", "slug"),
    "user": ("user", "username"),
    "email": ("email", "address"),
    "policy_routing": ("targetPolicy", "policySlug"),
}


class _Slug(Body):
    slug: Text


class _Username(Body):
    username: Text


class _Address(Body):
    address: Address


class _PolicySlug(Body):
    policy_slug: Text


class _EntryBody(Body):
    execution_type: ExecutionType
    rotation_group: _Slug | None = None
    webhook: _Slug | None = None
    user: _Username | None = None
    email: _Address | None = None
    target_policy: _PolicySlug | None = None

    @model_validator(mode="after")
    def _exactly_the_matching_member(self) -> _EntryBody:
        member = _TARGETS[self.execution_type][0]
        given = set(self.model_dump(by_alias=True, exclude_none=True)) - {"executionType"}
        if given != {member}:
            raise ValueError(f"an entry of type {self.execution_type} needs {member} and nothing else")
        return self

    def to_record(self) -> Entry:
        """Keep only what identifies the target."""
        member, identifier = _TARGETS[self.execution_type]
        target: str = self.model_dump(by_alias=True)[member][identifier]
        if self.execution_type == "user":
            target = target.lower()
        return Entry(execution_type=self.execution_type, target=target)


class StepBody(Body):
    """A step as it is sent."""

    timeout: Annotated[int, Field(ge=0)]
    entries: list[_EntryBody]


class _PolicyBody(Body):
    name: Text
    team_slug: Text
    ignore_custom_paging_policies: bool | None = None
    steps: list[StepBody]


def find_policy(org: Org, slug: str) -> Policy:
    """Give the policy that a path names, or refuse with 404."""
    policy = org.policies.get(slug)
    if policy is None:
        raise not_found(f"No policy '{slug}' found")
    return policy


def withdraw_policy(org: Org, policy: Policy) -> None:
    """Remove a policy, and with it the routing keys and the entries that lead nowhere else."""
    for name, key in list(org.routing_keys.items()):
        if policy.slug in key.targets:
            key.targets.remove(policy.slug)
            if not key.targets:
                del org.routing_keys[name]
    _drop_entries(org, ("policy_routing",), policy.slug)
    org.remove_policy(policy)


def withdraw_rotation(org: Org, rotation: Rotation) -> None:
    """Remove a rotation, and with it the entries that page it."""
    _drop_entries(org, NEIGHBOURS, rotation.slug)
    org.duty.remove_rotation(rotation)


def _drop_entries(org: Org, types: Collection[str], target: str) -> None:
    for policy in org.policies.values():
        for step in policy.steps:
            step.entries = [e for e in step.entries if e.execution_type not in types or e.target != target]


def _plain(entry: Entry) -> dict[str, Any]:
    member, identifier = _TARGETS[entry.execution_type]
    return {"executionType": entry.execution_type, member: {identifier: entry.target}}


def steps_sent(org: Org, sent: list[StepBody]) -> list[Step]:
    """Make steps of what was sent, or refuse those that lead nowhere."""
    steps = [Step(timeout=step.timeout, entries=[entry.to_record() for entry in step.entries]) for step in sent]
    for entry in (entry for step in steps for entry in step.entries):
        if not org.knows(entry):
            member, _ = _TARGETS[entry.execution_type]
            raise unprocessable(f"No {member} '{entry.target}' found")
    return steps


def _enriched(org: Org, entry: Entry) -> dict[str, Any]:
    shown = _plain(entry)
    if entry.execution_type == "user":
        user = org.users[entry.target]
        shown["user"] |= {"firstName": user.first_name, "lastName": user.last_name}
    elif entry.execution_type == "webhook":
        shown["webhook"] |= {"label": org.webhooks[entry.target].label}
    elif entry.execution_type in NEIGHBOURS:
        rotation = org.duty.rotation(entry.target)
        shown["rotationGroup"] |= {"label": rotation.label if rotation is not None else ""}
    elif entry.execution_type == "policy_routing":
        shown["targetPolicy"] |= {"teamSlug": org.policies[entry.target].team_slug}
    return shown


def _policy_json(policy: Policy, entries: list[list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "name": policy.name,
        "slug": policy.slug,
        "ignoreCustomPagingPolicies": policy.ignore_custom_paging_policies,
        "steps": [
            {"timeout": step.timeout, "entries": shown} for step, shown in zip(policy.steps, entries, strict=True)
        ],
    }


def policy_as_sent(policy: Policy) -> dict[str, Any]:
    """Give a policy without names and labels."""
    return _policy_json(policy, [[_plain(entry) for entry in step.entries] for step in policy.steps])


def _list(call: Call) -> dict[str, Any]:
    wanted = call.query.get("filter", "")
    if 0 < len(wanted) < _SHORTEST_FILTER:
        raise bad_request(f"filter needs at least {_SHORTEST_FILTER} characters")
    return {
        "policies": [
            {
                "policy": {
                    "name": policy.name,
                    "slug": policy.slug,
                    "_selfUrl": link("policies", policy.slug),
                },
                "team": {"name": call.org.teams[policy.team_slug].name, "slug": policy.team_slug},
            }
            for policy in call.org.policies.values()
            if wanted.lower() in policy.name.lower()
        ]
    }


def _create(call: Call) -> dict[str, Any]:
    body = call.body(_PolicyBody)
    if body.team_slug not in call.org.teams:
        raise unprocessable(f"No team '{body.team_slug}' found")
    policy = Policy(
        slug=call.org.new_slug("pol-"),
        name=body.name,
        team_slug=body.team_slug,
        ignore_custom_paging_policies=bool(body.ignore_custom_paging_policies),
        steps=steps_sent(call.org, body.steps),
    )
    call.org.add_policy(policy)
    return policy_as_sent(policy)


def _read(call: Call) -> dict[str, Any]:
    policy = find_policy(call.org, call.params["policy"])
    return _policy_json(policy, [[_enriched(call.org, entry) for entry in step.entries] for step in policy.steps])


def _delete(call: Call) -> dict[str, str]:
    withdraw_policy(call.org, find_policy(call.org, call.params["policy"]))
    return {"result": "success"}


RULES: dict[str, Rule] = {
    "GET /api-public/v1/policies": _list,
    "POST /api-public/v1/policies": _create,
    "GET /api-public/v1/policies/{policy}": _read,
    "DELETE /api-public/v1/policies/{policy}": _delete,
}
"""What answers each operation on escalation policies."""
