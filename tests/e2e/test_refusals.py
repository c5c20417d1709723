"""Bad programs, missing settings and refusals by the service: one clear line, as early as it can be known."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from tests.e2e.harness import Stack, run_cli
from tests.e2e.programs import small_org

_USER = "pulumi-python:dynamic/victorops:User resource 'ada'"
_POLICY = "pulumi-python:dynamic/victorops:EscalationPolicy resource 'page'"


def test_a_bad_program_fails_at_preview_with_the_path_and_the_reason(stack: Stack) -> None:
    bad = stack.preview(small_org(user={"username": "Ada", "email": "ada.example.com"}))
    assert bad.failed
    assert bad.calls == {}
    assert bad.errors == [
        f"error: {_USER}: property username value {{Ada}} has a problem: 'Ada' has capital letters, and the service "
        "keeps usernames in lower case: write 'ada'",
        f"error: {_USER}: property email value {{ada.example.com}} has a problem: 'ada.example.com' is not an e-mail "
        "address: An email address must have an @-sign.",
    ]


def test_what_is_known_is_checked_where_other_things_are_not_known_yet(stack: Stack) -> None:
    def program() -> None:
        team = vo.Team("platform", name="Platform")
        later = team.slug.apply(lambda slug: f"user-of-{slug}")
        vo.EscalationPolicy(
            "page",
            team=team.slug,
            name=pulumi.Output.concat("Page ", team.slug),
            steps=[
                vo.Step(timeout=0, entries=[vo.Notify.user(later), vo.Notify.on_duty(team.slug)]),
                {"timeout": 900000, "entries": [{"type": "user", "user_name": "ada"}]},  # type: ignore[list-item]  # as a program without types would
            ],
        )

    bad = stack.preview(program)
    assert bad.failed
    assert bad.errors == [
        f"error: {_POLICY}: property steps[1].timeout value {{<nil>}} has a problem: 900000 is not a step's timeout: "
        "expected minutes (not seconds), 0 to 1440",
        f"error: {_POLICY}: property steps[1].entries[0].user_name value {{<nil>}} has a problem: there is no such "
        "property; did you mean 'username'?",
    ]
    assert bad.calls == {}


def test_everything_unknown_at_once_previews(stack: Stack) -> None:
    def program() -> None:
        team = vo.Team("platform", name="Platform")
        name = team.slug.apply(lambda slug: slug.lower())
        ada = vo.User("ada", username=name, first_name=name, last_name=name, email=name, replacement_user=name)
        steps = team.slug.apply(lambda _: [vo.Step(timeout=0, entries=[vo.Notify.user("admin")])])
        page = vo.EscalationPolicy("page", team=team.slug, name=name, steps=steps)
        vo.TeamMembership("member", team=team.slug, username=ada.username)
        vo.RoutingKey("key", routing_key=name, targets=team.slug.apply(lambda slug: [slug]))
        vo.RoutingKey("other", routing_key="other", targets=[page.slug])

    assert stack.preview(program).changes == {"create": 7}


@pytest.fixture
def no_credentials_around() -> Iterator[None]:
    kept = {name: os.environ.pop(name) for name in ("VO_API_ID", "VO_API_KEY", "VO_BASE_URL") if name in os.environ}
    yield
    os.environ.update(kept)


@pytest.mark.usefixtures("no_credentials_around")
def test_missing_credentials_are_one_clear_error_at_preview(stack: Stack) -> None:
    stack.unconfigure("apiId", "apiKey")
    bad = stack.preview(lambda: vo.Team("platform", name="Platform"))
    assert bad.failed
    assert bad.errors == [
        "error: pulumi-python:dynamic/victorops:Team resource 'platform' has a problem: victorops:apiId and "
        "victorops:apiKey are not set: run `pulumi config set --secret victorops:apiId ...; pulumi config set --secret "
        "victorops:apiKey ...`, or set VO_API_ID and VO_API_KEY in the environment"
    ]


def test_an_address_in_the_clear_is_refused_at_preview(stack: Stack) -> None:
    stack.configure(baseUrl="http://victorops.example.com")
    bad = stack.preview(lambda: vo.Team("platform", name="Platform"))
    assert bad.errors == [
        "error: pulumi-python:dynamic/victorops:Team resource 'platform' has a problem: victorops:baseUrl (or "
        "VO_BASE_URL) is http, which would send the API key in the clear to victorops.example.com: use https (http is "
        "for loopback addresses only)"
    ]


def test_a_refusal_by_the_service_is_one_line_and_the_next_run_goes_on(stack: Stack, client: Client) -> None:
    slug = client.teams.create(TeamPayload(name="Platform")).slug
    bad = stack.up(small_org())
    assert bad.failed
    assert (
        f"error: POST /api-public/v1/team: 422: Team name Platform is unavailable; take Team {slug} over with "
        f"adopt=True or victorops:adopt: exact, or bring it into the stack: pulumi-victorops import Team {slug} NAME"
    ) in bad.errors
    assert "Traceback" not in bad.output
    client.teams.delete(slug)
    assert not stack.up(small_org()).failed
    assert [team.name for team in client.teams.all()].count("Platform") == 1
    assert [user.username for user in client.users.all()] == ["admin", "ada"]


def test_a_delete_that_needs_a_replacement_says_where_to_name_one(stack: Stack, client: Client) -> None:
    program = small_org(membership={"replacement_user": None}, without=["page"])
    made = stack.must_up(program)
    step = PolicyStep.model_validate(
        {"timeout": 0, "entries": [{"executionType": "user", "user": {"username": "ada"}}]}
    )
    client.policies.create(PolicyPayload(name="By hand", team_slug=made.outputs["team"], steps=[step]))
    team = made.outputs["team"]
    refused = stack.up(small_org(without=["page", "ada-platform"]))
    assert refused.failed
    [policy] = [row.policy.slug for row in client.policies.all() if row.policy.name == "By hand"]
    assert (
        f"error: ada can't leave the team {team} while nobody takes over: step 1 of the escalation policy 'By hand' "
        f"({policy}) of team 'Platform'; name who takes over: replacement_user on the resource (and bring that up "
        "first), or victorops:defaultReplacement for the stack"
    ) in refused.errors
    assert not any(name.startswith("DELETE") for name in refused.calls), "it was refused before the call"

    stack.configure(defaultReplacement="admin")
    stack.must_up(small_org(without=["page", "ada-platform"]))
    assert client.teams.members(team) == [] or "ada" not in {one.username for one in client.teams.members(team)}
    [entry] = client.policies.get(policy).steps[0].entries
    assert entry.user is not None
    assert entry.user["username"] == "admin"


def test_no_secret_is_in_the_state_or_in_what_is_printed(stack: Stack) -> None:
    secret = "s3cret-K3y-0f-the-0rg"
    stack.configure(apiKey=secret, apiId="an-id-nobody-should-read")
    refused = stack.up(small_org())
    assert refused.failed
    assert any("403" in line for line in refused.errors), refused.errors
    printed = run_cli(stack, "stack", "export", "--stack", "test", "-v=9", "--logtostderr")
    assert secret not in stack.state() + stack.log + printed
    assert "an-id-nobody-should-read" not in stack.log
