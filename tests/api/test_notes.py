"""Calls about incidents' notes, whose list comes in three forms."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.incidents import IncidentTarget
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer
from tests.api.samples import NOTE_JSON

OTHER_JSON = {"name": "graph", "displayName": "Graph", "json_value": {}}


@pytest.mark.parametrize(
    ("reply", "names"),
    [
        (NOTE_JSON, ["runbook"]),
        ([NOTE_JSON, OTHER_JSON], ["runbook", "graph"]),
        ({"notes": [NOTE_JSON, OTHER_JSON]}, ["runbook", "graph"]),
        ({"notes": []}, []),
        ({"notes": None}, []),
        ([], []),
        ({}, []),
        (b"", []),
    ],
    ids=[
        "one",
        "array",
        "under notes",
        "none under notes",
        "null under notes",
        "empty array",
        "empty object",
        "nothing",
    ],
)
def test_notes_are_read_in_whatever_form_they_come(
    server: RawServer, raw_client: Client, reply: object, names: list[str]
) -> None:
    server.script(answer(200, reply))

    assert [note.name for note in raw_client.notes.all(4711)] == names
    assert server.lines == ["GET /api-public/v1/incidents/4711/notes"]


@pytest.mark.parametrize("reply", [{"notes": {}}, {"displayName": "Runbook"}, "notes"])
def test_a_list_of_another_shape_is_an_error(server: RawServer, raw_client: Client, reply: object) -> None:
    server.script(answer(200, reply))

    with pytest.raises(UnexpectedResponseError):
        raw_client.notes.all(4711)


def test_a_note_is_sent_in_snake_case_and_comes_back_in_camel_case(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, NOTE_JSON))

    note = raw_client.notes.create(
        4711, name="runbook", display_name="Runbook", json_value={"url": "https://example.com", "page": None}
    )

    assert server.lines == ["POST /api-public/v1/incidents/4711/notes"]
    assert server.requests[0].json == {
        "name": "runbook",
        "display_name": "Runbook",
        "json_value": {"url": "https://example.com", "page": None},
    }
    assert note.model_dump() == {
        "name": "runbook",
        "display_name": "Runbook",
        "json_value": {"url": "https://example.com", "page": None},
    }


def test_what_is_not_given_is_not_sent(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"name": "runbook"}))

    raw_client.notes.create(4711, name="runbook")
    raw_client.notes.create(4711, name="runbook", display_name="", json_value={})

    assert [request.json for request in server.requests] == [
        {"name": "runbook"},
        {"name": "runbook", "display_name": "", "json_value": {}},
    ]


@pytest.mark.parametrize("reply", [b"", {}], ids=["nothing", "object"])
def test_a_change_and_a_deletion_are_answered_with_nothing(
    server: RawServer, raw_client: Client, reply: object
) -> None:
    server.script(answer(200, reply))

    raw_client.notes.update(4711, "a/b c", display_name="New")
    raw_client.notes.delete(4711, "a/b c")

    assert server.lines == [
        "PUT /api-public/v1/incidents/4711/notes/a%2Fb%20c",
        "DELETE /api-public/v1/incidents/4711/notes/a%2Fb%20c",
    ]
    assert server.requests[0].json == {"name": "a/b c", "display_name": "New"}


class TestAgainstTheService:
    def test_notes_are_added_changed_and_deleted(self, client: Client) -> None:
        put_on_duty(client)
        number = client.incidents.create(
            username="ada", summary="s", details="", targets=[IncidentTarget(type="User", slug="ada")]
        ).incident_number

        assert client.notes.all(number) == []
        added = client.notes.create(number, name="a/b", display_name="Runbook", json_value={"page": None})
        assert client.notes.all(number) == [added]
        client.notes.create(number, name="graph", display_name="Graph", json_value={"x": [1]})
        client.notes.update(number, "a/b", display_name="New", json_value={"page": 2})
        both = client.notes.all(number)
        client.notes.delete(number, "a/b")

        assert (added.name, added.display_name, added.json_value) == ("a/b", "Runbook", {"page": None})
        assert [(note.name, note.display_name, note.json_value) for note in both] == [
            ("a/b", "New", {"page": 2}),
            ("graph", "Graph", {"x": [1]}),
        ]
        assert [note.name for note in client.notes.all(number)] == ["graph"]
        with pytest.raises(InvalidRequestError):
            client.notes.create(number, name="graph")
        with pytest.raises(NotFoundError):
            client.notes.delete(number, "a/b")
