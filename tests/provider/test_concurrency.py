"""What comes of others' work in the org while a stack is at work: each row of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.docs.pages import ROOT, codes, section, table
from tests.meanwhile import standing_before
from tests.provider.concurrency.by_hand import BY_HAND
from tests.provider.concurrency.by_stacks import BY_ANOTHER_STACK
from tests.provider.concurrency.world import World

PAGE = (ROOT / "docs" / "concurrency.md").read_text(encoding="utf-8")
HAND_ROWS = table(section(PAGE, "Edited by hand during an update"), "what somebody does")
STACK_ROWS = table(section(PAGE, "Two stacks and one object"), "what the other stack does")


@pytest.fixture
def world(simulator: Simulator, client: Client, tmp_path: Path) -> Iterator[World]:
    with standing_before(simulator.url) as meanwhile:
        made = World(simulator, client, meanwhile, tmp_path)
        yield made
        made.close()


def general(message: str) -> str:
    """A message without the slugs and numbers that differ each time."""
    without_slugs = re.sub(r"\b(team|pol|rtg)-[A-Za-z0-9]{16}\b", r"\1-...", message)
    return re.sub(r"(?<=[/'])\d{6}\b", "...", without_slugs)


def test_the_page_has_a_row_for_each_case() -> None:
    assert [row["what somebody does"] for row in HAND_ROWS] == list(BY_HAND)
    assert [row["what the other stack does"] for row in STACK_ROWS] == list(BY_ANOTHER_STACK)


@pytest.mark.parametrize("row", HAND_ROWS, ids=lambda row: row["what somebody does"])
def test_what_is_edited_by_hand_during_an_update(row: dict[str, str], world: World) -> None:
    assert [general(BY_HAND[row["what somebody does"]](world))] == (codes(row["message"]) or [""])


@pytest.mark.parametrize("row", STACK_ROWS, ids=lambda row: row["what the other stack does"])
def test_what_two_stacks_do_to_one_object(row: dict[str, str], world: World) -> None:
    assert [general(BY_ANOTHER_STACK[row["what the other stack does"]](world))] == (codes(row["message"]) or [""])
