"""On-call duty in snapshots: all of it is kept, and what contradicts itself is refused."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import NOW, Caller, page_user
from tests.simulator.duty import absent, cover, make, mask, on_call, page, set_clock, shift, take

END = "2026-02-01T00:00:00Z"


def furnish(call: Caller) -> tuple[str, str]:
    """Make an org with everything in it, and give its team and policy."""
    set_clock(call, NOW)
    for username in ("ada", "grace"):
        call.user(username)
    team = call.team("Platform")
    masks = {"mask": mask("08:00", "20:00"), "mask2": mask("20:00", "02:00", ("sa",))}
    rotation = make(
        call,
        team,
        shift(NOW, "ada", "grace", timezone="America/New_York"),
        shift(NOW, "grace", shifttype="cstm", label="Day", **masks),
    )
    call.ok("PUT", rotation.scheduled(), {"username": "grace"})
    policy = call.policy("Page", team, page(rotation), page_user("ada"))
    cover(call, absent(call, "ada", NOW, END, "Europe/London"), policy, "admin")
    take(call, policy, "grace", "ada")
    return team, policy


def views(call: Caller, team: str, policy: str) -> list[Any]:
    return [
        on_call(call, policy),
        *(
            call.ok("GET", path)
            for path in (
                f"/api-public/v1/teams/{team}/rotations",
                f"/api-public/v2/team/{team}/rotations",
                "/api-public/v1/overrides",
                f"/api-public/v2/team/{team}/oncall/schedule",
                f"/api-public/v1/policies/{policy}",
            )
        ),
    ]


def test_a_snapshot_brings_all_of_it_back(call: Caller) -> None:
    team, policy = furnish(call)
    before, document = views(call, team, policy), call.sim.snapshot()
    assert before[0] == ["admin"]
    call.sim.reset("empty")
    call.ok("PUT", "/_simulator/snapshot", document)
    assert views(call, team, policy) == before
    assert call.sim.snapshot() == document


def test_a_state_file_brings_all_of_it_back(tmp_path: Path) -> None:
    with Simulator(seed="empty", state=tmp_path / "state.json") as sim:
        team, policy = furnish(Caller(sim))
        before = views(Caller(sim), team, policy)
    with Simulator(state=tmp_path / "state.json") as sim:
        set_clock(Caller(sim), NOW)
        assert views(Caller(sim), team, policy) == before


def test_a_snapshot_of_before_there_was_duty_is_read(call: Caller) -> None:
    document = call.sim.snapshot()
    for name in ("rotations", "overrides", "takes"):
        assert document.pop(name) == []
    call.ok("PUT", "/_simulator/snapshot", document)
    assert call.ok("GET", "/api-public/v1/overrides")["overrides"] == []


def test_instants_are_kept_in_utc(call: Caller) -> None:
    furnish(call)
    document = call.sim.snapshot()
    document["overrides"][0]["end"] = "2026-02-01T02:00:00+02:00"
    call.ok("PUT", "/_simulator/snapshot", document)
    assert call.ok("GET", "/api-public/v1/overrides")["overrides"][0]["end"] == END
    assert call.sim.snapshot()["overrides"][0]["end"] == END


def again(records: list[dict[str, Any]], **changes: Any) -> None:
    records.append(deepcopy(records[0]) | changes)


def wrong_documents(good: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Make documents that are wrong each in one thing, by what is said of them."""
    rotation, override = good["rotations"][0], good["overrides"][0]
    number, public_id = rotation["id"], override["public_id"]
    shift_ids = [shift["id"] for shift in rotation["shifts"]]
    spoil: dict[str, Any] = {
        f"rotation {number} stands in it twice": lambda d: again(d["rotations"], slug="rtg-x", shifts=[]),
        f"rotation '{rotation['slug']}' stands in it twice": lambda d: again(d["rotations"], id=1, shifts=[]),
        f"shift {shift_ids[0]} stands in it twice": lambda d: again(d["rotations"], id=1, slug="rtg-x"),
        f"rotation '{rotation['slug']}' is of an unknown team": lambda d: d["rotations"][0].update(team_slug="x"),
        f"shift {shift_ids[0]} has the unknown member 'x'": lambda d: d["rotations"][0]["shifts"][0]["members"][
            0
        ].update(username="x"),
        f"shift {shift_ids[1]} has no mask": lambda d: d["rotations"][0]["shifts"][1].update(masks=[]),
        "rotations.0.shifts.0.timezone: 'x' is no time zone": lambda d: d["rotations"][0]["shifts"][0].update(
            timezone="x"
        ),
        f"override '{public_id}' stands in it twice": lambda d: again(d["overrides"]),
        f"override '{public_id}' ends before it starts": lambda d: d["overrides"][0].update(end=NOW),
        f"override '{public_id}' has the unknown user 'x'": lambda d: d["overrides"][0].update(username="x"),
        f"override '{public_id}' has the unknown policy 'x'": lambda d: d["overrides"][0].update(covers={"x": "ada"}),
        "overrides.0.start: Input should have timezone info": lambda d: d["overrides"][0].update(
            start="2026-01-05T09:00:00"
        ),
        "a take has the unknown policy 'x'": lambda d: d["takes"][0].update(policy_slug="x"),
        "a take has the unknown user 'x'": lambda d: d["takes"][0].update(username="x"),
        "a take is of the unknown place 'x'": lambda d: d["takes"][0].update(target="x"),
        f"a take is of the unknown place '{rotation['slug']}'": lambda d: d["takes"][0].update(shift_id=1),
        "takes.0.place: Input should be 'user', 'rotation_group', 'rotation_group_next' or"
        " 'rotation_group_previous'": lambda d: d["takes"][0].update(place="email"),
    }
    documents = {}
    for text, change in spoil.items():
        documents[text] = deepcopy(good)
        change(documents[text])
    return documents


def test_a_document_that_contradicts_itself_changes_nothing(call: Caller) -> None:
    furnish(call)
    good = call.sim.snapshot()
    for text, document in wrong_documents(good).items():
        assert call.refusal("PUT", "/_simulator/snapshot", document) == (400, {"error": text})
        assert call.sim.snapshot() == good


def test_a_policy_in_a_document_may_page_its_rotations_only(call: Caller) -> None:
    furnish(call)
    document = call.sim.snapshot()
    document["rotations"], document["takes"] = [], []
    status, answer = call.refusal("PUT", "/_simulator/snapshot", document)
    assert status == 400
    assert "pages the unknown rotation_group 'rtg-" in answer["error"]


@pytest.mark.parametrize("name", ["rotations", "overrides", "takes"])
def test_a_reset_forgets_it(call: Caller, name: str) -> None:
    furnish(call)
    assert call.sim.snapshot()[name] != []
    call.sim.reset("empty")
    assert call.sim.snapshot()[name] == []
