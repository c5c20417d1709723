from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import NOW, Caller, page_user


def team_read(slug: str, **changes: Any) -> dict[str, Any]:
    return {
        "_selfUrl": f"/api-public/v1/team/{slug}",
        "_membersUrl": f"/api-public/v1/team/{slug}/members",
        "_policiesUrl": f"/api-public/v1/team/{slug}/policies",
        "_adminsUrl": f"/api-public/v1/team/{slug}/admins",
        "name": "Platform",
        "slug": slug,
        "memberCount": 0,
        "version": 0,
        "isDefaultTeam": False,
        "description": "",
    } | changes


def test_a_created_team_is_empty_and_reads_back_the_same(call: Caller) -> None:
    created = call.ok("POST", "/api-public/v1/team", {"name": "Platform", "description": "Runs it all"})
    assert created == team_read(created["slug"], description="Runs it all")
    assert call.ok("GET", f"/api-public/v1/team/{created['slug']}") == created


def test_a_slug_is_team_and_16_letters_or_digits(call: Caller) -> None:
    prefix, _, rest = call.team("Platform").partition("-")
    assert prefix == "team"
    assert len(rest) == 16
    assert rest.isascii()
    assert rest.isalnum()


def test_teams_are_listed_in_a_bare_array(call: Caller) -> None:
    slug = call.team("Platform")
    listed = call.ok("GET", "/api-public/v1/team")
    assert [team["isDefaultTeam"] for team in listed] == [True, False]
    assert listed[1] == team_read(slug)


def test_a_rename_keeps_slug_and_description_and_counts_the_version_up(call: Caller) -> None:
    slug = call.ok("POST", "/api-public/v1/team", {"name": "Platform", "description": "Runs"})["slug"]
    renamed = call.ok("PUT", f"/api-public/v1/team/{slug}", {"name": "Core"})
    assert renamed == team_read(slug, name="Core", version=1, description="Runs")
    call.team("Platform")


def test_a_description_can_be_changed_under_the_same_name(call: Caller) -> None:
    slug = call.team("Platform")
    changed = call.ok("PUT", f"/api-public/v1/team/{slug}", {"name": "PLATFORM", "description": "Core"})
    assert changed == team_read(slug, name="PLATFORM", version=1, description="Core")


def test_team_names_are_unique(call: Caller) -> None:
    call.team("Platform")
    slug = call.team("Core")
    refusal = (422, {"error": "Team name Platform is unavailable"})
    assert call.refusal("POST", "/api-public/v1/team", {"name": "Platform"}) == refusal
    assert call.refusal("PUT", f"/api-public/v1/team/{slug}", {"name": "Platform"}) == refusal


@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [
        ("GET", "", None),
        ("PUT", "", {"name": "x"}),
        ("DELETE", "", None),
        ("GET", "/policies", None),
        ("GET", "/admins", None),
        ("GET", "/members", None),
        ("POST", "/members", {"username": "admin"}),
        ("DELETE", "/members/admin", {}),
    ],
)
def test_an_unknown_team_is_not_found(call: Caller, method: str, rest: str, body: Any) -> None:
    answer = call.send(method, f"/api-public/v1/team/team-nowhere{rest}", body)
    assert (answer.status_code, answer.text) == (404, '{"error":"No team \'team-nowhere\' found"}')


def test_a_team_needs_a_name(call: Caller) -> None:
    assert call.refusal("POST", "/api-public/v1/team", {}) == (400, {"error": "name: Field required"})
    assert call.refusal("POST", "/api-public/v1/team", {"name": ""}) == (400, {"error": "name: must not be blank"})


def test_members_are_listed_in_the_order_of_joining(call: Caller) -> None:
    call.user("ada")
    slug = call.team("Platform", "ada")
    listed = call.ok("POST", f"/api-public/v1/team/{slug}/members", {"username": "ADMIN"})
    assert listed == {
        "_selfUrl": f"/api-public/v1/team/{slug}/members",
        "_teamUrl": f"/api-public/v1/team/{slug}",
        "members": [
            {
                "username": "ada",
                "firstName": "Ada",
                "lastName": "Lovelace",
                "displayName": "Ada Lovelace",
                "version": 0,
                "verified": False,
            },
            {
                "username": "admin",
                "firstName": "Org",
                "lastName": "Admin",
                "displayName": "Org Admin",
                "version": 0,
                "verified": True,
            },
        ],
    }
    assert call.ok("GET", f"/api-public/v1/team/{slug}/members") == listed
    assert call.ok("GET", f"/api-public/v1/team/{slug}") == team_read(slug, memberCount=2, version=2)


def test_joining_twice_changes_nothing(call: Caller) -> None:
    slug = call.team("Platform", "admin", "admin")
    assert call.ok("GET", f"/api-public/v1/team/{slug}") == team_read(slug, memberCount=1, version=1)


def test_an_unknown_user_cannot_join(call: Caller) -> None:
    slug = call.team("Platform")
    assert call.refusal("POST", f"/api-public/v1/team/{slug}/members", {"username": "nobody"}) == (
        404,
        {"error": "None found for username: nobody"},
    )


def test_admins_of_a_team(call: Caller) -> None:
    call.ok("PUT", "/_simulator/clock", {"now": NOW})
    assert call.ok("GET", f"/api-public/v1/team/{call.default_team()}/admins") == {
        "teamAdmins": [
            {
                "username": "admin",
                "firstName": "Org",
                "lastName": "Admin",
                "createdAt": NOW,
                "passwordLastUpdated": NOW,
                "verified": True,
                "_selfUrl": "/api-public/v1/user/admin",
            }
        ]
    }
    slug = call.team("Platform", "admin")
    assert call.ok("GET", f"/api-public/v1/team/{slug}/admins") == {"teamAdmins": []}


def test_policies_of_a_team_come_without_steps(call: Caller) -> None:
    slug = call.team("Platform")
    assert call.ok("GET", f"/api-public/v1/team/{slug}/policies") == {"policies": []}
    policy = call.policy("Page", slug)
    assert call.ok("GET", f"/api-public/v1/team/{slug}/policies") == {"policies": [{"name": "Page", "slug": policy}]}


def test_a_team_takes_its_members_policies_and_keys_with_it(call: Caller) -> None:
    slug, other = call.team("Platform", "admin"), call.team("Other")
    gone, stays = call.policy("Page", slug, page_user("admin")), call.policy("Stay", other)
    routes = {"executionType": "policy_routing", "targetPolicy": {"policySlug": gone}}
    router = call.policy("Route", other, routes, page_user("admin"))
    call.ok("POST", "/api-public/v1/org/routing-keys", {"routingKey": "only", "targets": [gone]})
    call.ok("POST", "/api-public/v1/org/routing-keys", {"routingKey": "both", "targets": [gone, stays]})

    assert call.ok("DELETE", f"/api-public/v1/team/{slug}") == team_read(slug, memberCount=1, version=1)

    assert call.send("GET", f"/api-public/v1/team/{slug}").status_code == 404
    assert call.send("GET", f"/api-public/v1/policies/{gone}").status_code == 404
    default = call.default_team()
    assert call.routing_keys() == {".+": [default], "both": [stays]}
    assert call.ok("GET", f"/api-public/v1/policies/{router}")["steps"] == [
        {
            "timeout": 0,
            "entries": [
                {
                    "executionType": "user",
                    "user": {"username": "admin", "firstName": "Org", "lastName": "Admin"},
                }
            ],
        }
    ]
    assert [team["slug"] for team in call.ok("GET", "/api-public/v1/user/admin/teams")["teams"]] == [default]
    call.team("Platform")


def test_the_default_team_stays(call: Caller) -> None:
    assert call.refusal("DELETE", f"/api-public/v1/team/{call.default_team()}", {}) == (
        422,
        {"error": "The default team cannot be deleted"},
    )


def test_an_account_has_room_for_so_many_teams() -> None:
    with Simulator(seed="empty", max_teams=2) as sim:
        call = Caller(sim)
        call.team("Platform")
        assert call.refusal("POST", "/api-public/v1/team", {"name": "One more"}) == (
            422,
            {"error": "The limit of 2 teams is reached"},
        )
