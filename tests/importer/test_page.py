"""The page about importing says what the code has."""

from __future__ import annotations

import inspect

import pulumi_victorops as vo
from pulumi_victorops.importer import command
from pulumi_victorops.resources.base import VictorOpsResource
from pulumi_victorops.stack.kinds import KINDS
from tests.docs.pages import ROOT, code, codes, section, table

PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


def test_every_kind_can_be_imported_and_its_ids_are_explained() -> None:
    public = [item for item in (getattr(vo, name) for name in vo.__all__) if inspect.isclass(item)]
    assert set(KINDS) == {item.__name__ for item in public if issubclass(item, VictorOpsResource)}
    rows = table(section(PAGE, "The ids"), "kind")
    assert {code(row["kind"]): code(row["id"]) for row in rows} == {
        kind.spelling: kind.id_form for kind in KINDS.values()
    }


def test_where_ids_are_found_is_a_function_that_there_is() -> None:
    rows = table(section(PAGE, "The ids"), "kind")
    named = [text for row in rows for text in codes(row["where to find it"]) if text.startswith("vo.")]
    assert named
    assert all(hasattr(vo, text.removeprefix("vo.").partition("(")[0]) for text in named)


def test_the_arguments_and_options_are_those_of_the_command_in_its_order() -> None:
    spelled = {"kind": "KIND", "object_id": "ID", "name": "NAME", "from_file": "--from"}
    names = inspect.signature(command.import_existing).parameters
    options = [spelled.get(name, f"--{name.replace('_', '-')}") for name in names]
    rows = table(section(PAGE, "Arguments and options"), "argument or option")
    assert [code(row["argument or option"]) for row in rows] == options
