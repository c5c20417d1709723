"""How duty drifts: escalation policies, routing keys, rotations, overrides."""

from __future__ import annotations

from tests.e2e.drift.edits import Case, Edit, Value, becomes, clear, gone, into, put, seen, turned, under
from tests.e2e.drift.ground import Ground

_SHIFT = ("shifts", 0)
_MASK = (*_SHIFT, "masks", 0)
_WINDOW = (*_MASK, "windows", 0)


def _other_team(ground: Ground) -> str:
    return ground.other_team


def _other_policy(ground: Ground) -> str:
    return ground.other_policy


def _other_rotation(ground: Ground) -> str:
    return ground.other_rotation


def _other_webhook(ground: Ground) -> str:
    return ground.other_webhook


def _target(step: int, to: Value) -> Edit:
    return put("steps", step, "entries", 0, "target", to=to)


DUTY: dict[str, list[Case]] = {
    "EscalationPolicy": [
        seen("team", put("team_slug", to=_other_team), _other_team, "replace"),
        seen("name", put("name", to="By hand"), "By hand", "replace"),
        seen("ignore_custom_paging_policies", put("ignore_custom_paging_policies", to=True), True, "replace"),
        seen("steps[4].timeout", put("steps", 4, "timeout", to=60), 60, "replace"),
        seen(
            "steps[1].entries[0].type",
            put("steps", 1, "entries", 0, "execution_type", to="rotation_group_next"),
            "rotation_group_next",
            "replace",
        ),
        seen("steps[0].entries[0].username", _target(0, "admin"), "admin", "replace"),
        seen("steps[1].entries[0].rotation_group", _target(1, _other_rotation), _other_rotation, "replace"),
        seen("steps[2].entries[0].email", _target(2, "eve@example.com"), "eve@example.com", "replace"),
        seen("steps[3].entries[0].webhook", _target(3, _other_webhook), _other_webhook, "replace"),
        seen("steps[4].entries[0].target_policy", _target(4, _other_policy), _other_policy, "replace"),
        gone("", clear),
    ],
    "RoutingKey": [
        gone("routing_key", put("name", to="by-hand")),
        seen("targets[0]", put("targets", 0, to=_other_policy), _other_policy, "refuse"),
        gone("", clear),
    ],
    "Rotation": [
        gone("team", put("team_slug", to=_other_team)),
        seen("label", put("label", to="By hand"), "By hand", "replace"),
        seen("shifts[0].label", put(*_SHIFT, "label", to="By hand"), "By hand", "replace"),
        seen("shifts[0].type", put(*_SHIFT, "type", to="pho"), "pho", "replace"),
        seen("shifts[0].timezone", put(*_SHIFT, "timezone", to="Europe/Lisbon"), "Europe/Lisbon", "replace"),
        seen("shifts[0].start", put(*_SHIFT, "start", to="2026-01-05T10:00:00"), "2026-01-05T10:00", "replace"),
        seen("shifts[0].handoff_days", put(*_SHIFT, "duration", to=1), 1, "replace"),
        seen("shifts[0].usernames[0]", put(*_SHIFT, "members", 0, "username", to="admin"), "admin", "replace"),
        seen("shifts[0].windows[0].days[1]", put(*_MASK, "weekdays", to=[0, 2]), "w", "replace"),
        seen("shifts[0].windows[0].start_time", put(*_WINDOW, "start", to="08:00:00"), "08:00", "replace"),
        seen("shifts[0].windows[0].end_time", put(*_WINDOW, "end", to="18:00:00"), "18:00", "replace"),
        gone("", clear),
    ],
    "RotationShiftAssignment": [
        gone("rotation", into("rotations", "slug", _other_rotation, "shifts")),
        seen("shift", put("label", to="By hand"), "By hand", "replace"),
        Case("username", turned(1), {"username": "second-cover", "position": 1}, "update"),
        seen("position", turned(2), 2, "update"),
        gone("", clear),
    ],
    "Override": [
        seen("username", put("username", to="cover"), "cover", "replace"),
        seen("timezone", put("timezone", to="Europe/Lisbon"), "Europe/Lisbon", "replace"),
        seen("start", put("start", to="2099-08-01T00:00:00Z"), "2099-08-01T00:00:00Z", "replace"),
        seen("end", put("end", to="2099-09-01T00:00:00Z"), "2099-09-01T00:00:00Z", "replace"),
        gone("", clear),
    ],
    "OverrideAssignment": [
        gone("override", into("overrides", "public_id", lambda ground: ground.other_absence, "covers")),
        gone("policy", under(_other_policy)),
        seen("username", becomes("second-cover"), "second-cover", "update"),
        gone("", clear),
    ],
}
