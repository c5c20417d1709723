from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import Caller, page_user


def body(team: str, *entries: Any, **changes: Any) -> dict[str, Any]:
    return {"name": "Page", "teamSlug": team, "steps": [{"timeout": 0, "entries": list(entries)}]} | changes


def test_a_created_policy_is_answered_with_what_identifies_each_target(call: Caller) -> None:
    team = call.team("Platform")
    target = call.policy("Target", team)
    sent = body(
        team,
        # Unused members come as null from the vendor's own client, and so does an empty slug.
        {"executionType": "user", "user": {"username": "ADMIN"}, "email": None, "rotationGroup": None},
        {"executionType": "email", "email": {"address": "ops@example.com"}},
        {"executionType": "policy_routing", "targetPolicy": {"policySlug": target}},
        slug="",
        ignoreCustomPagingPolicies=True,
    )
    sent["steps"].append({"timeout": 15, "entries": []})
    created = call.ok("POST", "/api-public/v1/policies", sent)
    slug = created["slug"]
    assert slug.startswith("pol-")
    assert len(slug) == 20
    assert created == {
        "name": "Page",
        "slug": slug,
        "ignoreCustomPagingPolicies": True,
        "steps": [
            {
                "timeout": 0,
                "entries": [
                    {"executionType": "user", "user": {"username": "admin"}},
                    {"executionType": "email", "email": {"address": "ops@example.com"}},
                    {"executionType": "policy_routing", "targetPolicy": {"policySlug": target}},
                ],
            },
            {"timeout": 15, "entries": []},
        ],
    }


def test_reading_a_policy_adds_names_to_its_entries_and_no_team(call: Caller) -> None:
    team = call.team("Platform")
    target = call.policy("Target", team)
    routes = {"executionType": "policy_routing", "targetPolicy": {"policySlug": target}}
    mails = {"executionType": "email", "email": {"address": "ops@example.com"}}
    slug = call.policy("Page", team, page_user("admin"), mails, routes)
    assert call.ok("GET", f"/api-public/v1/policies/{slug}") == {
        "name": "Page",
        "slug": slug,
        "ignoreCustomPagingPolicies": False,
        "steps": [
            {
                "timeout": 0,
                "entries": [
                    {
                        "executionType": "user",
                        "user": {"username": "admin", "firstName": "Org", "lastName": "Admin"},
                    },
                    {"executionType": "email", "email": {"address": "ops@example.com"}},
                    {
                        "executionType": "policy_routing",
                        "targetPolicy": {"policySlug": target, "teamSlug": team},
                    },
                ],
            }
        ],
    }


def test_a_webhook_is_read_with_its_label() -> None:
    with Simulator(seed="demo") as sim:
        call = Caller(sim)
        webhook = sim.snapshot()["webhooks"][0]
        entry = {"executionType": "webhook", "webhook": {"slug": webhook["slug"]}}
        policy = call.policy("Hook", call.default_team(), entry)
        assert call.ok("GET", f"/api-public/v1/policies/{policy}")["steps"][0]["entries"] == [
            {"executionType": "webhook", "webhook": {"slug": webhook["slug"], "label": "Ticket system"}}
        ]


def test_two_policies_of_a_team_may_have_one_name(call: Caller) -> None:
    team = call.team("Platform")
    assert call.policy("Page", team) != call.policy("Page", team)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (page_user("nobody"), "No user 'nobody' found"),
        ({"executionType": "webhook", "webhook": {"slug": "wh-x"}}, "No webhook 'wh-x' found"),
        (
            {"executionType": "policy_routing", "targetPolicy": {"policySlug": "pol-x"}},
            "No targetPolicy 'pol-x' found",
        ),
        ({"executionType": "rotation_group", "rotationGroup": {"slug": "rtg-x"}}, "No rotationGroup 'rtg-x' found"),
    ],
)
def test_what_a_policy_pages_has_to_exist(call: Caller, entry: dict[str, Any], text: str) -> None:
    team = call.team("Platform")
    assert call.refusal("POST", "/api-public/v1/policies", body(team, entry)) == (422, {"error": text})
    assert call.ok("GET", f"/api-public/v1/team/{team}/policies") == {"policies": []}


def test_the_team_of_a_policy_has_to_exist(call: Caller) -> None:
    assert call.refusal("POST", "/api-public/v1/policies", body("team-x")) == (
        422,
        {"error": "No team 'team-x' found"},
    )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"name": None}, "name: Input should be a valid string"),
        ({"teamSlug": None}, "teamSlug: Input should be a valid string"),
        ({"steps": None}, "steps: Input should be a valid array"),
        ({"steps": [{"entries": []}]}, "steps.0.timeout: Field required"),
        ({"steps": [{"timeout": 0}]}, "steps.0.entries: Field required"),
        ({"steps": [{"timeout": "0", "entries": []}]}, "steps.0.timeout: Input should be a valid integer"),
        (
            {"steps": [{"timeout": -1, "entries": []}]},
            "steps.0.timeout: Input should be greater than or equal to 0",
        ),
    ],
)
def test_a_policy_that_is_wrong_in_itself_is_a_bad_request(call: Caller, changes: dict[str, Any], text: str) -> None:
    sent = body(call.default_team(), **changes)
    assert call.refusal("POST", "/api-public/v1/policies", sent) == (400, {"error": text})


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ({"executionType": "user"}, "an entry of type user needs user and nothing else"),
        (
            {"executionType": "user", "email": {"address": "a@example.com"}},
            "an entry of type user needs user and nothing else",
        ),
        (
            page_user("admin") | {"email": {"address": "a@example.com"}},
            "an entry of type user needs user and nothing else",
        ),
        (
            {"executionType": "rotation_group_next", "user": {"username": "admin"}},
            "an entry of type rotation_group_next needs rotationGroup and nothing else",
        ),
    ],
)
def test_an_entry_has_exactly_the_member_of_its_type(call: Caller, entry: dict[str, Any], text: str) -> None:
    sent = body(call.default_team(), entry)
    assert call.refusal("POST", "/api-public/v1/policies", sent) == (
        400,
        {"error": f"steps.0.entries.0: {text}"},
    )


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ({"user": {"username": "admin"}}, "executionType"),
        ({"executionType": "team_page"}, "executionType"),
        ({"executionType": "user", "user": {}}, "user.username"),
        ({"executionType": "email", "email": {"address": "nobody"}}, "email.address"),
    ],
)
def test_an_entry_that_is_wrong_is_named(call: Caller, entry: dict[str, Any], where: str) -> None:
    status, answer = call.refusal("POST", "/api-public/v1/policies", body(call.default_team(), entry))
    assert status == 400
    assert answer["error"].startswith(f"steps.0.entries.0.{where}: ")


def test_the_list_of_policies_is_what_links_them_to_teams(call: Caller) -> None:
    default, team = call.default_team(), call.team("Platform")
    slug = call.policy("Page", team)
    assert call.ok("GET", "/api-public/v1/policies") == {
        "policies": [
            {
                "policy": {
                    "name": "Default Policy",
                    "slug": default,
                    "_selfUrl": f"/api-public/v1/policies/{default}",
                },
                "team": {"name": "Default Team", "slug": default},
            },
            {
                "policy": {"name": "Page", "slug": slug, "_selfUrl": f"/api-public/v1/policies/{slug}"},
                "team": {"name": "Platform", "slug": team},
            },
        ]
    }


def test_the_list_can_be_filtered_by_a_part_of_the_name(call: Caller) -> None:
    slug = call.policy("Page the Platform", call.team("Platform"))
    found = call.ok("GET", "/api-public/v1/policies?filter=the%20pla")["policies"]
    assert [row["policy"]["slug"] for row in found] == [slug]
    assert call.refusal("GET", "/api-public/v1/policies?filter=pl") == (
        400,
        {"error": "filter needs at least 3 characters"},
    )


def test_a_deleted_policy_takes_along_what_leads_only_to_it(call: Caller) -> None:
    team = call.team("Platform")
    gone, stays = call.policy("Gone", team), call.policy("Stays", team)
    routes = {"executionType": "policy_routing", "targetPolicy": {"policySlug": gone}}
    router = call.policy("Router", team, routes)
    for key, targets in (("only", [gone]), ("both", [gone, stays]), ("other", [stays])):
        call.ok("POST", "/api-public/v1/org/routing-keys", {"routingKey": key, "targets": targets})

    assert call.ok("DELETE", f"/api-public/v1/policies/{gone}") == {"result": "success"}

    assert call.refusal("GET", f"/api-public/v1/policies/{gone}") == (
        404,
        {"error": f"No policy '{gone}' found"},
    )
    assert call.routing_keys() == {".+": [call.default_team()], "both": [stays], "other": [stays]}
    assert call.ok("GET", f"/api-public/v1/policies/{router}")["steps"] == [{"timeout": 0, "entries": []}]
    listed = call.ok("GET", f"/api-public/v1/team/{team}/policies")["policies"]
    assert [policy["slug"] for policy in listed] == [stays, router]


def test_an_unknown_policy_cannot_be_deleted(call: Caller) -> None:
    assert call.refusal("DELETE", "/api-public/v1/policies/pol-x", {}) == (
        404,
        {"error": "No policy 'pol-x' found"},
    )


def test_a_policy_cannot_be_changed(call: Caller) -> None:
    answer = call.send("PUT", f"/api-public/v1/policies/{call.default_team()}", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET")
