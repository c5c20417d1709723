"""The page of calls says what is measured, and why anything takes more than one."""

from __future__ import annotations

import pytest

import pulumi_victorops as vo
from pulumi_victorops.resources.base import VictorOpsResource
from tests.docs.pages import ROOT, codes, table
from tools.calls.measure import Life, measured
from tools.calls.page import REASONS, most, page

PAGE = (ROOT / "docs" / "calls.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lives() -> dict[str, Life]:
    return measured()


def test_the_page_is_what_is_measured(lives: dict[str, Life]) -> None:
    assert page(lives) == PAGE, "run `python -m tools.calls > docs/calls.md`"


def test_every_resource_is_on_the_page(lives: dict[str, Life]) -> None:
    public = [getattr(vo, name) for name in vo.__all__]
    resources = {one.__name__ for one in public if isinstance(one, type) and issubclass(one, VictorOpsResource)}
    assert {name for row in table(PAGE, "resource") for name in codes(row["resource"])} == set(lives) == resources


def test_what_takes_more_than_one_call_says_why(lives: dict[str, Life]) -> None:
    assert {name for name, life in lives.items() if most(life) > 1} == set(REASONS)


def test_a_list_that_was_read_serves_what_stands_beside(lives: dict[str, Life]) -> None:
    alone = {name: sum(life.read_of_another.values()) for name, life in lives.items() if life.read_of_another}
    lists = {"User": 1, "Team": 1, "Override": 1}  # from the second on
    assert alone == {**lists, "EscalationPolicy": 1, "PagingPolicy": 2}


def test_one_call_deletes_and_none_where_there_is_no_such_call(lives: dict[str, Life]) -> None:
    writes = {
        name: [n for call, n in life.delete.items() if not call.startswith("GET")] for name, life in lives.items()
    }
    counts = {name: sum(numbers) for name, numbers in writes.items()}
    others = {"RoutingKey": 0, "RotationShiftAssignment": 0, "ContactDevice": 0, "PagingPolicy": 2}
    assert counts == {**dict.fromkeys(counts, 1), **others}
