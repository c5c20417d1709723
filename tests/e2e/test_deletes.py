"""Deletions that look first, on the engine: what is refused, what waits, and what is told."""

from __future__ import annotations

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org


def people_who_take_turns() -> None:
    """Six members of a team with a rotation and a policy, for none of whom anybody takes over."""
    names = [f"user{number}" for number in range(6)]
    users = [vo.User(one, username=one, first_name="A", last_name="B", email=f"{one}@example.com") for one in names]
    team = vo.Team("platform", name="Platform")
    for user, name in zip(users, names, strict=True):
        vo.TeamMembership(name, team=team.slug, username=user.username)
    usernames = [user.username for user in users]
    shift = vo.Shift.around_the_clock(
        "Weekly", timezone="UTC", start="2026-01-05T09:00", handoff_days=7, usernames=usernames
    )
    vo.Rotation("weekly", team=team.slug, label="Weekly", shifts=[shift])
    steps = [vo.Step(timeout=0, entries=[vo.Notify.user(username) for username in usernames])]
    page = vo.EscalationPolicy("page", team=team.slug, name="Page", steps=steps)
    vo.RoutingKey("database", routing_key="database", targets=[page.slug])


def test_a_stack_without_replacements_goes_in_one_destroy(stack: Stack, simulator: Simulator) -> None:
    before = simulator.snapshot()
    stack.must_up(people_who_take_turns)
    gone = stack.destroy()
    assert not gone.failed, gone.output
    after = simulator.snapshot()
    del before["serial"], after["serial"]  # counts what was ever made
    assert after == before
    assert "the routing key 'database' stays in the org, since the API can't delete one, until" in gone.output
    assert "took along the routing key 'database'" in gone.output


def test_an_audit_warns_at_preview_of_a_user_who_is_replaced(stack: Stack, client: Client) -> None:
    page = stack.must_up(small_org()).outputs["policy"]
    stack.configure(audit="preview")
    previewed = stack.preview(small_org(user={"username": "augusta"}))
    assert (
        "warning: ada is to be deleted, since the resource is replaced: admin takes over what isn't replaced too: "
        f"step 1 of the escalation policy 'Page Platform' ({page}) of team 'Platform'"
    ) in previewed.output
    assert {user.username for user in client.users.all()} == {"admin", "ada"}


def test_a_policy_that_leaves_the_program_goes_before_the_person_in_it_gets_another_username(
    stack: Stack, simulator: Simulator
) -> None:
    nobody = {"replacement_user": None}
    stack.must_up(small_org(user=nobody, membership=nobody))
    stack.must_up(small_org(user={"username": "augusta", **nobody}, membership=nobody, without=["page"]))
    calls = [call["operation"] for call in simulator.requests()["requests"] if call["method"] != "GET"]
    assert calls[-5:] == [
        "DELETE /api-public/v1/policies/{policy}",
        "DELETE /api-public/v1/team/{team}/members/{user}",
        "DELETE /api-public/v1/user/{user}",
        "POST /api-public/v1/user",
        "POST /api-public/v1/team/{team}/members",
    ]
