"""Scheduled overrides: somebody is absent for a while, and others cover in the policies that would page them.

The service makes the assignments, one for each such policy; callers only say who covers.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse, parse_list
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.transport import Transport


class AbsentUser(ApiModel):
    """Who is absent."""

    username: str
    first_name: str = ""
    last_name: str = ""


class Assignment(ApiModel):
    """Who covers in one policy; nobody where `assigned` is false. `team` and `policy` are slugs."""

    policy: str
    team: str | None = None
    assigned: bool = False
    user: str | None = None


class Override(ApiModel):
    """An absence. The service writes `start` and `end` in UTC."""

    public_id: str
    user: AbsentUser
    timezone: str | None = None
    start: str
    end: str
    assignments: list[Assignment] = Field(default_factory=list)


class Overrides:
    """The calls about scheduled overrides. No call changes one; `override` is always a `public_id`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self) -> list[Override]:
        """`GET /api-public/v1/overrides`."""
        data = self._transport.call(op.LIST_OVERRIDES)
        return parse_list(Override, member(data, "overrides", op.LIST_OVERRIDES), op.LIST_OVERRIDES)

    def create(self, *, username: str, timezone: str, start: str, end: str) -> Override:
        """`POST /api-public/v1/overrides`: `username` is absent from `start` to `end`, both ISO 8601."""
        body = {"username": username, "timezone": timezone, "start": start, "end": end}
        return _override(self._transport.call(op.ADD_OVERRIDE, body=body), op.ADD_OVERRIDE)

    def get(self, override: str) -> Override:
        """`GET /api-public/v1/overrides/{publicId}`."""
        return _override(self._transport.call(op.GET_OVERRIDE, publicId=override), op.GET_OVERRIDE)

    def delete(self, override: str) -> None:
        """`DELETE /api-public/v1/overrides/{publicId}`."""
        self._transport.call(op.DELETE_OVERRIDE, publicId=override)

    def assignments(self, override: str) -> list[Assignment]:
        """`GET /api-public/v1/overrides/{publicId}/assignments`."""
        return parse_list(Assignment, self._transport.call(op.LIST_ASSIGNMENTS, publicId=override), op.LIST_ASSIGNMENTS)

    def assignment(self, override: str, policy: str) -> Assignment:
        """`GET /api-public/v1/overrides/{publicId}/assignments/{policySlug}`."""
        data = self._transport.call(op.GET_ASSIGNMENT, publicId=override, policySlug=policy)
        return parse(Assignment, data, op.GET_ASSIGNMENT)

    def assign(self, override: str, policy: str, *, username: str, accept_overlap: bool = False) -> Assignment:
        """`PUT /api-public/v1/overrides/{publicId}/assignments/{policySlug}`.

        With `accept_overlap` also somebody who has an absence of their own then.
        """
        body = {"policy": policy, "username": username, "acceptOverlap": accept_overlap}
        data = self._transport.call(op.UPDATE_ASSIGNMENT, body=body, publicId=override, policySlug=policy)
        return parse(Assignment, data, op.UPDATE_ASSIGNMENT)

    def unassign(self, override: str, policy: str) -> None:
        """`DELETE /api-public/v1/overrides/{publicId}/assignments/{policySlug}`: the row stays, with nobody in it."""
        self._transport.call(op.DELETE_ASSIGNMENT, publicId=override, policySlug=policy)


def _override(data: Any, operation: Operation) -> Override:
    """The override in its envelope, which the documentation calls `schedule` where it's made."""
    key = "schedule" if isinstance(data, dict) and "schedule" in data else "override"
    return parse(Override, member(data, key, operation), operation)
