"""Incident notes: JSON objects that are kept with an incident."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Set
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.notes import Note
from pulumi_victorops.handlers.forms import Name
from pulumi_victorops.handlers.ids import split_id
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, Input, Inputs
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.sendable import LARGEST
from pulumi_victorops.lifecycle.unknown import has_unknown
from pulumi_victorops.lifecycle.validation import shown

_BYTES_MOST = 16 * 1024 * 1024


def _text_of(number: Any) -> Any:
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else number


def _check_incident(number: str) -> str:
    if not re.fullmatch("[1-9][0-9]{0,17}", number):
        raise ValueError(f"{shown(number)} is not an incident's number: expected digits")
    return number


def _check_name(name: str) -> str:
    if name in {".", ".."}:
        raise ValueError(f"{shown(name)} can't be a note's name: it means something else in an address")
    return name


def _check_json(document: dict[str, Any]) -> dict[str, Any]:
    _check_numbers(document)
    if not has_unknown(document):
        size = len(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))
        if size > _BYTES_MOST:
            raise ValueError(f"is {size} bytes of JSON; at most {_BYTES_MOST} are allowed")
    return document


def _check_numbers(value: Any) -> None:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            _check_numbers(item)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is not a number that JSON knows")
    elif isinstance(value, int | float) and abs(value) > LARGEST:
        raise ValueError(f"{shown(int(value))} is too large to be kept exactly: write it as text")


class IncidentNoteInputs(Inputs):
    """What the program says of a note."""

    incident: Annotated[Input[Annotated[str, BeforeValidator(_text_of), AfterValidator(_check_incident)]], REPLACES]
    name: Annotated[Input[Annotated[Name, AfterValidator(_check_name)]], REPLACES]
    display_name: Input[Name]
    json_value: Input[Annotated[dict[str, Any], AfterValidator(_check_json)]]


class IncidentNoteHandler(Handler[IncidentNoteInputs]):
    """The id is `incident/name`."""

    model = IncidentNoteInputs
    unique_by = ("incident", "name")

    def create(self, org: Org, inputs: IncidentNoteInputs) -> Live:
        """One call."""
        try:
            made = org.client.notes.create(
                inputs.incident, name=inputs.name, display_name=inputs.display_name, json_value=inputs.json_value
            )
        finally:
            org.directory.notes_changed(inputs.incident)
        return _live(inputs.incident, made)

    def candidates(self, org: Org, inputs: IncidentNoteInputs) -> Iterable[str]:
        """The incident's note of this name."""
        return [f"{inputs.incident}/{inputs.name}"]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all notes of an incident."""
        incident, name = _parts(object_id)
        try:
            note = org.directory.notes(incident).get(name)
        except NotFoundError:
            return None
        return _live(incident, note) if note else None

    def update(self, org: Org, object_id: str, inputs: IncidentNoteInputs, changed: Set[str]) -> Live:
        """One call that replaces both the display name and the JSON object."""
        try:
            org.client.notes.update(
                inputs.incident, inputs.name, display_name=inputs.display_name, json_value=inputs.json_value
            )
        finally:
            org.directory.notes_changed(inputs.incident)
        return Live(object_id)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call."""
        incident, name = _parts(object_id)
        with removing(org):
            org.client.notes.delete(incident, name)
        org.directory.notes_changed(incident)


def _parts(object_id: str) -> list[str]:
    return split_id(object_id, "incident/name")


def _live(incident: str, note: Note) -> Live:
    return Live(
        id=f"{incident}/{note.name}",
        inputs={
            "incident": incident,
            "name": note.name,
            "display_name": note.display_name,
            "json_value": note.json_value,
        },
    )
