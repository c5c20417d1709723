"""What is refused of maintenance modes at preview, and what a change of them does."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

UPGRADE = {"routing_keys": ["db", "cache"], "all_routing_keys": False, "purpose": "Upgrade"}
ALL = {"all_routing_keys": True, "purpose": ""}
_NOTHING = "must name at least one routing key; to mute the whole org, set all_routing_keys=True and leave this out"
_NEITHER = "name routing_keys, or set all_routing_keys=True to mute the whole org"


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("inputs", "failures"),
    [
        ({}, [("", _NEITHER)]),
        ({"all_routing_keys": False, "purpose": UNKNOWN}, [("", _NEITHER)]),
        ({"routing_keys": []}, [("routing_keys", _NOTHING)]),
        ({"routing_keys": [], "all_routing_keys": True}, [("routing_keys", _NOTHING)]),
        ({"routing_keys": [], "all_routing_keys": UNKNOWN}, [("routing_keys", _NOTHING)]),
        (
            {"routing_keys": [UNKNOWN], "all_routing_keys": True},
            [("", "routing_keys and all_routing_keys=True exclude each other: leave one out")],
        ),
        ({"routing_keys": ["db", UNKNOWN, "DB"]}, [("routing_keys", "'DB' stands here twice")]),
        (
            {"routing_keys": ["data base"]},
            [
                (
                    "routing_keys[0]",
                    "'data base' is not a routing key: expected 1 to 255 characters with no blanks, / \\ ? # or %",
                )
            ],
        ),
        ({"routing_keys": "db"}, [("routing_keys", "expected a list, got 'db'")]),
        ({**ALL, "purpose": 3}, [("purpose", "expected text, got 3")]),
    ],
)
def test_is_refused(plugin: Plugin, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(providers.MaintenanceMode, inputs).failures == failures


@pytest.mark.parametrize(
    "inputs",
    [
        {"routing_keys": UNKNOWN, "all_routing_keys": True, "purpose": "p"},
        {"routing_keys": ["db"], "all_routing_keys": UNKNOWN, "purpose": UNKNOWN},
        {"routing_keys": UNKNOWN, "all_routing_keys": False, "purpose": ""},
        {"routing_keys": [".+", UNKNOWN, UNKNOWN], "all_routing_keys": False, "purpose": "two\nlines"},
    ],
)
def test_is_accepted_as_it_stands(plugin: Plugin, inputs: dict[str, Any]) -> None:
    checked = plugin.check(providers.MaintenanceMode, inputs)
    assert checked.failures == []
    assert checked.inputs == inputs


@pytest.mark.parametrize(
    ("state", "new", "replaces", "deletes_first"),
    [
        (UPGRADE, {**UPGRADE, "routing_keys": ["db"]}, ["routing_keys"], False),
        (UPGRADE, {**UPGRADE, "routing_keys": [UNKNOWN, "cache"]}, ["routing_keys"], False),
        (UPGRADE, ALL, ["routing_keys", "all_routing_keys", "purpose"], False),
        (ALL, UPGRADE, ["routing_keys", "all_routing_keys", "purpose"], False),
        # The whole org can't be muted twice, so the old one has to end before the new one begins.
        (ALL, {**ALL, "purpose": "Move"}, ["purpose"], True),
        (UPGRADE, {**UPGRADE, "purpose": UNKNOWN}, ["purpose"], True),
    ],
)
def test_what_a_change_replaces(
    plugin: Plugin, state: dict[str, Any], new: dict[str, Any], replaces: list[str], deletes_first: bool
) -> None:
    found = plugin.diff(providers.MaintenanceMode, "mm-a", state, new)
    assert found.changes
    assert found.replaces == replaces
    assert found.deletes_first is deletes_first


def test_order_and_case_of_routing_keys_do_not_matter(plugin: Plugin) -> None:
    again = {**UPGRADE, "routing_keys": ["CACHE", "Db"]}
    assert plugin.diff(providers.MaintenanceMode, "mm-a", UPGRADE, again).changes is False
