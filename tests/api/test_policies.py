"""Calls about escalation policies and the routing keys that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer

# Every kind of entry that the service takes, as one writes it and as it goes over the wire.
ENTRIES = {
    "rotation_group": (
        PolicyEntry(execution_type="rotation_group", rotation_group={"slug": "rtg-1"}),
        {"executionType": "rotation_group", "rotationGroup": {"slug": "rtg-1"}},
    ),
    "rotation_group_next": (
        PolicyEntry(execution_type="rotation_group_next", rotation_group={"slug": "rtg-1"}),
        {"executionType": "rotation_group_next", "rotationGroup": {"slug": "rtg-1"}},
    ),
    "rotation_group_previous": (
        PolicyEntry(execution_type="rotation_group_previous", rotation_group={"slug": "rtg-1"}),
        {"executionType": "rotation_group_previous", "rotationGroup": {"slug": "rtg-1"}},
    ),
    "webhook": (
        PolicyEntry(execution_type="webhook", webhook={"slug": "wh-1"}),
        {"executionType": "webhook", "webhook": {"slug": "wh-1"}},
    ),
    "user": (
        PolicyEntry(execution_type="user", user={"username": "admin"}),
        {"executionType": "user", "user": {"username": "admin"}},
    ),
    "email": (
        PolicyEntry(execution_type="email", email={"address": "list@example.com"}),
        {"executionType": "email", "email": {"address": "list@example.com"}},
    ),
    "policy_routing": (
        PolicyEntry(execution_type="policy_routing", target_policy={"policySlug": "pol-2"}),
        {"executionType": "policy_routing", "targetPolicy": {"policySlug": "pol-2"}},
    ),
}
POLICY_JSON = {"name": "Page", "slug": "pol-1", "ignoreCustomPagingPolicies": False, "steps": []}


class TestPolicies:
    @pytest.mark.parametrize("kind", ENTRIES)
    def test_creating_a_policy_sends_each_kind_of_entry_with_its_own_member_only(
        self, server: RawServer, raw_client: Client, kind: str
    ) -> None:
        server.script(answer(200, POLICY_JSON))
        entry, entry_json = ENTRIES[kind]

        raw_client.policies.create(
            PolicyPayload(name="Page", team_slug="team-1", steps=[PolicyStep(timeout=15, entries=[entry])])
        )

        assert server.lines == ["POST /api-public/v1/policies"]
        assert server.requests[0].json == {
            "name": "Page",
            "teamSlug": "team-1",
            "ignoreCustomPagingPolicies": False,
            "steps": [{"timeout": 15, "entries": [entry_json]}],
        }

    @pytest.mark.parametrize(
        ("call", "reply", "line"),
        [
            (lambda policies: policies.get("pol-1"), POLICY_JSON, "GET /api-public/v1/policies/pol-1"),
            (lambda policies: policies.all(), {"policies": []}, "GET /api-public/v1/policies"),
            (
                lambda policies: policies.delete("pol-1"),
                {"result": "success"},
                "DELETE /api-public/v1/policies/pol-1",
            ),
        ],
    )
    def test_reads_and_the_delete_send_no_body(
        self,
        server: RawServer,
        raw_client: Client,
        call: Callable[[Any], object],
        reply: object,
        line: str,
    ) -> None:
        server.script(answer(200, reply))

        call(raw_client.policies)

        assert server.lines == [line]
        assert server.requests[0].body == b""

    def test_a_policy_is_read_with_names_nulls_and_kinds_that_nobody_can_create(
        self, server: RawServer, raw_client: Client
    ) -> None:
        server.script(
            answer(
                200,
                {
                    "name": "Page",
                    "slug": "pol-1",
                    "ignoreCustomPagingPolicies": True,
                    "steps": [
                        {
                            "timeout": 0,
                            "entries": [
                                {
                                    "executionType": "user",
                                    "user": {"username": "ada", "firstName": "Ada"},
                                    "webhook": None,
                                },
                                {"executionType": "team_page", "team": {"slug": "team-1"}},
                            ],
                        },
                        {"timeout": 30},
                    ],
                },
            )
        )

        policy = raw_client.policies.get("pol-1")

        assert (policy.name, policy.slug, policy.ignore_custom_paging_policies) == ("Page", "pol-1", True)
        assert [step.timeout for step in policy.steps] == [0, 30]
        user, team_page = policy.steps[0].entries
        assert (user.execution_type, user.user, user.webhook) == (
            "user",
            {"username": "ada", "firstName": "Ada"},
            None,
        )
        assert (team_page.execution_type, team_page.model_extra) == (
            "team_page",
            {"team": {"slug": "team-1"}},
        )
        assert policy.steps[1].entries == []

    def test_the_list_tells_each_policys_team(self, server: RawServer, raw_client: Client) -> None:
        row = {
            "policy": {"name": "Page", "slug": "pol-1", "_selfUrl": "/api-public/v1/policies/pol-1"},
            "team": {"name": "Platform", "slug": "team-1"},
        }
        server.script(answer(200, {"policies": [row, {"policy": {"slug": "pol-2"}}]}))

        with_team, without = raw_client.policies.all()

        assert (with_team.policy.name, with_team.policy.slug) == ("Page", "pol-1")
        assert (with_team.team.name, with_team.team.slug) == ("Platform", "team-1")
        assert (without.policy.slug, without.team.slug) == ("pol-2", "")

    def test_a_wrong_member_deep_inside_is_named_by_its_place(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, POLICY_JSON | {"steps": [{"timeout": 0, "entries": [{}]}]}))

        with pytest.raises(UnexpectedResponseError) as caught:
            raw_client.policies.get("pol-1")

        assert str(caught.value) == (
            "GET /api-public/v1/policies/{policy}: unexpected answer: steps.0.entries.0.executionType: Field required"
        )


class TestPoliciesAgainstTheService:
    def test_every_kind_of_entry_that_needs_nothing_else_comes_back_as_it_was_sent(self, client: Client) -> None:
        (team,) = client.teams.all()
        target = client.policies.create(PolicyPayload(name="Target", team_slug=team.slug, steps=[]))
        route = PolicyEntry(execution_type="policy_routing", target_policy={"policySlug": target.slug})
        steps = [
            PolicyStep(timeout=0, entries=[ENTRIES["user"][0], ENTRIES["email"][0]]),
            PolicyStep(timeout=15, entries=[route]),
        ]

        created = client.policies.create(
            PolicyPayload(name="Page", team_slug=team.slug, ignore_custom_paging_policies=True, steps=steps)
        )
        read = client.policies.get(created.slug)

        assert (created.name, created.ignore_custom_paging_policies, created.steps) == ("Page", True, steps)
        assert [step.timeout for step in read.steps] == [0, 15]
        assert [entry.execution_type for step in read.steps for entry in step.entries] == [
            "user",
            "email",
            "policy_routing",
        ]
        assert read.steps[0].entries[0].user == {
            "username": "admin",
            "firstName": "Org",
            "lastName": "Admin",
        }

    def test_a_webhook_entry_comes_back_with_its_label(self, client: Client, simulator: Simulator) -> None:
        simulator.reset("demo")
        (team,) = client.teams.all()
        slug = next(iter(simulator.snapshot()["webhooks"]))["slug"]
        entry = PolicyEntry(execution_type="webhook", webhook={"slug": slug})

        created = client.policies.create(
            PolicyPayload(name="Hook", team_slug=team.slug, steps=[PolicyStep(timeout=0, entries=[entry])])
        )

        assert client.policies.get(created.slug).steps[0].entries[0].webhook == {
            "slug": slug,
            "label": "Ticket system",
        }

    @pytest.mark.parametrize("kind", ["rotation_group", "rotation_group_next", "rotation_group_previous"])
    def test_an_entry_for_a_rotation_that_is_not_there_is_refused(self, client: Client, kind: str) -> None:
        (team,) = client.teams.all()
        steps = [PolicyStep(timeout=0, entries=[ENTRIES[kind][0]])]

        with pytest.raises(InvalidRequestError) as caught:
            client.policies.create(PolicyPayload(name="Page", team_slug=team.slug, steps=steps))

        assert caught.value.status == 422
        assert "rtg-1" in str(caught.value)

    def test_a_deleted_policy_is_gone_from_the_list_too(self, client: Client) -> None:
        (team,) = client.teams.all()
        slug = client.policies.create(PolicyPayload(name="Page", team_slug=team.slug, steps=[])).slug
        before = client.policies.all()

        client.policies.delete(slug)

        assert [(row.policy.slug, row.team.slug) for row in before] == [
            (team.slug, team.slug),
            (slug, team.slug),
        ]
        assert [row.policy.slug for row in client.policies.all()] == [team.slug]
        with pytest.raises(NotFoundError):
            client.policies.get(slug)


class TestRoutingKeys:
    def test_creating_a_key_sends_the_slugs_of_its_policies(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, {"routingKey": "database", "targets": ["pol-1", "pol-2"]}))

        created = raw_client.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=["pol-1", "pol-2"]))

        assert server.lines == ["POST /api-public/v1/org/routing-keys"]
        assert server.requests[0].json == {"routingKey": "database", "targets": ["pol-1", "pol-2"]}
        assert (created.routing_key, created.targets) == ("database", ["pol-1", "pol-2"])

    def test_the_list_has_objects_where_the_creation_has_slugs(self, server: RawServer, raw_client: Client) -> None:
        target = {"policyName": "Page", "policySlug": "pol-1", "_teamUrl": "/api-public/v1/team/team-1"}
        rows = [
            {"routingKey": "database", "targets": [target], "isDefault": False, "isMultiResponder": True},
            {"routingKey": ".+", "targets": []},
        ]
        server.script(answer(200, {"routingKeys": rows, "_selfUrl": "/api-public/v1/org/routing-keys"}))

        database, default = raw_client.routing_keys.all()

        assert server.lines == ["GET /api-public/v1/org/routing-keys"]
        assert database.model_dump() == {
            "routing_key": "database",
            "targets": [{"policy_name": "Page", "policy_slug": "pol-1", "_teamUrl": "/api-public/v1/team/team-1"}],
            "is_default": False,
            "isMultiResponder": True,
        }
        assert (default.routing_key, default.targets, default.is_default) == (".+", [], None)

    def test_a_key_goes_with_the_last_policy_that_it_led_to(self, client: Client) -> None:
        (team,) = client.teams.all()
        slug = client.policies.create(PolicyPayload(name="Page", team_slug=team.slug, steps=[])).slug
        client.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=[slug]))
        before = client.routing_keys.all()

        client.policies.delete(slug)

        assert [(key.routing_key, [target.policy_slug for target in key.targets]) for key in before] == [
            (".+", [team.slug]),
            ("database", [slug]),
        ]
        assert [key.is_default for key in before] == [True, False]
        assert [key.routing_key for key in client.routing_keys.all()] == [".+"]

    def test_a_key_that_exists_is_refused(self, client: Client) -> None:
        (team,) = client.teams.all()
        payload = RoutingKeyPayload(routing_key="database", targets=[team.slug])
        client.routing_keys.create(payload)

        with pytest.raises(InvalidRequestError) as caught:
            client.routing_keys.create(payload)

        assert str(caught.value) == ("POST /api-public/v1/org/routing-keys: 422: Routing key database is unavailable")
