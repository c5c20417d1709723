"""One call of each kind that retries tell apart."""

from __future__ import annotations

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.transport import Transport

READ = (op.GET_TEAM, {"team": "t1"})
REPLACE = (op.UPDATE_TEAM, {"team": "t1"})
DELETE = (op.DELETE_TEAM, {"team": "t1"})
CREATE = (op.ADD_TEAM, dict[str, str]())
PATCH = (op.TAKE_ON_CALL, {"policy": "pol-1"})
DELETE_BY_POSITION = (op.DELETE_PAGING_RULE, {"username": "ada", "step": "0", "rule": "1"})

Call = tuple[Operation, dict[str, str]]


def make(transport: Transport, call: Call) -> object:
    operation, segments = call
    return transport.call(operation, body={}, query=None, **segments)


def ids(value: object) -> str | None:
    return f"{value[0]}" if isinstance(value, tuple) else None
