"""The page about people says what the code has."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops.people import Change, Person, RosterDrift, offboard, roster_drift
from pulumi_victorops.people.__main__ import main
from tests.docs.pages import ROOT, code, code_blocks, section, table

PAGE = (ROOT / "docs" / "people.md").read_text(encoding="utf-8")


def default(parameter: inspect.Parameter) -> str:
    if parameter.default is inspect.Parameter.empty:
        return "required"
    return "none" if parameter.default is None else f"`{parameter.default!r}`"


@pytest.mark.parametrize("flow", [offboard, roster_drift])
def test_the_arguments_are_those_of_the_function_with_their_defaults(flow: Callable[..., Any]) -> None:
    rows = table(PAGE, f"argument of `{flow.__name__}`")
    parameters = inspect.signature(flow).parameters
    assert [(code(row[f"argument of `{flow.__name__}`"]), row["default"]) for row in rows] == [
        (name, default(one)) for name, one in parameters.items()
    ]


def test_the_lines_of_a_drift_are_as_shown() -> None:
    drift = RosterDrift(
        missing=(Person("grace", "Grace", "Oyelowe", "grace@example.com"),),
        extra=(Person("linus", "Linus", "Abara", "linus@example.com"),),
        changed=(Change("ada", "email", "ada@example.com", "ada@old.example.com"),),
        unverified=("ada",),
    )
    rows = table(section(PAGE, "Is everybody there?"), "line")
    assert [code(row["line"]) for row in rows] == str(drift).splitlines()


def test_the_commands_are_understood(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They get as far as the settings, which are missing here."""
    for name in ("VO_API_ID", "VO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    [roster] = [block for block in code_blocks(PAGE, "") if block.startswith("username,")]
    Path("people.csv").write_text(roster, encoding="utf-8")
    shown = [
        line.partition("pulumi_victorops.people ")[2].split()
        for block in code_blocks(PAGE, "sh")
        for line in block.splitlines()
        if "pulumi_victorops.people " in line
    ]
    assert [words[0] for words in shown] == ["offboard", "offboard", "drift"]
    for words in shown:
        assert main(words) == 2
        assert "VO_API_ID and VO_API_KEY" in capsys.readouterr().err
