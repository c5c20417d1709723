"""What the tests of shared paces share: a real Redis, and processes that call as one that a user starts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pulumi_victorops.simulator import Simulator

_CALLER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pulumi_victorops.api import Client, Settings, limits
from pulumi_victorops.api.settings import parse_rate_limit

# A machine that is busy with other tests may keep a call from leaving for longer than any network would.
limits.PACE_MARGIN = 10.0
url, api_id, api_key, rate, store, calls = sys.argv[1:]
client = Client(Settings(api_id, api_key, url, rate_limit=parse_rate_limit(rate), rate_limit_store=store))
with ThreadPoolExecutor(4) as pool:
    list(pool.map(lambda _: client.teams.all(), range(int(calls))))
client.close()
"""


def call_from_processes(simulator: Simulator, homes: list[Path], *, rate: str, store: str, calls: int) -> None:
    """Make so many calls from each of several processes at the same time, one for each home."""
    command = [sys.executable, "-c", _CALLER, simulator.url, simulator.api_id, simulator.api_key, rate, store]
    callers = [
        subprocess.Popen(
            [*command, str(calls)],
            env={**os.environ, "HOME": str(home), "XDG_STATE_HOME": ""},
            stderr=subprocess.PIPE,
            text=True,
        )
        for home in homes
    ]
    errors = [caller.communicate(timeout=300)[1] for caller in callers]
    assert [caller.returncode for caller in callers] == [0] * len(homes), errors


@contextmanager
def running_redis(folder: Path, password: str | None = None) -> Iterator[str]:
    """A Redis server of its own on a free port of this machine; yields its address."""
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("there is no redis-server on PATH: install the package redis-server (apt, dnf, brew: redis)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([*command, *(["--requirepass", password] if password else [])], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if b"Ready to accept connections" in line:
                break
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.communicate(timeout=60)
