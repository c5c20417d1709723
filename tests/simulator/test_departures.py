from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import Caller, page_user

EMAIL = {"executionType": "email", "email": {"address": "ops@example.com"}}


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


def make_team_admin(call: Caller, team: str, username: str) -> None:
    """No endpoint makes one, so it is done by way of a snapshot."""
    document = call.sim.snapshot()
    next(t for t in document["teams"] if t["slug"] == team)["members"][username] = True
    call.ok("PUT", "/_simulator/snapshot", document)


def test_a_user_whom_nothing_pages_may_go_without_replacement(org: Caller) -> None:
    team = org.team("Platform", "ada", "grace")
    assert org.ok("DELETE", "/api-public/v1/user/ADA", {}) == {"result": "ada deleted"}
    assert org.send("GET", "/api-public/v1/user/ada").status_code == 404
    members = org.ok("GET", f"/api-public/v1/team/{team}/members")["members"]
    assert [member["username"] for member in members] == ["grace"]


def test_the_deletion_of_a_user_needs_a_body(org: Caller) -> None:
    assert org.refusal("DELETE", "/api-public/v1/user/ada") == (
        400,
        {"error": "The request has no body, a JSON object is needed"},
    )


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({}, "A replacement for ada is required"),
        ({"replacement": ""}, "A replacement for ada is required"),
        ({"replacementStrategy": "specifiedUser"}, "A replacement for ada is required"),
        ({"replacement": "nobody"}, "Replacement nobody not found"),
        ({"replacement": "ada"}, "Replacement ada not found"),
    ],
)
def test_a_user_whom_a_policy_pages_needs_a_replacement_who_exists(
    org: Caller, wish: dict[str, str], text: str
) -> None:
    policy = org.policy("Page", org.team("Platform"), page_user("ada"))
    assert org.refusal("DELETE", "/api-public/v1/user/ada", wish) == (422, {"error": text})
    assert org.paged_by(policy) == ["ada"]


def test_an_explicit_strategy_wants_its_replacement_even_if_nothing_pages_the_user(org: Caller) -> None:
    wish = {"replacementStrategy": "specifiedUser"}
    assert org.refusal("DELETE", "/api-public/v1/user/ada", wish)[0] == 422


def test_an_unknown_strategy_is_a_bad_request(org: Caller) -> None:
    assert org.refusal("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "lottery"}) == (
        400,
        {
            "error": "replacementStrategy: Input should be 'specifiedUser', 'globalAdmin', 'teamAdmin'"
            " or 'findReplacement'"
        },
    )


def test_the_replacement_takes_over_in_every_policy_and_is_paged_once_a_step(org: Caller) -> None:
    first = org.policy("First", org.team("A"), page_user("ada"), EMAIL, page_user("grace"))
    second = org.policy("Second", org.team("B"), page_user("ada"), page_user("alan"))
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "Grace"})
    assert org.paged_by(first) == ["grace"]
    assert org.paged_by(second) == ["grace", "alan"]


def test_the_strategy_global_admin_puts_the_first_one_in_place(org: Caller) -> None:
    policy = org.policy("Page", org.team("Platform"), page_user("ada"))
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "globalAdmin"})
    assert org.paged_by(policy) == ["admin"]


def test_the_strategy_global_admin_fails_for_the_only_one(org: Caller) -> None:
    assert org.refusal("DELETE", "/api-public/v1/user/admin", {"replacementStrategy": "globalAdmin"}) == (
        422,
        {"error": "There is no global admin who could replace admin"},
    )


def test_the_strategy_team_admin_puts_the_admin_of_each_team_in_place(org: Caller) -> None:
    first, second = org.team("First", "ada", "grace"), org.team("Second", "alan")
    make_team_admin(org, first, "grace")
    make_team_admin(org, second, "alan")
    policies = [org.policy("Page", team, page_user("ada")) for team in (first, second)]
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "teamAdmin"})
    assert [org.paged_by(policy) for policy in policies] == [["grace"], ["alan"]]


def test_the_strategy_team_admin_fails_if_a_team_of_the_user_has_no_other_admin(org: Caller) -> None:
    team = org.team("Platform", "ada", "grace")
    make_team_admin(org, team, "ada")
    assert org.refusal("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "teamAdmin"}) == (
        422,
        {"error": "Team Platform has no admin who could replace ada"},
    )


def test_the_strategy_find_replacement_prefers_a_colleague_to_the_global_admin(org: Caller) -> None:
    staffed = org.policy("Staffed", org.team("Staffed", "ada", "alan"), page_user("ada"))
    unstaffed = org.policy("Unstaffed", org.team("Unstaffed"), page_user("ada"))
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "findReplacement"})
    assert org.paged_by(staffed) == ["alan"]
    assert org.paged_by(unstaffed) == ["admin"]


@pytest.mark.parametrize(
    ("username", "text"),
    [
        ("ada", "ada is the last member of team Platform"),
        ("admin", "admin is the last global admin, or there is none to replace them"),
    ],
)
def test_the_strategy_find_replacement_keeps_the_last_member_and_the_last_admin(
    org: Caller, username: str, text: str
) -> None:
    org.team("Platform", "ada")
    org.ok("POST", f"/api-public/v1/team/{org.default_team()}/members", {"username": "grace"})
    wish = {"replacementStrategy": "findReplacement"}
    assert org.refusal("DELETE", f"/api-public/v1/user/{username}", wish) == (422, {"error": text})


def test_a_member_leaves_and_the_rest_is_answered(org: Caller) -> None:
    team = org.team("Platform", "ada", "grace")
    assert org.ok("DELETE", f"/api-public/v1/team/{team}/members/ada", {"replacement": "grace"}) == {
        "_selfUrl": f"/api-public/v1/team/{team}/members",
        "_teamUrl": f"/api-public/v1/team/{team}",
        "members": [
            {
                "username": "grace",
                "firstName": "Ada",
                "lastName": "Lovelace",
                "displayName": "Ada Lovelace",
                "version": 0,
                "verified": False,
            }
        ],
    }
    assert org.ok("GET", "/api-public/v1/user/ada/teams") == {"teams": []}


def test_the_replacement_of_a_member_takes_over_in_that_teams_policies_only(org: Caller) -> None:
    team, other = org.team("Platform", "ada"), org.team("Other", "ada")
    policy, elsewhere = (org.policy("Page", slug, page_user("ada")) for slug in (team, other))
    # Grace is in neither team.
    org.ok("DELETE", f"/api-public/v1/team/{team}/members/ada", {"replacement": "grace"})
    assert org.paged_by(policy) == ["grace"]
    assert org.paged_by(elsewhere) == ["ada"]
    assert org.ok("GET", f"/api-public/v1/team/{team}/members")["members"] == []


def test_a_member_whom_a_policy_of_another_team_pages_may_leave_without_replacement(org: Caller) -> None:
    team = org.team("Platform", "ada")
    org.policy("Page", org.team("Other"), page_user("ada"))
    assert org.ok("DELETE", f"/api-public/v1/team/{team}/members/ada", {})["members"] == []


@pytest.mark.parametrize(
    ("username", "wish", "status", "text"),
    [
        ("ada", {}, 422, "A replacement for ada is required"),
        ("ada", {"replacement": "nobody"}, 422, "Replacement nobody not found"),
        ("ada", None, 400, "The request has no body, a JSON object is needed"),
        ("nobody", {}, 404, "None found for username: nobody"),
    ],
)
def test_a_membership_does_not_end_when(org: Caller, username: str, wish: Any, status: int, text: str) -> None:
    team = org.team("Platform", "ada")
    org.policy("Page", team, page_user("ada"))
    answer = org.refusal("DELETE", f"/api-public/v1/team/{team}/members/{username}", wish)
    assert answer == (status, {"error": text})
    assert [m["username"] for m in org.ok("GET", f"/api-public/v1/team/{team}/members")["members"]] == ["ada"]


def test_who_is_no_member_cannot_leave(org: Caller) -> None:
    team = org.team("Platform")
    assert org.refusal("DELETE", f"/api-public/v1/team/{team}/members/ada", {}) == (
        404,
        {"error": f"User ada is no member of team '{team}'"},
    )
