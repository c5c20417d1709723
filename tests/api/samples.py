"""What the service answers, in the words of its documentation and of recordings."""

from __future__ import annotations

TEAM = "team-aB3dE5gH7jK9mN1p"

EMAIL_JSON = {
    "id": 511,
    "label": "Work",
    "value": "ada@example.com",
    "contactType": "Email",
    "rank": 500,
    "verified": "unverified",
    "extId": "3f0c9a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d",
    "_selfUrl": "/api-public/v1/user/ada/contact-methods/emails/3f0c9a0e-51a2-4b6e-9d3e-6c0a4a1b2c3d",
}

PHONE_JSON = EMAIL_JSON | {"id": 512, "contactType": "Phone", "value": "+1 411-555-0120", "verified": "verified"}

DEVICE_JSON = {"id": 513, "deviceType": "Android", "label": "Ada's phone", "extId": "d-1", "_selfUrl": "x"}

EMAIL_RULE_JSON = {"index": 0, "type": "email", "contact": {"id": 511, "type": "Email"}}

PUSH_RULE_JSON = {"index": 1, "type": "push", "contact": {"id": 0, "type": "Device"}}

STEP_JSON = {"index": 0, "timeout": 5, "rules": [EMAIL_RULE_JSON, PUSH_RULE_JSON]}

MASK_JSON = {
    "day": {"su": False, "m": True, "t": False, "w": False, "th": False, "f": True, "sa": False},
    "time": [{"start": {"hour": 9, "minute": 0}, "end": {"hour": 17, "minute": 30}}],
}

SHIFT_JSON = {
    "label": "primary",
    "timezone": "Europe/London",
    "start": 1767603600000,
    "duration": 7,
    "shifttype": "pho",
    "mask": MASK_JSON,
    "usernames": ["ada", "grace", "ada"],
}

CREATED_ROTATION_JSON = {
    "orgslug": "example-org",
    "teamslug": TEAM,
    "id": 4242,
    "label": "Weekly",
    "shifts": [
        SHIFT_JSON
        | {
            "org_slug": "example-org",
            "team_slug": TEAM,
            "rot_id": 77,
            "group_id": 4242,
            "periods": [],
            "oncall": "ada",
            "current": {},
            "next": {},
            "shiftMembers": [],
        }
    ],
}

PERIOD_JSON = {
    "start": "2026-01-05T09:00:00Z",
    "end": "2026-01-12T09:00:00Z",
    "username": "ada",
    "isRoll": True,
    "memberSlug": "rtm-aB3dE5gH7jK9mN1pQ2rS",
}

ROTATION_JSON = {
    "groupId": 4242,
    "label": "Weekly",
    "totalMembersInRotation": 1,
    "shifts": [
        {
            "shiftId": 77,
            "label": "primary",
            "timezone": "Europe/London",
            "start": "2026-01-05T09:00:00Z",
            "duration": 7,
            "shifttype": "cstm",
            "mask": MASK_JSON,
            "mask2": MASK_JSON,
            "mask3": MASK_JSON,
            "periods": [PERIOD_JSON],
            "current": PERIOD_JSON,
            "next": {},
            "shiftMembers": [{"slug": "rtm-aB3dE5gH7jK9mN1pQ2rS", "username": "ada"}],
        }
    ],
}

FREE_ASSIGNMENT_JSON = {
    "_selfUrl": "/api-public/v1/overrides/ovrprd-1/assignments/pol-1",
    "team": "team-1",
    "policy": "pol-1",
    "assigned": False,
}

COVERED_ASSIGNMENT_JSON = FREE_ASSIGNMENT_JSON | {"policy": "pol-2", "assigned": True, "user": "grace"}

OVERRIDE_JSON = {
    "publicId": "ovrprd-aB3dE5gH7jK9mN1p",
    "user": {"username": "ada", "firstName": "Ada", "lastName": "Lovelace"},
    "timezone": "America/Denver",
    "start": "2026-02-01T05:00:00Z",
    "end": "2026-02-02T05:00:00Z",
    "assignments": [FREE_ASSIGNMENT_JSON, COVERED_ASSIGNMENT_JSON],
}

POLICY_REFERENCE_JSON = {"name": "Page", "slug": "pol-1"}

SCHEDULE_JSON = {
    "team": {"name": "Platform", "slug": "team-1"},
    "schedules": [
        {
            "policy": POLICY_REFERENCE_JSON,
            "schedule": [
                {
                    "onCallUser": {"username": "ada"},
                    "overrideOnCallUser": {"username": "grace"},
                    "onCallType": "rotation_group",
                    "rotationName": "Weekly",
                    "shiftName": "primary",
                    "shiftRoll": "2026-01-12T09:00:00Z",
                    "rolls": [
                        {
                            "start": "2026-01-05T09:00:00Z",
                            "end": "2026-01-12T09:00:00Z",
                            "onCallUser": {"username": "ada"},
                            "isRoll": True,
                        }
                    ],
                },
                {"onCallType": "user", "onCallUser": {"username": "joan"}, "rolls": []},
            ],
            "overrides": [
                {
                    "origOnCallUser": {"username": "ada"},
                    "overrideOnCallUser": {"username": "grace"},
                    "start": "2026-01-06T00:00:00Z",
                    "end": "2026-01-07T00:00:00Z",
                    "policy": POLICY_REFERENCE_JSON,
                }
            ],
        }
    ],
}

SCHEDULE_V1_JSON = {
    "team": "Platform",
    "schedule": [
        {
            "oncall": "ada",
            "overrideoncall": "grace",
            "policyType": "rotation_group",
            "rotationName": "Weekly",
            "shiftName": "primary",
            "shiftRoll": 1768208400000,
            "rolls": [{"change": 1767603600000, "until": 1768208400000, "oncall": "ada", "isRoll": True}],
        }
    ],
    "overrides": [{"orig": "ada", "over": "grace", "start": 1767657600000, "end": 1767744000000}],
}

INCIDENT_JSON = {
    "incidentNumber": "4711",
    "currentPhase": "ACKED",
    "startTime": "2026-01-05T09:00:00Z",
    "alertCount": 2,
    "lastAlertTime": "2026-01-05T09:05:00Z",
    "lastAlertId": "a-2",
    "firstAlertUuid": "a-1",
    "entityId": "db/disk",
    "entityDisplayName": "Disk full",
    "entityState": "CRITICAL",
    "entityType": "SERVICE",
    "host": "db-1",
    "service": "disk",
    "routingKey": "database",
    "monitorName": "vouser-ada",
    "monitorType": "API",
    "pagedUsers": ["ada"],
    "pagedTeams": ["team-1"],
    "pagedPolicies": [{"policy": {"name": "Page", "slug": "pol-1"}, "team": {"name": "Platform", "slug": "team-1"}}],
    "transitions": [
        {
            "name": "ACKED",
            "at": "2026-01-05T09:06:00Z",
            "by": "ada",
            "message": "on it",
            "manually": True,
            "alertId": "a-2",
            "alertUrl": "/api-public/v1/alerts/a-2",
        }
    ],
    "ackTime": "2026-01-05T09:06:00Z",
}

NOTE_JSON = {"name": "runbook", "displayName": "Runbook", "json_value": {"url": "https://example.com", "page": None}}

ALERT_RULE_JSON = {
    "id": 31,
    "alertField": "host_name",
    "alertValueMatch": "db-*",
    "matchType": "WILDCARD",
    "rank": 2,
    "stopFlag": True,
    "lastUpdated": 1767603600000,
    "lastUpdatedBy": "ada",
    "notes": "databases",
    "routeKey": "database",
    "annotations": [
        {"id": 9, "annotationType": "u", "fieldName": "Runbook", "fieldValue": "https://example.com", "flags": 0}
    ],
}

MAINTENANCE_INSTANCE_JSON = {
    "instanceId": "mm-0123456789abcdef0123456789abcdef",
    "startedBy": "ada",
    "startedAt": 1767603600000,
    "purpose": "new disks",
    "targets": [{"type": "RoutingKeys", "names": ["database"]}],
    "isGlobal": False,
}

MAINTENANCE_JSON = {"companyId": "example-org", "activeInstances": [MAINTENANCE_INSTANCE_JSON]}

USER_JSON = {
    "firstName": "Ada",
    "lastName": "Lovelace",
    "username": "ada",
    "email": "ada@example.com",
    "createdAt": "2026-01-05T09:00:00Z",
    "passwordLastUpdated": "2026-01-05T09:00:00Z",
    "verified": False,
    "_selfUrl": "/api-public/v1/user/ada",
}

TEAM_REFERENCE_JSON = {
    "name": "Platform",
    "slug": TEAM,
    "_selfUrl": f"/api-public/v1/team/{TEAM}",
    "_membersUrl": f"/api-public/v1/team/{TEAM}/members",
    "_policiesUrl": f"/api-public/v1/team/{TEAM}/policies",
    "_adminsUrl": f"/api-public/v1/team/{TEAM}/admins",
}

TEAM_JSON = TEAM_REFERENCE_JSON | {"memberCount": 0, "version": 0, "isDefaultTeam": False}

MEMBERS_JSON = {
    "_selfUrl": f"/api-public/v1/team/{TEAM}/members",
    "_teamUrl": f"/api-public/v1/team/{TEAM}",
    "members": [{"username": "ada", "firstName": "Ada", "lastName": "Lovelace", "version": 1, "verified": True}],
}

POLICY_JSON = {
    "name": "Page",
    "slug": "pol-1",
    "ignoreCustomPagingPolicies": False,
    "steps": [{"timeout": 0, "entries": [{"executionType": "user", "user": {"username": "ada"}}]}],
}
