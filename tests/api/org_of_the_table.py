"""An org of the simulated service in which all that the table of expected calls names is there."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

NOW = "2026-01-10T12:00:00Z"

ALERT = "1d9f0a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d"


def snapshot() -> dict[str, Any]:
    """The org as one document; it is another one with each call."""
    return {
        "version": 1,
        "company": "example-org",
        "serial": 5000,
        "users": [_user("ada", 100), _user("grace", 200)],
        "teams": [
            {"slug": "team-default", "name": "Everybody", "is_default": True, "members": {"grace": True}},
            {"slug": "t1", "name": "Base", "members": {"ada": False, "grace": True}},
        ],
        "policies": [
            {
                "slug": "pol-1",
                "name": "Page",
                "team_slug": "t1",
                "steps": [{"timeout": 0, "entries": [{"execution_type": "user", "target": "ada"}]}],
            }
        ],
        "routing_keys": [
            {"name": ".+", "targets": ["pol-1"], "is_default": True},
            {"name": "database", "targets": ["pol-1"]},
        ],
        "webhooks": [{"slug": "wh-1", "label": "Wall", "url": "https://wall.example.com"}],
        "rotations": [_ROTATION],
        "overrides": [
            {
                "public_id": "o1",
                "username": "ada",
                "timezone": "UTC",
                "start": "2026-02-10T00:00:00Z",
                "end": "2026-02-12T00:00:00Z",
                "covers": {"pol-1": "grace"},
            }
        ],
        "alert_rules": [_RULE],
        "maintenance_modes": [
            {"instance_id": "mm-1", "started_by": "grace", "started_at": NOW, "purpose": "disks", "names": ["web"]}
        ],
        "incidents": [deepcopy(_INCIDENT)],
        "alerts": [
            {"id": ALERT, "received_at": NOW, "message_type": "CRITICAL", "entity_id": "db-1/disk", "fields": {}}
        ],
    }


def _user(username: str, number: int) -> dict[str, Any]:
    """A user with two addresses, a telephone and a device; Ada's telephone is the one of the table's paging rules."""
    email = f"{username}@example.com"
    phone = 512 if username == "ada" else number + 3
    rule = {"type": "email", "contact_id": number + 1}
    return {
        "id": number,
        "username": username,
        "first_name": username.title(),
        "last_name": "Example",
        "email": email,
        "created_at": NOW,
        "password_last_updated": NOW,
        "verified": True,
        "global_admin": username == "grace",
        "contacts": [
            _contact(number + 1, f"{username}-default", "email", "Default", email),
            _contact(number + 2, _ext_id("e-1", username), "email", "Spare", f"spare-{email}"),
            _contact(phone, _ext_id("p-1", username), "phone", "Mobile", "+1 411-555-0120"),
        ],
        "devices": [{"id": number + 4, "ext_id": _ext_id("d-1", username), "device_type": "Android", "label": "Pixel"}],
        "paging_steps": [{"timeout": 5, "rules": [rule, {"type": "push", "contact_id": 0}]}],
    }


def _ext_id(name: str, username: str) -> str:
    return name if username == "ada" else f"{name}-of-{username}"


def _contact(number: int, ext_id: str, kind: str, label: str, value: str) -> dict[str, Any]:
    return {
        "id": number,
        "ext_id": ext_id,
        "kind": kind,
        "label": label,
        "value": value,
        "rank": 500,
        "verified": True,
    }


_ROTATION = {
    "id": 4242,
    "slug": "rtg-1",
    "label": "Weekly",
    "team_slug": "t1",
    "listed_from": NOW,
    "shifts": [
        {
            "id": 77,
            "label": "primary",
            "timezone": "UTC",
            "start": "2026-01-05T09:00:00",
            "duration": 7,
            "type": "std",
            "members": [{"slug": "rtm-0", "username": "grace"}, {"slug": "rtm-1", "username": "ada"}],
        }
    ],
}

_RULE = {
    "id": 31,
    "alert_field": "host_name",
    "alert_value_match": "web-*",
    "match_type": "WILDCARD",
    "rank": 1,
    "stop": False,
    "annotations": [],
    "updated_at": NOW,
    "updated_by": "grace",
}

_INCIDENT = {
    "number": 4711,
    "entity_id": "db-1/disk",
    "entity_display_name": "Disk full",
    "entity_state": "CRITICAL",
    "routing_key": "database",
    "host": "db-1",
    "service": "disk",
    "monitor_name": "Nagios",
    "monitor_type": "NAGIOS",
    "started_at": NOW,
    "alerts": [ALERT],
    "paged_users": ["ada"],
    "transitions": [{"phase": "UNACKED", "at": NOW, "manually": False, "alert_id": ALERT}],
    "notes": [{"name": "runbook", "display_name": "Runbook", "json_value": {"page": 1}}],
}
