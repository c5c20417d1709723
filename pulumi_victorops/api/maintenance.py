"""Maintenance mode: alerts of some routing keys, or of all, are muted for a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, Moment, parse
from pulumi_victorops.api.transport import Transport


class MaintenanceTarget(ApiModel):
    """What is muted: the routing keys with these names."""

    type: str = ""
    names: list[str] = Field(default_factory=list)


class MaintenanceInstance(ApiModel):
    """One maintenance that is going on."""

    instance_id: str
    started_by: str | None = None
    started_at: Moment | None = None
    purpose: str | None = None
    targets: list[MaintenanceTarget] = Field(default_factory=list)
    is_global: bool = False


class MaintenanceState(ApiModel):
    """All that is muted now."""

    company_id: str | None = None
    active_instances: list[MaintenanceInstance] = Field(default_factory=list)


class Maintenance:
    """The calls about maintenance mode. Nothing changes a maintenance, and none ends by itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def state(self) -> MaintenanceState:
        """`GET /api-public/v1/maintenancemode`."""
        return parse(MaintenanceState, self._transport.call(op.GET_MAINTENANCE_MODE), op.GET_MAINTENANCE_MODE)

    def start(self, *, routing_keys: Sequence[str], purpose: str | None = None) -> MaintenanceState:
        """`POST /api-public/v1/maintenancemode/start`: no keys mute the whole org.

        The answer doesn't say which of the instances is the new one.
        """
        body: dict[str, Any] = {"type": "RoutingKeys", "names": list(routing_keys)}
        if purpose is not None:
            body["purpose"] = purpose
        data = self._transport.call(op.START_MAINTENANCE_MODE, body=body)
        return parse(MaintenanceState, data, op.START_MAINTENANCE_MODE)

    def end(self, instance: str) -> MaintenanceState:
        """`PUT /api-public/v1/maintenancemode/{maintenancemodeid}/end`: tells what is still muted."""
        data = self._transport.call(op.END_MAINTENANCE_MODE, body={}, maintenancemodeid=instance)
        return parse(MaintenanceState, data, op.END_MAINTENANCE_MODE)
