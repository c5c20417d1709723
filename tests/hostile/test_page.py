"""The page's table is what the command prints."""

from __future__ import annotations

import pytest

from tests.docs.pages import ROOT
from tools.hostile import __main__ as command
from tools.hostile import table
from tools.hostile.samples import Kind
from tools.hostile.world import World

PAGE = (ROOT / "docs" / "hostile-input.md").read_text(encoding="utf-8")


def test_the_table_is_what_the_command_prints(started: World) -> None:
    printed = table.table(table.rows(started))
    assert printed in PAGE, "put the output of `python -m tools.hostile` into docs/hostile-input.md"


def test_the_command_fails_where_something_else_comes_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(table, "KINDS", (Kind("good names", ("fine",)),))
    monkeypatch.setattr("pulumi_victorops.api.teams.Teams.get", broken)
    assert command.main() == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "Team ('name',): 'fine': RuntimeError: broken\n"
