"""Alerts: what monitoring told the service."""

from __future__ import annotations

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, Moment, parse
from pulumi_victorops.api.transport import Transport


class Alert(ApiModel):
    """An alert; the service leaves out what it doesn't know. `raw` is a JSON document as text."""

    message_type: str | None = None
    entity_id: str | None = None
    entity_display_name: str | None = None
    timestamp: Moment | None = None
    state_start_time: Moment | None = None
    state_message: str | None = None
    monitoring_tool: str | None = None
    ack_msg: str | None = None
    ack_author: str | None = None
    raw: str | None = None


class Alerts:
    """The call about alerts."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, uuid: str) -> Alert:
        """`GET /api-public/v1/alerts/{uuid}`."""
        return parse(Alert, self._transport.call(op.GET_ALERT, uuid=uuid), op.GET_ALERT)
