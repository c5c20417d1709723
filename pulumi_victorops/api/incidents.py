"""Incidents: reading them, and what people do with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, Moment, member, parse, parse_list
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.policies import PolicySummary
from pulumi_victorops.api.transport import Transport


def _digits(number: Any) -> Any:
    """The service sends the numbers of incidents as text, the older ones as numbers."""
    return str(number) if isinstance(number, int) else number


IncidentNumber = Annotated[str, BeforeValidator(_digits)]


class Transition(ApiModel):
    """A change of an incident's phase."""

    name: str
    at: Moment | None = None
    by: str | None = None
    message: str | None = None
    manually: bool | None = None
    alert_id: str | None = None
    alert_url: str | None = None


class Incident(ApiModel):
    """An incident; the service leaves out what it doesn't know.

    `current_phase` is `UNACKED`, `ACKED` or `RESOLVED`; reporting has words of its own.
    """

    incident_number: IncidentNumber | None = None
    current_phase: str | None = None
    start_time: Moment | None = None
    alert_count: int | None = None
    last_alert_time: Moment | None = None
    last_alert_id: str | None = None
    first_alert_uuid: str | None = None
    entity_id: str | None = None
    entity_display_name: str | None = None
    entity_state: str | None = None
    entity_type: str | None = None
    host: str | None = None
    service: str | None = None
    routing_key: str | None = None
    monitor_name: str | None = None
    monitor_type: str | None = None
    paged_users: list[str] = Field(default_factory=list)
    paged_teams: list[str] = Field(default_factory=list)
    paged_policies: list[PolicySummary] = Field(default_factory=list)
    transitions: list[Transition] = Field(default_factory=list)


class IncidentTarget(ApiModel):
    """Whom an incident pages: a `User` by name, or an `EscalationPolicy` by slug."""

    type: str
    slug: str


class CreatedIncident(ApiModel):
    """What is told of a new incident."""

    incident_number: IncidentNumber
    entity_id: str | None = None


class CommandResult(ApiModel):
    """What became of one incident that was to be acknowledged or resolved."""

    incident_number: IncidentNumber | None = None
    entity_id: str | None = None
    cmd_accepted: bool
    message: str | None = None


class Reroute(ApiModel):
    """Where one incident is to go: to its targets instead, or (with `add_targets`) as well."""

    incident_number: IncidentNumber
    targets: list[IncidentTarget]
    add_targets: bool | None = None


class TargetStatus(ApiModel):
    """Whether an incident reached one target."""

    slug: str
    success: bool
    message: str | None = None


class RerouteStatus(ApiModel):
    """What became of one rerouted incident."""

    incident_number: IncidentNumber
    success: bool
    message: str | None = None
    target_status: list[TargetStatus] = Field(default_factory=list)


class Incidents:
    """The calls about incidents. Whoever acts on one is named by `username`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self) -> list[Incident]:
        """`GET /api-public/v1/incidents`: the open, the acknowledged and the recently resolved ones."""
        data = self._transport.call(op.LIST_INCIDENTS)
        return parse_list(Incident, member(data, "incidents", op.LIST_INCIDENTS), op.LIST_INCIDENTS)

    def get(self, incident: int | str) -> Incident:
        """`GET /api-public/v1/incidents/{incidentNumber}`: also one that is long resolved."""
        return parse(Incident, self._transport.call(op.GET_INCIDENT, incidentNumber=incident), op.GET_INCIDENT)

    def create(
        self,
        *,
        username: str,
        summary: str,
        details: str,
        targets: Sequence[IncidentTarget],
        is_multi_responder: bool | None = None,
    ) -> CreatedIncident:
        """`POST /api-public/v1/incidents`: pages the targets at once."""
        body: dict[str, Any] = {
            "summary": summary,
            "details": details,
            "userName": username,
            "targets": [target.to_json() for target in targets],
        }
        if is_multi_responder is not None:
            body["isMultiResponder"] = is_multi_responder
        return parse(CreatedIncident, self._transport.call(op.CREATE_INCIDENT, body=body), op.CREATE_INCIDENT)

    def acknowledge(
        self, *, username: str, incidents: Sequence[int | str], message: str | None = None
    ) -> list[CommandResult]:
        """`PATCH /api-public/v1/incidents/ack`: a result for each; one that can't be is no error."""
        return self._command(op.ACKNOWLEDGE_INCIDENTS, username, incidents, message)

    def resolve(
        self, *, username: str, incidents: Sequence[int | str], message: str | None = None
    ) -> list[CommandResult]:
        """`PATCH /api-public/v1/incidents/resolve`: a result for each; one that can't be is no error."""
        return self._command(op.RESOLVE_INCIDENTS, username, incidents, message)

    def acknowledge_all_of(self, username: str, *, message: str | None = None) -> list[CommandResult]:
        """`PATCH /api-public/v1/incidents/byUser/ack`: every incident that paged the user."""
        return self._command(op.ACKNOWLEDGE_BY_USER, username, None, message)

    def resolve_all_of(self, username: str, *, message: str | None = None) -> list[CommandResult]:
        """`PATCH /api-public/v1/incidents/byUser/resolve`: every incident that paged the user."""
        return self._command(op.RESOLVE_BY_USER, username, None, message)

    def reroute(self, *, username: str, reroutes: Sequence[Reroute]) -> list[RerouteStatus]:
        """`POST /api-public/v1/incidents/reroute`: a status for each; one that can't be is no error."""
        body = {"userName": username, "reroutes": [reroute.to_json() for reroute in reroutes]}
        data = self._transport.call(op.REROUTE_INCIDENTS, body=body)
        return parse_list(RerouteStatus, member(data, "statuses", op.REROUTE_INCIDENTS), op.REROUTE_INCIDENTS)

    def _command(
        self, operation: Operation, username: str, incidents: Sequence[int | str] | None, message: str | None
    ) -> list[CommandResult]:
        body: dict[str, Any] = {"userName": username}
        if incidents is not None:
            body["incidentNames"] = [str(incident) for incident in incidents]
        if message is not None:
            body["message"] = message
        data = self._transport.call(operation, body=body)
        return parse_list(CommandResult, member(data, "results", operation), operation)
