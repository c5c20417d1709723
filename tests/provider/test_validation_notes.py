"""What is refused of incident notes at preview, and what a change of them does."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.handlers.incident_note import IncidentNoteInputs
from pulumi_victorops.lifecycle.validation import Failure, validate
from tests.provider.plugin import UNKNOWN, Plugin

NOTE = {"incident": "7", "name": "a", "display_name": "A", "json_value": {"a": [1.0, {"b": True}]}}


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("inputs", "failures"),
    [
        ({}, [(name, "is required") for name in ("incident", "name", "display_name", "json_value")]),
        ({**NOTE, "incident": "#7"}, [("incident", "'#7' is not an incident's number: expected digits")]),
        ({**NOTE, "incident": 0}, [("incident", "'0' is not an incident's number: expected digits")]),
        ({**NOTE, "incident": 7.5}, [("incident", "expected text, got 7.5")]),
        ({**NOTE, "incident": True}, [("incident", "expected text, got True")]),
        ({**NOTE, "name": ""}, [("name", "must not be blank")]),
        ({**NOTE, "name": ".."}, [("name", "'..' can't be a note's name: it means something else in an address")]),
        ({**NOTE, "name": "a\tb"}, [("name", "'a\\tb' has a control character or an invisible one in it")]),
        ({**NOTE, "display_name": " A"}, [("display_name", "' A' begins or ends with a blank")]),
        ({**NOTE, "json_value": [1]}, [("json_value", "expected a dict, got a list")]),
        ({**NOTE, "json_value": '{"a": 1}'}, [("json_value", "expected a dict, got '{\"a\": 1}'")]),
        (
            {**NOTE, "json_value": {"a": [{"b": float("inf"), "c": UNKNOWN}]}},
            [("json_value", "inf is not a number that JSON knows")],
        ),
        (
            {**NOTE, "incident": UNKNOWN, "json_value": {"a": 2**54}},
            [("json_value", "18014398509481984 is too large to be kept exactly: write it as text")],
        ),
    ],
)
def test_is_refused(plugin: Plugin, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(providers.IncidentNote, inputs).failures == failures


def test_a_note_has_16_mebibytes_at_the_most() -> None:
    """Past the plugin, since the test's own connection to it takes less."""
    for length, failures in (
        (16_777_208, []),
        (16_777_209, [Failure("json_value", "is 16777217 bytes of JSON; at most 16777216 are allowed")]),
    ):
        assert validate(IncidentNoteInputs, {**NOTE, "json_value": {"a": "x" * length}})[1] == failures


def test_unknown_values_pass_wherever_they_stand(plugin: Plugin) -> None:
    for name in NOTE:
        assert plugin.check(providers.IncidentNote, {**NOTE, name: UNKNOWN}).inputs == {**NOTE, name: UNKNOWN}
    inside = {**NOTE, "json_value": {"a": [UNKNOWN, {"b": UNKNOWN}]}}
    checked = plugin.check(providers.IncidentNote, inside)
    assert (checked.failures, checked.inputs) == ([], inside)


@pytest.mark.parametrize(
    ("new", "changes", "replaces"),
    [
        ({"incident": "8", "name": "b"}, True, ["incident", "name"]),
        ({"incident": UNKNOWN}, True, ["incident"]),
        ({"display_name": "B"}, True, []),
        ({"json_value": {"a": [1.0, {"b": 1.0}]}}, True, []),
        ({"json_value": {"a": [{"b": True}, 1.0]}}, True, []),
        ({"json_value": {"a": [1.0, {"b": UNKNOWN}]}}, True, []),
        ({"json_value": UNKNOWN}, True, []),
        ({"json_value": {"a": [1.0, {"b": True}], "c": []}}, True, []),
    ],
)
def test_json_is_compared_as_data(plugin: Plugin, new: dict[str, Any], changes: bool, replaces: list[str]) -> None:
    found = plugin.diff(providers.IncidentNote, "7/a", NOTE, {**NOTE, **new})
    assert (found.changes, found.replaces) == (changes, replaces)
