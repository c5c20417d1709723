"""Chat and stakeholder messages: operations E84 and E85. They are kept, and sent to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.calls import EMPTY
from pulumi_victorops.simulator.records_response import Message
from pulumi_victorops.simulator.refusals import bad_request, not_found

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule


class _ChatBody(Body):
    username: Text
    text: Text
    external_username: str | None = None
    monitoring_tool: str | None = None
    incident_id: int | None = None
    tags: list[str] | None = None


class _StakeholderBody(Body):
    title: Text
    message: Text
    incident_id: int
    recipients: list[str] = Field(default_factory=list)
    recipient_teams: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _to_somebody(self) -> _StakeholderBody:
        if not self.recipients and not self.recipient_teams:
            raise ValueError("recipients or recipientTeams has to name somebody")
        return self


def _chat(call: Call) -> Any:
    body = call.body(_ChatBody)
    if body.incident_id is not None and body.incident_id not in call.org.desk.incidents:
        raise bad_request(f"No incident '{body.incident_id}' found")
    call.org.desk.messages.append(
        Message(
            kind="chat",
            at=call.now,
            incident=body.incident_id,
            sender=body.username,
            to=[],
            title="",
            text=body.text,
            details=body.model_dump(
                by_alias=True, exclude_none=True, include={"external_username", "monitoring_tool", "tags"}
            ),
        )
    )
    return EMPTY


def _tell_stakeholders(call: Call) -> Any:
    org, body = call.org, call.body(_StakeholderBody)
    for username in body.recipients:
        if username.lower() not in org.users:
            raise not_found(f"No user '{username}' found")
    for slug in body.recipient_teams:
        if slug not in org.teams:
            raise not_found(f"No team '{slug}' found")
    if body.incident_id not in org.desk.incidents:
        raise not_found(f"No incident '{body.incident_id}' found")
    org.desk.messages.append(
        Message(
            kind="stakeholder",
            at=call.now,
            incident=body.incident_id,
            to=[*body.recipients, *body.recipient_teams],
            title=body.title,
            text=body.message,
        )
    )
    return EMPTY


RULES: dict[str, Rule] = {
    "POST /api-public/v1/chat": _chat,
    "POST /api-public/v1/stakeholders/sendMessage": _tell_stakeholders,
}
"""What answers the operations on messages."""
