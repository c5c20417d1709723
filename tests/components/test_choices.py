"""What a team's arguments make of its rotation and its policy, as a program's own unit tests would see it."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

import pulumi_victorops as vo
from tests.functions.programs import run_under


class Seen(Mocks):
    """Remembers what each resource was given, by its type and name."""

    def __init__(self) -> None:
        self.inputs: dict[str, dict[str, Any]] = {}

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        raise AssertionError(f"{args.token} is not needed")

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        kind = args.typ.rpartition(":")[2]
        self.inputs[f"{kind} {args.name}"] = args.inputs
        slug = {"slug": f"rtg-{args.name}"} if kind == "Rotation" else {}
        return args.resource_id or f"{kind}-{args.name}", args.inputs | slug


def made_by(**arguments: Any) -> dict[str, dict[str, Any]]:
    """What the resources of a team were given."""
    seen = Seen()
    run_under(seen, lambda: vo.OnCallTeam("platform", **{"name": "Platform", "roster": ["ada"], **arguments}))
    return seen.inputs


def test_turns_begin_when_the_program_says() -> None:
    made = made_by(roster=["ada", "Grace", "ada"], handoff_day="sunday", handoff_hour=22, timezone="Asia/Tokyo")
    assert made["Rotation platform"]["shifts"] == [
        {
            "label": "Weekly",
            "type": "std",
            "timezone": "Asia/Tokyo",
            "start": "2024-01-07T22:00",
            "handoff_days": 7,
            "usernames": ["ada", "Grace", "ada"],
        }
    ]
    assert {name for name in made if name.startswith("TeamMembership")} == {
        "TeamMembership platform-ada",
        "TeamMembership platform-grace",
    }


def test_somebody_who_is_looked_up_can_stand_on_the_roster() -> None:
    seen = Seen()

    def program() -> None:
        ada = vo.User("ada", username="ada", first_name="Ada", last_name="Example", email="ada@example.com")
        vo.OnCallTeam("platform", name="Platform", roster=["grace", ada])

    run_under(seen, program)
    assert seen.inputs["Rotation platform"]["shifts"][0]["usernames"] == ["grace", "ada"]
    assert seen.inputs["TeamMembership platform-ada"]["username"] == "ada"


def test_shifts_and_steps_can_be_the_programs_own() -> None:
    daily = vo.Shift.around_the_clock(
        "Daily", timezone="UTC", start="2026-01-05T00:00", handoff_days=1, usernames=["grace"]
    )
    made = made_by(
        shifts=[daily],
        steps=lambda rotation: [vo.Step(timeout=0, entries=[vo.Notify.on_duty(rotation.slug)])],
    )
    assert made["Rotation platform"]["shifts"] == [daily]
    assert made["EscalationPolicy platform"]["steps"] == [
        {"timeout": 0, "entries": [{"type": "rotation_group", "rotation_group": "rtg-platform"}]}
    ]


def test_the_last_resorts_are_paged_after_half_an_hour() -> None:
    made = made_by(last_resort_user="admin", last_resort_policy="pol-1", replacement_user="admin")
    assert made["EscalationPolicy platform"]["steps"][1:] == [
        {"timeout": 15, "entries": [{"type": "rotation_group_next", "rotation_group": "rtg-platform"}]},
        {
            "timeout": 15,
            "entries": [
                {"type": "user", "username": "admin"},
                {"type": "policy_routing", "target_policy": "pol-1"},
            ],
        },
    ]
    assert made["TeamMembership platform-ada"]["replacement_user"] == "admin"
    assert len(made_by()["EscalationPolicy platform"]["steps"]) == 2
