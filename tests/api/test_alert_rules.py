"""Calls about alerts and the rules for them."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.alert_rules import AlertRulePayload, AnnotationPayload
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer
from tests.api.samples import ALERT_RULE_JSON

RULE = AlertRulePayload(alert_field="host_name", alert_value_match="db-*", match_type="WILDCARD")


def test_a_rule_is_read_with_all_that_the_service_tells(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, [ALERT_RULE_JSON]))

    (rule,) = raw_client.alert_rules.all()

    assert rule.model_dump() == {
        "id": 31,
        "alert_field": "host_name",
        "alert_value_match": "db-*",
        "match_type": "WILDCARD",
        "stop_flag": True,
        "rank": 2,
        "notes": "databases",
        "route_key": "database",
        "annotations": [
            {
                "annotation_type": "u",
                "field_name": "Runbook",
                "field_value": "https://example.com",
                "flags": 0,
                "id": 9,
            }
        ],
        "last_updated": 1767603600000,
        "last_updated_by": "ada",
    }


def test_a_rule_for_all_alerts_has_no_key(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, [{"id": 31, "alertField": "service", "alertValueMatch": "x", "matchType": "REGEX"}]))

    (rule,) = raw_client.alert_rules.all()

    assert (rule.route_key, rule.rank, rule.annotations) == (None, None, [])


def test_the_list_holds_the_rules_for_one_key_too_unless_told_otherwise(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, []))

    raw_client.alert_rules.all()
    raw_client.alert_rules.all(routing_key="data base")
    raw_client.alert_rules.all(routing_key=None)

    assert server.lines == [
        "GET /api-public/v1/alertRules?routing_key=%2A",
        "GET /api-public/v1/alertRules?routing_key=data+base",
        "GET /api-public/v1/alertRules",
    ]


def test_a_rule_is_sent_with_its_annotations_even_where_there_are_none(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, ALERT_RULE_JSON))

    raw_client.alert_rules.create(RULE)

    assert server.requests[0].json == {
        "alertField": "host_name",
        "alertValueMatch": "db-*",
        "matchType": "WILDCARD",
        "stopFlag": False,
        "annotations": [],
    }


def test_a_rules_scope_is_sent_as_route_key(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, ALERT_RULE_JSON))

    raw_client.alert_rules.create(RULE.model_copy(update={"route_key": "database", "rank": 1, "notes": "n"}))

    body = server.requests[0].json
    assert (body["routeKey"], body["rank"], body["notes"]) == ("database", 1, "n")
    assert "routingKey" not in body


def test_annotations_are_sent_without_the_ids_with_which_they_were_read(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, [ALERT_RULE_JSON]), answer(200, ALERT_RULE_JSON))
    (rule,) = raw_client.alert_rules.all()
    added = AnnotationPayload(annotation_type="s", field_name="service", field_value="db", flags=1)

    raw_client.alert_rules.update(31, RULE.model_copy(update={"annotations": [*rule.annotations, added]}))

    assert server.lines[1] == "PUT /api-public/v1/alertRules/31"
    assert server.requests[1].json["annotations"] == [
        {"annotationType": "u", "fieldName": "Runbook", "fieldValue": "https://example.com", "flags": 0},
        {"annotationType": "s", "fieldName": "service", "fieldValue": "db", "flags": 1},
    ]


@pytest.mark.parametrize("reply", [{"alertRules": []}, b""], ids=["object", "nothing"])
def test_a_list_of_another_shape_is_an_error(server: RawServer, raw_client: Client, reply: object) -> None:
    server.script(answer(200, reply))

    with pytest.raises(UnexpectedResponseError, match=r"expected an array\Z"):
        raw_client.alert_rules.all()


def test_an_alert_is_read_with_its_raw_document_as_text(server: RawServer, raw_client: Client) -> None:
    server.script(
        answer(
            200,
            {
                "messageType": "CRITICAL",
                "entityId": "db/disk",
                "entityDisplayName": "Disk full",
                "timestamp": 1767603600,
                "stateStartTime": 1767603600.5,
                "stateMessage": "99 %",
                "monitoringTool": "API",
                "raw": '{"host":"db-1"}',
            },
        )
    )

    assert raw_client.alerts.get("a-1").model_dump() == {
        "message_type": "CRITICAL",
        "entity_id": "db/disk",
        "entity_display_name": "Disk full",
        "timestamp": 1767603600,
        "state_start_time": 1767603600.5,
        "state_message": "99 %",
        "monitoring_tool": "API",
        "ack_msg": None,
        "ack_author": None,
        "raw": '{"host":"db-1"}',
    }


class TestAgainstTheService:
    def test_a_rule_is_made_replaced_and_deleted(self, client: Client) -> None:
        put_on_duty(client)
        note = AnnotationPayload(annotation_type="s", field_name="Team", field_value="Platform")

        made = client.alert_rules.create(RULE.model_copy(update={"annotations": [note], "notes": "n"}))
        listed = client.alert_rules.all()
        replaced = client.alert_rules.update(made.id, RULE.model_copy(update={"stop_flag": True, "rank": made.rank}))
        client.alert_rules.delete(made.id)

        assert (made.alert_value_match, made.match_type, made.notes) == ("db-*", "WILDCARD", "n")
        assert [(each.annotation_type, each.field_name, each.flags) for each in made.annotations] == [("s", "Team", 0)]
        assert listed == [made]
        assert (replaced.id, replaced.stop_flag, replaced.annotations) == (made.id, True, [])
        assert client.alert_rules.all() == []
        with pytest.raises(NotFoundError):
            client.alert_rules.delete(made.id)

    def test_rules_for_one_key_are_listed_unless_told_otherwise(self, client: Client) -> None:
        put_on_duty(client)
        everywhere = client.alert_rules.create(RULE).id
        scoped = client.alert_rules.create(RULE.model_copy(update={"route_key": "database"}))

        assert scoped.route_key == "database"
        assert {rule.id for rule in client.alert_rules.all()} == {everywhere, scoped.id}
        assert {rule.id for rule in client.alert_rules.all(routing_key="database")} == {everywhere, scoped.id}
        assert {rule.id for rule in client.alert_rules.all(routing_key=None)} == {everywhere}
