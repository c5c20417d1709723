"""Calls about paging policies, and about what they may be made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_victorops.api import Client, UnexpectedResponseError
from pulumi_victorops.api.paging import ContactReference, PagingRulePayload
from pulumi_victorops.api.users import UserPayload
from tests.api.raw_server import RawServer, answer
from tests.api.samples import EMAIL_RULE_JSON, STEP_JSON


def test_the_steps_are_read_with_their_rules(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"steps": [STEP_JSON], "_selfUrl": "/api-public/v1/profile/ada/policies"}))

    (step,) = raw_client.paging.steps("ada")

    assert step.model_dump() == {
        "index": 0,
        "timeout": 5,
        "rules": [
            {"index": 0, "type": "email", "contact": {"id": 511, "type": "email"}},
            {"index": 1, "type": "push", "contact": {"id": 0, "type": "device"}},
        ],
    }


@pytest.mark.parametrize("timeout", [15, "15", 15.0])
def test_a_timeout_is_a_number_of_minutes_however_it_is_sent(
    server: RawServer, raw_client: Client, timeout: object
) -> None:
    server.script(answer(200, {"step": STEP_JSON | {"timeout": timeout}}))

    assert raw_client.paging.get_step("ada", 0).timeout == 15


@pytest.mark.parametrize("kind", ["phone", "Phone", "PHONE"])
def test_the_case_of_a_contacts_type_does_not_matter(server: RawServer, raw_client: Client, kind: str) -> None:
    server.script(answer(200, {"stepRule": {"index": 2, "type": "sms", "contact": {"id": 512, "type": kind}}}))

    rule = raw_client.paging.get_rule("ada", 0, 2)

    assert rule.contact == ContactReference(id=512, type="phone")


def test_a_push_rule_may_have_no_contact(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"stepRule": {"index": 0, "type": "push"}}))

    assert raw_client.paging.get_rule("ada", 0, 0).contact is None
    raw_client.paging.add_rule("ada", 0, PagingRulePayload(type="push"))
    assert server.requests[1].json == {"type": "push"}


def test_rules_are_sent_again_as_they_were_read_but_for_what_the_service_adds(
    server: RawServer, raw_client: Client
) -> None:
    server.script(answer(200, {"step": STEP_JSON | {"rules": [EMAIL_RULE_JSON | {"_selfUrl": "x"}]}}))

    step = raw_client.paging.get_step("ada", 0)
    raw_client.paging.update_step("ada", 0, timeout=10, rules=step.rules)

    assert server.requests[1].json == {
        "timeout": 10,
        "rules": [{"type": "email", "contact": {"id": 511, "type": "email"}}],
    }


def test_a_step_without_rules_sends_an_empty_list(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"step": {"index": 1, "timeout": 1}}))

    step = raw_client.paging.add_step("ada", timeout=1)

    assert server.requests[0].json == {"timeout": 1, "rules": []}
    assert (step.index, step.rules) == (1, [])


def test_the_newer_list_tells_when_a_custom_policy_is_in_force(server: RawServer, raw_client: Client) -> None:
    days = {"monday": True, "tuesday": True, "saturday": False}
    mask = days | {"timeZone": "Europe/London", "startTime": "09:00:00.000", "endTime": "17:00:00.000"}
    server.script(
        answer(
            200,
            {
                "policies": [
                    {"rank": 0, "name": "Primary Paging Policy", "slug": "primary-paging-policy", "steps": [STEP_JSON]},
                    {"rank": 1, "name": "Nights", "slug": "nights", "timeMask": mask, "steps": []},
                ]
            },
        )
    )

    primary, custom = raw_client.paging.policies("ada")

    assert (primary.rank, primary.slug, primary.time_mask) == (0, "primary-paging-policy", None)
    assert [rule.type for rule in primary.steps[0].rules] == ["email", "push"]
    assert custom.time_mask is not None
    assert custom.time_mask.model_dump() == {
        "monday": True,
        "tuesday": True,
        "wednesday": False,
        "thursday": False,
        "friday": False,
        "saturday": False,
        "sunday": False,
        "time_zone": "Europe/London",
        "start_time": "09:00:00.000",
        "end_time": "17:00:00.000",
    }


def test_the_flat_view_has_a_row_for_each_notification(server: RawServer, raw_client: Client) -> None:
    rows = [{"order": 0, "timeout": 5, "contactType": "email", "extId": "e-1"}]
    server.script(answer(200, {"username": "ada", "userId": 77, "policies": rows}))

    assert raw_client.paging.flat_policy("ada").model_dump() == {
        "username": "ada",
        "user_id": 77,
        "policies": [{"order": 0, "timeout": 5, "contact_type": "email", "ext_id": "e-1"}],
    }


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (lambda paging: paging.steps("ada"), "steps"),
        (lambda paging: paging.policies("ada"), "policies"),
        (lambda paging: paging.get_step("ada", 0), "step"),
        (lambda paging: paging.add_step("ada", timeout=5), "step"),
        (lambda paging: paging.update_step("ada", 0, timeout=5, rules=[]), "step"),
        (lambda paging: paging.get_rule("ada", 0, 0), "stepRule"),
        (lambda paging: paging.add_rule("ada", 0, PagingRulePayload(type="push")), "stepRule"),
        (lambda paging: paging.update_rule("ada", 0, 0, PagingRulePayload(type="push")), "stepRule"),
    ],
)
def test_an_answer_without_its_envelope_is_an_error(
    server: RawServer, raw_client: Client, call: Callable[[Any], object], key: str
) -> None:
    server.script(answer(200, {"index": 0, "timeout": 5, "type": "push"}))

    with pytest.raises(UnexpectedResponseError, match=rf"expected an object with '{key}'\Z"):
        call(raw_client.paging)


class TestAgainstTheService:
    def test_the_ways_to_page_somebody(self, client: Client) -> None:
        assert [(each.type, each.description) for each in client.catalogues.notification_types()] == [
            ("push", "Send a push notification to all my devices"),
            ("email", "Send an email to an email address"),
            ("sms", "Send an SMS to a phone number"),
            ("phone", "Make a phone call to a phone number"),
        ]
        assert [(each.type, each.description) for each in client.catalogues.contact_types()] == [
            ("email", "Email Address"),
            ("phone", "Phone Number"),
        ]

    def test_the_timeouts_are_numbers_although_the_service_sends_digits(self, client: Client) -> None:
        assert [each.type for each in client.catalogues.timeout_types()] == [1, 5, 10, 15, 20, 25, 30, 45, 60]

    def test_steps_and_rules_come_and_go_by_their_places(self, client: Client) -> None:
        client.users.create(UserPayload(first_name="A", last_name="L", username="ada", email="ada@example.com"))
        (default,) = client.contacts.emails("ada")
        assert default.id is not None
        email = PagingRulePayload(type="email", contact=ContactReference(id=default.id, type="email"))

        first = client.paging.steps("ada")
        added = client.paging.add_step("ada", timeout=15, rules=[email])
        rule = client.paging.add_rule("ada", 1, PagingRulePayload(type="push"))
        changed = client.paging.update_step("ada", 1, timeout=30, rules=client.paging.get_step("ada", 1).rules)
        replaced = client.paging.update_rule("ada", 1, 1, email)
        read = client.paging.get_rule("ada", 1, 1)
        for place in (1, 0):
            client.paging.delete_rule("ada", 1, place)

        assert [(step.index, step.timeout, [rule.type for rule in step.rules]) for step in first] == [(0, 5, ["email"])]
        assert (added.index, added.timeout, [rule.contact for rule in added.rules]) == (1, 15, [email.contact])
        assert (rule.index, rule.type, rule.contact) == (1, "push", None)
        assert (changed.timeout, [rule.type for rule in changed.rules]) == (30, ["email", "push"])
        assert (replaced.index, replaced.type, replaced.contact) == (1, "email", email.contact)
        assert read == replaced
        assert client.paging.steps("ada") == first

    def test_all_three_views_show_the_primary_policy(self, client: Client) -> None:
        client.users.create(UserPayload(first_name="A", last_name="L", username="ada", email="ada@example.com"))

        (primary,), flat = client.paging.policies("ada"), client.paging.flat_policy("ada")

        assert (primary.rank, primary.slug) == (0, "primary-paging-policy")
        assert primary.steps == client.paging.steps("ada")
        assert flat.username == "ada"
        assert [(row.timeout, row.contact_type) for row in flat.policies] == [(5, "email")]


def test_the_timeouts_may_come_as_numbers_too(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"timeoutTypes": [{"type": 5, "description": "If still unacked after 5 minutes"}]}))

    assert [each.type for each in raw_client.catalogues.timeout_types()] == [5]
