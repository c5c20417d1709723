"""How what happens to alerts drifts: rules, maintenance modes, notes."""

from __future__ import annotations

from tests.e2e.drift.edits import Case, clear, gone, into, put, seen

_FIRST = ("annotations", 0)

ALERTS: dict[str, list[Case]] = {
    "AlertRule": [
        seen("alert_field", put("alert_field", to="by_hand"), "by_hand", "update"),
        seen("match_type", put("match_type", to="REGEX"), "REGEX", "update"),
        seen("alert_value_match", put("alert_value_match", to="by hand"), "by hand", "update"),
        seen("stop_flag", put("stop", to=True), True, "update"),
        seen("rank", put("rank", to=99), 99, "update"),
        seen("notes", put("notes", to="By hand"), "By hand", "update"),
        seen("route_key", put("route_key", to="by-hand"), "by-hand", "update"),
        seen("annotations[0].annotation_type", put(*_FIRST, "type", to="u"), "url", "update"),
        seen("annotations[0].field_name", put(*_FIRST, "field", to="by_hand"), "by_hand", "update"),
        seen("annotations[0].field_value", put(*_FIRST, "value", to="By hand"), "By hand", "update"),
        seen("annotations[0].transformation", put(*_FIRST, "transforms", to=True), True, "update"),
        gone("", clear),
    ],
    "MaintenanceMode": [
        seen("routing_keys[0]", put("names", to=["by-hand"]), "by-hand", "replace"),
        Case("all_routing_keys", put("names", to=[]), {"routing_keys[0]": None, "all_routing_keys": True}, "replace"),
        seen("purpose", put("purpose", to="By hand"), "By hand", "replace"),
        gone("", clear),
    ],
    "IncidentNote": [
        gone("incident", into("incidents", "number", lambda ground: ground.other_incident, "notes")),
        gone("name", put("name", to="by-hand")),
        seen("display_name", put("display_name", to="By hand"), "By hand", "update"),
        Case("json_value", put("json_value", "owner", to="eve"), {"json_value.owner": "eve"}, "update"),
        gone("", clear),
    ],
}
