"""Calls about scheduled overrides and who covers in them."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, UnexpectedResponseError
from tests.api.raw_server import RawServer, answer
from tests.api.samples import COVERED_ASSIGNMENT_JSON, FREE_ASSIGNMENT_JSON, OVERRIDE_JSON


def create(client: Client) -> str:
    """Make the override; tell its id."""
    made = client.overrides.create(
        username="ada",
        timezone="America/Denver",
        start="2026-01-31T22:00:00-07:00",
        end="2026-02-01T22:00:00-07:00",
    )
    return made.public_id


@pytest.mark.parametrize("envelope", ["override", "schedule"])
def test_an_override_is_read_from_either_envelope(server: RawServer, raw_client: Client, envelope: str) -> None:
    server.script(answer(200, {envelope: OVERRIDE_JSON, "_selfUrl": "x"}))

    assert create(raw_client) == "ovrprd-aB3dE5gH7jK9mN1p"
    assert raw_client.overrides.get("o1").public_id == "ovrprd-aB3dE5gH7jK9mN1p"


def test_times_are_sent_as_they_were_given(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"override": OVERRIDE_JSON}))

    create(raw_client)

    assert server.requests[0].json == {
        "username": "ada",
        "timezone": "America/Denver",
        "start": "2026-01-31T22:00:00-07:00",
        "end": "2026-02-01T22:00:00-07:00",
    }


def test_an_override_is_read_with_whom_it_covers(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"overrides": [OVERRIDE_JSON], "_selfUrl": "/api-public/v1/overrides"}))

    (override,) = raw_client.overrides.all()

    assert override.model_dump() == {
        "public_id": "ovrprd-aB3dE5gH7jK9mN1p",
        "user": {"username": "ada", "first_name": "Ada", "last_name": "Lovelace"},
        "timezone": "America/Denver",
        "start": "2026-02-01T05:00:00Z",
        "end": "2026-02-02T05:00:00Z",
        "assignments": [
            {
                "policy": "pol-1",
                "team": "team-1",
                "assigned": False,
                "user": None,
                "_selfUrl": "/api-public/v1/overrides/ovrprd-1/assignments/pol-1",
            },
            {
                "policy": "pol-2",
                "team": "team-1",
                "assigned": True,
                "user": "grace",
                "_selfUrl": "/api-public/v1/overrides/ovrprd-1/assignments/pol-1",
            },
        ],
    }


def test_assignments_are_listed_in_a_bare_array(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, [FREE_ASSIGNMENT_JSON, COVERED_ASSIGNMENT_JSON]))

    rows = raw_client.overrides.assignments("o1")

    assert [(row.policy, row.assigned, row.user) for row in rows] == [("pol-1", False, None), ("pol-2", True, "grace")]


@pytest.mark.parametrize("overlap", [True, False])
def test_a_cover_is_sent_with_all_that_any_service_wants(server: RawServer, raw_client: Client, overlap: bool) -> None:
    server.script(answer(200, COVERED_ASSIGNMENT_JSON))

    covered = raw_client.overrides.assign("o1", "pol-2", username="grace", accept_overlap=overlap)

    assert server.lines == ["PUT /api-public/v1/overrides/o1/assignments/pol-2"]
    assert server.requests[0].json == {"policy": "pol-2", "username": "grace", "acceptOverlap": overlap}
    assert (covered.assigned, covered.user) == (True, "grace")


@pytest.mark.parametrize("body", [OVERRIDE_JSON, [], None], ids=["bare", "array", "nothing"])
def test_an_override_without_envelope_is_an_error(server: RawServer, raw_client: Client, body: object) -> None:
    server.script(answer(200, body))

    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'override'\Z"):
        raw_client.overrides.get("o1")
