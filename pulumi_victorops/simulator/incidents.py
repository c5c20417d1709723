"""What happens to an incident: it is opened, paged, acknowledged, rerouted, resolved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pulumi_victorops.simulator.escalation import page_policy, page_user
from pulumi_victorops.simulator.records_response import Alert, Incident, Transition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Policy
    from pulumi_victorops.simulator.records_response import Phase


def open_incident(org: Org, alert: Alert, monitor_name: str, monitor_type: str, by: str | None = None) -> Incident:
    """Open an incident with its first alert; nobody is paged yet."""
    fields = alert.fields
    name = _text(fields, "entity_display_name") or alert.entity_id
    incident = Incident(
        number=org.desk.next_number(),
        entity_id=alert.entity_id,
        entity_display_name=name,
        entity_state=alert.message_type,
        routing_key=_text(fields, "routing_key"),
        host=_text(fields, "host_name"),
        service=_text(fields, "service") or name,
        monitor_name=monitor_name,
        monitor_type=monitor_type,
        started_at=alert.received_at,
        alerts=[alert.id],
        transitions=[
            Transition(phase="UNACKED", at=alert.received_at, manually=by is not None, by=by, alert_id=alert.id)
        ],
    )
    org.desk.add_incident(incident)
    return incident


def page_policies(org: Org, incident: Incident, policies: Iterable[Policy], at: datetime) -> None:
    """Give an incident to policies."""
    for policy in policies:
        page_policy(org, incident, policy, at)


def acknowledge(
    incident: Incident, at: datetime, by: str | None, message: str | None, alert_id: str | None = None
) -> None:
    """Stop the escalation, since somebody cares; of further ones who say so a note is taken."""
    incident.fall_silent()
    _change_phase(incident, "ACKED", at, by, message, alert_id)


def resolve(
    org: Org, incident: Incident, at: datetime, by: str | None, message: str | None, alert_id: str | None = None
) -> None:
    """End an incident; a later alert of its entity opens another."""
    incident.fall_silent()
    org.desk.close_incident(incident)
    _change_phase(incident, "RESOLVED", at, by, message, alert_id)


def reroute(
    org: Org, incident: Incident, policies: list[Policy], usernames: list[str], at: datetime, by: str, *, add: bool
) -> None:
    """Give an incident to other policies and users, or to further ones; it waits to be acknowledged again."""
    if not add:
        incident.fall_silent()
        incident.begun.clear()
    incident.muted = False
    if incident.phase == "ACKED":
        _change_phase(incident, "UNACKED", at, by, None, None)
    page_policies(org, incident, policies, at)
    for username in usernames:
        page_user(org, incident, username, at)


def _change_phase(
    incident: Incident, phase: Phase, at: datetime, by: str | None, message: str | None, alert_id: str | None
) -> None:
    incident.phase = phase
    incident.transitions.append(
        Transition(phase=phase, at=at, manually=alert_id is None, by=by, message=message, alert_id=alert_id)
    )


def _text(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value)
