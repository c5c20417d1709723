"""Imports into stacks new and old, on the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
import requests

import pulumi_victorops as vo
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.policies import PolicyPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.importer.command import Project, as_program, writes

pytestmark = pytest.mark.engine

READ_ONLY = "may-only-read"


@pytest.fixture
def service() -> Any:
    with Simulator(seed="empty", random_seed=1, read_only_key=READ_ONLY) as simulator:
        yield simulator


@pytest.fixture
def hand(service: Simulator) -> Any:
    """What somebody does by hand."""
    client = Client(Settings(service.api_id, service.api_key, service.url, rate_limit=None))
    yield client
    client.close()


def make_a_team(hand: Client, name: str = "Platform") -> str:
    """A team whose policy pages ada, and a key that leads there."""
    ada = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    hand.users.create(UserPayload.model_validate(ada))
    team = hand.teams.create(TeamPayload(name=name)).slug
    hand.teams.add_member(team, "ada")
    steps = [{"timeout": 0, "entries": [{"executionType": "user", "user": {"username": "ada"}}]}]
    policy = hand.policies.create(
        PolicyPayload.model_validate({"name": f"Page {name}", "team_slug": team, "steps": steps})
    )
    hand.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=[policy.slug]))
    return team


def test_a_team_goes_into_a_new_stack_which_takes_it_down_before_it_was_ever_brought_up(
    tmp_path: Path, service: Simulator, hand: Client
) -> None:
    team = make_a_team(hand)

    def only_the_console_can(snapshot: dict[str, Any]) -> None:
        [policy] = [one for one in snapshot["policies"] if one["team_slug"] == team]
        odd = {**policy, "slug": "pol-odd", "name": "Odd"}
        odd["steps"] = [{"timeout": 0, "entries": []}]
        snapshot["policies"].append(odd)

    change(service, only_the_console_can)
    project = Project(Stack(tmp_path, service), tmp_path / "work")
    project.stack.configure(apiKey=READ_ONLY)
    untouched = project.export()
    dry = project.must_run("--all-of", f"team/{team}", "--with-users", "--dry-run")
    left_out = (
        "Left out: escalation-policy 'pol-odd': no program can manage it: "
        "steps[0].entries: the step has no entries, so it pages nobody\n"
    )
    assert dry.said == f"{left_out}Nothing is imported into test: 5 would be.\n"
    assert project.export() == untouched

    done = project.must_run("--all-of", f"team/{team}", "--with-users", "--out", "imported.py")
    text = (project.folder / "imported.py").read_text(encoding="utf-8")
    assert (done.text, text) == ("", dry.text)
    assert done.said == f"{left_out}Imported into test: 5. With this in the program, a preview says unchanged.\n"
    assert project.stack.preview(as_program(text)).changes == {"same": 6}

    again = project.must_run("--all-of", f"team/{team}", "--with-users")
    assert again.said == f"{left_out}Nothing is imported into test: 0 would be.\n"
    assert again.text == "import pulumi_victorops as vo\n\n"
    assert writes(service.requests()["by_operation"]) == {
        "POST /api-public/v1/user": 1,
        "POST /api-public/v1/team": 1,
        "POST /api-public/v1/team/{team}/members": 1,
        "POST /api-public/v1/policies": 1,
        "POST /api-public/v1/org/routing-keys": 1,
    }, "the writes by hand, and no others"

    hand.policies.delete("pol-odd")
    project.stack.configure(apiKey=service.api_key)
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert [user.username for user in hand.users.all()] == ["admin"]
    assert [one.routing_key for one in hand.routing_keys.all()] == [".+"]


def test_a_stack_in_use_gets_more_below_a_component(tmp_path: Path, service: Simulator, hand: Client) -> None:
    class Org(pulumi.ComponentResource):
        def __init__(self) -> None:
            super().__init__("my:index:Org", "org")

    def program(*texts: str) -> Callable[[], None]:
        def run_it() -> None:
            org = Org()
            vo.Team("other", name="Other")
            exec(compile("\n".join(texts), "printed", "exec"), {"org": org})

        return run_it

    team = make_a_team(hand, "Platform-dev")
    project = Project(Stack(tmp_path, service), tmp_path / "work")
    project.stack.configure(nameSuffix="-dev")
    project.stack.must_up(program())
    org = next(one["urn"] for one in project.stack.resources().values() if one["type"] == "my:index:Org")
    first = project.must_run("team", team, "--parent", org)
    assert first.text == (
        "import pulumi\n\nimport pulumi_victorops as vo\n\n"
        'vo.Team("platform", name="Platform", opts=pulumi.ResourceOptions(parent=org))\n'
    )
    placed = first.text.replace("vo.Team(", "platform = vo.Team(")
    second = project.must_run("--all-of", f"team/{team}")
    assert second.text.splitlines()[2:] == [
        '# platform is the program\'s vo.Team("platform", ...)',
        'vo.TeamMembership("ada-platform", team=platform.slug, username="ada")',
        "page_platform = vo.EscalationPolicy(",
        '    "page-platform",',
        "    team=platform.slug,",
        '    name="Page Platform",',
        '    steps=[vo.Step(timeout=0, entries=[vo.Notify.user("ada")])],',
        ")",
        'vo.RoutingKey("database", routing_key="database", targets=[page_platform.slug], name_suffix="")',
    ]
    whole = program(placed, second.text)
    assert project.stack.preview(whole).changes == {"same": 7}
    assert project.stack.must_up(whole).changes == {"same": 7}
    assert project.stack.refresh(whole).changes == {"same": 7}


def test_a_stack_is_named_and_what_the_engine_says_of_others_is_told(
    tmp_path: Path, service: Simulator, hand: Client
) -> None:
    team = make_a_team(hand)
    project = Project(Stack(tmp_path, service), tmp_path / "work")
    project.pulumi("stack", "init", "other", "--copy-config-from", "test", "--no-select")
    done = project.run("team", team, "--stack", "other", "--cwd", str(project.folder))
    assert done.said == "Imported into other: 1. With this in the program, a preview says unchanged.\n"
    assert "resources" not in project.export()["deployment"]
    assert project.pulumi("stack", "--show-name").strip() == "test"
    assert "urn:pulumi:other::e2e::pulumi-python:dynamic/victorops:Team::platform" in project.pulumi(
        "stack", "--show-urns", "--stack", "other"
    )
    nowhere = project.run("team", team, "--stack", "nowhere")
    said = "pulumi-victorops: `pulumi stack --show-name` failed: no stack named 'nowhere' found\n"
    assert (nowhere.code, nowhere.text, nowhere.said) == (1, "", said)
    locked = project.run("team", team, PULUMI_CONFIG_PASSPHRASE="wrong")
    assert (locked.code, locked.text) == (1, "")
    assert "incorrect passphrase" in locked.said
    assert len(locked.said.splitlines()) == 1


def change(service: Simulator, how: Callable[[dict[str, Any]], None]) -> None:
    snapshot = service.snapshot()
    how(snapshot)
    requests.put(f"{service.url}/_simulator/snapshot", json=snapshot, timeout=10).raise_for_status()
