"""What the tests share: one simulated service for each worker, emptied for each test."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator

import pytest
import requests
from hypothesis import settings

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.cli import main
from pulumi_victorops.lifecycle import org as lifecycle_org
from pulumi_victorops.simulator import Simulator

# A run fails for what was changed, not for what it drew. `EXPLORE=1 pytest` draws anew, and keeps what fails.
settings.register_profile("repeatable", derandomize=not os.environ.get("EXPLORE"), deadline=None)
settings.load_profile("repeatable")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells have what they run in the background ignore it, and that is handed down to the processes under test.
    signal.signal(signal.SIGINT, signal.default_int_handler)

CommandLine = Callable[..., tuple[int, str, str]]
"""Runs `pulumi-victorops` in this process: what it ends with, what it says and what it complains of."""


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator(seed="empty", random_seed=1) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """A service with a new org in it, of which nothing is known: the admin `admin` and nothing else."""
    running_simulator.put_faults([])
    # An earlier test may have stopped it.
    requests.put(f"{running_simulator.url}/_simulator/clock", json={"now": None}, timeout=30).raise_for_status()
    running_simulator.reset("empty")
    monkeypatch.setattr(lifecycle_org, "_orgs", {})
    return running_simulator


@pytest.fixture
def client(simulator: Simulator) -> Iterator[Client]:
    """What somebody does by hand, past the program under test."""
    made = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
    yield made
    made.close()


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """For commands that end by themselves."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["pulumi-victorops", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said, complaints = capsys.readouterr()
        if isinstance(end.value.code, str):  # the interpreter prints it and exits with 1
            return 1, said, complaints + end.value.code + "\n"
        return end.value.code or 0, said, complaints

    return run


@pytest.fixture(scope="session", autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the files of the pace out of the developer's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def event_loop_of_the_thread() -> Iterator[None]:
    """The SDK runs a mocked program in the thread's own loop, which an earlier test may have taken away."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()
