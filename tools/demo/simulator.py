"""The demo's simulator: a process that may outlive the one that started it."""

import contextlib
import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tools.setup import child

_FIRST_PORT, _PORTS = 8787, 100
_SECONDS_TO_START = 60.0
_SECONDS_TO_END = 10.0
_SECONDS_BETWEEN_LOOKS = 0.05
# Loopback needs no proxy, whatever the environment says.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class SimulatorError(Exception):
    """The simulator could not be started, or does not answer."""


@dataclass(frozen=True)
class Simulator:
    """A simulator that runs: where it answers, its process, and whether it was running before."""

    address: str
    pid: int
    was_running: bool

    def ask(self, method: str, path: str) -> object:
        """Call one of its control endpoints."""
        request = urllib.request.Request(f"{self.address}/_simulator/{path}", method=method)
        with _DIRECT.open(request, timeout=10) as answer:
            body = answer.read()
        return json.loads(body) if body else None


class SimulatorHome:
    """The files of the demo's simulator: what it keeps, what it says, and whether it runs.

    A running simulator holds the lock file's lock, which it inherits when it is started. So whether the process
    in the record is still ours is never a guess.
    """

    def __init__(self, folder: Path) -> None:
        self.state = folder / "simulator.json"
        self._lock = folder / "simulator.lock"
        self._record = folder / "simulator.running"
        self._log = folder / "simulator.log"

    def running(self) -> Simulator | None:
        """The simulator that an earlier demo was asked to leave running, if it answers."""
        record = self._read_record()
        if not record.get("keep"):
            return None
        simulator = Simulator(str(record["address"]), int(str(record["pid"])), was_running=True)
        try:
            simulator.ask("GET", "health")
        except (OSError, ValueError):
            return None
        return simulator

    def start(self, command: list[str], *, keep: bool) -> Simulator:
        """Start one, on a port that stays the same from run to run if it is to be kept."""
        self.stop()
        arguments = ["simulate", "--host", "127.0.0.1", "--port", str(_free_port() if keep else 0)]
        arguments += ["--state", str(self.state)]
        if not self.state.exists():
            arguments += ["--seed", "demo"]
        with self._lock.open("a") as lock, self._log.open("w") as log, child.undisturbed():
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[lock.fileno()],
                start_new_session=True,
            )
            self._write_record(process.pid, "", keep=keep)
        try:
            address = self._wait_for_address(process)
        except BaseException:
            self.stop()
            raise
        self._write_record(process.pid, address, keep=keep)
        return Simulator(address, process.pid, was_running=False)

    def stop(self) -> None:
        """End the simulator, if one runs; it saves what it has."""
        pid = self._read_record().get("pid")
        if not isinstance(pid, int):
            return
        for number, seconds in ((signal.SIGTERM, _SECONDS_TO_END), (signal.SIGKILL, _SECONDS_TO_END)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            end = time.monotonic() + seconds
            while self._is_held() and time.monotonic() < end:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        self._record.unlink(missing_ok=True)

    def _write_record(self, pid: int, address: str, *, keep: bool) -> None:
        record = {"pid": pid, "address": address, "keep": keep}
        self._record.write_text(json.dumps(record), encoding="utf-8")

    def _read_record(self) -> dict[str, object]:
        """What is known of the running simulator; nothing if none runs."""
        if self._is_held():
            with contextlib.suppress(OSError, ValueError):
                record = json.loads(self._record.read_text(encoding="utf-8"))
                return record if isinstance(record, dict) else {}
        return {}

    def _is_held(self) -> bool:
        if not self._lock.exists():
            return False
        with self._lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _wait_for_address(self, process: "subprocess.Popen[bytes]") -> str:
        end = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < end:
            said = self._log.read_text(encoding="utf-8", errors="replace")
            found = re.search(r"http://[\w.:\[\]]+\b.*\n", said)
            if found:
                return found[0].split()[0]
            if process.poll() is not None:
                break
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        said = self._log.read_text(encoding="utf-8", errors="replace").strip()
        last = (said.splitlines() or ["it said nothing"])[-1]
        raise SimulatorError(f"the simulator did not start: {last}\nLog: {self._log}")


def _free_port() -> int:
    for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        with socket.socket() as candidate, contextlib.suppress(OSError):
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            candidate.bind(("127.0.0.1", port))
            return port
    raise SimulatorError(f"no free port between {_FIRST_PORT} and {_FIRST_PORT + _PORTS - 1}")
