from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import requests

from pulumi_victorops.simulator import Simulator, SimulatorError
from tests.simulator.conftest import ADA, Caller


def usernames(sim: Simulator) -> list[str]:
    return [user["username"] for user in Caller(sim).ok("GET", "/api-public/v2/user")["users"]]


def test_the_state_file_brings_the_org_back_and_wins_over_the_seed(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="empty", state=state) as sim:
        Caller(sim).ok("POST", "/api-public/v1/user", ADA)
    with Simulator(seed="demo", state=state) as sim:
        assert usernames(sim) == ["admin", "ada"]


def test_the_seed_is_written_at_once(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="demo", state=state) as sim:
        assert json.loads(state.read_text()) == sim.snapshot()
    with Simulator(seed="empty", state=state) as sim:
        assert usernames(sim) == ["oncall-lead"]


def test_every_change_is_in_the_file_before_it_is_answered(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="empty", state=state) as sim:
        call = Caller(sim)
        call.ok("POST", "/api-public/v1/user", ADA)
        assert json.loads(state.read_text()) == sim.snapshot()
        call.ok("DELETE", "/api-public/v1/user/ada", {})
        assert json.loads(state.read_text()) == sim.snapshot()
        document = sim.snapshot()
        call.ok("POST", "/_simulator/reset", {"seed": "demo"})
        assert json.loads(state.read_text())["company"] == "larkspur-freight"
        call.ok("PUT", "/_simulator/snapshot", document)
        assert json.loads(state.read_text()) == document


def test_reading_writes_nothing_and_nothing_is_left_lying_about(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="empty", state=state) as sim:
        before = state.stat().st_mtime_ns, state.stat().st_ino
        Caller(sim).ok("GET", "/api-public/v1/team")
        assert (state.stat().st_mtime_ns, state.stat().st_ino) == before
        Caller(sim).ok("POST", "/api-public/v1/user", ADA)
        assert state.stat().st_ino != before[1]
    assert {path.name for path in tmp_path.iterdir()} <= {"state.json", "state.json.lock"}


def test_identifiers_go_on_after_a_restart_with_the_same_random_seed(tmp_path: Path) -> None:
    slugs = []
    for name in ("One", "Two"):
        with Simulator(seed="empty", state=tmp_path / "state.json", random_seed=1) as sim:
            slugs.append(Caller(sim).team(name))
    assert slugs[0] != slugs[1]


def test_one_simulator_at_a_time_uses_a_state_file(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    in_use = pytest.raises(SimulatorError, match=r"state\.json is in use by another simulator")
    with Simulator(seed="empty", state=state), in_use:
        Simulator(seed="empty", state=state).start()
    with Simulator(seed="empty", state=state) as sim:
        assert usernames(sim) == ["admin"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{", "Invalid JSON"), ("", "Invalid JSON"), ('{"version":7}', "version: Input should be 1")],
)
def test_a_damaged_file_is_refused_and_kept(tmp_path: Path, text: str, reason: str) -> None:
    state = tmp_path / "state.json"
    state.write_text(text)
    for _ in range(2):
        with pytest.raises(SimulatorError, match=rf"state\.json is damaged: {reason}"):
            Simulator(state=state).start()
    [copy] = tmp_path.glob("state.json.damaged-*")
    assert copy.read_text() == state.read_text() == text
    state.unlink()
    with Simulator(seed="empty", state=state) as sim:
        assert usernames(sim) == ["admin"]


def test_a_path_that_cannot_be_a_state_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match=r"cannot read the state file .*: Is a directory"):
        Simulator(state=tmp_path).start()
    (tmp_path / "file").touch()
    with pytest.raises(SimulatorError, match="cannot use the state file"):
        Simulator(state=tmp_path / "file" / "state.json").start()


def test_a_change_that_cannot_be_saved_has_not_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="empty", state=state) as sim:
        call = Caller(sim)

        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            assert call.refusal("POST", "/api-public/v1/user", ADA) == (
                500,
                {"error": "the state could not be saved: No space left on device"},
            )
        assert usernames(sim) == ["admin"]
        assert json.loads(state.read_text()) == sim.snapshot()
        call.ok("POST", "/api-public/v1/user", ADA)
    assert not list(tmp_path.glob(".state.json.*"))


def test_a_link_to_the_state_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "state.json"
    link.symlink_to(tmp_path / "real" / "state.json")
    with Simulator(seed="empty", state=link) as sim:
        Caller(sim).ok("POST", "/api-public/v1/user", ADA)
    assert link.is_symlink()
    assert "ada@example.com" in (tmp_path / "real" / "state.json").read_text()


def test_a_seed_can_be_a_snapshot_in_a_file(tmp_path: Path) -> None:
    with Simulator(seed="empty") as sim:
        Caller(sim).ok("POST", "/api-public/v1/user", ADA)
        (tmp_path / "org.json").write_text(json.dumps(sim.snapshot()))
    with Simulator(seed=str(tmp_path / "org.json")) as sim:
        assert usernames(sim) == ["admin", "ada"]
        sim.reset("empty")
        assert usernames(sim) == ["admin"]
        sim.reset(str(tmp_path / "org.json"))
        assert usernames(sim) == ["admin", "ada"]


def test_a_seed_that_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="cannot read the seed nowhere: No such file or directory"):
        Simulator(seed="nowhere").start()
    (tmp_path / "org.json").write_text("{}")
    with pytest.raises(SimulatorError, match=r"org\.json is no snapshot: company: Field required"):
        Simulator(seed=str(tmp_path / "org.json")).start()


def test_the_demo_org_is_larkspur_freight() -> None:
    with Simulator() as sim:
        call = Caller(sim)
        [team] = call.ok("GET", "/api-public/v1/team")
        assert (team["name"], team["isDefaultTeam"], team["memberCount"]) == ("Larkspur Freight", True, 1)
        assert usernames(sim) == ["oncall-lead"]
        assert call.routing_keys() == {".+": [team["slug"]]}
        assert call.paged_by(team["slug"]) == ["oncall-lead"]
        document = sim.snapshot()
        assert document["company"] == "larkspur-freight"
        assert document["users"][0]["global_admin"] is True
        assert [hook["label"] for hook in document["webhooks"]] == ["Ticket system", "Status page", "Dispatch board"]
        assert all(hook["slug"].startswith("wh-") for hook in document["webhooks"])


def test_requests_are_refused_once_a_simulator_has_stopped(tmp_path: Path) -> None:
    with Simulator(seed="empty") as sim:
        url = sim.url
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(url, timeout=30)
