"""Calls about the past: who was on call, and which incidents there were, page by page."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pulumi_victorops.api import Client, UnexpectedResponseError
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.reporting import IncidentPage
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer

SEARCH = "GET /api-reporting/v2/incidents"


def page(first: int, last: int, **envelope: int) -> dict[str, object]:
    """A page with the incidents from one number to another."""
    return {"incidents": [{"incidentNumber": str(number)} for number in range(first, last + 1)], **envelope}


def numbers(pages: Iterable[IncidentPage]) -> list[list[str | None]]:
    """The numbers of the incidents on each page."""
    return [[each.incident_number for each in page.incidents] for page in pages]


def test_the_log_tells_who_was_on_call(server: RawServer, raw_client: Client) -> None:
    log = {
        "teamSlug": "team-1",
        "start": "2026-01-05T00:00:00.000Z",
        "end": "2026-01-06T00:00:00.000Z",
        "results": 1,
        "userLogs": [
            {
                "userId": "ada",
                "total": {"hours": 8, "minutes": 30},
                "adjustedTotal": {"hours": 8, "minutes": 0},
                "log": [
                    {
                        "on": "2026-01-05T09:00:00.000Z",
                        "off": "2026-01-05T17:30:00.000Z",
                        "duration": {"hours": 8, "minutes": 30},
                        "escalationPolicy": {"name": "Page", "slug": "pol-1"},
                    }
                ],
            }
        ],
    }
    server.script(answer(200, log))

    assert raw_client.reporting.on_call_log("team-1").model_dump() == {
        "team_slug": "team-1",
        "start": "2026-01-05T00:00:00.000Z",
        "end": "2026-01-06T00:00:00.000Z",
        "results": 1,
        "user_logs": [
            {
                "user_id": "ada",
                "total": {"hours": 8, "minutes": 30},
                "adjusted_total": {"hours": 8, "minutes": 0},
                "log": [
                    {
                        "on": "2026-01-05T09:00:00.000Z",
                        "off": "2026-01-05T17:30:00.000Z",
                        "duration": {"hours": 8, "minutes": 30},
                        "escalation_policy": {"name": "Page", "slug": "pol-1"},
                    }
                ],
            }
        ],
    }


def test_the_log_takes_a_time_and_a_person(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"userLogs": []}))

    raw_client.reporting.on_call_log("t1")
    raw_client.reporting.on_call_log("t1", start="2026-01-05T00:00:00Z", end="2026-01-06T00:00:00Z", username="ada")

    path = "GET /api-reporting/v1/team/t1/oncall/log"
    assert server.lines == [path, f"{path}?start=2026-01-05T00%3A00%3A00Z&end=2026-01-06T00%3A00%3A00Z&userName=ada"]


def test_a_search_takes_every_filter_that_the_service_has(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, page(1, 1, offset=40, limit=20, total=41)))

    found = raw_client.reporting.search_incidents(
        offset=40,
        limit=20,
        entity_id="db/disk",
        incident_number="4,5,20:50",
        started_after="2026-01-05T00:00:00Z",
        started_before="2026-01-06T00:00:00Z",
        host="db-1",
        service="disk",
        current_phase="resolved,triggered",
        routing_key="database",
    )

    assert server.lines == [
        f"{SEARCH}?offset=40&limit=20&entityId=db%2Fdisk&incidentNumber=4%2C5%2C20%3A50"
        "&startedAfter=2026-01-05T00%3A00%3A00Z&startedBefore=2026-01-06T00%3A00%3A00Z"
        "&host=db-1&service=disk&currentPhase=resolved%2Ctriggered&routingKey=database"
    ]
    assert (found.offset, found.limit, found.total) == (40, 20, 41)
    assert [each.incident_number for each in found.incidents] == ["1"]


def test_a_search_for_nothing_in_particular_sends_no_query(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, page(1, 2)))

    found = raw_client.reporting.search_incidents()

    assert server.lines == [SEARCH]
    assert (found.offset, found.limit, found.total) == (None, None, None)


def test_pages_are_read_until_as_many_have_come_as_there_are(server: RawServer, raw_client: Client) -> None:
    server.script(
        answer(200, page(1, 2, offset=0, limit=2, total=5)),
        answer(200, page(3, 4, offset=2, limit=2, total=5)),
        answer(200, page(5, 5, offset=4, limit=2, total=5)),
    )

    assert numbers(raw_client.reporting.incident_pages(page_size=2)) == [["1", "2"], ["3", "4"], ["5"]]
    assert server.lines == [f"{SEARCH}?offset={offset}&limit=2" for offset in (0, 2, 4)]


def test_a_service_that_makes_pages_smaller_than_asked_is_read_to_the_end(
    server: RawServer, raw_client: Client
) -> None:
    server.script(answer(200, page(1, 2, limit=2, total=3)), answer(200, page(3, 3, limit=2, total=3)))

    assert numbers(raw_client.reporting.incident_pages()) == [["1", "2"], ["3"]]
    assert server.lines == [f"{SEARCH}?offset=0&limit=100", f"{SEARCH}?offset=2&limit=100"]


def test_without_a_total_the_first_page_that_is_not_full_is_the_last(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, page(1, 2)), answer(200, page(3, 3)))

    assert numbers(raw_client.reporting.incident_pages(page_size=2)) == [["1", "2"], ["3"]]
    assert len(server.requests) == 2


@pytest.mark.parametrize("envelope", [{}, {"total": 2}, {"total": 9}], ids=["no total", "exact", "too many"])
def test_an_empty_page_is_the_last_whatever_the_total_says(
    server: RawServer, raw_client: Client, envelope: dict[str, int]
) -> None:
    server.script(answer(200, page(1, 0, **envelope)))

    assert numbers(raw_client.reporting.incident_pages(page_size=2)) == [[]]
    assert len(server.requests) == 1


def test_full_pages_that_hold_all_there_is_ask_for_no_more(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, page(1, 2, total=2)))

    assert numbers(raw_client.reporting.incident_pages(page_size=2)) == [["1", "2"]]
    assert len(server.requests) == 1


def test_a_page_is_asked_for_when_it_is_wanted_with_the_same_filters(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, page(1, 2, total=9)))

    pages = raw_client.reporting.incident_pages(page_size=2, host="db-1")
    assert server.lines == []
    next(pages)
    assert server.lines == [f"{SEARCH}?offset=0&limit=2&host=db-1"]
    next(pages)
    assert server.lines[1:] == [f"{SEARCH}?offset=2&limit=2&host=db-1"]


def test_an_answer_without_incidents_is_an_error(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"total": 0}))

    with pytest.raises(UnexpectedResponseError, match=r"unexpected answer: incidents: Field required\Z"):
        raw_client.reporting.search_incidents()


def test_the_service_finds_incidents_page_by_page(client: Client) -> None:
    put_on_duty(client)
    targets = [IncidentTarget(type="User", slug="ada")]
    made = [
        client.incidents.create(username="ada", summary=summary, details="", targets=targets).incident_number
        for summary in ("first", "second", "third")
    ]

    pages = list(client.reporting.incident_pages(page_size=2, current_phase="triggered"))
    resolved = client.reporting.search_incidents()
    one = client.reporting.search_incidents(incident_number=made[1], current_phase="triggered,acknowledged")

    assert [len(page.incidents) for page in pages] == [2, 1]
    assert sorted(str(each.incident_number) for page in pages for each in page.incidents) == sorted(made)
    assert {page.total for page in pages} == {3}
    assert (resolved.incidents, resolved.total, resolved.limit) == ([], 0, 20)
    assert [(each.incident_number, each.current_phase) for each in one.incidents] == [(made[1], "triggered")]


def test_the_service_tells_how_long_somebody_was_on_call(client: Client) -> None:
    duty = put_on_duty(client)

    log = client.reporting.on_call_log(
        duty.team, start="2021-02-01T00:00:00Z", end="2021-02-02T00:00:00Z", username="ada"
    )

    (ada,) = log.user_logs
    assert (log.team_slug, ada.user_id) == (duty.team, "ada")
    assert ada.total is not None
    assert (ada.total.hours, ada.total.minutes) == (24, 0)
    assert [(each.on, each.off) for each in ada.log] == [("2021-02-01T00:00:00.000Z", "2021-02-02T00:00:00.000Z")]
