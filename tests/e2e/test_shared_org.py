"""Several stacks of one program in one org, told apart by their suffix."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pulumi

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack


def environment(*, timeout: int = 15) -> None:
    """A team of its own around people who are there already."""
    admin = vo.User.get("admin", "admin")
    team = vo.Team("platform", name="Platform")
    vo.TeamMembership("admin-platform", team=team.slug, username=admin.username)
    weekly = vo.Rotation(
        "weekly",
        team=team.slug,
        label="Weekly",
        shifts=[
            vo.Shift.around_the_clock(
                "primary", timezone="Europe/London", start="2026-01-05T09:00", handoff_days=7, usernames=["admin"]
            )
        ],
    )
    page = vo.EscalationPolicy(
        "page",
        team=team.slug,
        name="Page Platform",
        steps=[
            vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug)]),
            vo.Step(timeout=timeout, entries=[vo.Notify.user(admin.username)]),
        ],
    )
    vo.RoutingKey("database", routing_key="database", targets=[page.slug])
    pulumi.export("names", pulumi.Output.all(team.name, weekly.label, page.name))


def names(client: Client) -> set[str]:
    teams = {team.name for team in client.teams.all() if not team.is_default_team}
    policies = {row.policy.name for row in client.policies.all() if row.policy.name != "Default Policy"}
    return teams | policies | {key.routing_key for key in client.routing_keys.all() if not key.is_default}


def test_two_stacks_of_one_program_share_an_org(tmp_path: Path, simulator: Simulator, client: Client) -> None:
    at_first = simulator.snapshot()
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    one, two = (Stack(folder, simulator) for folder in folders)
    one.configure(nameSuffix="-pr-1", defaultReplacement="admin")
    two.configure(nameSuffix="-pr-2", defaultReplacement="admin")

    with ThreadPoolExecutor() as at_once:
        made = list(at_once.map(lambda stack: stack.must_up(environment), (one, two)))
    assert [ran.outputs["names"] for ran in made] == [
        ["Platform-pr-1", "Weekly-pr-1", "Page Platform-pr-1"],
        ["Platform-pr-2", "Weekly-pr-2", "Page Platform-pr-2"],
    ]
    assert names(client) == {
        *("Platform-pr-1", "Page Platform-pr-1", "database-pr-1"),
        *("Platform-pr-2", "Page Platform-pr-2", "database-pr-2"),
    }
    assert two.must_up(environment).calls == {"GET /api-public/v1/user/{user}": 1}, "looked up, and nothing else"

    with ThreadPoolExecutor() as at_once:
        changing = at_once.submit(one.must_up, lambda: environment(timeout=30))
        looking = at_once.submit(two.refresh, environment)
    assert changing.result().changes == {"replace": 2, "same": 4}
    assert not looking.result().failed, looking.result().output
    assert looking.result().changes == {"same": 7}, "and the user who is looked up"
    assert two.preview(environment).changes == {"same": 6}

    with ThreadPoolExecutor() as at_once:
        for gone in at_once.map(lambda stack: stack.destroy(), (one, two)):
            assert not gone.failed, gone.output
    at_last = simulator.snapshot()
    del at_first["serial"], at_last["serial"]  # counts what was ever made
    for document in (at_first, at_last):
        for user in document["users"]:
            user.pop("version")  # counts a person's changes of teams
    assert at_last == at_first


def test_a_resource_may_have_a_suffix_of_its_own_or_none(stack: Stack, client: Client) -> None:
    stack.configure(nameSuffix="-pr-1")

    def program() -> None:
        vo.Team("shared", name="Shared", name_suffix="")
        vo.Team("mine", name="Mine", name_suffix="-mine")
        vo.Team("kept", name="Kept", opts=pulumi.ResourceOptions(ignore_changes=["name"]))

    stack.must_up(program)
    assert names(client) == {"Shared", "Mine-mine", "Kept-pr-1"}
    assert stack.must_up(program).changes == {"same": 4}
