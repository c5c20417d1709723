"""Paging policies: how a person is told, step by step. Steps and rules are addressed by their positions, from 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse, parse_list
from pulumi_victorops.api.transport import Transport


class ContactReference(ApiModel):
    """The contact method that a rule uses: its `id` (not its `ext_id`), and `email` or `phone`."""

    id: int
    # Sent in lower case, but the service answers with a capital.
    type: Annotated[str, AfterValidator(str.lower)] | None = None


class PagingRulePayload(ApiModel):
    """What is sent to make or to replace a rule; without a contact it goes to all devices."""

    type: str
    contact: ContactReference | None = None


class PagingRule(PagingRulePayload):
    """One way in which a step tells somebody."""

    index: int


class PagingStep(ApiModel):
    """What is done at once, and for how many minutes the next step waits."""

    index: int
    timeout: int
    rules: list[PagingRule] = Field(default_factory=list)


class TimeMask(ApiModel):
    """When a custom paging policy is in force."""

    monday: bool = False
    tuesday: bool = False
    wednesday: bool = False
    thursday: bool = False
    friday: bool = False
    saturday: bool = False
    sunday: bool = False
    time_zone: str | None = None
    start_time: str | None = None
    end_time: str | None = None


class PagingPolicy(ApiModel):
    """A paging policy with its steps; the primary one has rank 0."""

    rank: int | None = None
    name: str = ""
    slug: str = ""
    time_mask: TimeMask | None = None
    steps: list[PagingStep] = Field(default_factory=list)


class FlatRule(ApiModel):
    """One notification of the primary policy."""

    order: int
    timeout: int
    contact_type: str
    ext_id: str | None = None


class FlatPolicy(ApiModel):
    """The primary policy without its steps: one row for each notification."""

    username: str
    user_id: int | None = None
    policies: list[FlatRule] = Field(default_factory=list)


class Paging:
    """The calls about paging policies. No call deletes a step; it goes with its last rule."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def flat_policy(self, username: str) -> FlatPolicy:
        """`GET /api-public/v1/user/{user}/policies`."""
        return parse(FlatPolicy, self._transport.call(op.LIST_USER_POLICIES, user=username), op.LIST_USER_POLICIES)

    def policies(self, username: str) -> list[PagingPolicy]:
        """`GET /api-public/v2/profile/{username}/policies`: the primary policy first, then the custom ones."""
        data = self._transport.call(op.LIST_PAGING_POLICIES, username=username)
        return parse_list(PagingPolicy, member(data, "policies", op.LIST_PAGING_POLICIES), op.LIST_PAGING_POLICIES)

    def steps(self, username: str) -> list[PagingStep]:
        """`GET /api-public/v1/profile/{username}/policies`: the steps of the primary policy."""
        data = self._transport.call(op.GET_PAGING_POLICY, username=username)
        return parse_list(PagingStep, member(data, "steps", op.GET_PAGING_POLICY), op.GET_PAGING_POLICY)

    def add_step(self, username: str, *, timeout: int, rules: Sequence[PagingRulePayload] = ()) -> PagingStep:
        """`POST /api-public/v1/profile/{username}/policies`: the step becomes the last one."""
        data = self._transport.call(op.ADD_PAGING_STEP, body=_step_body(timeout, rules), username=username)
        return parse(PagingStep, member(data, "step", op.ADD_PAGING_STEP), op.ADD_PAGING_STEP)

    def get_step(self, username: str, step: int) -> PagingStep:
        """`GET /api-public/v1/profile/{username}/policies/{step}`."""
        data = self._transport.call(op.GET_PAGING_STEP, username=username, step=step)
        return parse(PagingStep, member(data, "step", op.GET_PAGING_STEP), op.GET_PAGING_STEP)

    def update_step(self, username: str, step: int, *, timeout: int, rules: Sequence[PagingRulePayload]) -> PagingStep:
        """`PUT /api-public/v1/profile/{username}/policies/{step}`: rules that aren't sent are dropped."""
        body = _step_body(timeout, rules)
        data = self._transport.call(op.UPDATE_PAGING_STEP, body=body, username=username, step=step)
        return parse(PagingStep, member(data, "step", op.UPDATE_PAGING_STEP), op.UPDATE_PAGING_STEP)

    def add_rule(self, username: str, step: int, payload: PagingRulePayload) -> PagingRule:
        """`POST /api-public/v1/profile/{username}/policies/{step}`: the rule becomes the step's last one."""
        body = _rule_body(payload)
        data = self._transport.call(op.ADD_PAGING_RULE, body=body, username=username, step=step)
        return parse(PagingRule, member(data, "stepRule", op.ADD_PAGING_RULE), op.ADD_PAGING_RULE)

    def get_rule(self, username: str, step: int, rule: int) -> PagingRule:
        """`GET /api-public/v1/profile/{username}/policies/{step}/{rule}`."""
        data = self._transport.call(op.GET_PAGING_RULE, username=username, step=step, rule=rule)
        return parse(PagingRule, member(data, "stepRule", op.GET_PAGING_RULE), op.GET_PAGING_RULE)

    def update_rule(self, username: str, step: int, rule: int, payload: PagingRulePayload) -> PagingRule:
        """`PUT /api-public/v1/profile/{username}/policies/{step}/{rule}`."""
        body = _rule_body(payload)
        data = self._transport.call(op.UPDATE_PAGING_RULE, body=body, username=username, step=step, rule=rule)
        return parse(PagingRule, member(data, "stepRule", op.UPDATE_PAGING_RULE), op.UPDATE_PAGING_RULE)

    def delete_rule(self, username: str, step: int, rule: int) -> None:
        """`DELETE /api-public/v1/profile/{username}/policies/{step}/{rule}`: later rules move down by one."""
        self._transport.call(op.DELETE_PAGING_RULE, username=username, step=step, rule=rule)


def _step_body(timeout: int, rules: Sequence[PagingRulePayload]) -> dict[str, Any]:
    return {"timeout": timeout, "rules": [_rule_body(rule) for rule in rules]}


def _rule_body(rule: PagingRulePayload) -> dict[str, Any]:
    # Named one by one, so that a rule can be sent as it was read.
    return rule.model_dump(exclude_none=True, include={"type": True, "contact": {"id", "type"}})
