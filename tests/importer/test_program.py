"""The text of a program: what it says, and how it's laid out."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import pulumi_victorops as vo
from pulumi_victorops.importer.makers import as_written
from pulumi_victorops.importer.program import Call, Expression, rendered

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES, st.integers(0, 60))
def test_a_value_is_read_back_as_it_was(value: Any, indent: int) -> None:
    assert eval(rendered(value, indent)) == value


def test_text_stands_in_double_quotes_and_shows_what_can_be_seen() -> None:
    assert rendered('say "hi", naïvely\\') == '"say \\"hi\\", naïvely\\\\"'
    assert rendered("two\nlines\u202e") == "'two\\nlines\\u202e'"


def test_a_call_that_is_too_wide_has_an_argument_on_each_line() -> None:
    named = {"team": Expression("platform.slug"), "name": "x" * 60, "steps": [], "more": {"a": [1, 2.5, True, None]}}
    assert rendered(Call("vo.EscalationPolicy", ("page",), named), before=len("page = ")) == (
        "vo.EscalationPolicy(\n"
        '    "page",\n'
        "    team=platform.slug,\n"
        f'    name="{"x" * 60}",\n'
        "    steps=[],\n"
        '    more={"a": [1, 2.5, True, None]},\n'
        ")"
    )
    assert rendered(Call("vo.Team", ("a",), {"name": "b"})) == 'vo.Team("a", name="b")'


def test_a_line_is_at_most_100_characters_wide_with_the_comma_behind_it() -> None:
    fits, too_wide = "x" * (99 - len('f("")')), "x" * (100 - len('f("")'))
    assert "\n" not in rendered(Call("f", (fits,)))
    assert "\n" in rendered(Call("f", (too_wide,)))


def evaluated(kind: str, given_by_the_program: dict[str, Any]) -> Any:
    """What the text of each property makes."""
    return {name: eval(rendered(value), {"vo": vo}) for name, value in as_written(kind, given_by_the_program).items()}


ENTRIES = [
    {"type": "user", "username": "ada"},
    {"type": "rotation_group", "rotation_group": "rtg-a"},
    {"type": "rotation_group_next", "rotation_group": "rtg-a"},
    {"type": "rotation_group_previous", "rotation_group": "rtg-a"},
    {"type": "email", "email": "noc@example.com"},
    {"type": "webhook", "webhook": "wh-a"},
    {"type": "policy_routing", "target_policy": "pol-a"},
]
SHIFT = {"timezone": "Europe/London", "start": "2026-01-05T09:00", "handoff_days": 7, "usernames": ["ada"]}
WINDOW = {"days": ["m"], "start_time": "09:00", "end_time": "17:00"}
SHIFTS = [
    {"label": "a", "type": "std", **SHIFT},
    {"label": "b", "type": "pho", **SHIFT, "windows": [WINDOW]},
    {"label": "c", "type": "cstm", **SHIFT, "windows": [WINDOW, WINDOW]},
    {"label": "d", "type": "fts", **SHIFT, "windows": [WINDOW]},
]
RULES = [
    {"type": "push"},
    {"type": "email"},
    {"type": "email", "contact_id": 7},
    {"type": "sms", "contact_id": 8},
    {"type": "phone", "contact_id": 8},
]
ANNOTATIONS = [
    {"annotation_type": "url", "field_name": "a", "field_value": "b", "transformation": False},
    {"annotation_type": "image", "field_name": "a", "field_value": "b", "transformation": False},
    {"annotation_type": "note", "field_name": "a", "field_value": "b", "transformation": False},
    {"annotation_type": "note", "field_name": "a", "field_value": "b", "transformation": True},
    {"annotation_type": "url", "field_name": "a", "field_value": "b", "transformation": True},
]


def test_the_parts_are_written_with_their_makers_and_mean_the_same() -> None:
    steps = {"name": "Page", "steps": [{"timeout": 5, "entries": ENTRIES}]}
    assert evaluated("EscalationPolicy", steps) == steps
    assert evaluated("Rotation", {"shifts": SHIFTS}) == {"shifts": SHIFTS}
    paging = {"steps": [{"timeout": 5, "rules": RULES}]}
    assert evaluated("PagingPolicy", paging) == paging
    made = evaluated("AlertRule", {"annotations": ANNOTATIONS})["annotations"]
    assert [{"transformation": False, **one} for one in made] == ANNOTATIONS
    text = rendered(as_written("Rotation", {"shifts": SHIFTS[1:2]})["shifts"], 90)
    assert text.splitlines()[1].strip() == "vo.Shift.partial_day("
    assert "windows" not in text
