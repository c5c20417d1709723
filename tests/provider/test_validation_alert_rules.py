"""What is refused at preview of alert rules, with the exact property path and words."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

RULE = {"alert_field": "host_name", "alert_value_match": "db-*"}


def regex(pattern: Any) -> dict[str, Any]:
    return {**RULE, "match_type": "REGEX", "alert_value_match": pattern}


def annotated(*annotations: Any) -> dict[str, Any]:
    return {**RULE, "annotations": list(annotations)}


def note(name: Any = "Runbook", **more: Any) -> dict[str, Any]:
    return {"annotation_type": "note", "field_name": name, "field_value": "text", **more}


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("inputs", "failures"),
    [
        ({}, [("alert_field", "is required"), ("alert_value_match", "is required")]),
        ({**RULE, "alert_field": ""}, [("alert_field", "must not be blank")]),
        (
            {**RULE, "alert_value_match": ""},
            [("alert_value_match", "must not be empty: '*' matches every value")],
        ),
        (
            {**RULE, "match_type": "GLOB"},
            [("match_type", "expected 'WILDCARD' or 'REGEX', got 'GLOB'")],
        ),
        ({**RULE, "rank": 0}, [("rank", "0 is not a rank: expected 1 (the first rule) or more")]),
        ({**RULE, "rank": 1.5}, [("rank", "expected a whole number, got 1.5")]),
        ({**RULE, "stop_flag": "yes"}, [("stop_flag", "expected True or False, got 'yes'")]),
        ({**RULE, "notes": 1}, [("notes", "expected text, got 1")]),
        (
            {**RULE, "route_key": "a b"},
            [("route_key", "'a b' is not a routing key: expected 1 to 255 characters with no blanks, / \\ ? # or %")],
        ),
        ({**RULE, "routing_key": "db"}, [("routing_key", "there is no such property; did you mean 'route_key'?")]),
        (
            regex("disk (full"),
            [
                (
                    "alert_value_match",
                    "'disk (full' is not a regular expression: missing ), unterminated subpattern at position 5",
                )
            ],
        ),
        (
            regex("disk)"),
            [("alert_value_match", "'disk)' is not a regular expression: unbalanced parenthesis at position 4")],
        ),
        (
            regex("[abc"),
            [("alert_value_match", "'[abc' is not a regular expression: unterminated character set at position 0")],
        ),
        (
            regex("*.example.com"),
            [("alert_value_match", "'*.example.com' is not a regular expression: nothing to repeat at position 0")],
        ),
        (
            regex("a\\"),
            [("alert_value_match", "'a\\\\' is not a regular expression: bad escape (end of pattern) at position 1")],
        ),
        (
            annotated(note(annotation_type="link")),
            [("annotations[0].annotation_type", "expected 'image', 'url' or 'note', got 'link'")],
        ),
        (
            annotated(note(""), note(" x")),
            [
                ("annotations[0].field_name", "must not be blank"),
                ("annotations[1].field_name", "' x' begins or ends with a blank"),
            ],
        ),
        (
            annotated({"annotation_type": "url"}),
            [
                ("annotations[0].field_name", "is required"),
                ("annotations[0].field_value", "is required"),
            ],
        ),
        (annotated(note(), note()), [("annotations", "'Runbook' is set twice, and only the last would count")]),
        (
            annotated(
                note("service", transformation=True), note("service", transformation=True, annotation_type="url")
            ),
            [("annotations", "'service' is set twice, and only the last would count")],
        ),
        (annotated("note"), [("annotations[0]", "expected a dict, got 'note'")]),
        ({**RULE, "annotations": note()}, [("annotations", "expected a list, got a dict")]),
        (
            {**regex(UNKNOWN), "annotations": [UNKNOWN, note(UNKNOWN), note(UNKNOWN)], "rank": -3},
            [("rank", "-3 is not a rank: expected 1 (the first rule) or more")],
        ),
    ],
)
def test_is_refused(plugin: Plugin, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(providers.AlertRule, inputs).failures == failures


@pytest.mark.parametrize(
    "inputs",
    [
        {**RULE, "alert_value_match": "["},
        {**RULE, "match_type": UNKNOWN, "alert_value_match": "["},
        {**RULE, "route_key": ""},
        {**RULE, "route_key": "database", "rank": 1, "notes": "Line one\nline two", "stop_flag": True},
        annotated(note(), note(annotation_type="url"), note(transformation=True), note("Other")),
        annotated(note(field_value="")),
        # What other dialects know and Python doesn't.
        regex("(?<name>db)-\\p{Lower}++\\z"),
        regex("\\Q(\\E.*"),
        regex("[a-z&&[^(]]"),
        regex("[a[b](]"),
        regex("^*db$?"),
        regex("a{99999999999999999999}"),
    ],
)
def test_is_accepted_as_it_stands(plugin: Plugin, inputs: dict[str, Any]) -> None:
    checked = plugin.check(providers.AlertRule, inputs)
    assert checked.failures == []
    assert {name: value for name, value in checked.inputs.items() if name in inputs} == {
        **inputs,
        **(
            {"annotations": [{"transformation": False, **one} for one in inputs["annotations"]]}
            if "annotations" in inputs
            else {}
        ),
    }
