"""Two orgs in one program, with the same names in both."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Program, Stack

PROFILES = (None, "eu")


@pytest.fixture
def elsewhere() -> Iterator[Simulator]:
    """The service of the other org."""
    with Simulator(
        seed="empty", random_seed=2, api_id=f"id-{secrets.token_hex(8)}", api_key=f"key-{secrets.token_hex(16)}"
    ) as started:
        yield started


@pytest.fixture
def there(elsewhere: Simulator) -> Iterator[Client]:
    made = Client(Settings(elsewhere.api_id, elsewhere.api_key, elsewhere.url, rate_limit=None))
    yield made
    made.close()


def two_orgs(paged_in: str | None) -> Program:
    """A team and a person in both orgs, and who pages whom in one of them."""

    def program() -> None:
        teams = {}
        for profile in PROFILES:
            behind = f"-{profile}" if profile else ""
            teams[profile] = vo.Team(f"platform{behind}", name="Platform", profile=profile)
            address = f"ada{behind}@example.com"
            vo.User(f"ada{behind}", username="ada", first_name="Ada", last_name="Byron", email=address, profile=profile)
            found = vo.get_users_output(profile=profile).apply(lambda users: [one.email for one in users])
            pulumi.export(f"before{behind}", found)
        team = teams[paged_in].slug
        member = vo.TeamMembership("member", team=team, username="admin", profile=paged_in)
        page = vo.EscalationPolicy(
            "page",
            team=team,
            name="Page",
            steps=[vo.Step(timeout=0, entries=[vo.Notify.user(member.username)])],
            profile=paged_in,
        )
        vo.RoutingKey("database", routing_key="database", targets=[page.slug], profile=paged_in)

    return program


def content(client: Client) -> dict[str, list[str]]:
    """What the program made in an org, by names."""
    return {
        "users": [one.email for one in client.users.all() if one.username == "ada"],
        "teams": [one.name for one in client.teams.all() if not one.is_default_team],
        "policies": [one.policy.name for one in client.policies.all() if one.policy.name == "Page"],
        "keys": [one.routing_key for one in client.routing_keys.all() if one.routing_key == "database"],
    }


def test_orgs_live_side_by_side_and_resources_move_between_them(
    tmp_path: Path, stack: Stack, elsewhere: Simulator, client: Client, there: Client
) -> None:
    for member, value in (("apiId", elsewhere.api_id), ("apiKey", elsewhere.api_key), ("baseUrl", elsewhere.url)):
        stack.configure_at(f"profiles.eu.{member}", value)

    made = stack.must_up(two_orgs(None))
    assert made.changes == {"create": 8}
    people = {"users": ["ada@example.com"], "teams": ["Platform"]}
    paged = {"policies": ["Page"], "keys": ["database"]}
    nobody_paged: dict[str, list[str]] = {"policies": [], "keys": []}
    assert content(client) == people | paged
    assert content(there) == {"users": ["ada-eu@example.com"], "teams": ["Platform"]} | nobody_paged

    assert stack.refresh(two_orgs(None)).changes == {"same": 8}
    again = stack.must_up(two_orgs(None))
    assert again.changes == {"same": 8}
    assert sorted(again.outputs["before-eu"]) == ["ada-eu@example.com", "admin@example.com"]

    plan = stack.plan(two_orgs("eu"))
    moving = {"member", "page", "database"}
    assert {name for name, one in plan.items() if one.operation == "replace"} == moving
    assert all("profile" in plan[name].properties for name in moving)
    moved = stack.must_up(two_orgs("eu"))
    assert moved.changes == {"replace": 3, "same": 5}
    assert content(client) == people | nobody_paged
    assert content(there) == {"users": ["ada-eu@example.com"], "teams": ["Platform"]} | paged

    lost = stack.preview(lambda: vo.Team("platform-eu", name="Platform", profile="EU"))
    assert "has no profile 'EU': did you mean 'eu'?" in lost.output
    assert "Traceback" not in lost.output

    gone = stack.destroy()
    assert not gone.failed, gone.output
    nothing: dict[str, list[str]] = {"users": [], "teams": []}
    assert content(client) == content(there) == nothing | nobody_paged
    kept = [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file()]
    for secret in (elsewhere.api_id, elsewhere.api_key):
        assert not [text for text in (stack.log, *kept) if secret in text]
