"""How people, teams and the ways to reach somebody drift."""

from __future__ import annotations

from tests.e2e.drift.edits import Case, clear, gone, hidden, into, put, seen, under
from tests.e2e.drift.ground import Ground


def _first_contact(ground: Ground) -> int:
    return ground.first_contact_id("PagingPolicy.steps[].rules[].contact_id")


def _address(kind: str, other: str) -> list[Case]:
    return [
        gone("username", into("users", "username", "admin", "contacts")),
        seen("label", put("label", to="By hand"), "By hand", "replace"),
        seen("rank", put("rank", to=7), 7, "replace"),
        seen(kind, put("value", to=other), other, "replace"),
        gone("", clear),
    ]


PEOPLE: dict[str, list[Case]] = {
    "User": [
        gone("username", put("username", to="renamed")),
        seen("first_name", put("first_name", to="Eve"), "Eve", "update"),
        seen("last_name", put("last_name", to="King"), "King", "update"),
        seen("email", put("email", to="eve@example.com"), "eve@example.com", "update"),
        gone("", clear),
    ],
    "Team": [
        seen("name", put("name", to="By hand"), "By hand", "update"),
        seen("description", put("description", to="By hand"), "By hand", "update"),
        gone("", clear),
    ],
    "TeamMembership": [
        gone("team", into("teams", "slug", lambda ground: ground.other_team, "members")),
        gone("username", under("admin")),
        gone("", clear),
    ],
    "ContactEmail": _address("email", "by-hand@example.com"),
    "ContactPhone": _address("phone", "+44 20-7946-0000"),
    "ContactDevice": [
        gone("username", into("users", "username", "admin", "devices")),
        gone("device", put("ext_id", to="by-hand")),
        seen("label", put("label", to="By hand"), "By hand", "update"),
        hidden("escalation_notification_sound", put("escalation_notification_sound", to="by hand")),
        hidden("chat_escalation_sound", put("chat_escalation_sound", to="by hand")),
        hidden("resolved_notification_sound", put("resolved_notification_sound", to="by hand")),
        gone("", clear),
    ],
    "PagingPolicy": [
        gone("username", put("username", to="renamed-too")),
        seen("steps[0].timeout", put("paging_steps", 0, "timeout", to=60), 60, "update"),
        Case(
            "steps[].rules[].type",
            put("paging_steps", 1, "rules", 0, to={"type": "push", "contact_id": 0}),
            {"steps[1].rules[0].type": "push", "steps[1].rules[0].contact_id": None},
            "update",
        ),
        seen(
            "steps[1].rules[0].contact_id",
            put("paging_steps", 1, "rules", 0, "contact_id", to=_first_contact),
            _first_contact,
            "update",
        ),
        gone("", clear),
    ],
}
