"""Maintenance mode: operations E81 to E83. It never ends by itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from pulumi_victorops.simulator.bodies import Body
from pulumi_victorops.simulator.records_response import MaintenanceMode
from pulumi_victorops.simulator.refusals import RefusedError, bad_request, not_found

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org

_ENHANCE_YOUR_CALM = 420


class _StartBody(Body):
    type: Literal["RoutingKeys"]
    names: list[str]
    purpose: str | None = None


def _state_json(org: Org) -> dict[str, Any]:
    return {
        "companyId": org.company,
        "activeInstances": [
            {
                "instanceId": mode.instance_id,
                "startedBy": mode.started_by,
                "startedAt": int(mode.started_at.timestamp() * 1000),
                "purpose": mode.purpose,
                "targets": [{"type": "RoutingKeys", "names": mode.names}],
                "isGlobal": not mode.names,
            }
            for mode in org.desk.maintenance_modes.values()
        ],
    }


def _read(call: Call) -> dict[str, Any]:
    return _state_json(call.org)


def _start(call: Call) -> dict[str, Any]:
    body, active = call.body(_StartBody), call.org.desk.maintenance_modes
    for name in body.names:
        if call.org.routing_key(name) is None:
            raise bad_request(f"No routing key '{name}' found")
    if not body.names and any(not mode.names for mode in active.values()):
        raise RefusedError(HTTPStatus.CONFLICT, "A global maintenance mode is active already")
    if call.config.max_maintenance is not None and len(active) >= call.config.max_maintenance:
        raise RefusedError(
            _ENHANCE_YOUR_CALM, f"The limit of {call.config.max_maintenance} maintenance modes is reached"
        )
    mode = MaintenanceMode(
        instance_id=call.org.new_slug("mm-", 32),
        started_by=call.org.key_owner(),
        started_at=call.now,
        purpose=body.purpose or "",
        names=list(dict.fromkeys(body.names)),
    )
    active[mode.instance_id] = mode
    return _state_json(call.org)


def _end(call: Call) -> dict[str, Any]:
    wanted = call.params["maintenancemodeid"]
    if call.org.desk.maintenance_modes.pop(wanted, None) is None:
        raise not_found(f"No maintenance mode '{wanted}' found")
    return _state_json(call.org)


RULES: dict[str, Rule] = {
    "GET /api-public/v1/maintenancemode": _read,
    "POST /api-public/v1/maintenancemode/start": _start,
    "PUT /api-public/v1/maintenancemode/{maintenancemodeid}/end": _end,
}
"""What answers each operation on maintenance mode."""
