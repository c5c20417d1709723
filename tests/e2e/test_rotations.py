"""Rotations on the real engine: the policies that page them follow, and so do the keys that lead to those."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulumi
import requests

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

_ROTATIONS = "/api-public/v1/teams/{team}/rotations"
_TURN = f"PUT {_ROTATIONS}/{{groupId}}/{{shiftId}}/scheduled"


def rotating(
    *,
    user: Mapping[str, Any] | None = None,
    team: str = "Platform",
    rotation: Mapping[str, Any] | None = None,
    handoff_days: int = 7,
    turn: Mapping[str, Any] | None = None,
) -> Callable[[], None]:
    """ada and admin take turns, the policy `page` pages whose turn it is, and the key `database` leads there."""

    def program() -> None:
        ada = vo.User(
            "ada",
            **{
                "username": "ada",
                "first_name": "Ada",
                "last_name": "Byron",
                "email": "ada@example.com",
                "replacement_user": "admin",
                **(user or {}),
            },
        )
        platform = vo.Team("platform", name=team)
        office = vo.Shift.window(days=["m", "t", "w", "th", "f"], start_time="09:00", end_time="17:00")
        weekly = vo.Rotation(
            "weekly",
            **{
                "team": platform.slug,
                "label": "Weekly",
                "shifts": [
                    vo.Shift.around_the_clock(
                        "primary",
                        timezone="Europe/London",
                        start="2024-01-01T09:00",
                        handoff_days=handoff_days,
                        usernames=[ada.username, "admin"],
                    ),
                    vo.Shift.multi_day(
                        "helping hands",
                        timezone="America/New_York",
                        start="2024-01-01T09:00",
                        handoff_days=1,
                        usernames=["admin"],
                        windows=[office],
                    ),
                ],
                **(rotation or {}),
            },
        )
        pulumi.export("rotation", weekly.id)
        pulumi.export("slug", weekly.slug)
        pulumi.export("group_id", weekly.group_id)
        pulumi.export("primary", weekly.shift_ids["primary"])
        vo.RotationShiftAssignment(
            "turn", **{"rotation": weekly.id, "shift": "primary", "username": ada.username, **(turn or {})}
        )
        page = vo.EscalationPolicy(
            "page",
            team=platform.slug,
            name="Page Platform",
            steps=[
                vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug)]),
                vo.Step(timeout=15, entries=[vo.Notify.next_on_duty(weekly.slug)]),
            ],
        )
        pulumi.export("policy", page.slug)
        vo.RoutingKey("database", routing_key="database", targets=[page.slug])

    return program


def writes(simulator: Simulator, since: int) -> list[str]:
    """The writes that the service saw, in order."""
    seen = [one["operation"] for one in simulator.requests()["requests"][since:]]
    return [operation for operation in seen if not operation.startswith("GET ")]


def targets_of(client: Client, key: str) -> list[str]:
    [found] = [row for row in client.routing_keys.all() if row.routing_key == key]
    return [target.policy_slug for target in found.targets]


def on_call(client: Client, policy: str) -> list[str]:
    """Whom a policy would page now."""
    [found] = [
        row for team in client.on_call.current() for row in team.on_call_now if row.escalation_policy.slug == policy
    ]
    return [user.on_call_user.username for user in found.users]


def whose_turn(client: Client, outputs: Mapping[str, Any]) -> str | None:
    team, group_id = outputs["rotation"].split("/")
    user = client.rotations.scheduled_user(team, int(group_id), int(outputs["primary"]))
    return user.username if user else None


def test_a_changed_rotation_is_paged_at_once_by_the_policies_and_keys_that_stand_on_it(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    at_first = simulator.snapshot()
    previewed = stack.preview(rotating())
    assert (previewed.changes, previewed.calls) == ({"create": 7}, {})

    made = stack.must_up(rotating())
    assert made.calls == {
        "POST /api-public/v1/user": 1,
        "POST /api-public/v1/team": 1,
        f"POST {_ROTATIONS}": 1,
        f"GET {_ROTATIONS}": 1,
        _TURN: 1,
        "POST /api-public/v1/policies": 1,
        "POST /api-public/v1/org/routing-keys": 1,
    }
    assert whose_turn(client, made.outputs) == "ada"
    team = made.outputs["rotation"].partition("/")[0]
    [group] = client.rotations.groups(team)
    assert (made.outputs["slug"], made.outputs["group_id"]) == (group.slug, group.group_id)
    assert stack.resources()["weekly"]["type"] == "pulumi-python:dynamic/victorops:Rotation"

    for again in (stack.preview(rotating()), stack.must_up(rotating())):
        assert (again.changes, again.calls) == ({"same": 7}, {})
    refreshed = stack.refresh(rotating())
    assert refreshed.changes == {"same": 7}
    assert {name: count for name, count in refreshed.calls.items() if "rotations" in name} == {
        "GET /api-public/v2/team/{team}/rotations": 1
    }

    changed = rotating(handoff_days=14)
    assert stack.preview(changed).changes == {"replace": 4, "same": 3}
    before = len(simulator.requests()["requests"])
    done = stack.must_up(changed)
    assert done.changes == {"replace": 4, "same": 3}
    order = [one for one in writes(simulator, before) if one != _TURN]
    assert order == [
        f"POST {_ROTATIONS}",
        "DELETE /api-public/v1/policies/{policy}",
        "POST /api-public/v1/policies",
        "POST /api-public/v1/org/routing-keys",
        f"DELETE {_ROTATIONS}/{{groupId}}",
    ]
    [new_group] = client.rotations.groups(team)
    assert new_group.slug == done.outputs["slug"] != made.outputs["slug"]
    assert targets_of(client, "database") == [done.outputs["policy"]] != [made.outputs["policy"]]
    steps = client.policies.get(done.outputs["policy"]).steps
    assert [entry.rotation_group and entry.rotation_group["slug"] for step in steps for entry in step.entries] == [
        new_group.slug,
        new_group.slug,
    ]
    assert whose_turn(client, done.outputs) == "ada"
    assert "ada" in on_call(client, done.outputs["policy"])

    handed = stack.must_up(rotating(handoff_days=14, team="Platform Engineering", turn={"username": "admin"}))
    assert handed.changes == {"update": 2, "same": 5}, "a renamed team leaves its rotations alone"
    assert handed.calls == {"PUT /api-public/v1/team/{team}": 1, _TURN: 1}
    assert whose_turn(client, handed.outputs) == "admin"
    assert on_call(client, handed.outputs["policy"]) == ["admin"]

    gone = stack.destroy()
    assert gone.changes == {"delete": 7}
    at_last = simulator.snapshot()
    del at_first["serial"], at_last["serial"]  # counts what was ever made
    assert at_last == at_first


def test_what_somebody_does_to_a_rotation_is_shown_and_mended(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    made = stack.must_up(rotating())
    document = simulator.snapshot()
    document["rotations"][0]["shifts"][1]["masks"][0]["windows"][0]["end"] = "12:00:00"
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()
    team, group_id = made.outputs["rotation"].split("/")
    client.rotations.set_scheduled_user(team, int(group_id), int(made.outputs["primary"]), username="admin")

    refreshed = stack.refresh(rotating())
    assert refreshed.changes == {"update": 2, "same": 5}, "the rotation, and whose turn it was made"
    assert stack.resources()["turn"]["inputs"]["username"] == "admin"
    [window] = stack.resources()["weekly"]["inputs"]["shifts"][1]["windows"]
    assert window == {"days": ["m", "t", "w", "th", "f"], "start_time": "09:00", "end_time": "12:00"}
    mended = stack.must_up(rotating())
    assert mended.changes == {"replace": 4, "same": 3}
    [rotation] = client.rotations.all(team)
    mask = rotation.shifts[1].mask
    assert mask is not None
    assert mask.time[0].end.hour == 17

    client.policies.delete(mended.outputs["policy"])
    client.rotations.delete(team, rotation.group_id)
    assert stack.refresh(rotating()).changes == {"delete": 4, "same": 3}
    again = stack.must_up(rotating())
    assert again.changes == {"create": 4, "same": 3}
    assert targets_of(client, "database") == [again.outputs["policy"]]

    client.teams.delete(team)
    gone = stack.destroy()
    assert not gone.failed, gone.output


def test_members_and_teams_change_and_rotations_are_looked_up(stack: Stack, client: Client) -> None:
    helping = {"shift": "helping hands", "username": "ADMIN"}
    stack.must_up(rotating(turn=helping))
    renamed = stack.must_up(rotating(user={"username": "augusta"}, turn=helping))
    assert renamed.changes == {"replace": 5, "same": 2}, "the user, and what stands on them"
    team = renamed.outputs["rotation"].partition("/")[0]
    [rotation] = client.rotations.all(team)
    assert [member.username for member in rotation.shifts[0].shift_members] == ["augusta", "admin"]
    [default_team] = [row.slug for row in client.teams.all() if row.is_default_team]
    moved = stack.must_up(
        rotating(
            user={"username": "augusta"},
            rotation={"team": default_team, "label": "Everyone's"},
            turn={"username": "admin", "position": 1},
        )
    )
    assert moved.changes == {"replace": 4, "same": 3}
    assert client.rotations.all(team) == []

    def looking() -> None:
        rotating(
            user={"username": "augusta"},
            rotation={"team": default_team, "label": "Everyone's"},
            turn={"username": "admin", "position": 1},
        )()
        found = vo.Rotation.get("found", moved.outputs["rotation"])
        pulumi.export("found", pulumi.Output.all(found.team, found.label, found.slug, found.group_id))
        pulumi.export("shifts", found.shifts)
        whose = vo.RotationShiftAssignment.get(
            "whose", found.shift_ids["primary"].apply(lambda one: f"{found_id}/{one}")
        )
        pulumi.export("whose", pulumi.Output.all(whose.rotation, whose.shift, whose.username))

    found_id = moved.outputs["rotation"]
    outputs = stack.must_up(looking).outputs
    assert outputs["found"] == [default_team, "Everyone's", moved.outputs["slug"], moved.outputs["group_id"]]
    assert outputs["whose"] == [found_id, "primary", "admin"]
    assert outputs["shifts"][0] == {
        "label": "primary",
        "type": "std",
        "timezone": "Europe/London",
        "start": "2024-01-01T09:00",
        "handoff_days": 7,
        "usernames": ["augusta", "admin"],
    }
    gone = stack.destroy()
    assert not gone.failed, gone.output
