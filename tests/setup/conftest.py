"""A working copy of a tiny project, with this project's tools and nothing else of it."""

import contextlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.setup import fakes

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")
_BORROWED = ("awk", "bash", "cat", "dirname", "env", "make", "rm", "sh", "sleep")


def eventually(condition: Callable[[], bool]) -> None:
    """Wait for a condition; a minute is far more than any of them takes."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether a process is there and not just waiting to be collected."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return state.stdout.strip() != "" and not state.stdout.strip().startswith("Z")


@dataclass
class Machine:
    """A working copy, and the programs, home and settings of the person who uses it."""

    copy: Path
    place: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.programs = self.place / "programs"
        self.programs.mkdir(parents=True)
        for name in _BORROWED:
            found = shutil.which(name)
            assert found, f"these tests need {name}"
            (self.programs / name).symlink_to(found)

    @property
    def engines(self) -> Path:
        """Where set-up keeps engines."""
        return self.place / "cache" / "pulumi-victorops" / "engine"

    @property
    def held(self) -> Path:
        """Where a program that was told to wait writes its process id."""
        return self.place / "held"

    def has(self, name: str, python: str) -> None:
        """Put a program on PATH, written in Python."""
        (self.programs / name).write_text(f"#!{sys.executable} -IS\n{python}", encoding="utf-8")
        (self.programs / name).chmod(0o755)

    def has_pulumi(self) -> None:
        """Put an engine on PATH."""
        for name in ENGINE:
            self.has(name, fakes.PULUMI)

    def environment(self, **settings: str) -> dict[str, str]:
        """The environment that programs run in."""
        return {
            "PATH": str(self.programs),
            "HOME": str(self.place / "home"),
            "XDG_CACHE_HOME": str(self.place / "cache"),
            "PYTHON": sys.executable,
            "PIP_NO_INDEX": "1",
            **self.settings,
            **settings,
        }

    def run(self, *command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run a program to its end."""
        return subprocess.run(
            command, cwd=self.copy, env=self.environment(**settings), capture_output=True, text=True, check=False
        )

    def setup(self, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run `make setup`."""
        return self.run("make", "-s", "setup", **settings)

    @contextlib.contextmanager
    def background(self, *command: str, **settings: str) -> Iterator["subprocess.Popen[str]"]:
        """Run a program that is still at it when the test goes on."""
        process = subprocess.Popen(
            command,
            cwd=self.copy,
            env=self.environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with process:
            try:
                yield process
            finally:
                process.kill()

    def started(self, module: str, **settings: str) -> contextlib.AbstractContextManager["subprocess.Popen[str]"]:
        """Run a module of the tools in the background."""
        return self.background(sys.executable, "-m", module, **settings)


def end(process: "subprocess.Popen[str]", number: signal.Signals) -> str:
    """Send a signal, and return all that the process said."""
    process.send_signal(number)
    return process.communicate(timeout=60)[0]


def pid_in(path: Path) -> int:
    """The process id in this file, as soon as it is there."""
    eventually(path.exists)
    return int(path.read_text(encoding="utf-8"))


def make_copy(place: Path, files: dict[str, str]) -> Path:
    """A working copy that has never been set up."""
    for name in (".ci", "tools"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Makefile", place)
    common = {
        "pyproject.toml": fakes.PYPROJECT,
        "semver.py": fakes.SEMVER,
        "pulumi/automation.py": fakes.AUTOMATION,
        "Pulumi.yaml": "name: quickstart\n",
    }
    for name, text in (common | files).items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without an engine, and a working copy that has never been set up."""
    copy = make_copy(tmp_path / "copy", {"venv.py": fakes.VENV, "pip.py": fakes.PIP})
    return Machine(copy, tmp_path, {"FAKE_COMPANIONS": " ".join(ENGINE)})


@pytest.fixture
def equipped(machine: Machine) -> Machine:
    """The same with an engine."""
    machine.has_pulumi()
    return machine
