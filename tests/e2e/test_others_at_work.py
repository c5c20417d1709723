"""Others work in the org while the engine does; `tests/provider/test_concurrency.py` has the breadth."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pulumi_victorops.api import Client
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org
from tests.meanwhile import standing_before


def test_a_user_is_deleted_and_a_team_renamed_while_a_policy_is_made(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    def meddle() -> None:
        client.users.delete("ada", replacement="admin")
        [team] = [one for one in client.teams.all() if one.name == "Platform"]
        client.teams.update(team.slug, TeamPayload(name="By hand"))

    with standing_before(simulator.url) as meanwhile:
        stack.configure(baseUrl=meanwhile.url)
        meanwhile.before("POST /api-public/v1/policies", meddle)
        failed = stack.up(small_org())
        assert failed.failed
        assert set(failed.errors) == {
            "error: update failed",
            "error: POST /api-public/v1/policies: 422: No user 'ada' found; the user 'ada' isn't in the org: where "
            "this stack makes it, `pulumi up --refresh` notices and makes it again",
        }
        assert "Traceback" not in failed.output
        stack.must_up(small_org(), refresh=True)
        assert stack.must_up(small_org()).changes == {"same": 6}
        assert stack.refresh(small_org()).changes == {"same": 6}
    assert sorted(user.username for user in client.users.all()) == ["ada", "admin"]
    [team] = [one for one in client.teams.all() if not one.is_default_team]
    assert team.name == "Platform"
    assert {member.username for member in client.teams.members(team.slug)} >= {"ada"}
    [key] = [one for one in client.routing_keys.all() if not one.is_default]
    assert key.routing_key == "database"


def test_a_second_stack_with_the_same_objects_gets_none_of_them_and_destroys_none(
    tmp_path: Path, simulator: Simulator
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    one, two = (Stack(folder, simulator) for folder in folders)
    one.must_up(small_org())
    before = simulator.snapshot()

    clash = two.up(small_org())
    assert clash.failed
    [team, user] = sorted(line for line in clash.errors if line.startswith("error: POST"))
    assert "Team name Platform is unavailable; take Team team-" in team
    assert "User name ada is unavailable; take User ada over with adopt=True or victorops:adopt: exact, or" in user
    with ThreadPoolExecutor() as at_once:
        gone = at_once.submit(two.destroy)
        looked = at_once.submit(one.refresh, small_org())
    assert not gone.result().failed, gone.result().output
    assert looked.result().changes == {"same": 6}
    assert simulator.snapshot() == before
