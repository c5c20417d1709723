"""What becomes of rotations: listed late, paged by policies, deleted alone or with their team."""

from __future__ import annotations

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import NOW, Caller
from tests.simulator.duty import Made, absent, cover, make, on_call, page, set_clock, shift, take

START = "2026-01-05T08:00:00.000+0000"


@pytest.fixture
def team(call: Caller) -> str:
    for username in ("ada", "grace"):
        call.user(username)
    return call.team("Platform")


def rotations(team: str) -> str:
    return f"/api-public/v1/teams/{team}/rotations"


def test_a_rotation_is_deleted_by_its_number(call: Caller, team: str) -> None:
    gone, stays = make(call, team), make(call, team)
    for name in (gone.slug, "x", stays.id + 1000):
        assert call.refusal("DELETE", f"{rotations(team)}/{name}") == (
            404,
            {"error": f"No rotation '{name}' found in team '{team}'"},
        )
    assert call.ok("DELETE", gone.path) == {"result": "success"}
    assert [row["slug"] for row in call.ok("GET", rotations(team))["rotationGroups"]] == [stays.slug]
    assert call.send("DELETE", gone.path).status_code == 404


def test_a_rotation_is_not_found_under_another_team(call: Caller, team: str) -> None:
    made = make(call, team)
    assert call.send("DELETE", f"{rotations(call.default_team())}/{made.id}").status_code == 404


@pytest.mark.parametrize("neighbour", ["", "_next", "_previous"])
def test_a_rotation_that_a_policy_pages_stays(call: Caller, team: str, neighbour: str) -> None:
    made = make(call, team, shift(START, "ada"))
    policy = call.policy("Page", call.default_team(), page(made, neighbour))
    assert call.refusal("DELETE", made.path) == (422, {"error": "Rotation Weekly is used by policy Page"})
    call.ok("DELETE", f"/api-public/v1/policies/{policy}")
    assert call.ok("DELETE", made.path) == {"result": "success"}


def test_a_service_can_be_told_to_drop_the_entries_of_a_deleted_rotation() -> None:
    with Simulator(seed="empty", drop_used_rotations=True) as sim:
        call = Caller(sim)
        set_clock(call, NOW)
        for username in ("ada", "grace"):
            call.user(username)
        team = call.team("Platform")
        gone, stays = make(call, team, shift(START, "ada")), make(call, team, shift(START, "grace"))
        policy = call.policy("Page", team, page(gone), page(stays), page(gone, "_next"))
        take(call, policy, "ada", "admin")
        assert call.ok("DELETE", gone.path) == {"result": "success"}
        assert on_call(call, policy) == ["grace"]
        [step] = call.ok("GET", f"/api-public/v1/policies/{policy}")["steps"]
        assert [entry["rotationGroup"]["slug"] for entry in step["entries"]] == [stays.slug]
        assert sim.snapshot()["takes"] == []


def test_a_policy_is_read_with_the_label_of_the_rotation(call: Caller, team: str) -> None:
    made = make(call, team, shift(START, "ada"), label="Night watch")
    policy = call.policy("Page", team, page(made, "_next"))
    [step] = call.ok("GET", f"/api-public/v1/policies/{policy}")["steps"]
    assert step["entries"] == [
        {"executionType": "rotation_group_next", "rotationGroup": {"slug": made.slug, "label": "Night watch"}}
    ]


def test_a_policy_cannot_page_an_unknown_rotation(call: Caller, team: str) -> None:
    body = {
        "name": "Page",
        "teamSlug": team,
        "steps": [{"timeout": 0, "entries": [page(Made(team, 1, "rtg-x", []))]}],
    }
    assert call.refusal("POST", "/api-public/v1/policies", body) == (422, {"error": "No rotationGroup 'rtg-x' found"})


def test_a_team_takes_its_rotations_along_and_the_entries_that_page_them(call: Caller, team: str) -> None:
    gone = make(call, team, shift(START, "ada"))
    other = call.team("Other")
    stays = make(call, other, shift(START, "ada"))
    own = call.policy("Own", team, page(gone))
    policy = call.policy("Page", other, page(gone), page(stays))
    cover(call, absent(call, "ada", NOW, "2026-02-01T00:00:00Z"), own, "grace")
    call.ok("DELETE", f"/api-public/v1/team/{team}")
    [step] = call.ok("GET", f"/api-public/v1/policies/{policy}")["steps"]
    assert [entry["rotationGroup"]["slug"] for entry in step["entries"]] == [stays.slug]
    [override] = call.ok("GET", "/api-public/v1/overrides")["overrides"]
    assert [row["policy"] for row in override["assignments"]] == [policy]
    document = call.sim.snapshot()
    assert [rotation["slug"] for rotation in document["rotations"]] == [stays.slug]
    assert document["overrides"][0]["covers"] == {}


def test_lists_can_lag_behind() -> None:
    with Simulator(seed="empty", rotation_lag_ms=1500) as sim:
        call = Caller(sim)
        set_clock(call, NOW)
        team = call.default_team()
        lists = (rotations(team), f"/api-public/v2/team/{team}/rotations")
        created = call.ok("POST", rotations(team), {"label": "Weekly"})
        for seconds, ids in ((0, []), (1, []), (1, [created["id"]])):
            call.ok("PUT", "/_simulator/clock", {"advance_seconds": seconds})
            for path in lists:
                [listed] = call.ok("GET", path).values()
                assert [row["groupId"] for row in listed] == ids
        # What is not listed yet can be deleted all the same.
        late = call.ok("POST", rotations(team), {"label": "Late"})
        assert call.ok("DELETE", f"{rotations(team)}/{late['id']}") == {"result": "success"}
