"""Scripts and commands that work on the org of a profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, ConfigurationError, Settings
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.people import offboard, roster_drift
from pulumi_victorops.people.__main__ import main as people
from pulumi_victorops.simulator import Simulator
from tests.conftest import CommandLine
from tests.importer.objects import document, present
from tests.importer.stand_in import StandIn

ADA = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}


@pytest.fixture(scope="module")
def running_elsewhere() -> Iterator[Simulator]:
    with Simulator(seed="empty", random_seed=2, api_id="id-of-eu", api_key="key-of-eu") as started:
        yield started


@pytest.fixture
def there(running_elsewhere: Simulator, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Another org, whose profile `eu` is in the environment beside the settings of the first one."""
    running_elsewhere.reset("empty")
    eu = {
        "apiId": running_elsewhere.api_id,
        "apiKey": running_elsewhere.api_key,
        "baseUrl": running_elsewhere.url,
        "rateLimit": "off",
    }
    monkeypatch.setenv("VO_API_ID", simulator.api_id)
    monkeypatch.setenv("VO_API_KEY", simulator.api_key)
    monkeypatch.setenv("VO_BASE_URL", simulator.url)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    monkeypatch.setenv("VO_PROFILES", json.dumps({"eu": eu}))
    made = Client(Settings(eu["apiId"], eu["apiKey"], eu["baseUrl"], rate_limit=None))
    yield made
    made.close()


def usernames(client: Client) -> list[str]:
    return sorted(one.username for one in client.users.all())


def test_questions_and_actions_are_for_the_org_that_they_name(client: Client, there: Client) -> None:
    vo.add_users([UserPayload.model_validate(ADA)], profile="eu")
    assert usernames(client) == ["admin"]
    assert sorted(one.username for one in vo.get_users(profile="eu")) == ["ada", "admin"]
    assert [one.username for one in vo.get_users()] == ["admin"]


def test_a_profile_that_is_none_is_an_error_that_pulumi_shows_as_one_line(there: Client) -> None:
    with pytest.raises(ConfigurationError, match="has no profile 'us': there are 'eu'") as raised:
        vo.get_users(profile="us")
    assert isinstance(raised.value, pulumi.RunError)


def test_people_flows_are_for_the_org_that_they_name(
    client: Client, there: Client, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for one in (client, there):
        one.users.create(UserPayload.model_validate(ADA))
    roster = tmp_path / "people.csv"
    roster.write_text("username\nadmin\n")
    assert [one.username for one in roster_drift(str(roster), profile="eu").extra] == ["ada"]
    assert offboard("ada", profile="eu").complete
    assert (usernames(client), usernames(there)) == (["ada", "admin"], ["admin"])

    assert people(["drift", str(roster), "--profile", "eu"]) == 0
    assert people(["drift", str(roster)]) == 1
    capsys.readouterr()
    assert people(["offboard", "ada", "--profile", "us"]) == 2
    assert capsys.readouterr().err == "error: victorops:profiles (or VO_PROFILES) has no profile 'us': there are 'eu'\n"


def test_the_import_takes_from_the_org_that_it_names(
    there: Client, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command_line: CommandLine
) -> None:
    """The stack has an `ada` and a team of its own org; neither is what is meant."""
    for one in (client, there):
        one.users.create(UserPayload.model_validate(ADA))
    team = there.teams.create(TeamPayload(name="Platform")).slug
    there.teams.add_member(team, "ada")
    state = document(present("User", "ada", "ada"), present("Team", "platform", team))
    stack = StandIn(tmp_path, state, {})
    stack.enter(monkeypatch)
    arguments = ["import", "--all-of", f"team/{team}", "--with-users", "--profile", "eu"]
    code, said, complaints = command_line(*arguments)
    assert code == 0, complaints
    # The names beside which they come are those of the stack's own org.
    assert said == (
        "import pulumi_victorops as vo\n"
        "\n"
        'platform_2 = vo.Team("platform-2", name="Platform", profile="eu")\n'
        "ada_2 = vo.User(\n"
        '    "ada-2",\n'
        '    username="ada",\n'
        '    first_name="Ada",\n'
        '    last_name="Byron",\n'
        '    email="ada@example.com",\n'
        '    profile="eu",\n'
        ")\n"
        'vo.TeamMembership("ada-2-platform-2", team=platform_2.slug, username=ada_2.username, profile="eu")\n'
    )
    added = [one for one in stack.state()["deployment"]["resources"] if one.get("inputs", {}).get("profile") == "eu"]
    assert sorted(one["id"] for one in added) == ["ada", team, f"{team}/ada"]
    assert {one["outputs"]["profile"] for one in added} == {"eu"}

    # Once more, all of it is there.
    assert "0 would be" in command_line(*arguments)[2]
