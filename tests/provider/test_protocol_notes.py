"""Incident notes through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import Plugin, PluginError

DOCUMENT: dict[str, Any] = {
    "owners": ["ada", "grace"],
    "count": 3.0,
    "share": 0.5,
    "open": True,
    "steps": [{"name": "find", "minutes": 15.0}, [], {}, [None, 1.0]],
    "text": "line one\nline two",
}


@pytest.fixture
def incident(client: Client) -> str:
    made = client.incidents.create(
        username="admin", summary="Disk", details="full", targets=[IncidentTarget(type="User", slug="admin")]
    )
    return str(made.incident_number)


def test_a_note_lives(plugin: Plugin, client: Client, incident: str) -> None:
    program = {
        "incident": float(incident),
        "name": "review/2026 ü 100%",
        "display_name": "Review",
        "json_value": DOCUMENT,
    }
    with_null = {**program, "json_value": {**DOCUMENT, "nobody": None}}
    assert plugin.check(providers.IncidentNote, with_null).inputs["json_value"] == DOCUMENT, "Pulumi leaves it out"
    checked = plugin.check(providers.IncidentNote, program)
    wanted = {**program, "incident": incident}
    assert (checked.failures, checked.inputs) == ([], wanted)
    made = plugin.create(providers.IncidentNote, checked.inputs)
    assert (made.id, made.properties) == (f"{incident}/review/2026 ü 100%", wanted)
    [note] = client.notes.all(incident)
    assert (note.name, note.display_name, note.json_value) == ("review/2026 ü 100%", "Review", DOCUMENT)

    read = plugin.read(providers.IncidentNote, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, wanted, wanted)
    assert plugin.read(providers.IncidentNote, made.id).inputs == wanted, "looked up, it's the same"
    assert not plugin.diff(providers.IncidentNote, made.id, made.properties, checked.inputs).changes

    client.notes.update(incident, note.name, display_name="Review", json_value={**DOCUMENT, "nobody": None})
    again = plugin.read(providers.IncidentNote, made.id, made.properties)
    assert again.inputs == wanted, "null says as much as nothing"

    new = {**wanted, "display_name": "Review, done", "json_value": {"owners": ["ada"]}}
    assert plugin.update(providers.IncidentNote, made.id, made.properties, new) == new
    [note] = client.notes.all(incident)
    assert (note.display_name, note.json_value) == ("Review, done", {"owners": ["ada"]})
    assert plugin.read(providers.IncidentNote, made.id, made.properties).inputs == new

    plugin.delete(providers.IncidentNote, made.id, new)
    assert client.notes.all(incident) == []
    assert plugin.read(providers.IncidentNote, made.id, new).id == ""
    plugin.delete(providers.IncidentNote, made.id, new)


def test_notes_are_found_beside_others_and_read_once(
    plugin: Plugin, client: Client, simulator: Simulator, incident: str
) -> None:
    for name in ("a", "b", "c"):
        client.notes.create(incident, name=name, display_name=name.upper(), json_value={"name": name})
    before = simulator.requests()["total"]
    for name in ("a", "b", "c"):
        state = {"incident": incident, "name": name, "display_name": "?", "json_value": {}}
        read = plugin.read(providers.IncidentNote, f"{incident}/{name}", state)
        assert read.inputs == {**state, "display_name": name.upper(), "json_value": {"name": name}}
    assert simulator.requests()["total"] == before + 1


def test_the_notes_of_an_incident_that_is_not_there_are_gone(plugin: Plugin) -> None:
    state = {"incident": "404", "name": "a", "display_name": "A", "json_value": {}}
    assert plugin.read(providers.IncidentNote, "404/a", state).id == ""
    plugin.delete(providers.IncidentNote, "404/a", state)
    with pytest.raises(PluginError, match="there is no IncidentNote with the id '404/a'"):
        plugin.read(providers.IncidentNote, "404/a")
    with pytest.raises(PluginError, match="'404' is not an id of the form incident/name"):
        plugin.read(providers.IncidentNote, "404")
