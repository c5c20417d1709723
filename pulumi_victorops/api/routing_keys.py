"""Routing keys. The API makes and lists them; it documents no call that changes or deletes one."""

from __future__ import annotations

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse, parse_list
from pulumi_victorops.api.transport import Transport


class RoutingKeyTarget(ApiModel):
    """An escalation policy to which a key leads."""

    policy_name: str = ""
    policy_slug: str


class RoutingKey(ApiModel):
    """A routing key, as the list describes one."""

    routing_key: str
    targets: list[RoutingKeyTarget] = Field(default_factory=list)
    is_default: bool | None = None


class RoutingKeyPayload(ApiModel):
    """What is sent to create a routing key, and what comes back: the targets are slugs."""

    routing_key: str
    targets: list[str]


class RoutingKeys:
    """The calls about routing keys."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, payload: RoutingKeyPayload) -> RoutingKeyPayload:
        """`POST /api-public/v1/org/routing-keys`."""
        data = self._transport.call(op.ADD_ROUTING_KEY, body=payload.to_json())
        return parse(RoutingKeyPayload, data, op.ADD_ROUTING_KEY)

    def all(self) -> list[RoutingKey]:
        """`GET /api-public/v1/org/routing-keys`."""
        data = self._transport.call(op.LIST_ROUTING_KEYS)
        rows = member(data, "routingKeys", op.LIST_ROUTING_KEYS)
        return parse_list(RoutingKey, rows, op.LIST_ROUTING_KEYS)
