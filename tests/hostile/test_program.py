"""Values that the SDK can't send: one line in the program, where it would fail with a traceback."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

import pulumi_victorops as vo
from tools.hostile.samples import nested

NOTE: dict[str, Any] = {"incident": 1, "name": "a", "display_name": "b"}


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (
            {**NOTE, "json_value": {"a": [{"b": "x\ud800"}]}},
            "IncidentNote 'note': json_value.a[0].b: half a character (a lone surrogate) stands in it",
        ),
        (
            {**NOTE, "json_value": {"\udfff": 1}},
            "IncidentNote 'note': json_value: half a character (a lone surrogate) stands in it",
        ),
        (
            {**NOTE, "json_value": nested(66, dict)},
            f"IncidentNote 'note': json_value{'.a' * 64}: lists and dicts stand more than 64 deep within each other",
        ),
        (
            {**NOTE, "json_value": {"a": 10**400}},
            "IncidentNote 'note': json_value.a: the number is too large to be sent",
        ),
        ({**NOTE, "json_value": {1: 2}}, "IncidentNote 'note': json_value: a name in a dict has to be text, not int"),
        (
            {**NOTE, "display_name": b"b", "json_value": {}},
            "IncidentNote 'note': display_name: expected text, a number, a list or a dict, got bytes",
        ),
        (
            {**NOTE, "json_value": {"4dabf18193072939515e22adb298388d": "x"}},
            "IncidentNote 'note': json_value: a name in it means something else to Pulumi",
        ),
    ],
)
def test_a_value_that_cannot_be_sent_is_one_line(inputs: dict[str, Any], message: str) -> None:
    with pytest.raises(pulumi.RunError) as caught:
        vo.IncidentNote("note", **inputs)
    assert str(caught.value) == message


def test_so_is_a_resource_name_that_cannot_be_sent() -> None:
    with pytest.raises(pulumi.RunError) as caught:
        vo.Team("a\ud800", name="Platform")
    assert str(caught.value) == "Team 'a\\ud800': resource_name: half a character (a lone surrogate) stands in it"
