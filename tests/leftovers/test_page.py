"""The part of the page on taking over that is about the command says what the command does."""

from __future__ import annotations

import inspect
import json

from pulumi_victorops.leftovers.command import leftovers as command
from tests.docs.pages import ROOT, code, codes, section, table
from tests.leftovers.conftest import EVE, Leftovers, Start, begin

PAGE = section((ROOT / "docs" / "adopting.md").read_text(encoding="utf-8"), "What no resource looks for")


def test_the_options_are_those_of_the_command() -> None:
    names = [f"--{name.removeprefix('as_')}" for name in inspect.signature(command).parameters]
    assert [code(row["option"]) for row in table(PAGE, "option")] == names


def test_the_members_of_the_document_are_all_named(start: Start, leftovers: Leftovers) -> None:
    plugin = start()
    begin(plugin, "User", EVE)
    plugin.kill()
    document = json.loads("\n".join(leftovers("--json")[1]))
    [row] = [row for row in table(PAGE, "option") if row["option"] == "`--json`"]
    assert codes(row["meaning"]) == [*document, *document["leftovers"][0]]
