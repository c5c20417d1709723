"""The page about components says what the code has."""

from __future__ import annotations

import inspect

import pulumi
import pytest

import pulumi_victorops as vo
from tests.docs.pages import ROOT, code, section, table

PAGE = (ROOT / "docs" / "components.md").read_text(encoding="utf-8")
KINDS: dict[str, type[pulumi.ComponentResource]] = {"an engineer": vo.OnCallEngineer, "a team": vo.OnCallTeam}


def default(parameter: inspect.Parameter) -> str:
    if parameter.default is inspect.Parameter.empty:
        return "required"
    return "none" if parameter.default is None else f"`{parameter.default!r}`"


@pytest.mark.parametrize("name", KINDS)
def test_the_arguments_are_those_of_the_constructor_with_their_defaults(name: str) -> None:
    rows = table(section(PAGE, f"What {name} takes"), "argument")
    parameters = inspect.signature(KINDS[name].__init__).parameters
    assert [(code(row["argument"]), row["default"]) for row in rows] == [
        (key, default(one)) for key, one in parameters.items() if key not in {"self", "resource_name", "opts"}
    ]


@pytest.mark.parametrize("name", KINDS)
def test_the_attributes_are_those_of_the_class(name: str) -> None:
    rows = table(section(PAGE, f"What {name} gives"), "attribute")
    assert {code(row["attribute"]) for row in rows} == set(inspect.get_annotations(KINDS[name]))
