"""The people flows as commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_victorops.people.__main__ import main
from pulumi_victorops.simulator import Simulator
from tests.people.conftest import SmallOrg


@pytest.fixture(autouse=True)
def environment(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VO_API_ID", simulator.api_id)
    monkeypatch.setenv("VO_API_KEY", simulator.api_key)
    monkeypatch.setenv("VO_BASE_URL", simulator.url)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    monkeypatch.delenv("VO_DEFAULT_REPLACEMENT", raising=False)


def test_somebody_is_let_go(org: SmallOrg, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offboard", "ada", "--dry-run"]) == 1
    assert capsys.readouterr().out.endswith("A replacement is needed.\n")
    assert main(["offboard", "ada", "--replacement", "grace", "--dry-run"]) == 0
    assert "would do: delete the user ada\n" in capsys.readouterr().out
    assert main(["offboard", "ada"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: ada is still named in the org; give a replacement who takes over: step 2 of")
    assert printed.err.count("\n") == 1
    assert main(["offboard", "ada", "--replacement", "grace"]) == 0
    assert capsys.readouterr().out.endswith("Done: nothing names ada.\n")


def test_drift_is_told_by_the_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "people.csv"
    assert main(["drift", str(roster)]) == 2
    assert "people.csv" in capsys.readouterr().err
    roster.write_text("username\nadmin\n")
    assert main(["drift", str(roster)]) == 0
    assert capsys.readouterr().out == "The org is as the roster says.\n"
    roster.write_text("username\nada\nadmin\n")
    assert main(["drift", str(roster)]) == 1
    assert capsys.readouterr().out == "missing: ada\n"


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text("username\nadmin\n")
    command = [sys.executable, "-m", "pulumi_victorops.people", "drift", str(roster)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "The org is as the roster says.\n", "")
