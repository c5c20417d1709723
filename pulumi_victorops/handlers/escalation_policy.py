"""Escalation policies: whom to page, and whom next if nobody reacts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, model_validator
from typing_extensions import Self

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.extended import PolicyChange
from pulumi_victorops.api.policies import Policy, PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.handlers.consequences import keys_along, policies_paging
from pulumi_victorops.handlers.forms import (
    Email,
    Name,
    NameSuffix,
    PolicySlug,
    RotationSlug,
    TeamSlug,
    UserReference,
    WebhookSlug,
)
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import (
    REPLACES,
    REPLACES_UNLESS_EXTENDED,
    SUFFIXED,
    UNORDERED,
    Input,
    Inputs,
    known,
)
from pulumi_victorops.lifecycle.journals import journal_for
from pulumi_victorops.lifecycle.meta import Meta
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.telling import TOLD
from pulumi_victorops.lifecycle.unknown import UNKNOWN

_DAY_OF_MINUTES = 24 * 60

# For each type of entry: our member, the API's member, and the name in that which identifies.
_MEMBERS = {
    "user": ("username", "user", "username"),
    "rotation_group": ("rotation_group", "rotationGroup", "slug"),
    "rotation_group_next": ("rotation_group", "rotationGroup", "slug"),
    "rotation_group_previous": ("rotation_group", "rotationGroup", "slug"),
    "email": ("email", "email", "address"),
    "webhook": ("webhook", "webhook", "slug"),
    "policy_routing": ("target_policy", "targetPolicy", "policySlug"),
}
_OUR_MEMBERS = sorted({ours for ours, _, _ in _MEMBERS.values()})


class EntryInputs(Inputs):
    """Whom or what a step pages: a type, and the one property that belongs to it."""

    type: Input[
        Literal[
            "user",
            "rotation_group",
            "rotation_group_next",
            "rotation_group_previous",
            "email",
            "webhook",
            "policy_routing",
        ]
    ]
    username: Input[UserReference | None] = None
    rotation_group: Input[RotationSlug | None] = None
    email: Input[Email | None] = None
    webhook: Input[WebhookSlug | None] = None
    target_policy: Input[PolicySlug | None] = None

    @model_validator(mode="after")
    def _has_what_its_type_wants(self) -> Self:
        if isinstance(self.type, str):
            wanted = _MEMBERS[self.type][0]
            extra = [name for name in _OUR_MEMBERS if name != wanted and getattr(self, name) is not None]
            if getattr(self, wanted) is None:
                raise ValueError(f"an entry of type {self.type!r} needs {wanted!r}")
            if extra:
                raise ValueError(f"an entry of type {self.type!r} has {wanted!r} and no {extra[0]!r}")
        return self


def _somebody_each_once(entries: list[EntryInputs]) -> list[EntryInputs]:
    if not entries:
        raise ValueError("the step has no entries, so it pages nobody")
    seen: list[dict[str, Any]] = []
    for entry in known(entries):
        properties = entry.to_properties()
        if properties in seen:
            raise ValueError(f"the same entry stands here twice: {json.dumps(properties)}")
        if UNKNOWN not in properties.values():
            seen.append(properties)
    return entries


def _minutes(timeout: int) -> int:
    if not 0 <= timeout <= _DAY_OF_MINUTES:
        raise ValueError(f"{timeout} is not a step's timeout: expected minutes (not seconds), 0 to {_DAY_OF_MINUTES}")
    return timeout


class StepInputs(Inputs):
    """What happens `timeout` minutes after the step before it began."""

    timeout: Input[Annotated[int, AfterValidator(_minutes)]]
    entries: Annotated[Input[Annotated[list[Input[EntryInputs]], AfterValidator(_somebody_each_once)]], UNORDERED]


def _not_empty(steps: list[StepInputs]) -> list[StepInputs]:
    if not steps:
        raise ValueError("the policy has no steps, so it pages nobody")
    return steps


class EscalationPolicyInputs(Inputs):
    """What the program says of an escalation policy. The documented calls can't change one."""

    team: Annotated[Input[TeamSlug], REPLACES]
    name: Annotated[Input[Name], REPLACES, SUFFIXED]
    steps: Annotated[Input[Annotated[list[Input[StepInputs]], AfterValidator(_not_empty)]], REPLACES_UNLESS_EXTENDED]
    ignore_custom_paging_policies: Annotated[Input[bool], REPLACES_UNLESS_EXTENDED] = False
    name_suffix: NameSuffix = None


class EscalationPolicyHandler(Handler[EscalationPolicyInputs]):
    """The slug is the id."""

    model = EscalationPolicyInputs

    def create(self, org: Org, inputs: EscalationPolicyInputs) -> Live:
        """One call."""
        made = org.client.policies.create(
            PolicyPayload(
                name=inputs.name,
                team_slug=inputs.team,
                ignore_custom_paging_policies=inputs.ignore_custom_paging_policies,
                steps=_steps_to_api(inputs),
            )
        )
        org.directory.policy_came(made.slug, made.name, inputs.team)
        return _live(made, inputs.team)

    def candidates(self, org: Org, inputs: EscalationPolicyInputs) -> Iterable[str]:
        """The team's policies of this name, but for one that is about to be replaced by what is made."""
        rows = org.directory.policies().values()
        alike = [row.policy.slug for row in rows if row.team.slug == inputs.team and row.policy.name == inputs.name]
        return [slug for slug in alike if not org.key_paths.is_replaced(slug)]

    def without(self, org: Org, inputs: EscalationPolicyInputs) -> str:
        """Where alerts go, if keys went with the old policy: they are made after the new one."""
        return org.key_paths.without()

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call, and one for the teams of all policies. Where the list hasn't it, that is all."""
        row = org.directory.policies().get(object_id)
        if row is None:
            return None
        try:
            return _live(org.directory.policy(object_id), row.team.slug)
        except NotFoundError:
            return None

    def update(self, org: Org, object_id: str, inputs: EscalationPolicyInputs, changed: Set[str]) -> Live:
        """One call, which newer services have."""
        change = PolicyChange(
            steps=_steps_to_api(inputs), ignore_custom_paging_policies=inputs.ignore_custom_paging_policies
        )
        try:
            changed_policy = org.client.extended.update_policy(object_id, change)
        finally:
            org.directory.policy_changed(object_id)
        return _live(changed_policy, inputs.team)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call. Routing keys that led only to this policy go with it, which is told.

        Where the policy is replaced, those that nobody would make again keep it from being deleted.
        """
        org.key_paths.check_delete(object_id, *_routed_to(known))
        along = keys_along(org, {object_id})
        with removing(org):
            org.client.policies.delete(object_id)
        org.directory.policy_went(object_id)
        org.key_paths.deleted(object_id)
        if along:
            TOLD.info("the escalation policy %r (%s) took along %s", known.get("name"), object_id, ", ".join(along))

    def audit(self, org: Org, object_id: str, known: Mapping[str, Any], new: Mapping[str, Any], replaced: bool) -> str:
        """What leads to a policy that is replaced."""
        if not replaced:
            return ""
        along = keys_along(org, {object_id})
        losing = [f"the entry for it in {policy}" for policy in policies_paging(org, "target_policy", object_id)]
        if not along and not losing:
            return ""
        return (
            f"the escalation policy {known.get('name')!r} ({object_id}) is to be replaced, and these lead there, "
            f"which the program has to make again: {', '.join((*along, *losing))}"
        )

    def deletes_first(self, org: Org, object_id: str, known: Mapping[str, Any], changed: Set[str]) -> bool:
        """Where a routing key leads there: it can't be led elsewhere, and has to go with the old policy.

        One list of keys for all policies of an operation. Keys that a run which was cut off had begun are the stack's
        too, though the state doesn't have them.
        """
        for begun in journal_for(org.settings.journal, Meta.of(known).identity).cut_off():
            if (begun.key.org, begun.key.kind) == (org.key, "RoutingKey"):
                org.key_paths.claim(begun.entry.id or begun.entry.inputs["routing_key"])
        told = org.key_paths.is_replaced(object_id)
        keys = org.key_paths.replacing(object_id)
        first = bool(keys) and not org.settings.extended_api
        if first and not told and not org.settings.audit:  # which tells it in its own words
            TOLD.info(
                "the replacement of the escalation policy %s takes along what leads to it: %s; what the stack has of "
                "them is made again at once, anything else keeps the policy from being deleted",
                object_id,
                ", ".join(f"the routing key {name!r}" for name in keys),
            )
        return first


def _live(policy: Policy, team: str | None) -> Live:
    return Live(
        id=policy.slug,
        inputs={
            "team": team or None,
            "name": policy.name,
            "steps": [
                {"timeout": step.timeout, "entries": [_from_api(entry) for entry in step.entries]}
                for step in policy.steps
            ],
            "ignore_custom_paging_policies": policy.ignore_custom_paging_policies,
        },
    )


def _steps_to_api(inputs: EscalationPolicyInputs) -> list[PolicyStep]:
    return [
        PolicyStep(timeout=step.timeout, entries=[_to_api(entry) for entry in step.entries]) for step in inputs.steps
    ]


def _routed_to(known: Mapping[str, Any]) -> list[str]:
    """The policies that the steps lead on to."""
    entries = [entry for step in known.get("steps") or [] for entry in step.get("entries") or []]
    return [entry["target_policy"] for entry in entries if entry.get("target_policy")]


def _to_api(entry: EntryInputs) -> PolicyEntry:
    ours, theirs, key = _MEMBERS[entry.type]
    return PolicyEntry.model_validate({"executionType": entry.type, theirs: {key: getattr(entry, ours)}})


def _from_api(entry: PolicyEntry) -> dict[str, Any]:
    """Only what identifies: the service adds names and labels. Types that only the web console makes have nothing."""
    if entry.execution_type not in _MEMBERS:
        return {"type": entry.execution_type}
    ours, theirs, key = _MEMBERS[entry.execution_type]
    return {"type": entry.execution_type, ours: (entry.to_json().get(theirs) or {}).get(key)}
