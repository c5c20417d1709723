"""The real plugin, over the engine's own protocol: what comes of an output is checked no less than what is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import Plugin
from tools.hostile.samples import nested

NOTE: dict[str, Any] = {"incident": 1, "name": "a", "display_name": "b", "json_value": {}}
USER = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}


@pytest.fixture(scope="module")
def plugin(running_simulator: Simulator) -> Iterator[Plugin]:
    started = Plugin(config_of(running_simulator))
    yield started
    started.stop()


@pytest.mark.parametrize("depth", [70, 200, 300])
@pytest.mark.parametrize("kind", [dict, list])
def test_nesting_is_one_failure(plugin: Plugin, kind: type, depth: int) -> None:
    [(path, reason)] = plugin.check(providers.IncidentNote, {**NOTE, "json_value": {"n": nested(depth, kind)}}).failures
    assert path.startswith("json_value.n")
    assert reason == "lists and dicts stand more than 64 deep within each other"


@pytest.mark.parametrize(
    ("provider", "inputs", "failures"),
    [
        (
            providers.User,
            {**USER, "expiration_hours": float("nan")},
            [("expiration_hours", "expected a whole number, got nan")],
        ),
        (
            providers.User,
            {**USER, "expiration_hours": 1e308},
            [("expiration_hours", "expected a whole number, got 1e+308")],
        ),
        (
            providers.User,
            {**USER, "expiration_hours": "24"},
            [("expiration_hours", "expected a whole number, got '24'")],
        ),
        (
            providers.User,
            {**USER, "user\r\nname": "x"},
            [("['user\\r\\nname']", "there is no such property; did you mean 'username'?")],
        ),
        (
            providers.Team,
            {"name": "A", "description": "x" * 1_000_000},
            [("description", "has 1000000 characters; at most 65536 are allowed")],
        ),
        (
            providers.AlertRule,
            {"alert_field": "a", "alert_value_match": " "},
            [("alert_value_match", "must not be empty: '*' matches every value")],
        ),
        (
            providers.ContactDevice,
            {"username": "ada", "device": "../..", "label": "x"},
            [
                (
                    "device",
                    "'../..' is not a device's id: expected its `extId`, as the list of the user's devices gives it",
                )
            ],
        ),
    ],
    ids=["NaN", "huge", "number as text", "name", "long", "blank", "path"],
)
def test_a_bad_value_is_one_failure_with_its_path(
    plugin: Plugin, provider: Any, inputs: dict[str, Any], failures: list[tuple[str, str]]
) -> None:
    assert plugin.check(provider, inputs).failures == failures
