"""What the service has beyond its documented operations, as newer clients use it. Not every org's service has it."""

from __future__ import annotations

from typing import Any

from pulumi_victorops.api.errors import InvalidRequestError, NotFoundError
from pulumi_victorops.api.models import ApiModel, parse
from pulumi_victorops.api.operations import Operation, RateClass, Repeat
from pulumi_victorops.api.policies import Policy, PolicyStep
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.transport import Transport

_HINT = "; the service may lack this call: set victorops:extendedApi (or VO_EXTENDED_API) to false"
_ABSENT = 405


def _operation(name: str, method: str, path: str) -> Operation:
    # The catalogue stays what the service documents, so these aren't in it.
    return Operation(name, method, f"/api-public/v1/{path}", RateClass.STANDARD, Repeat.SAFE)


UPDATE_POLICY = _operation("update_policy", "PUT", "policies/{policy}")
UPDATE_ROUTING_KEY = _operation("update_routing_key", "PUT", "org/routing-keys/{routingKey}")
DELETE_ROUTING_KEY = _operation("delete_routing_key", "DELETE", "org/routing-keys/{routingKey}")


class PolicyChange(ApiModel):
    """What can be changed in an escalation policy: neither its name nor its team."""

    steps: list[PolicyStep]
    ignore_custom_paging_policies: bool = False


class RoutingKeyChange(ApiModel):
    """What can be changed in a routing key: where it leads."""

    targets: list[str]


class Extended:
    """The calls that only newer services have. One that is missing is said to be, with the remedy."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def update_policy(self, policy: str, change: PolicyChange) -> Policy:
        """`PUT /api-public/v1/policies/{policy}`: the whole of the steps."""
        return parse(Policy, self._call(UPDATE_POLICY, change.to_json(), policy=policy), UPDATE_POLICY)

    def update_routing_key(self, routing_key: str, change: RoutingKeyChange) -> RoutingKeyPayload:
        """`PUT /api-public/v1/org/routing-keys/{routingKey}`: all the targets, as slugs."""
        data = self._call(UPDATE_ROUTING_KEY, change.to_json(), routingKey=routing_key)
        return parse(RoutingKeyPayload, data, UPDATE_ROUTING_KEY)

    def delete_routing_key(self, routing_key: str) -> None:
        """`DELETE /api-public/v1/org/routing-keys/{routingKey}`: its policies stay. The default key is refused."""
        self._call(DELETE_ROUTING_KEY, None, routingKey=routing_key)

    def _call(self, operation: Operation, body: Any, **segments: str) -> Any:
        try:
            return self._transport.call(operation, body=body, query=None, **segments)
        except (NotFoundError, InvalidRequestError) as error:
            if isinstance(error, InvalidRequestError) and error.status != _ABSENT:
                raise
            raise type(error)(
                f"{error.args[0]}{_HINT}",
                operation=operation,
                status=error.status,
                service_message=error.service_message,
            ) from None
