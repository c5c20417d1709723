"""The engine is found, installed or built, and every way in which that fails is told."""

import os
import shutil
import signal
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from tests.setup import fakes
from tests.setup.conftest import ENGINE, Machine, end, is_running, pid_in
from tools.setup import gobuild
from tools.setup.engine import Engine, find_engine
from tools.setup.failure import SetupError

_INSTALL_PULUMI = "install Pulumi from https://www.pulumi.com/docs/iac/download-install/"
_BUILT = "[2/2] Pulumi engine: built from its Go modules"


def kept(machine: Machine) -> set[str]:
    """What lies in the folder of engines, apart from the lock and the log."""
    return {path.name for path in machine.engines.iterdir()} - {"lock", "setup.log"}


def test_an_engine_on_path_is_used_and_nothing_is_fetched(equipped: Machine) -> None:
    done = equipped.setup()
    assert done.returncode == 0, done.stderr
    assert not equipped.engines.exists()
    assert find_engine(equipped.environment()) == Engine(equipped.programs, "3.220.0")


def test_an_engine_that_is_too_old_is_not_used(equipped: Machine) -> None:
    equipped.has("go", fakes.GO)
    done = equipped.setup(FAKE_PULUMI_VERSION="3.199.9")
    assert "The pulumi on PATH is older than 3.200.0 or lacks its Python language host" in done.stdout
    assert _BUILT in done.stdout


@pytest.mark.parametrize("missing", ENGINE[1:])
def test_an_engine_without_its_language_host_is_none(equipped: Machine, missing: str) -> None:
    (equipped.programs / missing).unlink()
    assert find_engine(equipped.environment()) is None


def test_what_the_installer_delivers_is_kept(machine: Machine) -> None:
    done = machine.setup(FAKE_INSTALLER="deliver")
    assert "[2/2] Pulumi engine: installed from pulumi.com" in done.stdout
    assert kept(machine) == {"3.220.0"}
    assert find_engine(machine.environment()) == Engine(machine.engines / "3.220.0" / "bin", "3.220.0")
    assert len(machine.setup().stdout.splitlines()) == 1, "the second set-up has nothing to do"


def test_half_an_engine_from_the_installer_is_none(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    done = machine.setup(FAKE_INSTALLER="deliver", FAKE_COMPANIONS="pulumi pulumi-language-python")
    assert _BUILT in done.stdout


def test_a_build_follows_where_the_installer_cannot_be_reached(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    done = machine.setup()
    assert "pulumi.com cannot be reached; building the engine instead" in done.stdout
    assert _BUILT in done.stdout
    assert kept(machine) == {"3.220.0"}
    built = machine.engines / "3.220.0" / "bin"
    assert {path.name for path in built.iterdir() if os.access(path, os.X_OK)} == {
        *ENGINE,
        "pulumi-analyzer-policy-python",
    }


def test_a_silent_installer_is_given_up_and_ended(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    machine.setup(FAKE_INSTALLER="deliver")
    shutil.rmtree(machine.engines)
    impatient = "from tools.setup import installer, main; installer.PATIENCE_SECONDS = 0; main.main([])"
    with machine.background(
        sys.executable, "-c", impatient, FAKE_INSTALLER="hang", FAKE_INSTALLER_HELD=str(machine.held)
    ) as process:
        installer = pid_in(machine.held)
        said = process.communicate(timeout=60)[0]
    assert "pulumi.com does not answer; building the engine instead" in said
    assert _BUILT in said
    assert not is_running(installer)


def test_no_go_is_told_with_both_remedies(machine: Machine) -> None:
    done = machine.setup()
    assert done.returncode != 0
    assert done.stderr.splitlines()[:2] == [
        "Set-up failed: there is no Pulumi engine, and no Go to build it with",
        f"What to do: install Go 1.24.7 or newer (https://go.dev/dl/), or {_INSTALL_PULUMI}; then run make setup again",
    ]


def test_an_old_go_is_told_with_its_version(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    done = machine.setup(FAKE_GO_VERSION="go1.24.6")
    assert done.stderr.splitlines()[0] == "Set-up failed: Go 1.24.6 is too old to build the Pulumi engine"


def test_a_full_disk_is_told_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", ["total", "used", "free"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(9_000_000_000, 6_000_000_000, 3_000_000_000))
    with pytest.raises(SetupError) as refused:
        gobuild.check_disk(tmp_path / "not" / "there" / "yet")
    assert refused.value.lines() == [
        f"Set-up failed: building the Pulumi engine takes 4 GB for a while, and {tmp_path} has 3.0 GB free",
        f"What to do: free some disk space, set XDG_CACHE_HOME to a folder with more of it, or {_INSTALL_PULUMI}",
    ]


def test_a_disk_that_fills_up_is_told_and_its_space_given_back(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    done = machine.setup(FAKE_GO="full")
    assert done.stderr.splitlines()[0] == "Set-up failed: the disk is full"
    assert kept(machine) == set()


def test_no_network_is_told_and_the_next_set_up_goes_on(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    done = machine.setup(FAKE_GO="offline")
    assert done.stderr.splitlines()[:2] == [
        "Set-up failed: the Pulumi engine's Go modules could not be fetched",
        "  | go: pkg/v3@v3.220.0: dial tcp: lookup proxy.example: no such host",
    ]
    assert f"Log: {machine.engines / 'setup.log'}" in done.stderr
    assert _BUILT in machine.setup().stdout
    assert kept(machine) == {"3.220.0"}


def test_an_interrupted_build_goes_on_with_what_it_had_fetched(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    with machine.started("tools.setup", FAKE_GO_HELD=str(machine.held)) as process:
        compiler = pid_in(machine.held)
        said = end(process, signal.SIGINT)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not is_running(compiler)
    assert kept(machine) == {".unfinished-3.220.0-build"}

    done = machine.setup()
    assert _BUILT in done.stdout
    assert "downloading" not in (machine.engines / "setup.log").read_text(encoding="utf-8")
    assert kept(machine) == {"3.220.0"}


def test_what_dead_set_ups_of_other_versions_left_is_removed(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    (machine.engines / ".unfinished-3.100.0-build" / "modules").mkdir(parents=True)
    machine.setup()
    assert kept(machine) == {"3.220.0"}


def test_a_set_up_waits_for_another_s_build_and_then_makes_its_own_way(machine: Machine) -> None:
    machine.has("go", fakes.GO)
    with machine.started("tools.setup", FAKE_GO_HELD=str(machine.held)) as killed:
        compiler = pid_in(machine.held)
        with machine.started("tools.setup") as second:
            assert second.stdout is not None
            assert second.stdout.readline() == "Waiting for another set-up to finish\n"
            killed.kill()
            os.kill(compiler, signal.SIGKILL)
            said = second.communicate(timeout=60)[0]
    assert _BUILT in said
    assert kept(machine) == {"3.220.0"}


def test_the_environment_is_the_demo_s_own_and_has_its_programs_first(equipped: Machine) -> None:
    equipped.setup()
    told = equipped.run(sys.executable, "-m", "tools.setup", "env", PULUMI_ACCESS_TOKEN="secret", VO_API_KEY="secret")
    shown = equipped.run("sh", "-c", f"{told.stdout}\nenv", PULUMI_ACCESS_TOKEN="secret", VO_API_KEY="secret").stdout
    variables = dict(line.split("=", 1) for line in shown.splitlines())
    demo = equipped.copy / ".demo"
    assert variables["PATH"].split(":")[:2] == [str(equipped.copy / ".venv" / "bin"), str(equipped.programs)]
    assert {name: value for name, value in variables.items() if name.startswith(("PULUMI_", "VO_"))} == {
        "PULUMI_HOME": str(demo / "home"),
        "PULUMI_BACKEND_URL": f"file://{demo / 'backend'}",
        "PULUMI_CONFIG_PASSPHRASE": "demo",
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "1",
    }
