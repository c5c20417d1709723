"""Primary paging policies: how a person is told, step by step, when an escalation policy pages them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, model_validator
from typing_extensions import Self

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.paging import ContactReference, PagingRulePayload, PagingStep
from pulumi_victorops.handlers.contact import DEFAULT_LABEL
from pulumi_victorops.handlers.forms import UserReference
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, UNORDERED, Input, Inputs, known
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.unknown import UNKNOWN

_TIMEOUTS = (1, 5, 10, 15, 20, 25, 30, 45, 60)
_NEW_USERS_TIMEOUT = 5
_ALL_DEVICES = 0
# How often steps are begun with while somebody else changes them too.
_ATTEMPTS = 3

# What kind of contact method each type of rule uses, in the service's words.
_CONTACT_TYPES = {"email": "email", "sms": "phone", "phone": "phone"}


def _check_contact_id(number: int) -> int:
    if number < 1:
        raise ValueError(f"{number} is not a contact's id: expected a whole number, as `contact.contact_id` gives it")
    return number


class RuleInputs(Inputs):
    """One way of telling somebody. An e-mail without a contact goes to the address that comes with the user."""

    type: Input[Literal["push", "email", "sms", "phone"]]
    contact_id: Input[Annotated[int, AfterValidator(_check_contact_id)] | None] = None

    @model_validator(mode="after")
    def _has_what_its_type_wants(self) -> Self:
        if self.type == "push" and self.contact_id is not None:
            raise ValueError("a rule of type 'push' goes to all devices and has no 'contact_id'")
        if self.type in {"sms", "phone"} and self.contact_id is None:
            raise ValueError(f"a rule of type {self.type!r} needs 'contact_id'")
        return self


def _something_each_once(rules: list[RuleInputs]) -> list[RuleInputs]:
    if not rules:
        raise ValueError("the step has no rules, so it pages nobody")
    seen: list[dict[str, Any]] = []
    for rule in known(rules):
        properties = rule.to_properties()
        if properties in seen:
            raise ValueError(f"the same rule stands here twice: {json.dumps(properties)}")
        if UNKNOWN not in properties.values():
            seen.append(properties)
    return rules


def _minutes(timeout: int) -> int:
    if timeout not in _TIMEOUTS:
        listed = ", ".join(map(str, _TIMEOUTS))
        raise ValueError(f"{timeout} is not a step's timeout: expected minutes (not seconds), one of {listed}")
    return timeout


class StepInputs(Inputs):
    """What is done at once, and for how many minutes the next step then waits."""

    timeout: Input[Annotated[int, AfterValidator(_minutes)]]
    rules: Annotated[Input[Annotated[list[Input[RuleInputs]], AfterValidator(_something_each_once)]], UNORDERED]


def _not_empty(steps: list[StepInputs]) -> list[StepInputs]:
    if not steps:
        raise ValueError("the policy has no steps, so it pages nobody")
    return steps


class PagingPolicyInputs(Inputs):
    """What the program says of somebody's primary paging policy."""

    username: Annotated[Input[UserReference], REPLACES]
    steps: Input[Annotated[list[Input[StepInputs]], AfterValidator(_not_empty)]]


@dataclass(frozen=True)
class _Step:
    """A step as the service has it: each rule by its type and contact, in an order that two equal ones share."""

    timeout: int
    rules: tuple[tuple[str, int], ...]


class PagingPolicyHandler(Handler[PagingPolicyInputs]):
    """The username is the id. Every user has a policy from the start, so making one changes what is there."""

    model = PagingPolicyInputs

    def create(self, org: Org, inputs: PagingPolicyInputs) -> Live:
        """One call to look, and one for each step that differs."""
        _bring(org, inputs.username, _wanted(org, inputs.username, inputs.to_properties()["steps"]))
        return Live(inputs.username)

    def place(self, inputs: PagingPolicyInputs) -> str | None:
        """Everybody has one."""
        return inputs.username.lower()

    def is_begun(self, live: Live, inputs: PagingPolicyInputs) -> bool:
        """The steps are written one by one, from the first."""
        wanted: list[Any] = inputs.to_properties()["steps"]
        return bool(live.inputs["steps"][:1] == wanted[:1])

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call, and one for the user's contact methods where a step writes to the default address."""
        try:
            live = _present(org, object_id)
        except NotFoundError:
            return None
        while live and not live[-1].rules:
            # Where the service keeps a step after its last rule, one at the end does nothing.
            live.pop()
        said = known.get("steps") or []
        try:
            same = _wanted(org, object_id, said)
        except NotFoundError:
            # Without a default address, nothing can be what was said of it.
            same = []
        steps = [
            said[index] if same[index : index + 1] == [step] else _to_properties(step)
            for index, step in enumerate(live)
        ]
        return Live(id=object_id.lower(), inputs={"username": object_id.lower(), "steps": steps})

    def update(self, org: Org, object_id: str, inputs: PagingPolicyInputs, changed: Set[str]) -> Live:
        """As `create`."""
        return self.create(org, inputs)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """Back to what a new user has, so that nobody silently becomes somebody who can't be reached."""
        try:
            email = {"type": "email"}
            _bring(org, object_id, _wanted(org, object_id, [{"timeout": _NEW_USERS_TIMEOUT, "rules": [email]}]))
        except NotFoundError:
            return


def _bring(org: Org, username: str, wanted: list[_Step]) -> None:
    """Make the steps as wanted. Where somebody else changes them too, they move: then look, and begin again."""
    for attempt in range(1, _ATTEMPTS + 1):
        present = _present(org, username)
        try:
            _change(org, username, present, wanted)
        except NotFoundError:
            if attempt == _ATTEMPTS:
                raise
        else:
            return


def _change(org: Org, username: str, present: list[_Step], wanted: list[_Step]) -> None:
    """Make other steps of those that are there. They are named by places, and none goes before the new ones stand."""
    paging = org.client.paging
    for index, step in enumerate(wanted):
        if index >= len(present):
            paging.add_step(username, timeout=step.timeout, rules=_payload(step))
        elif step != present[index]:
            paging.update_step(username, index, timeout=step.timeout, rules=_payload(step))
    for index in range(len(present) - 1, len(wanted) - 1, -1):
        # A step goes with its last rule. Backwards, since what stands behind a deleted one moves up.
        for rule in range(len(present[index].rules) - 1, -1, -1):
            paging.delete_rule(username, index, rule)


def _present(org: Org, username: str) -> list[_Step]:
    steps: list[PagingStep] = sorted(org.client.paging.steps(username), key=lambda step: step.index)
    return [
        _step(step.timeout, [(rule.type, rule.contact.id if rule.contact else _ALL_DEVICES) for rule in step.rules])
        for step in steps
    ]


def _wanted(org: Org, username: str, steps: Sequence[Mapping[str, Any]]) -> list[_Step]:
    """The steps that a program or a state describes, with the default address by its id."""

    def contact_id(rule: Mapping[str, Any]) -> int:
        if rule["type"] == "email" and rule.get("contact_id") is None:
            return _default_email(org, username)
        return rule.get("contact_id") or _ALL_DEVICES

    return [_step(step["timeout"], [(rule["type"], contact_id(rule)) for rule in step["rules"]]) for step in steps]


def _step(timeout: int, rules: list[tuple[str, int]]) -> _Step:
    return _Step(timeout, tuple(sorted(rules)))


def _default_email(org: Org, username: str) -> int:
    for email in org.directory.contacts(username).emails:
        if email.label == DEFAULT_LABEL and email.id is not None:
            return email.id
    raise NotFoundError(f"{username} has no e-mail address labelled {DEFAULT_LABEL!r}: name one by its contact_id")


def _payload(step: _Step) -> list[PagingRulePayload]:
    return [
        PagingRulePayload(
            type=kind,
            contact=None if kind == "push" else ContactReference(id=contact_id, type=_CONTACT_TYPES[kind]),
        )
        for kind, contact_id in step.rules
    ]


def _to_properties(step: _Step) -> dict[str, Any]:
    rules = [
        {"type": kind} if contact_id == _ALL_DEVICES else {"type": kind, "contact_id": contact_id}
        for kind, contact_id in step.rules
    ]
    return {"timeout": step.timeout, "rules": rules}
