from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import pulumi_victorops.simulator
from pulumi_victorops.simulator import Simulator, SimulatorConfig, SimulatorError
from tests.simulator.conftest import ADA, Caller


def test_several_simulators_share_nothing() -> None:
    with Simulator(seed="empty") as one, Simulator(seed="demo") as two:
        assert one.url != two.url
        Caller(one).ok("POST", "/api-public/v1/user", ADA)
        assert len(one.snapshot()["users"]) == 2
        assert len(two.snapshot()["users"]) == 1
        one.put_faults([{"operation": "*", "kind": "status", "status": 500}])
        Caller(two).ok("GET", "/api-public/v1/team")
        assert one.requests()["total"] == 1


def test_a_simulator_can_be_started_again() -> None:
    sim = Simulator(SimulatorConfig(seed="empty"), random_seed=1)
    for _ in range(2):
        with sim:
            Caller(sim).ok("POST", "/api-public/v1/user", ADA)


def test_a_simulator_that_does_not_run_says_so_and_can_be_stopped() -> None:
    sim = Simulator(seed="empty")
    sim.stop()
    with pytest.raises(SimulatorError, match="does not run"):
        sim.requests()


def test_a_simulator_is_started_once() -> None:
    with Simulator(seed="empty") as sim, pytest.raises(SimulatorError, match="runs already"):
        sim.start()


def test_a_port_in_use_is_an_error_and_lets_go_of_the_state_file(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SimulatorError, match=f"cannot listen on 127.0.0.1:{port}: Address already in use"):
            Simulator(seed="empty", port=port, state=state).start()
    with Simulator(seed="empty", state=state):
        pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_that_fails_to_start_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sim = Simulator(seed="empty", state=tmp_path / "state.json")

    def fail(_sim: Any, *_arguments: Any, **_settings: Any) -> None:
        raise OSError("no more sockets")

    with monkeypatch.context() as patch:
        patch.setattr("asyncio.base_events.BaseEventLoop.create_server", fail)
        with pytest.raises(SimulatorError, match="the server did not start"):
            sim.start()
    with sim:
        Caller(sim).ok("GET", "/api-public/v1/team")


def test_wrong_faults_are_a_value_error() -> None:
    with Simulator(seed="empty") as sim, pytest.raises(ValueError, match=r"0\.latency\.ms: Field required"):
        sim.put_faults([{"operation": "*", "kind": "latency"}])


def test_a_simulator_can_listen_on_ipv6() -> None:
    with Simulator(seed="empty", host="::1") as sim:
        assert sim.url.startswith("http://[::1]:")
        Caller(sim).ok("GET", "/api-public/v1/team")


def test_identifiers_repeat_themselves_with_a_random_seed_and_differ_without() -> None:
    def identifiers(**settings: Any) -> list[str]:
        with Simulator(seed="demo", **settings) as sim:
            call = Caller(sim)
            call.ok("POST", "/api-public/v1/user", ADA)
            contact = call.ok("GET", "/api-public/v1/user/ada/contact-methods/emails")["contactMethods"][0]
            team = call.team("Platform")
            return [team, contact["extId"], call.policy("Page", team)]

    assert identifiers(random_seed=7) == identifiers(random_seed=7)
    assert set(identifiers(random_seed=7)).isdisjoint(identifiers(random_seed=8))
    assert set(identifiers()).isdisjoint(identifiers())


def test_many_threads_may_call_at_once() -> None:
    with Simulator(seed="empty") as sim:

        def create(number: int) -> int:
            call = Caller(sim)
            body = ADA | {"username": f"user-{number % 20}", "email": f"user-{number % 20}@example.com"}
            return call.send("POST", "/api-public/v1/user", body).status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(create, range(60)))
        assert statuses.count(200) == 20
        assert statuses.count(422) == 40
        assert len(sim.snapshot()["users"]) == 21
        assert sim.requests()["total"] == 60


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"host": "0.0.0.0"}, "the host '0.0.0.0' is not this machine's loopback; --allow-remote permits it"),
        ({"host": "example.com"}, "the host 'example.com' is not this machine's loopback"),
        ({"port": 70000}, "the port 70000 is not between 0 and 65535"),
        ({"api_id": ""}, "the API id and the keys must not be empty"),
        ({"api_key": ""}, "the API id and the keys must not be empty"),
        ({"read_only_key": ""}, "the API id and the keys must not be empty"),
        ({"read_only_key": "demo-key"}, "the read-only key has to differ from the API key"),
        ({"rate_limit": "2"}, "the rate limit '2' is none of 2/s, 60/m, 1000/h and the like, nor off"),
        ({"rate_limit": "0/s"}, "the rate limit '0/s' is none of"),
        ({"rate_limit_status": 500}, "the rate limit status 500 is neither 429 nor 403"),
        ({"latency_ms": -1}, "the latency must not be negative"),
        ({"max_users": -1}, "the number of users must not be negative"),
        ({"max_teams": -1}, "the number of teams must not be negative"),
    ],
)
def test_settings_that_cannot_be_meant_are_a_value_error(settings: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Simulator(**settings)


def test_the_module_has_a_small_surface() -> None:
    assert pulumi_victorops.simulator.__all__ == ["Simulator", "SimulatorConfig", "SimulatorError"]
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        _ = pulumi_victorops.simulator.Nonsense


def test_importing_the_package_does_not_import_the_web_server() -> None:
    code = "import sys, pulumi_victorops.simulator; print('starlette' in sys.modules, 'uvicorn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_simulator_imports_nothing_of_the_client() -> None:
    folder = Path(pulumi_victorops.simulator.__file__ or "").parent
    lines = [
        line.strip()
        for path in folder.rglob("*.py")
        for line in path.read_text().splitlines()
        if line.lstrip().startswith(("from pulumi_victorops", "import pulumi_victorops"))
    ]
    assert lines
    assert [line for line in lines if not line.startswith("from pulumi_victorops.simulator")] == []
