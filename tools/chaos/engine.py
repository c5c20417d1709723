"""A stack on the real engine: its own command, run as a person would, and killed in the middle."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tools.chaos.faults import Service, kill_process
from tools.chaos.programs import Program, in_order
from tools.setup.engine import find_engine
from tools.setup.environment import engine_environment

_ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT = 300


class EngineStack:
    """A stack with a folder, a state and a Pulumi home of its own."""

    kills: tuple[str, ...] = ("plugin in a call", "engine in a call")

    def __init__(self, folder: Path, service: Service, config: Mapping[str, str]) -> None:
        engine = find_engine()
        if engine is None:
            raise RuntimeError("there is no Pulumi engine: run `make setup`")
        self._service = service
        self._work, self._backend = folder / "work", folder / "backend"
        shutil.copytree(Path(__file__).parent / "program", self._work)
        settings = {"VO_BASE_URL": service.url, "VO_API_ID": service.api_id, "VO_API_KEY": service.api_key}
        self._environment = {
            **engine_environment(engine, root=_ROOT, home=folder / "home", backend=folder / "backend"),
            **settings,
            **{_variable(name): value for name, value in config.items()},
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self._process: subprocess.Popen[str] | None = None
        self._killed = False
        self._orphans: list[int] = []
        self._plugin_lives_on = 0.0
        self._must("stack", "init", "chaos")
        self.write({})

    def write(self, program: Program) -> None:
        """Put a program in the place of the one before."""
        listed = [(name, program[name]) for name in in_order(program)]
        (self._work / "program.json").write_text(json.dumps(listed))

    def arm(self, kind: str, at: int, *, answered: bool) -> None:
        """Have something killed during the next operation, at so many calls."""
        plugin = kind == self.kills[0]
        self._plugin_lives_on = (at % 3) / 2
        kill = self.kill_plugin if plugin else self.kill_engine
        self._service.kill_at(at, answered=answered, kill=kill)

    def up(self, program: Program) -> str:
        """Bring a program up; returns what went wrong, or nothing."""
        self.write(program)
        return self._run("up", "--yes", "--skip-preview")

    def refresh(self) -> str:
        """Look at everything."""
        return self._run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")

    def destroy(self) -> str:
        """Take everything down."""
        return self._run("destroy", "--yes", "--skip-preview")

    def leftovers(self, *options: str) -> tuple[int, str]:
        """Run the command that lists what interrupted runs have left; what it ends with, and says."""
        code = "from pulumi_victorops.cli import main; main()"
        return self._done(sys.executable, "-c", code, "leftovers", "--stack", "chaos", *options)

    def clear(self) -> str:
        """Delete what interrupted runs have left; returns what went wrong, or nothing."""
        code, said = self.leftovers("--delete", "--yes")
        if "pulumi refresh" in said:
            problem = self.refresh()
            code, said = (1, problem) if problem else self.leftovers("--delete", "--yes")
        self._service.cleared += said.count("deleted: ")
        return said if code else ""

    def command(self, *arguments: str) -> tuple[int, str]:
        """Run the engine's own command; what it ends with, and says."""
        chosen = [] if "init" in arguments else ["--stack", "chaos"]
        return self._done("pulumi", "--non-interactive", *arguments, *chosen)

    def kill_plugin(self) -> None:
        """Kill the process of the plugin."""
        for pid in self._plugins():
            kill_process(pid)

    def kill_engine(self) -> None:
        """Kill the engine. What it had started may live on for a moment."""
        if self._process is not None:
            self._killed = True
            self._orphans = _descendants(self._process.pid)
            kill_process(self._process.pid)

    def _plugins(self) -> list[int]:
        started = _descendants(self._process.pid) if self._process else []
        return [
            pid for pid in started if "pulumi.dynamic" in _command(pid) or "resource-pulumi-python" in _command(pid)
        ]

    def _run(self, *arguments: str) -> str:
        self._killed = False
        with subprocess.Popen(
            ["pulumi", "--non-interactive", *arguments, "--stack", "chaos"],
            cwd=self._work,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as self._process:
            output = self._output()
            self._process.wait()
        code, self._process = self._process.returncode, None
        if self._killed:
            self._mend_state()
            # As a person does who sees that the stack is locked.
            self._must("cancel", "--yes")
            return "the engine was killed"
        return output if code else ""

    def _output(self) -> str:
        """All that the command writes. Once the engine is killed, its orphans are too, who hold the pipe open."""
        process = self._process
        assert process is not None
        while True:
            try:
                output, _ = process.communicate(timeout=0.5)
            except subprocess.TimeoutExpired:
                if self._killed and process.poll() is not None:
                    time.sleep(self._plugin_lives_on)
                    for pid in self._orphans:
                        kill_process(pid)
            else:
                return output

    def _mend_state(self) -> None:
        """Put the engine's own backup in the place of a state that it was killed while writing, as a person does."""
        for file in self._backend.rglob("stacks/**/chaos.json"):
            if _is_readable(file):
                continue
            copies = sorted(self._backend.rglob("backups/**/chaos.*.json"), key=lambda copy: copy.stat().st_mtime)
            whole = [copy for copy in [*copies, file.with_suffix(".json.bak")] if _is_readable(copy)]
            shutil.copy(whole[-1], file)
            self._service.kills["engine while it wrote its state"] += 1

    def _must(self, *arguments: str) -> None:
        code, said = self.command(*arguments)
        if code:
            raise RuntimeError(f"{' '.join(arguments)}: {said}")

    def _done(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            command,
            cwd=self._work,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


def _is_readable(state: Path) -> bool:
    try:
        json.loads(state.read_text())
    except (OSError, ValueError):
        return False
    return True


def _variable(name: str) -> str:
    """The environment variable for a `victorops:` setting."""
    key = name.removeprefix("victorops:")
    return "VO_" + "".join(f"_{one}" if one.isupper() else one.upper() for one in key)


def _descendants(pid: int) -> list[int]:
    try:
        children = [
            int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [*children, *(one for child in children for one in _descendants(child))]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
