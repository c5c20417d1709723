"""From nothing to an org and back, through the real engine."""

from __future__ import annotations

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org


def test_a_stack_comes_up_with_one_write_each_stays_and_goes(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    at_first = simulator.snapshot()
    previewed = stack.preview(small_org())
    assert previewed.changes == {"create": 6}
    assert previewed.calls == {}

    made = stack.must_up(small_org())
    assert made.changes == {"create": 6}
    assert made.calls == {
        "POST /api-public/v1/user": 1,
        "POST /api-public/v1/team": 1,
        "POST /api-public/v1/team/{team}/members": 1,
        "POST /api-public/v1/policies": 1,
        "POST /api-public/v1/org/routing-keys": 1,
    }
    team, policy = made.outputs["team"], made.outputs["policy"]
    assert client.teams.get(team).name == "Platform"
    assert [person.username for person in client.teams.members(team)] == ["ada"]
    assert client.users.get("ada").created_at == made.outputs["created_at"]
    steps = client.policies.get(policy).steps
    assert [(step.timeout, [entry.execution_type for entry in step.entries]) for step in steps] == [
        (0, ["user"]),
        (15, ["email", "user"]),
    ]
    [key] = [key for key in client.routing_keys.all() if key.routing_key == "database"]
    assert [target.policy_slug for target in key.targets] == [policy]
    kept = {name: kept for name, kept in stack.resources().items() if "victorops" in kept["type"]}
    assert {name: (resource["type"], resource["id"]) for name, resource in kept.items()} == {
        "ada": ("pulumi-python:dynamic/victorops:User", "ada"),
        "platform": ("pulumi-python:dynamic/victorops:Team", team),
        "ada-platform": ("pulumi-python:dynamic/victorops:TeamMembership", f"{team}/ada"),
        "page": ("pulumi-python:dynamic/victorops:EscalationPolicy", policy),
        "database": ("pulumi-python:dynamic/victorops:RoutingKey", "database"),
    }

    for again in (stack.preview(small_org()), stack.must_up(small_org())):
        assert again.changes == {"same": 6}
        assert again.calls == {}

    refreshed = stack.refresh(small_org())
    assert refreshed.changes == {"same": 6}
    assert sum(refreshed.calls.values()) == 6
    assert all(operation.startswith("GET ") for operation in refreshed.calls)

    gone = stack.destroy()
    assert gone.changes == {"delete": 6}
    reads = {operation: count for operation, count in gone.calls.items() if not operation.startswith("DELETE ")}
    assert all(operation.startswith("GET ") for operation in reads)
    assert reads["GET /api-public/v1/policies"] == 1, "what names whom is read once for all that goes"
    assert "the escalation policy 'Page Platform' (pol-" in gone.output
    assert "took along the routing key 'database'" in gone.output
    at_last = simulator.snapshot()
    del at_first["serial"], at_last["serial"]  # counts what was ever made
    assert at_last == at_first


def test_a_team_is_taken_down_however_many_are_in_it(stack: Stack, simulator: Simulator) -> None:
    """What names the members goes before them, without anybody to take over and with few things deleted at a time."""
    names = [f"user{number}" for number in range(10)]

    def program() -> None:
        team = vo.Team("platform", name="Platform")
        for name in names:
            person = vo.User(name, username=name, first_name="A", last_name="B", email=f"{name}@example.com")
            vo.TeamMembership(f"{name}-platform", team=team.slug, username=person.username)
        start = "2026-01-05T09:00"
        days = vo.Shift.around_the_clock("Days", timezone="UTC", start=start, handoff_days=7, usernames=names)
        weekly = vo.Rotation("weekly", team=team.slug, label="Weekly", shifts=[days])
        steps = [vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug), vo.Notify.user(names[0])])]
        vo.EscalationPolicy("page", team=team.slug, name="Page", steps=steps)

    before = simulator.snapshot()["users"]
    stack.must_up(program, parallel=4)
    destroyed = stack.destroy()
    assert (destroyed.failed, destroyed.changes) == (False, {"delete": 24})
    assert simulator.snapshot()["users"] == before
