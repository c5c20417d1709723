"""Messages to people: the timeline's chat, and mail to stakeholders. Neither can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.arguments import whole_number
from pulumi_victorops.api.transport import Transport


class Messages:
    """The calls that send messages."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def chat(
        self,
        *,
        username: str,
        external_username: str,
        text: str,
        monitoring_tool: str,
        incident: int | str | None = None,
        tags: Sequence[str] | None = None,
    ) -> None:
        """`POST /api-public/v1/chat`: `monitoring_tool` tells where the message comes from."""
        body: dict[str, Any] = {
            "username": username,
            "externalUsername": external_username,
            "text": text,
            "monitoringTool": monitoring_tool,
        }
        if incident is not None:
            body["incidentId"] = whole_number("incident", incident)
        if tags is not None:
            body["tags"] = list(tags)
        self._transport.call(op.SEND_CHAT, body=body)

    def to_stakeholders(
        self,
        *,
        title: str,
        message: str,
        incident: int | str,
        recipients: Sequence[str] | None = None,
        recipient_teams: Sequence[str] | None = None,
    ) -> None:
        """`POST /api-public/v1/stakeholders/sendMessage`: to users, to teams (by slug), or to both."""
        body: dict[str, Any] = {"title": title, "message": message, "incidentId": whole_number("incident", incident)}
        if recipients is not None:
            body["recipients"] = list(recipients)
        if recipient_teams is not None:
            body["recipientTeams"] = list(recipient_teams)
        self._transport.call(op.SEND_STAKEHOLDER_MESSAGE, body=body)
