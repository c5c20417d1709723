"""Calls about scheduled overrides and who covers in them."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, Settings, UnexpectedResponseError
from pulumi_victorops.simulator import Simulator
from tests.api.duty import put_on_duty
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


def absent(client: Client, username: str = "ada") -> str:
    """Let somebody be absent for a day in the year 2099; tell the override's id."""
    made = client.overrides.create(
        username=username,
        timezone="America/Denver",
        start="2099-01-31T22:00:00-07:00",
        end="2099-02-01T22:00:00-07:00",
    )
    return made.public_id


class TestAgainstTheService:
    def test_an_override_has_a_row_for_each_policy_that_pages_the_user(self, client: Client) -> None:
        duty = put_on_duty(client)

        override = client.overrides.get(absent(client))

        (row,) = override.assignments
        assert (override.user.username, override.timezone) == ("ada", "America/Denver")
        assert (override.start, override.end) == ("2099-02-01T05:00:00Z", "2099-02-02T05:00:00Z")
        assert (row.policy, row.team, row.assigned, row.user) == (duty.policy, duty.team, False, None)
        assert client.overrides.all() == [override]
        assert client.overrides.assignments(override.public_id) == [row]
        assert client.overrides.assignment(override.public_id, duty.policy) == row

    def test_a_cover_comes_and_goes_and_the_row_stays(self, client: Client) -> None:
        duty = put_on_duty(client)
        override = absent(client)

        covered = client.overrides.assign(override, duty.policy, username="grace")
        read = client.overrides.assignment(override, duty.policy)
        client.overrides.unassign(override, duty.policy)
        cleared = client.overrides.assignment(override, duty.policy)

        assert (covered.assigned, covered.user, read) == (True, "grace", covered)
        assert (cleared.assigned, cleared.user) == (False, None)

    def test_who_is_absent_too_covers_only_where_that_is_accepted(self, client: Client) -> None:
        duty = put_on_duty(client)
        override = absent(client)
        absent(client, "grace")

        with pytest.raises(InvalidRequestError):
            client.overrides.assign(override, duty.policy, username="grace")

        assert client.overrides.assign(override, duty.policy, username="grace", accept_overlap=True).user == "grace"

    def test_a_deleted_override_is_gone(self, client: Client) -> None:
        put_on_duty(client)
        override = absent(client)

        client.overrides.delete(override)

        assert client.overrides.all() == []
        with pytest.raises(NotFoundError):
            client.overrides.get(override)

    def test_a_service_with_the_documented_envelope_makes_the_same_override(self) -> None:
        with Simulator(seed="empty", random_seed=1, schedule_envelope=True) as simulator:
            client = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
            put_on_duty(client)
            override = client.overrides.get(absent(client))
            client.close()

        assert (override.user.username, override.start) == ("ada", "2099-02-01T05:00:00Z")
