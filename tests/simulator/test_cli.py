from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from pulumi_victorops._version import __version__
from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import ADA

COMMAND = [sys.executable, "-c", "from pulumi_victorops.cli import main; main()"]
KEYS = {"X-VO-Api-Id": "demo-id", "X-VO-Api-Key": "demo-key"}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | environment,
    )


@contextmanager
def simulating(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, "simulate", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        ready = process.stdout.readline()
        found = re.fullmatch(r"VictorOps simulator ready on (http://127\.0\.0\.1:\d+) \(.*\)\n", ready)
        assert found, ready
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_answers_and_ends_cleanly_on_a_signal(number: signal.Signals) -> None:
    with simulating() as (process, url):
        users = requests.get(f"{url}/api-public/v2/user", headers=KEYS, timeout=30).json()["users"]
        assert [user["username"] for user in users] == ["oncall-lead"]
        process.send_signal(number)
        said, complaints = process.communicate(timeout=30)
        assert (process.returncode, said, complaints) == (0, "", "")


def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    state = str(tmp_path / "state.json")
    with simulating("--state", state, "--seed", "empty") as (process, url):
        answer = requests.post(f"{url}/api-public/v1/user", headers=KEYS, json=ADA, timeout=30)
        assert answer.status_code == 200
        process.kill()
        process.wait(timeout=30)
    with simulating("--state", state) as (process, url):
        user = requests.get(f"{url}/api-public/v1/user/ada", headers=KEYS, timeout=30).json()
        assert user == answer.json()


def test_a_seed_that_an_existing_state_makes_useless_is_mentioned(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Simulator(seed="empty", state=state):
        pass
    with simulating("--state", str(state), "--seed", "demo") as (process, url):
        users = requests.get(f"{url}/api-public/v2/user", headers=KEYS, timeout=30).json()["users"]
        assert [user["username"] for user in users] == ["admin"]
        process.terminate()
        _, complaints = process.communicate(timeout=30)
    assert complaints == f"the state file {state} exists, so the seed demo is not used\n"


def test_all_settings_reach_the_simulator() -> None:
    settings = [
        *("--api-id", "me", "--api-key", "secret", "--read-only-key", "look", "--rate-limit", "2/h"),
        *("--rate-limit-status", "403", "--latency", "1", "--random-seed", "1", "--seed", "empty"),
        *("--max-users", "1", "--max-teams", "1", "--plain-gateway-errors"),
    ]
    keys = {"X-VO-Api-Id": "me", "X-VO-Api-Key": "secret"}
    with simulating(*settings) as (_, url):
        user = requests.post(f"{url}/api-public/v1/user", headers=keys, json=ADA, timeout=30)
        team = requests.post(f"{url}/api-public/v1/team", headers=keys, json={"name": "Platform"}, timeout=30)
        limited = requests.get(f"{url}/api-public/v1/team", headers=keys, timeout=30)
        write = requests.post(f"{url}/api-public/v1/team", headers=keys | {"X-VO-Api-Key": "look"}, timeout=30)
    assert user.json() == {"error": "The limit of 1 users is reached"}
    assert team.json() == {"error": "The limit of 1 teams is reached"}
    assert (limited.status_code, limited.text) == (403, "Too Many Requests")
    assert (write.status_code, write.text) == (403, "This API key is read-only")


def test_a_port_in_use_is_one_line_and_exit_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("simulate", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"pulumi-victorops: cannot listen on 127.0.0.1:{port}: Address already in use\n"


def test_a_damaged_state_file_is_one_line_and_exit_1(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"version": 0}))
    done = run("simulate", "--port", "0", "--state", str(state))
    assert (done.returncode, done.stdout) == (1, "")
    [copy] = tmp_path.glob("*.damaged-*")
    assert done.stderr == (
        f"pulumi-victorops: the state file {state} is damaged: version: Input should be 1;"
        f" a copy is kept as {copy.name}\n"
    )


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--port", "many"], "Invalid value for '--port'"),
        (["--port", "-1"], "the port -1 is not between 0 and 65535"),
        (["--rate-limit", "fast"], "the rate limit 'fast' is none of"),
        (["--host", "0.0.0.0"], "the host '0.0.0.0' is not this machine's loopback; --allow-remote permits it"),
        (["--nonsense"], "No such option: --nonsense"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(arguments: list[str], text: str) -> None:
    done = run("simulate", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"pulumi-victorops: {text}")
    assert done.stderr.count("\n") == 1


def test_without_arguments_it_shows_what_it_can_do() -> None:
    done = run()
    assert done.returncode == 2
    assert "simulate" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_it_tells_its_version() -> None:
    done = run("version")
    assert (done.returncode, done.stdout) == (0, f"{__version__}\n")


@pytest.mark.parametrize("missing", ["typer", "starlette", "uvicorn", "filelock"])
def test_a_missing_extra_is_one_line_that_says_what_to_install(tmp_path: Path, missing: str) -> None:
    # A module of that name that cannot be imported stands before the installed one.
    (tmp_path / f"{missing}.py").write_text(f"raise ModuleNotFoundError('gone', name={missing!r})")
    done = run("version", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (f"pulumi-victorops: {missing} is missing; pip install 'pulumi-victorops[simulator,cli]'\n")
