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
from tests.conftest import CommandLine
from tests.simulator.conftest import ADA

COMMAND = [sys.executable, "-c", "from pulumi_victorops.cli import main; main()"]
KEYS = {"X-VO-Api-Id": "demo-id", "X-VO-Api-Key": "demo-key"}


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


def test_the_switches_of_on_call_duty_reach_the_simulator() -> None:
    switches = ("--rotation-lag", "3600000", "--joda-dates-only", "--drop-used-rotations", "--schedule-envelope")
    with simulating("--seed", "empty", "--random-seed", "1", *switches) as (_, url):
        session = requests.Session()
        session.headers.update(KEYS)
        [team] = session.get(f"{url}/api-public/v1/team", timeout=30).json()
        rotations = f"{url}/api-public/v1/teams/{team['slug']}/rotations"
        shift = {"label": "Primary", "timezone": "UTC", "start": 0, "duration": 7, "shifttype": "std"}
        numbered = session.post(rotations, json={"label": "Weekly", "shifts": [shift]}, timeout=30)
        made = session.post(rotations, json={"label": "Weekly"}, timeout=30).json()
        listed = session.get(rotations, timeout=30).json()
        slug = requests.get(f"{url}/_simulator/snapshot", timeout=30).json()["rotations"][0]["slug"]
        entry = {"executionType": "rotation_group", "rotationGroup": {"slug": slug}}
        policy = {"name": "Page", "teamSlug": team["slug"], "steps": [{"timeout": 0, "entries": [entry]}]}
        paging = session.post(f"{url}/api-public/v1/policies", json=policy, timeout=30)
        deleted = session.delete(f"{rotations}/{made['id']}", timeout=30)
        absence = {"username": "admin", "timezone": "UTC", "start": "2090-01-01T00:00:00Z"}
        override = session.post(
            f"{url}/api-public/v1/overrides", json=absence | {"end": "2090-01-02T00:00:00Z"}, timeout=30
        )
    assert numbered.json() == {"error": "error.expected.jodadate.format"}
    assert listed == {"rotationGroups": []}
    assert (paging.status_code, deleted.status_code) == (200, 200)
    assert set(override.json()) == {"schedule", "_selfUrl"}


def test_a_failure_is_the_exit_code_of_the_process(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, "simulate", "--state", tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"pulumi-victorops: cannot read the state file {tmp_path}: Is a directory\n"


def test_a_port_in_use_is_one_line_and_exit_1(command_line: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = f"pulumi-victorops: cannot listen on 127.0.0.1:{port}: Address already in use\n"
        assert command_line("simulate", "--port", str(port)) == (1, "", text)


def test_a_damaged_state_file_is_one_line_and_exit_1(command_line: CommandLine, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"version": 0}))
    outcome = command_line("simulate", "--port", "0", "--state", str(state))
    [copy] = tmp_path.glob("*.damaged-*")
    assert outcome == (
        1,
        "",
        f"pulumi-victorops: the state file {state} is damaged: version: Input should be 1;"
        f" a copy is kept as {copy.name}\n",
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
def test_a_wrong_option_is_one_line_and_exit_2(command_line: CommandLine, arguments: list[str], text: str) -> None:
    code, said, complaints = command_line("simulate", *arguments)
    assert (code, said) == (2, "")
    assert complaints.startswith(f"pulumi-victorops: {text}")
    assert complaints.count("\n") == 1


def test_an_unknown_command_is_one_line_and_exit_2(command_line: CommandLine) -> None:
    assert command_line("nonsense") == (2, "", "pulumi-victorops: No such command 'nonsense'.\n")


def test_without_arguments_it_shows_what_it_can_do(command_line: CommandLine) -> None:
    code, said, complaints = command_line()
    assert code == 2
    assert "simulate" in said
    assert complaints == ""


def test_it_tells_its_version(command_line: CommandLine) -> None:
    assert command_line("version") == (0, f"{__version__}\n", "")


@pytest.mark.parametrize("missing", ["typer", "uvicorn"])
def test_a_missing_extra_is_one_line_that_says_what_to_install(tmp_path: Path, missing: str) -> None:
    # Stands before the installed module and fails as if there were none.
    (tmp_path / f"{missing}.py").write_text(f"raise ModuleNotFoundError('gone', name={missing!r})")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([*COMMAND, "version"], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"pulumi-victorops: {missing} is missing; pip install 'pulumi-victorops[simulator,cli]'\n"


def test_a_missing_part_of_the_package_itself_is_no_missing_extra(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "pulumi_victorops.simulator.command", raising=False)
    monkeypatch.setitem(sys.modules, "pulumi_victorops.simulator.server", None)
    with pytest.raises(ModuleNotFoundError, match=r"pulumi_victorops\.simulator\.server"):
        command_line("version")
