"""Ctrl-C ends the plugin's waits at once, and tells what wasn't done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Settings
from pulumi_victorops.api.settings import RateLimit
from pulumi_victorops.api.stores import open_store
from pulumi_victorops.api.turns import Pace
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.engine import engine_log
from tests.provider.plugin import Found, Plugin, PluginError

CREATE = "POST /api-public/v1/team"


def wait_for_the_pause(simulator: Simulator) -> None:
    """Until the plugin knows that all have to wait a minute: whoever shares its pace knows too."""
    store = open_store(Settings(simulator.api_id, simulator.api_key, simulator.url))
    while True:
        got = store.take([Pace("overall", RateLimit(100, 1))])
        if isinstance(got, float) and got > 5:
            break
        threading.Event().wait(0.02)
    store.close()


def create(plugin: Plugin, number: int) -> Found:
    return plugin.create(providers.Team, {"name": f"Team {number}"})


def errors_of(made: list[Future[Found]]) -> set[str]:
    return {str(one.exception(timeout=60)).partition(" (after")[0] for one in made}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """A service whose pace is shared with no other test."""
    with Simulator(seed="empty") as simulator:
        yield simulator


@pytest.fixture
def waiting_plugin(simulator: Simulator) -> Plugin:
    """One that has to wait as soon as it calls."""
    simulator.put_faults([{"operation": CREATE, "kind": "rate_limit", "retry_after": 60, "calls": 8}])
    return Plugin(config_of(simulator) | {"victorops:rateLimit": "100/s"})


def test_cancelling_ends_the_waits_of_all_threads_and_of_what_stands_behind_them(
    simulator: Simulator, waiting_plugin: Plugin
) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(create, waiting_plugin, number) for number in range(8)]
        wait_for_the_pause(simulator)
        waiting_plugin.cancel()
        errors = errors_of(made)

    # One whose refusal comes in at this very moment says that it was refused.
    assert errors - {f"{CREATE}: 429: Too Many Requests"} == {f"{CREATE}: cancelled before it was sent"}
    assert "VictorOps: waiting for the rate limit, 60 s\n" in waiting_plugin.stop()
    assert [team["name"] for team in simulator.snapshot()["teams"]] == ["Default Team"]


def test_an_interrupt_ends_the_process_at_once(simulator: Simulator, waiting_plugin: Plugin) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(create, waiting_plugin, number) for number in range(4)]
        wait_for_the_pause(simulator)
        errors = waiting_plugin.interrupt()
        for one in made:
            assert isinstance(one.exception(timeout=60), PluginError)

    assert "Traceback" not in errors
    assert [team["name"] for team in simulator.snapshot()["teams"]] == ["Default Team"]


def test_a_plugin_ends_with_a_killed_engine_and_makes_nothing_behind_the_next_updates_back(
    simulator: Simulator,
) -> None:
    simulator.put_faults([{"operation": CREATE, "kind": "rate_limit", "retry_after": 60, "calls": 8}])
    with ThreadPoolExecutor(1) as pool:
        with engine_log() as engine:
            plugin = Plugin(config_of(simulator) | {"victorops:rateLimit": "100/s"}, engine=engine.address)
            made = pool.submit(create, plugin, 1)
            wait_for_the_pause(simulator)
        # A minute before the create would have been tried again.
        error = made.exception(timeout=30)
    plugin.stop()
    assert isinstance(error, PluginError)
    assert "Too Many Requests" not in str(error)
    assert [team["name"] for team in simulator.snapshot()["teams"]] == ["Default Team"]


def test_a_redis_that_cannot_be_reached_fails_the_preview_with_one_line(simulator: Simulator) -> None:
    store = {"victorops:rateLimit": "2/s", "victorops:rateLimitStore": "redis://ada:s3cret@127.0.0.1:1/0"}
    plugin = Plugin(config_of(simulator) | store)
    first = plugin.check(providers.Team, {"name": "Platform"}).failures
    second = plugin.check(providers.Team, {"name": "Data"}).failures
    output = plugin.stop()

    [(path, reason)] = first
    assert path == ""
    assert reason.startswith(
        "victorops:rateLimitStore (or VO_RATE_LIMIT_STORE): the Redis at 127.0.0.1:1 can't be used: "
    )
    assert "\n" not in reason
    assert second == first
    assert "s3cret" not in reason + output
