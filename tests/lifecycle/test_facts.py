"""What the facts of a field mean for a diff and for what a refresh brings."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from pulumi_victorops.lifecycle.comparison import changed_properties, merge
from pulumi_victorops.lifecycle.inputs import (
    CASELESS,
    DIGITS_ONLY,
    SECRET,
    SERVICE_DECIDES,
    UNORDERED,
    WRITE_ONLY,
    Input,
    Inputs,
)
from pulumi_victorops.lifecycle.unknown import UNKNOWN
from pulumi_victorops.lifecycle.validation import Failure, validate


class Part(Inputs):
    """A part of the object."""

    who: Annotated[Input[str], CASELESS]
    note: Input[str] = ""


class Thing(Inputs):
    """An object with a field of each sort."""

    name: Input[str]
    rank: Annotated[Input[int | None], SERVICE_DECIDES] = None
    phone: Annotated[Input[str], DIGITS_ONLY] = ""
    tags: Annotated[Input[list[Input[str]]], UNORDERED, CASELESS]
    parts: Annotated[Input[list[Input[Part]]], UNORDERED]
    hint: Annotated[Input[str | None], WRITE_ONLY] = None


THING: dict[str, Any] = {
    "name": "one",
    "rank": 3,
    "phone": "+1 411-555-0120",
    "tags": ["a", "b"],
    "parts": [{"who": "ada", "note": ""}, {"who": "bao", "note": "x"}],
    "hint": "h",
}


@pytest.mark.parametrize(
    ("new", "changed"),
    [
        ({}, []),
        ({"name": "One"}, ["name"]),
        ({"rank": None}, []),
        ({"rank": 4}, ["rank"]),
        ({"rank": UNKNOWN}, ["rank"]),
        ({"phone": "+14115550120"}, []),
        ({"phone": "+14115550121"}, ["phone"]),
        ({"tags": ["B", "A"]}, []),
        ({"tags": ["a"]}, ["tags"]),
        ({"tags": ["a", "b", "b"]}, ["tags"]),
        ({"parts": [{"who": "BAO", "note": "x"}, {"who": "Ada"}]}, []),
        ({"parts": [{"who": "ada", "note": "y"}, {"who": "bao", "note": "x"}]}, ["parts"]),
        ({"hint": None}, ["hint"]),
    ],
)
def test_what_counts_as_a_change(new: dict[str, Any], changed: list[str]) -> None:
    assert changed_properties(Thing, THING, {**THING, **new}) == changed


def test_a_refresh_keeps_the_words_that_mean_the_same_and_takes_the_others() -> None:
    live = {
        "name": "two",
        "rank": 7,
        "phone": "+1 (411) 5550120",
        "tags": ["b", "a"],
        "parts": [{"who": "bao", "note": "x"}, {"who": "ADA"}],
    }
    assert merge(Thing, THING, live) == {**THING, "name": "two", "rank": 7}


def test_a_refresh_leaves_out_what_the_service_decides_and_the_program_left_open() -> None:
    assert "rank" not in merge(Thing, {**THING, "rank": None}, {**THING, "rank": 7})
    assert merge(Thing, {}, {**THING, "rank": 7})["rank"] == 7, "a look-up takes it"


def test_a_look_up_takes_all_that_the_service_tells() -> None:
    assert merge(Thing, {}, {"name": "two", "tags": [], "parts": None}) == {"name": "two", "tags": []}


def test_true_and_one_are_not_the_same() -> None:
    assert changed_properties(Thing, {**THING, "rank": 1}, {**THING, "rank": True}) == ["rank"]


class Vault(Inputs):
    """An object with a field that is never shown."""

    token: Annotated[Input[int], SECRET]


def test_a_secret_is_in_no_message() -> None:
    _, failures = validate(Vault, {"token": "hunter2"})
    assert failures == [Failure("", "token: expected a whole number, got [secret]")]
