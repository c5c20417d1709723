"""The calls about incidents and alerts, what is muted, messages and reports."""

from __future__ import annotations

from pulumi_victorops.api.alert_rules import AlertRulePayload, AnnotationPayload
from pulumi_victorops.api.incidents import IncidentTarget, Reroute
from tests.api.expected_calls import ExpectedCall
from tests.api.samples import ALERT_RULE_JSON, INCIDENT_JSON, MAINTENANCE_JSON, NOTE_JSON

V1 = "/api-public/v1"
NOTES = f"{V1}/incidents/4711/notes"
RULE = AlertRulePayload(
    alert_field="host_name",
    alert_value_match="db-.*",
    match_type="REGEX",
    rank=1,
    route_key="database",
    annotations=[AnnotationPayload(annotation_type="s", field_name="Team", field_value="Platform")],
)
SENT_RULE = {
    "alertField": "host_name",
    "alertValueMatch": "db-.*",
    "matchType": "REGEX",
    "stopFlag": False,
    "rank": 1,
    "routeKey": "database",
    "annotations": [{"annotationType": "s", "fieldName": "Team", "fieldValue": "Platform", "flags": 0}],
}
PAGE_ADA = [IncidentTarget(type="User", slug="ada")]
ACCEPTED = {"results": [{"incidentNumber": "4711", "entityId": "e", "cmdAccepted": True, "message": ""}]}

INCIDENTS = [
    ExpectedCall("list_incidents", lambda c: c.incidents.all(), f"GET {V1}/incidents", {"incidents": [INCIDENT_JSON]}),
    ExpectedCall("get_incident", lambda c: c.incidents.get(4711), f"GET {V1}/incidents/4711", INCIDENT_JSON),
    ExpectedCall(
        "create_incident",
        lambda c: c.incidents.create(
            username="ada", summary="Disk full", details="on db-1", targets=PAGE_ADA, is_multi_responder=True
        ),
        f"POST {V1}/incidents",
        {"incidentNumber": "4711", "entityId": "e", "conferenceBridge": {"errorMsg": "none"}},
        {
            "summary": "Disk full",
            "details": "on db-1",
            "userName": "ada",
            "targets": [{"type": "User", "slug": "ada"}],
            "isMultiResponder": True,
        },
    ),
    ExpectedCall(
        "acknowledge_incidents",
        lambda c: c.incidents.acknowledge(username="ada", incidents=[4711], message="on it"),
        f"PATCH {V1}/incidents/ack",
        ACCEPTED,
        {"userName": "ada", "incidentNames": ["4711"], "message": "on it"},
    ),
    ExpectedCall(
        "resolve_incidents",
        lambda c: c.incidents.resolve(username="ada", incidents=["4711"]),
        f"PATCH {V1}/incidents/resolve",
        ACCEPTED,
        {"userName": "ada", "incidentNames": ["4711"]},
    ),
    ExpectedCall(
        "acknowledge_by_user",
        lambda c: c.incidents.acknowledge_all_of("ada"),
        f"PATCH {V1}/incidents/byUser/ack",
        ACCEPTED,
        {"userName": "ada"},
    ),
    ExpectedCall(
        "resolve_by_user",
        lambda c: c.incidents.resolve_all_of("ada", message="fixed"),
        f"PATCH {V1}/incidents/byUser/resolve",
        ACCEPTED,
        {"userName": "ada", "message": "fixed"},
    ),
    ExpectedCall(
        "reroute_incidents",
        lambda c: c.incidents.reroute(
            username="ada", reroutes=[Reroute(incident_number="4711", targets=PAGE_ADA, add_targets=False)]
        ),
        f"POST {V1}/incidents/reroute",
        {"statuses": [{"incidentNumber": "4711", "success": True, "targetStatus": [{"slug": "ada", "success": True}]}]},
        {
            "userName": "ada",
            "reroutes": [{"incidentNumber": "4711", "targets": [{"type": "User", "slug": "ada"}], "addTargets": False}],
        },
    ),
    ExpectedCall("list_notes", lambda c: c.notes.all(4711), f"GET {NOTES}", NOTE_JSON),
    ExpectedCall(
        "add_note",
        lambda c: c.notes.create(4711, name="runbook", display_name="Runbook", json_value={"page": None}),
        f"POST {NOTES}",
        NOTE_JSON,
        {"name": "runbook", "display_name": "Runbook", "json_value": {"page": None}},
    ),
    ExpectedCall(
        "update_note",
        lambda c: c.notes.update(4711, "runbook", display_name="Runbook", json_value={"page": 2}),
        f"PUT {NOTES}/runbook",
        b"",
        {"name": "runbook", "display_name": "Runbook", "json_value": {"page": 2}},
    ),
    ExpectedCall("delete_note", lambda c: c.notes.delete(4711, "runbook"), f"DELETE {NOTES}/runbook", b""),
    ExpectedCall(
        "get_alert",
        lambda c: c.alerts.get("1d9f0a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d"),
        f"GET {V1}/alerts/1d9f0a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d",
        {"messageType": "CRITICAL", "entityId": "e", "timestamp": 1767603600, "raw": "{}"},
    ),
]

RULES_AND_MUTING = [
    ExpectedCall(
        "list_alert_rules",
        lambda c: c.alert_rules.all(),
        f"GET {V1}/alertRules?routing_key=%2A",
        [ALERT_RULE_JSON],
    ),
    ExpectedCall(
        "add_alert_rule", lambda c: c.alert_rules.create(RULE), f"POST {V1}/alertRules", ALERT_RULE_JSON, SENT_RULE
    ),
    ExpectedCall(
        "update_alert_rule",
        lambda c: c.alert_rules.update(31, RULE),
        f"PUT {V1}/alertRules/31",
        ALERT_RULE_JSON,
        SENT_RULE,
    ),
    ExpectedCall("delete_alert_rule", lambda c: c.alert_rules.delete(31), f"DELETE {V1}/alertRules/31", {"id": 31}),
    ExpectedCall(
        "list_webhooks",
        lambda c: c.webhooks.all(),
        f"GET {V1}/webhooks",
        {"webhooks": [{"slug": "wh-1", "label": "Wall", "url": "https://wall.example.com"}]},
    ),
    ExpectedCall(
        "get_maintenance_mode", lambda c: c.maintenance.state(), f"GET {V1}/maintenancemode", MAINTENANCE_JSON
    ),
    ExpectedCall(
        "start_maintenance_mode",
        lambda c: c.maintenance.start(routing_keys=["database"], purpose="new disks"),
        f"POST {V1}/maintenancemode/start",
        MAINTENANCE_JSON,
        {"type": "RoutingKeys", "names": ["database"], "purpose": "new disks"},
    ),
    ExpectedCall(
        "end_maintenance_mode",
        lambda c: c.maintenance.end("mm-1"),
        f"PUT {V1}/maintenancemode/mm-1/end",
        {"companyId": "example-org", "activeInstances": []},
        {},
    ),
]

MESSAGES_AND_REPORTS = [
    ExpectedCall(
        "send_chat",
        lambda c: c.messages.chat(username="ada", external_username="a", text="t", monitoring_tool="m", incident=4711),
        f"POST {V1}/chat",
        b"",
        {"username": "ada", "externalUsername": "a", "text": "t", "monitoringTool": "m", "incidentId": 4711},
    ),
    ExpectedCall(
        "send_stakeholder_message",
        lambda c: c.messages.to_stakeholders(
            title="T", message="M", incident=4711, recipients=["ada"], recipient_teams=["t1"]
        ),
        f"POST {V1}/stakeholders/sendMessage",
        b"",
        {"title": "T", "message": "M", "incidentId": 4711, "recipients": ["ada"], "recipientTeams": ["t1"]},
    ),
    ExpectedCall(
        "get_on_call_log",
        lambda c: c.reporting.on_call_log("t1", username="ada"),
        "GET /api-reporting/v1/team/t1/oncall/log?userName=ada",
        {"teamSlug": "t1", "start": "x", "end": "y", "userLogs": [{"userId": "ada", "log": []}]},
    ),
    ExpectedCall(
        "search_incidents",
        lambda c: c.reporting.search_incidents(limit=50, host="db-1"),
        "GET /api-reporting/v2/incidents?limit=50&host=db-1",
        {"offset": 0, "limit": 50, "total": 1, "incidents": [INCIDENT_JSON]},
    ),
]

FOR_INCIDENTS = [*INCIDENTS, *RULES_AND_MUTING, *MESSAGES_AND_REPORTS]
