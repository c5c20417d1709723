"""Notes on incidents: JSON objects under names of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, parse, parse_list
from pulumi_victorops.api.transport import Transport


class Note(ApiModel):
    """A note; `name` is its key within the incident."""

    name: str
    display_name: str | None = None
    json_value: Any = Field(default=None, alias="json_value")


class Notes:
    """The calls about incidents' notes. No call reads one alone."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self, incident: int | str) -> list[Note]:
        """`GET /api-public/v1/incidents/{incidentNumber}/notes`."""
        data = self._transport.call(op.LIST_NOTES, incidentNumber=incident)
        return parse_list(Note, _rows(data), op.LIST_NOTES)

    def create(
        self,
        incident: int | str,
        *,
        name: str,
        display_name: str | None = None,
        json_value: Mapping[str, Any] | None = None,
    ) -> Note:
        """`POST /api-public/v1/incidents/{incidentNumber}/notes`."""
        body = _body(name, display_name, json_value)
        return parse(Note, self._transport.call(op.ADD_NOTE, body=body, incidentNumber=incident), op.ADD_NOTE)

    def update(
        self,
        incident: int | str,
        name: str,
        *,
        display_name: str | None = None,
        json_value: Mapping[str, Any] | None = None,
    ) -> None:
        """`PUT /api-public/v1/incidents/{incidentNumber}/notes/{noteName}`: replaces both; the answer is empty."""
        body = _body(name, display_name, json_value)
        self._transport.call(op.UPDATE_NOTE, body=body, incidentNumber=incident, noteName=name)

    def delete(self, incident: int | str, name: str) -> None:
        """`DELETE /api-public/v1/incidents/{incidentNumber}/notes/{noteName}`."""
        self._transport.call(op.DELETE_NOTE, incidentNumber=incident, noteName=name)


def _body(name: str, display_name: str | None, json_value: Mapping[str, Any] | None) -> dict[str, Any]:
    # Sent in snake case, although the answer has `displayName`.
    body: dict[str, Any] = {"name": name}
    if display_name is not None:
        body["display_name"] = display_name
    if json_value is not None:
        body["json_value"] = dict(json_value)
    return body


def _rows(data: Any) -> Any:
    """The notes, which may come as one bare note, as an array, or under `notes`."""
    if isinstance(data, dict):
        data = data.get("notes", [data] if data else [])
    return [] if data is None else data
