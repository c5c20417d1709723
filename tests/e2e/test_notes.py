"""Incident notes through the real engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.incidents import IncidentTarget
from tests.e2e.harness import Stack

DOCUMENT = {"owners": ["ada", "grace"], "cost": {"hours": 3, "share": 0.5}, "open": True, "steps": [[], {}, [None, 1]]}
_ALL = "/api-public/v1/incidents/{incidentNumber}/notes"
_ONE = f"{_ALL}/{{noteName}}"


@pytest.fixture
def incident(client: Client) -> int:
    target = IncidentTarget(type="User", slug="admin")
    made = client.incidents.create(username="admin", summary="Disk", details="full", targets=[target])
    return int(made.incident_number)


def notes(incident: int | str, **review: Any) -> Callable[[], None]:
    """Two notes; what is given replaces arguments of the first."""

    def program() -> None:
        plain: Mapping[str, Any] = {"name": "review", "display_name": "Review", "json_value": DOCUMENT}
        vo.IncidentNote("review", **{"incident": incident, **plain, **review})
        vo.IncidentNote(
            "runbook", incident=str(incident), name="runbook/disk", display_name="Runbook", json_value={"url": "x"}
        )

    return program


def found(client: Client, incident: int) -> dict[str, tuple[str | None, Any]]:
    return {note.name: (note.display_name, note.json_value) for note in client.notes.all(incident)}


def test_notes_come_change_and_go(stack: Stack, client: Client, incident: int) -> None:
    runbook = ("Runbook", {"url": "x"})
    made = stack.must_up(notes(incident))
    assert (made.changes, made.calls) == ({"create": 3}, {f"POST {_ALL}": 2})
    assert found(client, incident) == {"review": ("Review", DOCUMENT), "runbook/disk": runbook}
    assert stack.resources()["runbook"]["id"] == f"{incident}/runbook/disk"

    again = stack.must_up(notes(str(incident), json_value=dict(reversed(DOCUMENT.items()))))
    assert (again.changes, again.calls) == ({"same": 3}, {})
    refreshed = stack.refresh(notes(incident))
    assert (refreshed.changes, refreshed.calls) == ({"same": 3}, {f"GET {_ALL}": 1})

    changed = stack.must_up(notes(incident, json_value={**DOCUMENT, "cost": {"hours": 4, "share": 0.5}}))
    assert (changed.changes, changed.calls) == ({"update": 1, "same": 2}, {f"PUT {_ONE}": 1})
    renamed = stack.must_up(notes(incident, name="post-mortem", display_name="Post-mortem"))
    assert (renamed.changes, renamed.calls) == ({"replace": 1, "same": 2}, {f"POST {_ALL}": 1, f"DELETE {_ONE}": 1})
    assert found(client, incident) == {"post-mortem": ("Post-mortem", DOCUMENT), "runbook/disk": runbook}
    program = notes(incident, name="post-mortem", display_name="Post-mortem")

    by_hand = {**DOCUMENT, "owners": ["grace"]}
    client.notes.update(incident, "post-mortem", display_name="By hand", json_value=by_hand)
    client.notes.delete(incident, "runbook/disk")
    assert stack.refresh(program).changes == {"update": 1, "delete": 1, "same": 1}
    kept = stack.resources()["review"]["inputs"]
    assert (kept["display_name"], kept["json_value"]["owners"]) == ("By hand", ["grace"])
    assert stack.must_up(program).changes == {"update": 1, "create": 1, "same": 1}
    assert found(client, incident) == {"post-mortem": ("Post-mortem", DOCUMENT), "runbook/disk": runbook}

    client.notes.delete(incident, "post-mortem")
    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert found(client, incident) == {}


def test_values_inside_a_note_may_come_from_other_resources(stack: Stack, client: Client, incident: int) -> None:
    def program() -> None:
        team = vo.Team("platform", name="Platform")
        value = {"team": team.slug, "all": [team.slug, {"slug": team.slug}]}
        vo.IncidentNote("team", incident=incident, name="team", display_name=team.slug, json_value=value)

    assert stack.preview(program).changes == {"create": 3}
    stack.must_up(program)
    [slug] = [team.slug for team in client.teams.all() if team.name == "Platform"]
    assert found(client, incident) == {"team": (slug, {"team": slug, "all": [slug, {"slug": slug}]})}
    assert stack.must_up(program).changes == {"same": 3}
