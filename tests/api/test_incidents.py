"""Calls about incidents: what people do with them, and what is told of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.incidents import IncidentTarget, Reroute
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer
from tests.api.samples import INCIDENT_JSON

PAGE_ADA = [IncidentTarget(type="User", slug="ada")]


def test_an_incident_is_read_with_all_that_the_service_tells(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, INCIDENT_JSON))

    incident = raw_client.incidents.get(4711)

    assert server.lines == ["GET /api-public/v1/incidents/4711"]
    assert incident.model_dump() == {
        "incident_number": "4711",
        "current_phase": "ACKED",
        "start_time": "2026-01-05T09:00:00Z",
        "alert_count": 2,
        "last_alert_time": "2026-01-05T09:05:00Z",
        "last_alert_id": "a-2",
        "first_alert_uuid": "a-1",
        "entity_id": "db/disk",
        "entity_display_name": "Disk full",
        "entity_state": "CRITICAL",
        "entity_type": "SERVICE",
        "host": "db-1",
        "service": "disk",
        "routing_key": "database",
        "monitor_name": "vouser-ada",
        "monitor_type": "API",
        "paged_users": ["ada"],
        "paged_teams": ["team-1"],
        "paged_policies": [
            {"policy": {"name": "Page", "slug": "pol-1"}, "team": {"name": "Platform", "slug": "team-1"}}
        ],
        "transitions": [
            {
                "name": "ACKED",
                "at": "2026-01-05T09:06:00Z",
                "by": "ada",
                "message": "on it",
                "manually": True,
                "alert_id": "a-2",
                "alert_url": "/api-public/v1/alerts/a-2",
            }
        ],
        "ackTime": "2026-01-05T09:06:00Z",
    }


def test_an_incident_of_which_nothing_is_known_is_read_too(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"incidents": [{}]}))

    (incident,) = raw_client.incidents.all()

    assert (incident.incident_number, incident.paged_users, incident.transitions) == (None, [], [])


@pytest.mark.parametrize("number", ["4711", 4711], ids=["text", "number"])
def test_the_number_of_an_incident_is_text_however_it_is_sent(
    server: RawServer, raw_client: Client, number: object
) -> None:
    bridge = {"conferenceBridge": {"errorMsg": "none"}}
    server.script(answer(200, {"incidentNumber": number, "entityId": "e-1"} | bridge))

    created = raw_client.incidents.create(username="ada", summary="Disk full", details="", targets=PAGE_ADA)

    assert (created.incident_number, created.entity_id) == ("4711", "e-1")
    assert server.requests[0].json == {
        "summary": "Disk full",
        "details": "",
        "userName": "ada",
        "targets": [{"type": "User", "slug": "ada"}],
    }


@pytest.mark.parametrize("several", [True, False])
def test_whether_several_may_respond_is_sent_where_it_is_given(
    server: RawServer, raw_client: Client, several: bool
) -> None:
    server.script(answer(200, {"incidentNumber": "1"}))

    raw_client.incidents.create(username="ada", summary="s", details="d", targets=PAGE_ADA, is_multi_responder=several)

    assert server.requests[0].json["isMultiResponder"] is several


def test_a_creation_that_failed_with_status_200_is_a_refusal_and_not_repeated(
    server: RawServer, raw_client: Client
) -> None:
    server.script(answer(200, {"error": "no such user"}))

    with pytest.raises(InvalidRequestError) as caught:
        raw_client.incidents.create(username="ada", summary="s", details="d", targets=PAGE_ADA)

    assert str(caught.value) == "POST /api-public/v1/incidents: 200: no such user"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("call", "line", "body"),
    [
        (
            lambda incidents: incidents.acknowledge(username="ada", incidents=[4711, "4712"]),
            "PATCH /api-public/v1/incidents/ack",
            {"userName": "ada", "incidentNames": ["4711", "4712"]},
        ),
        (
            lambda incidents: incidents.resolve(username="ada", incidents=["4711"], message="fixed"),
            "PATCH /api-public/v1/incidents/resolve",
            {"userName": "ada", "incidentNames": ["4711"], "message": "fixed"},
        ),
        (
            lambda incidents: incidents.acknowledge_all_of("ada", message=""),
            "PATCH /api-public/v1/incidents/byUser/ack",
            {"userName": "ada", "message": ""},
        ),
        (
            lambda incidents: incidents.resolve_all_of("ada"),
            "PATCH /api-public/v1/incidents/byUser/resolve",
            {"userName": "ada"},
        ),
    ],
)
def test_a_command_is_told_for_each_incident_what_became_of_it(
    server: RawServer, raw_client: Client, call: Callable[[Any], Any], line: str, body: object
) -> None:
    rows = [
        {"incidentNumber": "4711", "entityId": "db/disk", "cmdAccepted": True, "message": ""},
        {"incidentNumber": "4712", "cmdAccepted": False, "message": "not found"},
    ]
    server.script(answer(200, {"results": rows}))

    results = call(raw_client.incidents)

    assert (server.lines, server.requests[0].json) == ([line], body)
    assert [(row.incident_number, row.entity_id, row.cmd_accepted, row.message) for row in results] == [
        ("4711", "db/disk", True, ""),
        ("4712", None, False, "not found"),
    ]


def test_a_command_on_no_incident_names_none(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"results": []}))

    assert raw_client.incidents.acknowledge(username="ada", incidents=[]) == []
    assert server.requests[0].json == {"userName": "ada", "incidentNames": []}


def test_incidents_are_rerouted_instead_or_as_well(server: RawServer, raw_client: Client) -> None:
    status = {
        "incidentNumber": "4711",
        "success": False,
        "message": "partly",
        "targetStatus": [{"slug": "pol-1", "success": True}, {"slug": "bob", "success": False, "message": "unknown"}],
    }
    server.script(answer(200, {"statuses": [status]}))

    (result,) = raw_client.incidents.reroute(
        username="ada",
        reroutes=[
            Reroute(
                incident_number="4711",
                targets=[
                    IncidentTarget(type="EscalationPolicy", slug="pol-1"),
                    IncidentTarget(type="User", slug="bob"),
                ],
                add_targets=True,
            ),
            Reroute(incident_number="4712", targets=PAGE_ADA),
        ],
    )

    assert server.lines == ["POST /api-public/v1/incidents/reroute"]
    assert server.requests[0].json == {
        "userName": "ada",
        "reroutes": [
            {
                "incidentNumber": "4711",
                "targets": [{"type": "EscalationPolicy", "slug": "pol-1"}, {"type": "User", "slug": "bob"}],
                "addTargets": True,
            },
            {"incidentNumber": "4712", "targets": [{"type": "User", "slug": "ada"}]},
        ],
    }
    assert (result.incident_number, result.success, result.message) == ("4711", False, "partly")
    assert [(each.slug, each.success, each.message) for each in result.target_status] == [
        ("pol-1", True, None),
        ("bob", False, "unknown"),
    ]


def test_an_answer_without_its_envelope_is_an_error(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {}))

    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'incidents'\Z"):
        raw_client.incidents.all()
    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'results'\Z"):
        raw_client.incidents.acknowledge_all_of("ada")
    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'statuses'\Z"):
        raw_client.incidents.reroute(username="ada", reroutes=[])


class TestAgainstTheService:
    def test_an_incident_is_made_acknowledged_and_resolved(self, client: Client) -> None:
        duty = put_on_duty(client)
        targets = [IncidentTarget(type="EscalationPolicy", slug=duty.policy)]

        created = client.incidents.create(username="joan", summary="Disk full", details="on db-1", targets=targets)
        number = created.incident_number
        made = client.incidents.get(number)
        acknowledged = client.incidents.acknowledge(username="ada", incidents=[number, "9999"], message="on it")
        (resolved,) = client.incidents.resolve_all_of("ada", message="fixed")
        phases = [transition.name for transition in client.incidents.get(number).transitions]

        assert (made.current_phase, made.paged_users, made.paged_teams) == ("UNACKED", ["ada"], [duty.team])
        assert [each.policy.slug for each in made.paged_policies] == [duty.policy]
        assert (made.entity_display_name, made.entity_id) == ("Disk full", created.entity_id)
        assert [(each.incident_number, each.cmd_accepted) for each in acknowledged] == [(number, True), ("9999", False)]
        assert (resolved.incident_number, resolved.cmd_accepted) == (number, True)
        assert phases == ["UNACKED", "ACKED", "RESOLVED"]
        assert [each.current_phase for each in client.incidents.all()] == ["RESOLVED"]

    def test_an_incident_is_acknowledged_by_whom_it_paged_and_resolved_by_number(self, client: Client) -> None:
        put_on_duty(client)
        number = client.incidents.create(username="joan", summary="s", details="", targets=PAGE_ADA).incident_number

        (acknowledged,) = client.incidents.acknowledge_all_of("ada")
        (resolved,) = client.incidents.resolve(username="grace", incidents=[int(number)])

        assert (acknowledged.incident_number, acknowledged.cmd_accepted) == (number, True)
        assert (resolved.incident_number, resolved.cmd_accepted) == (number, True)

    def test_an_incident_is_rerouted_to_another_as_well(self, client: Client) -> None:
        put_on_duty(client)
        number = client.incidents.create(username="joan", summary="s", details="", targets=PAGE_ADA).incident_number
        to_grace = [IncidentTarget(type="User", slug="grace"), IncidentTarget(type="User", slug="nobody")]

        (status,) = client.incidents.reroute(
            username="ada", reroutes=[Reroute(incident_number=number, targets=to_grace, add_targets=True)]
        )

        assert (status.incident_number, status.success) == (number, False)
        assert [(each.slug, each.success) for each in status.target_status] == [("grace", True), ("nobody", False)]
        assert client.incidents.get(number).paged_users == ["ada", "grace"]

    def test_what_the_service_refuses_within_status_200_is_an_error(self, client: Client) -> None:
        with pytest.raises(InvalidRequestError, match="No user 'ada' found"):
            client.incidents.create(username="admin", summary="s", details="", targets=PAGE_ADA)

    def test_an_incidents_first_alert_is_read(self, client: Client) -> None:
        put_on_duty(client)
        number = client.incidents.create(username="joan", summary="Disk", details="99 %", targets=PAGE_ADA)

        incident = client.incidents.get(number.incident_number)
        assert incident.first_alert_uuid is not None
        alert = client.alerts.get(incident.first_alert_uuid)

        assert (alert.message_type, alert.entity_id) == ("CRITICAL", incident.entity_id)
        assert (alert.entity_display_name, alert.state_message) == ("Disk", "99 %")
        with pytest.raises(NotFoundError):
            client.alerts.get("00000000-0000-0000-0000-000000000000")
