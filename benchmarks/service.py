"""The simulator beside a bare application of the same framework, and with many users beside few."""

from __future__ import annotations

import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

from benchmarks.figures import Table
from benchmarks.processes import cpu_seconds

CREDENTIALS = {"X-VO-Api-Id": "bench-id", "X-VO-Api-Key": "bench-key"}
_AT_ONCE = 500
_PATH = "/api-public/v1/user/user-7"


@dataclass
class _Server:
    """A server in a process of its own, and what its rounds took: requests a second, and processor time of each."""

    pid: int
    url: str
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def round(self, count: int) -> None:
        """Read one user so many times, one after the other, on one connection."""
        address = urlsplit(self.url)
        lines = [f"GET {_PATH} HTTP/1.1", f"Host: {address.netloc}", *(f"{n}: {v}" for n, v in CREDENTIALS.items())]
        request = "\r\n".join([*lines, "", ""])
        with socket.create_connection((str(address.hostname), address.port or 80)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            began, spent = time.monotonic(), cpu_seconds(self.pid)
            for _ in range(count):
                connection.sendall(request.encode())
                _answer(connection)
            self.rates.append(count / (time.monotonic() - began))
            self.costs.append((cpu_seconds(self.pid) - spent) / count * 1e6)


def measure(few: int, many: int, rounds: int, count: int) -> Table:
    """Three servers, by turns: a bare one, the simulator with few users, and with many."""
    table = Table(
        "The simulator",
        f"Reading one user over and over on one connection: the best of {rounds} rounds of {count:,} requests, by "
        "turns. The bare application has one route and answers the same JSON each time; the simulator checks "
        "credentials, looks the user up and logs the request.",
        ["what", "requests/s", "beside, requests/s", "ratio of times", "goal"],
    )
    with ExitStack() as stack:
        bare = stack.enter_context(_started([sys.executable, "-m", "benchmarks.bare"]))
        small, large = (stack.enter_context(_simulator(users)) for users in (few, many))
        for _ in range(rounds):
            for server in (bare, small, large):
                server.round(count)
    _row(table, f"{few} users, beside a bare application", small, bare)
    _row(table, f"{many:,} users, beside {few}", large, small, goal=1.2)
    return table


def _row(table: Table, what: str, ours: _Server, other: _Server, *, goal: float | None = None) -> None:
    mine, others = max(ours.rates), max(other.rates)
    said = "" if goal is None else f"{goal:g}{'' if others / mine <= goal else ', missed'}"
    table.add(what, f"{mine:,.0f}", f"{others:,.0f}", f"{others / mine:.2f}", said)
    costs = statistics.mean(ours.costs), statistics.mean(other.costs)
    table.add(f"{what}: processor time of a request, µs", *(f"{cost:,.0f}" for cost in costs), _ratio(*costs), "")


def _ratio(ours: float, other: float) -> str:
    return f"{ours / other:.2f}"


def _answer(connection: socket.socket) -> None:
    """Read one answer to its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"the service answered {head.splitlines()[0]!r}")
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    missing = (int(found[1]) if found else 0) - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))


@contextmanager
def _simulator(users: int) -> Iterator[_Server]:
    command = [sys.executable, "-c", "from pulumi_victorops.cli import main; main()", "simulate", "--port", "0"]
    command += ["--seed", "empty", "--api-id", "bench-id", "--api-key", "bench-key"]
    with _started(command) as server:
        for first in range(0, users, _AT_ONCE):
            people = [
                {"username": f"user-{n}", "firstName": "User", "lastName": f"Number {n}", "email": f"u{n}@example.com"}
                for n in range(first, min(first + _AT_ONCE, users))
            ]
            requests.post(
                f"{server.url}/api-public/v1/user/batch",
                json={"users": people},
                headers=CREDENTIALS,
                timeout=60,
            ).raise_for_status()
        yield server


@contextmanager
def _started(command: list[str]) -> Iterator[_Server]:
    """A server that prints its address when it's ready."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if found := re.search(r"http://[\w.:]+", line):
                    yield _Server(process.pid, found[0])
                    return
            raise SystemExit(f"{' '.join(command)} didn't start")
        finally:
            process.terminate()
