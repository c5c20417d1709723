"""The calls about who is on duty."""

from __future__ import annotations

from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from tests.api.expected_calls import ExpectedCall
from tests.api.samples import (
    COVERED_ASSIGNMENT_JSON,
    CREATED_ROTATION_JSON,
    FREE_ASSIGNMENT_JSON,
    OVERRIDE_JSON,
    POLICY_REFERENCE_JSON,
    ROTATION_JSON,
    SCHEDULE_JSON,
    SCHEDULE_V1_JSON,
)

V1 = "/api-public/v1"
TURN = f"{V1}/teams/t1/rotations/4242/77/scheduled"
ASSIGNMENTS = f"{V1}/overrides/o1/assignments"
ROTATION = RotationPayload(
    label="Weekly",
    shifts=[
        ShiftPayload(
            label="primary",
            timezone="Europe/London",
            start=1767603600000,
            duration=7,
            shift_type="std",
            usernames=["ada", "grace"],
        )
    ],
)
SENT_ROTATION = {
    "label": "Weekly",
    "shifts": [
        {
            "label": "primary",
            "timezone": "Europe/London",
            "start": 1767603600000,
            "duration": 7,
            "shifttype": "std",
            "usernames": ["ada", "grace"],
        }
    ],
}
ROTATIONS = [
    ExpectedCall(
        "list_rotation_groups",
        lambda c: c.rotations.groups("t1"),
        f"GET {V1}/teams/t1/rotations",
        {"rotationGroups": [{"teamSlug": "t1", "slug": "rtg-1", "label": "Weekly", "groupId": 4242}]},
    ),
    ExpectedCall(
        "list_rotations",
        lambda c: c.rotations.all("t1"),
        "GET /api-public/v2/team/t1/rotations",
        {"rotations": [ROTATION_JSON]},
    ),
    ExpectedCall(
        "add_rotation",
        lambda c: c.rotations.create("t1", ROTATION),
        f"POST {V1}/teams/t1/rotations",
        CREATED_ROTATION_JSON,
        SENT_ROTATION,
    ),
    ExpectedCall(
        "delete_rotation",
        lambda c: c.rotations.delete("t1", 4242),
        f"DELETE {V1}/teams/t1/rotations/4242",
        {"result": "success"},
    ),
    ExpectedCall(
        "get_scheduled_user", lambda c: c.rotations.scheduled_user("t1", 4242, 77), f"GET {TURN}", {"username": "ada"}
    ),
    ExpectedCall(
        "set_scheduled_user",
        lambda c: c.rotations.set_scheduled_user("t1", 4242, 77, username="ada", position=1, member_slug="rtm-1"),
        f"PUT {TURN}",
        {"username": "ada", "firstName": "Ada", "lastName": "Lovelace"},
        {"username": "ada", "position": 1, "memberSlug": "rtm-1"},
    ),
]

OVERRIDES = [
    ExpectedCall("list_overrides", lambda c: c.overrides.all(), f"GET {V1}/overrides", {"overrides": [OVERRIDE_JSON]}),
    ExpectedCall(
        "add_override",
        lambda c: c.overrides.create(
            username="ada", timezone="America/Denver", start="2026-02-01T05:00:00Z", end="2026-02-02T05:00:00Z"
        ),
        f"POST {V1}/overrides",
        {"override": OVERRIDE_JSON},
        {
            "username": "ada",
            "timezone": "America/Denver",
            "start": "2026-02-01T05:00:00Z",
            "end": "2026-02-02T05:00:00Z",
        },
    ),
    ExpectedCall(
        "get_override", lambda c: c.overrides.get("o1"), f"GET {V1}/overrides/o1", {"override": OVERRIDE_JSON}
    ),
    ExpectedCall(
        "delete_override", lambda c: c.overrides.delete("o1"), f"DELETE {V1}/overrides/o1", {"override": OVERRIDE_JSON}
    ),
    ExpectedCall(
        "list_assignments",
        lambda c: c.overrides.assignments("o1"),
        f"GET {ASSIGNMENTS}",
        [FREE_ASSIGNMENT_JSON, COVERED_ASSIGNMENT_JSON],
    ),
    ExpectedCall(
        "get_assignment",
        lambda c: c.overrides.assignment("o1", "pol-1"),
        f"GET {ASSIGNMENTS}/pol-1",
        FREE_ASSIGNMENT_JSON,
    ),
    ExpectedCall(
        "update_assignment",
        lambda c: c.overrides.assign("o1", "pol-1", username="grace"),
        f"PUT {ASSIGNMENTS}/pol-1",
        COVERED_ASSIGNMENT_JSON,
        {"policy": "pol-1", "username": "grace", "acceptOverlap": False},
    ),
    ExpectedCall(
        "delete_assignment",
        lambda c: c.overrides.unassign("o1", "pol-1"),
        f"DELETE {ASSIGNMENTS}/pol-1",
        FREE_ASSIGNMENT_JSON,
    ),
]

ON_CALL = [
    ExpectedCall(
        "get_user_schedule_v1",
        lambda c: c.on_call.user_schedule_v1("ada", days_forward=30),
        f"GET {V1}/user/ada/oncall/schedule?daysForward=30",
        [SCHEDULE_V1_JSON],
    ),
    ExpectedCall(
        "get_user_schedule",
        lambda c: c.on_call.user_schedule("ada", days_skip=7),
        "GET /api-public/v2/user/ada/oncall/schedule?daysSkip=7",
        {"teamSchedules": [SCHEDULE_JSON]},
    ),
    ExpectedCall(
        "get_team_schedule_v1",
        lambda c: c.on_call.team_schedule_v1("t1"),
        f"GET {V1}/team/t1/oncall/schedule",
        SCHEDULE_V1_JSON,
    ),
    ExpectedCall(
        "get_team_schedule",
        lambda c: c.on_call.team_schedule("t1", step=1),
        "GET /api-public/v2/team/t1/oncall/schedule?step=1",
        SCHEDULE_JSON,
    ),
    ExpectedCall(
        "get_current_on_call",
        lambda c: c.on_call.current(),
        f"GET {V1}/oncall/current",
        {
            "teamsOnCall": [
                {
                    "team": {"name": "Platform", "slug": "t1"},
                    "onCallNow": [
                        {"escalationPolicy": POLICY_REFERENCE_JSON, "users": [{"onCallUser": {"username": "ada"}}]}
                    ],
                }
            ]
        },
    ),
    ExpectedCall(
        "take_on_call_v1",
        lambda c: c.on_call.take_v1("t1", from_user="ada", to_user="grace"),
        f"PATCH {V1}/team/t1/oncall/user",
        {"result": "ok"},
        {"fromUser": "ada", "toUser": "grace"},
    ),
    ExpectedCall(
        "take_on_call",
        lambda c: c.on_call.take("pol-1", from_user="ada", to_user="grace"),
        f"PATCH {V1}/policies/pol-1/oncall/user",
        {"result": "ok"},
        {"fromUser": "ada", "toUser": "grace"},
    ),
]

FOR_DUTY = [*ROTATIONS, *OVERRIDES, *ON_CALL]
