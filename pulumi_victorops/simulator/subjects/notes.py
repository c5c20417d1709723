"""Notes of incidents: operations E71 to E74."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from pulumi_victorops.simulator.bodies import Document, Text
from pulumi_victorops.simulator.calls import EMPTY
from pulumi_victorops.simulator.records_response import Note
from pulumi_victorops.simulator.refusals import not_found, unprocessable
from pulumi_victorops.simulator.subjects.incidents import find_incident

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records_response import Incident


class _ChangeBody(BaseModel):
    """Sent in snake case, answered in camel case."""

    model_config = ConfigDict(strict=True, extra="ignore")

    display_name: str | None = None
    json_value: Document | None = None


class _NoteBody(_ChangeBody):
    name: Text


def _note_json(note: Note) -> dict[str, Any]:
    return {"name": note.name, "displayName": note.display_name, "json_value": note.json_value}


def _incident(call: Call) -> Incident:
    return find_incident(call.org, call.params["incidentNumber"])


def _find(call: Call, incident: Incident) -> Note:
    for note in incident.notes:
        if note.name == call.params["noteName"]:
            return note
    raise not_found(f"No note '{call.params['noteName']}' found")


def _list(call: Call) -> Any:
    notes = [_note_json(note) for note in _incident(call).notes]
    # One note comes alone: that is the only case which is documented.
    return notes[0] if len(notes) == 1 else notes


def _create(call: Call) -> dict[str, Any]:
    incident, body = _incident(call), call.body(_NoteBody)
    if any(note.name == body.name for note in incident.notes):
        raise unprocessable(f"Note {body.name} exists already")
    note = Note(name=body.name, display_name=body.display_name or body.name, json_value=body.json_value or {})
    incident.notes.append(note)
    return _note_json(note)


def _replace(call: Call) -> Any:
    note = _find(call, _incident(call))
    body = call.body(_ChangeBody)
    note.display_name = body.display_name or note.name
    note.json_value = body.json_value or {}
    return EMPTY


def _delete(call: Call) -> Any:
    incident = _incident(call)
    incident.notes.remove(_find(call, incident))
    return EMPTY


_ALL = "/api-public/v1/incidents/{incidentNumber}/notes"

RULES: dict[str, Rule] = {
    f"GET {_ALL}": _list,
    f"POST {_ALL}": _create,
    f"PUT {_ALL}/{{noteName}}": _replace,
    f"DELETE {_ALL}/{{noteName}}": _delete,
}
"""What answers each operation on notes."""
