"""Functions in programs that the real engine runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack, run_cli
from tests.functions.conftest import Org

pytestmark = pytest.mark.engine


def shown_outputs(output: str) -> dict[str, str]:
    """The stack's outputs as a preview prints them."""
    lines = output.partition("Outputs:\n")[2].partition("\n\n")[0].splitlines()
    return {name.strip(" +~"): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_both_forms_answer_in_a_program(stack: Stack, org: Org) -> None:
    def program() -> None:
        pulumi.export("plain", vo.get_team(name="Platform").slug)
        team = vo.get_team_output(name=pulumi.Output.from_input("Platform"))
        pulumi.export("lifted", team.slug)
        pulumi.export(
            "members", vo.get_team_members_output(team.slug).apply(lambda rows: [row.username for row in rows])
        )
        pulumi.export("now", vo.get_current_on_call_output().teams_on_call[1])
        pulumi.export("nobody", vo.get_users_output(email="nobody@example.com"))

    made = stack.must_up(program)
    assert made.outputs == {
        "plain": org.team,
        "lifted": org.team,
        "members": ["ada", "grace"],
        "now": {
            "team": {"name": "Platform", "slug": org.team},
            "on_call_now": [
                {
                    "escalation_policy": {"name": "Page Platform", "slug": org.policy},
                    "users": [{"on_call_user": {"username": "ada"}}],
                }
            ],
        },
        "nobody": [],
    }
    assert made.calls == {
        "GET /api-public/v1/team": 2,
        "GET /api-public/v1/team/{team}/members": 1,
        "GET /api-public/v1/oncall/current": 1,
        "GET /api-public/v2/user": 1,
    }


def test_what_is_not_made_yet_is_not_asked_for(stack: Stack) -> None:
    def program() -> None:
        team = vo.Team("team", name="Night shift")
        user = vo.User("user", username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")
        pulumi.export("by_an_unknown_slug", vo.get_team_members_output(team.slug).apply(len))
        pulumi.export("by_a_known_name", vo.get_team_output(name=team.name).member_count)
        pulumi.export("email", vo.get_user_output(user.username).email)
        component = pulumi.ComponentResource("tests:index:People", "people")
        vo.User(
            "grace",
            username="grace",
            first_name="Grace",
            last_name="Hopper",
            email="grace@example.com",
            opts=pulumi.ResourceOptions(parent=component),
        )
        after = pulumi.InvokeOutputOptions(depends_on=[component])
        pulumi.export("after_a_component", vo.get_user_output("grace", opts=after).last_name)

    preview = stack.preview(program)
    assert not preview.failed, preview.output
    assert shown_outputs(preview.output) == dict.fromkeys(
        ["after_a_component", "by_a_known_name", "by_an_unknown_slug", "email"], "[unknown]"
    )
    assert preview.calls == {}
    made = stack.must_up(program)
    assert made.outputs == {
        "by_an_unknown_slug": 0,
        "by_a_known_name": 0,
        "email": "ada@example.com",
        "after_a_component": "Hopper",
    }


NOWHERE = "there is no team named 'Nowhere': there is 'Larkspur Freight'"
REFUSED = "take_on_call acts at once, which a preview must not: call it where pulumi.runtime.is_dry_run() is false"
FAILURES: list[tuple[Callable[[], object], str]] = [
    (lambda: vo.get_team(name="Nowhere"), NOWHERE),
    (lambda: vo.get_team_output(name="Nowhere"), NOWHERE),
    (lambda: pulumi.export("slug", vo.get_team_output(name="Nowhere").slug), NOWHERE),
    (lambda: vo.Team("team", name=vo.get_team_output(name="Nowhere").name), NOWHERE),
    (lambda: vo.take_on_call("pol-1", from_user="ada", to_user="grace"), REFUSED),
]


def test_a_failure_is_told_without_a_traceback(stack: Stack) -> None:
    for program, message in FAILURES:
        failed = stack.preview(program)
        # The second line is how a program that the Automation API runs ends when it failed.
        assert failed.errors == [f"error: {message}", f"error: an unhandled error occurred: {message}"]
        assert "Traceback" not in failed.output


def test_an_action_acts_in_an_update(stack: Stack, org: Org) -> None:
    def program() -> None:
        if not pulumi.runtime.is_dry_run():
            vo.take_on_call(org.policy, from_user="ada", to_user="grace")

    assert stack.must_up(program).calls == {"PATCH /api-public/v1/policies/{policy}/oncall/user": 1}


def test_the_command_line_tells_a_failed_look_up_in_one_line(stack: Stack, tmp_path: Path, service: Simulator) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: look-up\nruntime: python\n")
    (folder / "__main__.py").write_text("import pulumi_victorops as vo\n\nvo.get_team(name='Nowhere')\n")
    stack.environment |= {"VO_BASE_URL": service.url, "VO_API_ID": service.api_id, "VO_API_KEY": service.api_key}
    run_cli(stack, "-C", str(folder), "stack", "init", "test", "--non-interactive")
    printed = run_cli(stack, "-C", str(folder), "preview", "--stack", "test", "--non-interactive")
    diagnostics = [line.strip() for line in printed.partition("Diagnostics:")[2].splitlines() if line.strip()]
    assert diagnostics[:2] == [
        "pulumi:pulumi:Stack (look-up-test):",
        f"error: {NOWHERE}",
    ]
    assert "Traceback" not in printed
