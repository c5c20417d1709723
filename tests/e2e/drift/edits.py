"""What is done by hand to the record of a resource, and what is to be seen of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pulumi_victorops import providers
from pulumi_victorops.lifecycle.inputs import WRITE_ONLY, Inputs, fields_of
from tests.e2e.drift.ground import Document, Ground
from tests.e2e.drift.kinds import Place

Edit = Callable[[Place, Document, Ground], object]

Value = Any
"""A value, or a function that takes one from the ground."""

GONE = None
"""What the state shows of an object that is no longer where its id says."""

Shown = dict[str, Any] | None


@dataclass(frozen=True)
class Case:
    """A field that drifts.

    Attributes:
        path: the field, such as `steps[].timeout`; empty for the object as a whole.
        edit: what is done to the record by hand.
        shown: what a refresh changes in the state's inputs: each value by its path, None where it goes; or `GONE`.
        planned: the next preview's operation.
    """

    path: str
    edit: Edit
    shown: Shown
    planned: str


def seen(path: str, edit: Edit, value: Value, planned: str) -> Case:
    """A field of which the state shows another value, at a path such as `steps[0].timeout`."""
    # A list of plain values is one field, and one of objects has a field for each member.
    field = re.sub(r"\[\d+\]", "[]", path).removesuffix("[]")
    return Case(field, edit, {path: value}, planned)


def gone(path: str, edit: Edit) -> Case:
    """A field that is part of the id, or the object as a whole."""
    return Case(path, edit, GONE, "create")


def hidden(path: str, edit: Edit) -> Case:
    """A field that the service never tells, so that nobody can see what was done."""
    return Case(path, edit, {}, "same")


def given(value: Value, ground: Ground) -> Any:
    """The value, taken from the ground where it's a function."""
    return value(ground) if callable(value) else value


def managed(kind: str) -> set[str]:
    """The paths of all fields of a kind, except what the service takes and never keeps for us."""
    module, _, name = getattr(providers, kind).handler.partition(":")
    return set(_paths(getattr(import_module(module), name).model))


def _paths(model: type[Inputs], before: str = "") -> Iterator[str]:
    for name, field in fields_of(model).items():
        if WRITE_ONLY in field.facts:
            continue
        item = field.item()
        inner = field.model or (item.model if item else None)
        if inner:
            yield from _paths(inner, f"{before}{name}{'' if field.model else '[]'}.")
        else:
            yield f"{before}{name}"


def put(*path: str | int, to: Value) -> Edit:
    """Write over what stands in the record at a path."""

    def edit(at: Place, document: Document, ground: Ground) -> None:
        *way, last = path
        holder = at.record
        for step in way:
            holder = holder[step]
        holder[last] = given(to, ground)

    return edit


def clear(at: Place, document: Document, ground: Ground) -> None:
    """Take the record away."""
    at.clear()


def into(subject: str, key: str, value: Value, member: str) -> Edit:
    """Let the record stand in the list or the object that another record holds."""

    def edit(at: Place, document: Document, ground: Ground) -> None:
        [other] = [row for row in document[subject] if str(row[key]) == given(value, ground)]
        if isinstance(other[member], list):
            other[member].append(at.clear())
        else:
            other[member][at.key] = at.clear()

    return edit


def under(name: Value) -> Edit:
    """Let the record stand under another name in its object."""

    def edit(at: Place, document: Document, ground: Ground) -> None:
        at.holder[given(name, ground)] = at.clear()

    return edit


def becomes(value: Value) -> Edit:
    """Another record takes the record's place."""

    def edit(at: Place, document: Document, ground: Ground) -> None:
        at.holder[at.key] = given(value, ground)

    return edit


def turned(places: int) -> Edit:
    """Let the turn in a shift go on."""

    def edit(at: Place, document: Document, ground: Ground) -> None:
        at.record["turn"] = (at.record["turn"] + places) % len(at.record["members"])

    return edit
