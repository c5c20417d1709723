"""Plugin processes that begin with everything imported: forked from one that did it once, for many short runs.

Each is what `python -m pulumi.dynamic` would be, in a process of its own. Lines of JSON come in, each with the
environment of a plugin and a named pipe for its output; the process's id goes out.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from pulumi_victorops import handlers
from tools.plugin import Plugin


class Nursery:
    """Starts plugins quickly. Safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.chaos.nursery"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, environment: Mapping[str, str], output: Path) -> int:
        """Start one; returns its process id."""
        with self._lock:
            commands, answers = self._process.stdin, self._process.stdout
            assert commands is not None
            assert answers is not None
            commands.write(json.dumps([dict(environment), str(output)]) + "\n")
            commands.flush()
            return int(answers.readline())

    def close(self) -> None:
        """Start no more."""
        self._process.communicate()


class WarmPlugin(Plugin):
    """A plugin from the nursery."""

    def __init__(self, nursery: Nursery, config: Mapping[str, str], **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("VO_")}
        with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
            pipe = Path(folder) / "port"
            os.mkfifo(pipe)
            self._pid = nursery.start({**clean, "PULUMI_PROJECT": "test", **environment}, pipe)
            with pipe.open() as output:
                port = int(output.readline())
        self.connect(port, config)

    def kill_now(self) -> None:
        """End the process at once, as `kill -9` does."""
        try:
            os.kill(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def stop(self) -> str:
        """End the process."""
        self.disconnect()
        self.kill_now()
        return ""


def _serve(commands: IO[str]) -> None:
    for module in ("grpc", "pulumi.dynamic", "pulumi_victorops.providers"):
        importlib.import_module(module)
    for found in pkgutil.iter_modules(handlers.__path__):
        importlib.import_module(f"{handlers.__name__}.{found.name}")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    while line := commands.readline():
        environment, output = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become_plugin(environment, output)
        print(pid, flush=True)


def _become_plugin(environment: dict[str, str], output: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    with open(os.devnull) as nothing, open(output, "w") as port, open(os.devnull, "w") as silence:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        os.dup2(port.fileno(), 1)
        os.dup2(silence.fileno(), 2)
    sys.argv = ["pulumi.dynamic"]
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", buffering=0, closefd=False), write_through=True)
    runpy.run_module("pulumi.dynamic", run_name="__main__", alter_sys=True)
    os._exit(0)


if __name__ == "__main__":
    _serve(sys.stdin)
