"""Escalation policies. The API makes, reads and deletes them; it documents no call that changes one."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse, parse_list
from pulumi_victorops.api.teams import TeamReference
from pulumi_victorops.api.transport import Transport


class PolicyEntry(ApiModel):
    """Whom or what a step pages: the execution type, and the one member that belongs to it."""

    execution_type: str
    user: dict[str, Any] | None = None
    rotation_group: dict[str, Any] | None = None
    email: dict[str, Any] | None = None
    webhook: dict[str, Any] | None = None
    target_policy: dict[str, Any] | None = None


class PolicyStep(ApiModel):
    """What happens `timeout` minutes after the step before it began."""

    timeout: int
    entries: list[PolicyEntry] = Field(default_factory=list)


class Policy(ApiModel):
    """An escalation policy. The service doesn't say here to which team it belongs."""

    name: str = ""
    slug: str
    ignore_custom_paging_policies: bool = False
    steps: list[PolicyStep] = Field(default_factory=list)


class PolicyPayload(ApiModel):
    """What is sent to create an escalation policy."""

    name: str
    team_slug: str
    ignore_custom_paging_policies: bool = False
    steps: list[PolicyStep]


class PolicyReference(ApiModel):
    """A policy as lists mention it."""

    name: str = ""
    slug: str


class PolicySummary(ApiModel):
    """A policy and its team."""

    policy: PolicyReference
    team: TeamReference = Field(default_factory=lambda: TeamReference(slug=""))


class Policies:
    """The calls about escalation policies."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, payload: PolicyPayload) -> Policy:
        """`POST /api-public/v1/policies`."""
        return parse(Policy, self._transport.call(op.ADD_POLICY, body=payload.to_json()), op.ADD_POLICY)

    def get(self, policy: str) -> Policy:
        """`GET /api-public/v1/policies/{policy}`."""
        return parse(Policy, self._transport.call(op.GET_POLICY, policy=policy), op.GET_POLICY)

    def all(self) -> list[PolicySummary]:
        """`GET /api-public/v1/policies`: the only call that tells a policy's team."""
        data = self._transport.call(op.LIST_POLICIES)
        return parse_list(PolicySummary, member(data, "policies", op.LIST_POLICIES), op.LIST_POLICIES)

    def delete(self, policy: str) -> None:
        """`DELETE /api-public/v1/policies/{policy}`: routing keys that led only there go with it."""
        self._transport.call(op.DELETE_POLICY, policy=policy)
