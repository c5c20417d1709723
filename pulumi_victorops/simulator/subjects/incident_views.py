"""How incidents are shown: in capitals by the API itself, in small letters by its reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.clock import stamp
from pulumi_victorops.simulator.subjects.links import link

if TYPE_CHECKING:
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records_response import Incident, Phase, Transition

WORDS: dict[Phase, str] = {"UNACKED": "triggered", "ACKED": "acknowledged", "RESOLVED": "resolved"}
"""What the reports call a phase."""

_ENTITY_TYPE = "SERVICE"


def incident_json(org: Org, incident: Incident) -> dict[str, Any]:
    """Show an incident as the API does."""
    last = org.desk.alerts[incident.alerts[-1]]
    shown = {
        "incidentNumber": str(incident.number),
        "startTime": stamp(incident.started_at),
        "currentPhase": incident.phase,
        "entityId": incident.entity_id,
        "entityDisplayName": incident.entity_display_name,
        "entityState": incident.entity_state,
        "entityType": _ENTITY_TYPE,
        "routingKey": incident.routing_key,
        "host": incident.host,
        "service": incident.service,
        "monitorName": incident.monitor_name,
        "monitorType": incident.monitor_type,
        "alertCount": len(incident.alerts),
        "firstAlertUuid": incident.alerts[0],
        "lastAlertId": last.id,
        "lastAlertTime": stamp(last.received_at),
        "pagedUsers": incident.paged_users,
        "pagedTeams": list(dict.fromkeys(paged.team_slug for paged in incident.paged_policies)),
        "pagedPolicies": [
            {
                "policy": {"name": paged.name, "slug": paged.slug},
                "team": {"name": paged.team_name, "slug": paged.team_slug},
            }
            for paged in incident.paged_policies
        ],
        "transitions": [_transition_json(transition) for transition in incident.transitions],
    }
    return _without_none(shown)


def report_json(org: Org, incident: Incident) -> dict[str, Any]:
    """Show an incident as the reports do."""
    shown = incident_json(org, incident)
    shown["currentPhase"] = WORDS[incident.phase]
    for member in ("entityState", "entityType"):
        shown[member] = shown[member].lower()
    for transition, shown_transition in zip(incident.transitions, shown["transitions"], strict=True):
        shown_transition["name"] = WORDS[transition.phase]
    return shown


def _transition_json(transition: Transition) -> dict[str, Any]:
    alert_id = transition.alert_id
    return _without_none(
        {
            "name": transition.phase,
            "at": stamp(transition.at),
            "by": transition.by,
            "message": transition.message,
            "manually": transition.manually,
            "alertId": alert_id,
            "alertUrl": None if alert_id is None else link("alerts", alert_id),
        }
    )


def _without_none(shown: dict[str, Any]) -> dict[str, Any]:
    return {member: value for member, value in shown.items() if value is not None}
