"""The page about several stacks in one org says which names differ."""

from __future__ import annotations

import inspect

import pulumi_victorops as vo
from tests.docs.pages import ROOT, code, table

PAGE = (ROOT / "docs" / "preview-environments.md").read_text(encoding="utf-8")


def test_the_page_lists_the_resources_that_have_a_suffix_and_what_gets_it() -> None:
    listed = {code(row["resource"]): code(row["what gets the suffix"]) for row in table(PAGE, "resource")}
    classes = {name: getattr(vo, name) for name in vo.__all__ if inspect.isclass(getattr(vo, name))}
    assert set(listed) == {
        name for name, kind in classes.items() if "name_suffix" in inspect.signature(kind.__init__).parameters
    }
    for name, argument in listed.items():
        assert argument in inspect.signature(classes[name].__init__).parameters
