"""Calls about maintenance mode, webhooks, and messages to people."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, ConflictError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.simulator import Simulator
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer
from tests.api.samples import MAINTENANCE_JSON


def test_what_is_muted_is_read_whole(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, MAINTENANCE_JSON))

    assert raw_client.maintenance.state().model_dump() == {
        "company_id": "example-org",
        "active_instances": [
            {
                "instance_id": "mm-0123456789abcdef0123456789abcdef",
                "started_by": "ada",
                "started_at": 1767603600000,
                "purpose": "new disks",
                "targets": [{"type": "RoutingKeys", "names": ["database"]}],
                "is_global": False,
            }
        ],
    }


def test_a_maintenance_of_an_older_service_has_no_purpose(server: RawServer, raw_client: Client) -> None:
    row = {"instanceId": "mm-1", "startedBy": "ada", "startedAt": 1, "isGlobal": True, "targets": []}
    server.script(answer(200, {"companyId": "example-org", "activeInstances": [row]}))

    (instance,) = raw_client.maintenance.state().active_instances

    assert (instance.purpose, instance.is_global, instance.targets) == (None, True, [])


def test_the_names_are_sent_even_where_all_is_muted(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, MAINTENANCE_JSON))

    raw_client.maintenance.start(routing_keys=[])
    started = raw_client.maintenance.start(routing_keys=("database", "web"), purpose="new disks")

    assert [request.json for request in server.requests] == [
        {"type": "RoutingKeys", "names": []},
        {"type": "RoutingKeys", "names": ["database", "web"], "purpose": "new disks"},
    ]
    assert [each.instance_id for each in started.active_instances] == ["mm-0123456789abcdef0123456789abcdef"]


@pytest.mark.parametrize("status", [409, 420])
def test_too_much_maintenance_at_once_is_a_conflict(server: RawServer, raw_client: Client, status: int) -> None:
    server.script(answer(status, {"error": "not now"}))

    with pytest.raises(ConflictError):
        raw_client.maintenance.start(routing_keys=[])

    assert len(server.requests) == 1


def test_an_end_sends_an_empty_object_and_tells_what_is_left(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"companyId": "example-org", "activeInstances": []}))

    assert raw_client.maintenance.end("mm-1").active_instances == []
    assert server.lines == ["PUT /api-public/v1/maintenancemode/mm-1/end"]
    assert server.requests[0].body == b"{}"


@pytest.mark.parametrize("key", ["webhooks", "webHooks"])
def test_webhooks_are_read_in_both_spellings(server: RawServer, raw_client: Client, key: str) -> None:
    row = {"slug": "wh-aB3dE5gH7jK9mN1p", "label": "Wall", "url": "https://wall.example.com"}
    server.script(answer(200, {key: [row]}))

    (webhook,) = raw_client.webhooks.all()

    assert (webhook.slug, webhook.label, webhook.url) == ("wh-aB3dE5gH7jK9mN1p", "Wall", "https://wall.example.com")


def test_webhooks_in_another_shape_are_an_error(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, []))

    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'webhooks'\Z"):
        raw_client.webhooks.all()


def test_the_webhooks_of_the_service_have_slugs_for_policies(simulator: Simulator, client: Client) -> None:
    simulator.reset("demo")

    assert {webhook.slug[:3] for webhook in client.webhooks.all()} == {"wh-"}


@pytest.mark.parametrize("reply", [b"", {}], ids=["nothing", "object"])
def test_a_chat_message_is_sent_with_what_is_given(server: RawServer, raw_client: Client, reply: object) -> None:
    server.script(answer(200, reply))

    raw_client.messages.chat(username="ada", external_username="ada@chat", text="on it", monitoring_tool="pulumi")
    raw_client.messages.chat(
        username="ada", external_username="a", text="t", monitoring_tool="m", incident="4711", tags=["disk"]
    )

    assert [request.json for request in server.requests] == [
        {"username": "ada", "externalUsername": "ada@chat", "text": "on it", "monitoringTool": "pulumi"},
        {
            "username": "ada",
            "externalUsername": "a",
            "text": "t",
            "monitoringTool": "m",
            "incidentId": 4711,
            "tags": ["disk"],
        },
    ]


def test_stakeholders_are_users_or_teams_or_both(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, b""))

    raw_client.messages.to_stakeholders(title="T", message="M", incident=4711, recipients=["ada"])
    raw_client.messages.to_stakeholders(title="T", message="M", incident="4711", recipient_teams=("team-1",))

    assert [request.json for request in server.requests] == [
        {"title": "T", "message": "M", "incidentId": 4711, "recipients": ["ada"]},
        {"title": "T", "message": "M", "incidentId": 4711, "recipientTeams": ["team-1"]},
    ]


class TestAgainstTheService:
    def test_a_maintenance_begins_and_ends(self, client: Client) -> None:
        put_on_duty(client)

        (started,) = client.maintenance.start(routing_keys=["database"], purpose="new disks").active_instances
        read = client.maintenance.state()
        ended = client.maintenance.end(started.instance_id)

        assert [(target.type, target.names) for target in started.targets] == [("RoutingKeys", ["database"])]
        assert (started.purpose, started.is_global) == ("new disks", False)
        assert read.active_instances == [started]
        assert ended.active_instances == []
        with pytest.raises(NotFoundError):
            client.maintenance.end(started.instance_id)

    def test_all_can_be_muted_once(self, client: Client) -> None:
        (muted,) = client.maintenance.start(routing_keys=[]).active_instances

        with pytest.raises(ConflictError):
            client.maintenance.start(routing_keys=[])

        assert (muted.is_global, [target.names for target in muted.targets]) == (True, [[]])

    def test_messages_are_accepted(self, simulator: Simulator, client: Client) -> None:
        duty = put_on_duty(client)
        targets = [IncidentTarget(type="User", slug="ada")]
        number = client.incidents.create(username="ada", summary="s", details="", targets=targets).incident_number

        client.messages.chat(username="ada", external_username="ada", text="on it", monitoring_tool="pulumi")
        client.messages.to_stakeholders(
            title="T", message="M", incident=number, recipients=["grace"], recipient_teams=[duty.team]
        )

        assert [(each["operation"], each["status"]) for each in simulator.requests()["requests"][-2:]] == [
            ("POST /api-public/v1/chat", 200),
            ("POST /api-public/v1/stakeholders/sendMessage", 200),
        ]
