"""Alerts: operation E75, and the address that monitoring tools send them to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from pulumi_victorops.simulator.alerting import receive
from pulumi_victorops.simulator.bodies import Document, first_error
from pulumi_victorops.simulator.escalation import settle
from pulumi_victorops.simulator.operations import ALERT_INTAKE
from pulumi_victorops.simulator.refusals import bad_request, not_found

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records_response import Alert

_FIELDS: TypeAdapter[dict[str, Any]] = TypeAdapter(Document)

# How a field of an alert is called in an answer; those that were not sent are left out.
_SHOWN = {
    "state_message": "stateMessage",
    "monitoring_tool": "monitoringTool",
    "entity_display_name": "entityDisplayName",
    "state_start_time": "stateStartTime",
    "ack_msg": "ackMsg",
    "ack_author": "ackAuthor",
}


def _alert_json(alert: Alert) -> dict[str, Any]:
    return {
        "messageType": alert.message_type,
        "entityId": alert.entity_id,
        "timestamp": int(alert.received_at.timestamp()),
        "stateStartTime": int(alert.received_at.timestamp()),
        **{shown: alert.fields[field] for field, shown in _SHOWN.items() if field in alert.fields},
        "raw": json.dumps(alert.fields, separators=(",", ":"), ensure_ascii=False),
    }


def _read(call: Call) -> dict[str, Any]:
    alert = call.org.desk.alerts.get(call.params["uuid"])
    if alert is None:
        raise not_found(f"No alert '{call.params['uuid']}' found")
    return _alert_json(alert)


def _receive(call: Call) -> dict[str, str]:
    if call.params["integrationKey"] != call.config.integration_key:
        raise not_found(f"No integration '{call.params['integrationKey']}' found")
    try:
        fields = _FIELDS.validate_json(call.raw_body)
    except ValidationError as wrong:
        raise bad_request(first_error(wrong)) from None
    alert = receive(call.org, fields, call.params["routingKey"], call.now)
    settle(call.org, call.now)
    return {"result": "success", "entity_id": alert.entity_id}


RULES: dict[str, Rule] = {
    "GET /api-public/v1/alerts/{uuid}": _read,
    **dict.fromkeys(ALERT_INTAKE, _receive),
}
"""What answers each operation on alerts."""
