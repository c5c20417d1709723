"""The quickstart and the examples on the real engine: they come up, stay as they are, and leave nothing behind."""

from __future__ import annotations

import runpy
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.docs.pages import ROOT
from tests.e2e.harness import Stack
from tools.setup.engine import find_engine
from tools.setup.environment import engine_environment

pytestmark = pytest.mark.engine


@pytest.fixture
def demo_org() -> Iterator[Simulator]:
    with Simulator(seed="demo", random_seed=1) as simulator:
        yield simulator


def program(path: str) -> Callable[[], object]:
    return lambda: runpy.run_path(str(ROOT / path), run_name="__main__")


def what_is_there(simulator: Simulator) -> dict[str, Any]:
    """The whole org but for what only counts its changes."""
    snapshot = simulator.snapshot()
    del snapshot["serial"]
    for team in snapshot["teams"]:
        del team["version"]
    return snapshot


def test_the_quickstart(demo_org: Simulator, tmp_path: Path) -> None:
    stack = Stack(tmp_path, demo_org)
    before = what_is_there(demo_org)
    made = stack.must_up(program("__main__.py"))
    assert made.changes == {"create": 40}
    assert sum(made.calls.values()) <= 39, "one write each at the most: users who are made at once share calls"
    assert made.outputs["paged_first_by_routing_key"] == {
        "billing": "dora",
        "customer-portal": "grace",
        "database": "ada",
        "gps": "grace",
        "network": "ada",
        "scanners": "jonas",
    }
    assert set(made.outputs["teams"]) == {"Platform", "Payments", "Tracking", "Warehouse"}
    again = stack.must_up(program("__main__.py"))
    assert (again.changes, again.calls) == ({"same": 40}, {})
    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert what_is_there(demo_org) == before


@pytest.mark.parametrize(("example", "resources"), [("teams_from_a_csv", 13), ("existing_org", 5)])
def test_an_example(example: str, resources: int, demo_org: Simulator, tmp_path: Path) -> None:
    stack = Stack(tmp_path, demo_org)
    before = what_is_there(demo_org)
    assert stack.must_up(program(f"examples/{example}/__main__.py")).changes == {"create": resources}
    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert what_is_there(demo_org) == before


def test_the_script_for_ci(tmp_path: Path) -> None:
    engine = find_engine()
    assert engine is not None, "there is no Pulumi engine: run `make setup`"
    environment = engine_environment(engine, root=ROOT, home=tmp_path / "home", backend=tmp_path / "backend")
    folder = ROOT / "examples" / "preview_in_ci"
    done = subprocess.run(
        ["./preview.sh", "--up"],
        cwd=folder,
        env=environment | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for summary in ("    + 4 created", "    4 unchanged", "    - 4 deleted"):
        assert summary in done.stdout
    assert not (folder / "Pulumi.ci-simulated.yaml").exists()
    assert list(tmp_path.glob("tmp.*")) == [], "its own folder is gone"
