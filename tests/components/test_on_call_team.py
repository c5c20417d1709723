"""A team through the real engine: what is made, what a change of the roster does, and what is left."""

from __future__ import annotations

from typing import Any

from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.components.programs import one_team
from tests.e2e.harness import Ran, Stack


def members(client: Client, ran: Ran) -> set[str]:
    return {member.username for member in client.teams.members(ran.outputs["team"])}


def turns(client: Client, ran: Ran) -> list[list[str]]:
    [rotation] = client.rotations.all(ran.outputs["team"])
    return [[member.username for member in shift.shift_members] for shift in rotation.shifts]


def steps(client: Client, ran: Ran) -> list[tuple[int, list[tuple[str, Any]]]]:
    """Each step's time-out, and whom it pages by what."""

    def target(entry: Any) -> Any:
        kept = {
            "user": lambda: entry.user["username"],
            "rotation_group": lambda: entry.rotation_group["slug"],
            "rotation_group_next": lambda: entry.rotation_group["slug"],
            "policy_routing": lambda: entry.target_policy["policySlug"],
        }
        return kept[entry.execution_type]()

    found = client.policies.get(ran.outputs["policy"]).steps
    return [(step.timeout, [(entry.execution_type, target(entry)) for entry in step.entries]) for step in found]


def keys(client: Client) -> dict[str, list[str]]:
    return {key.routing_key: [target.policy_slug for target in key.targets] for key in client.routing_keys.all()}


def test_a_team_comes_up_stays_and_goes(stack: Stack, simulator: Simulator, client: Client) -> None:
    at_first = simulator.snapshot()
    program = one_team("ada", "grace", "admin", last_resort_user="admin")
    made = stack.must_up(program)
    # The stack; three engineers of three each; the team of nine.
    assert made.changes == {"create": 19}
    assert made.outputs["keys"] == ["database", "network"]
    assert members(client, made) == {"ada", "grace", "admin"}
    assert turns(client, made) == [["ada", "grace", "admin"]]
    [rotation] = client.rotations.all(made.outputs["team"])
    [shift] = rotation.shifts
    assert (shift.timezone, shift.shift_type, shift.duration) == ("Europe/London", "std", 7)
    assert str(shift.start).startswith("2024-01-01T09:00")
    assert steps(client, made) == [
        (0, [("rotation_group", made.outputs["rotation"])]),
        (15, [("rotation_group_next", made.outputs["rotation"])]),
        (15, [("user", "admin")]),
    ]
    assert keys(client)["database"] == keys(client)["network"] == [made.outputs["policy"]]

    again = stack.must_up(program)
    assert again.changes == {"same": 19}
    assert again.calls == {}
    assert stack.refresh(program).changes == {"same": 19}

    assert stack.destroy().changes == {"delete": 19}
    at_last = simulator.snapshot()
    del at_first["serial"], at_last["serial"]  # counts what was ever made
    assert at_last == at_first


def test_a_changed_roster_is_on_duty_and_answers_the_same_keys(stack: Stack, client: Client) -> None:
    stack.must_up(one_team("ada", "grace"))
    done = stack.must_up(one_team("linus", "grace"))
    assert members(client, done) == {"linus", "grace"}
    assert turns(client, done) == [["linus", "grace"]]
    assert keys(client)["database"] == keys(client)["network"] == [done.outputs["policy"]]
    assert [step[1] for step in steps(client, done)] == [
        [("rotation_group", done.outputs["rotation"])],
        [("rotation_group_next", done.outputs["rotation"])],
    ]
    assert client.users.get("ada").username == "ada"
    assert stack.must_up(one_team("linus", "grace")).calls == {}


def test_an_engineer_can_leave_the_roster_and_the_org_at_once(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    at_first = simulator.snapshot()
    stack.must_up(one_team("ada", "grace", engineers=["ada", "grace"]))
    done = stack.must_up(one_team("grace", "admin", engineers=["grace"]))
    assert members(client, done) == {"grace", "admin"}
    assert turns(client, done) == [["grace", "admin"]]
    assert "ada" not in {user.username for user in client.users.all()}
    assert not stack.destroy().failed
    at_last = simulator.snapshot()
    del at_first["serial"], at_last["serial"]
    assert at_last == at_first


def test_a_renamed_team_changes_in_place(stack: Stack) -> None:
    stack.must_up(one_team("admin", engineers=[]))
    done = stack.must_up(
        one_team("admin", engineers=[], name="Platform Engineering", description="Keeps the lights on")
    )
    assert done.changes["update"] == 1
    assert "replace" not in done.changes
    assert done.calls == {"PUT /api-public/v1/team/{team}": 1}
