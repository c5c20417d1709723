"""Running the engine's own command on a program, and watching what it takes."""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from benchmarks.processes import peak_mib
from pulumi_victorops.simulator import Simulator
from tools.setup.engine import Engine
from tools.setup.environment import engine_environment

ROOT = Path(__file__).resolve().parents[1]

NO_CHECKPOINTS = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
"""Has the engine write its state once, at the end, instead of after each step. A crash would lose all of it."""


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes:
        seconds: wall time.
        cpu_seconds: time on the processor, of the engine, the program and the plugin together.
        plugin_mib: the most memory that the plugin process took.
    """

    seconds: float
    cpu_seconds: float
    plugin_mib: float


class Bench(AbstractContextManager["Bench"]):
    """A program with a stack of its own in a folder of its own."""

    def __init__(
        self, engine: Engine, program: str, resources: int, simulator: Simulator, settings: Mapping[str, str] = {}
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bench-")
        home = Path(self._folder.name)
        self._environment = engine_environment(engine, root=ROOT, home=home / "home", backend=home / "backend")
        self._environment |= {
            "BENCH_RESOURCES": str(resources),
            "PYTHONPATH": str(ROOT),
            "VO_BASE_URL": simulator.url,
            "VO_API_ID": simulator.api_id,
            "VO_API_KEY": simulator.api_key,
            "VO_RATE_LIMIT": "off",
            "XDG_STATE_HOME": str(home / "pace"),
            **settings,
        }
        self._program = ROOT / "benchmarks" / "programs" / program
        self.pulumi("stack", "init", "bench", "--non-interactive")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def pulumi(self, *arguments: str, **settings: str) -> Run:
        """Run the command to its end."""
        watch = _PluginWatch(self._folder.name)
        began, spent = time.monotonic(), _children_seconds()
        with watch:
            done = subprocess.run(
                ["pulumi", *arguments, "--cwd", str(self._program)],
                env=self._environment | settings,
                capture_output=True,
                text=True,
                check=False,
            )
        seconds = time.monotonic() - began
        if done.returncode != 0:
            raise SystemExit(f"pulumi {' '.join(arguments)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return Run(seconds, _children_seconds() - spent, watch.peak_mib)

    def preview(self) -> Run:
        """Look what an update would do."""
        return self.pulumi("preview", "--stack", "bench", "--non-interactive")

    def up(self) -> Run:
        """Preview and update, as a user would."""
        return self.pulumi("up", "--yes", "--stack", "bench", "--non-interactive")

    def refresh(self, **settings: str) -> Run:
        """Look at everything, once: the preview of a refresh would be a refresh of its own."""
        return self.pulumi("refresh", "--yes", "--skip-preview", "--stack", "bench", "--non-interactive", **settings)

    def destroy(self) -> Run:
        """Take everything down."""
        return self.pulumi("destroy", "--yes", "--stack", "bench", "--non-interactive")

    def state_bytes(self) -> int:
        """Bytes of a resource of a dynamic provider in the state, written compactly."""
        [state] = Path(self._environment["PULUMI_BACKEND_URL"].removeprefix("file://")).rglob("stacks/**/bench.json")
        resources = json.loads(state.read_text())["checkpoint"]["latest"]["resources"]
        ours = [kept for kept in resources if kept["type"].startswith("pulumi-python:")]
        return sum(len(json.dumps(kept, separators=(",", ":"))) for kept in ours) // len(ours)


def _children_seconds() -> float:
    """Processor time of all processes that this one has started and seen end, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _PluginWatch:
    """Reads the high-water mark of the plugin's memory until it's gone; the engine starts it and ends it."""

    def __init__(self, folder: str) -> None:
        self._mark = folder.encode()
        self.peak_mib = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    if b"pulumi.dynamic" not in (process / "cmdline").read_bytes():
                        continue
                    if self._mark not in (process / "environ").read_bytes():
                        continue
                    self.peak_mib = max(self.peak_mib, peak_mib(int(process.name)))
                except OSError:
                    continue
