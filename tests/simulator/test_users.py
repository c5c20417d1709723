from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import ADA, GRACE, NOW, Caller

ADA_READ = {
    "firstName": "Ada",
    "lastName": "Lovelace",
    "username": "ada",
    "email": "ada@example.com",
    "createdAt": NOW,
    "passwordLastUpdated": NOW,
    "verified": False,
    "_selfUrl": "/api-public/v1/user/ada",
}


def test_a_created_user_is_answered_bare_and_reads_back_the_same(call: Caller) -> None:
    assert call.ok("POST", "/api-public/v1/user", ADA | {"admin": True, "expirationHours": 48}) == ADA_READ
    assert call.ok("GET", "/api-public/v1/user/ada") == ADA_READ


def test_answers_are_compact_json(call: Caller) -> None:
    answer = call.send("GET", "/api-public/v1/user/nobody")
    assert answer.text == '{"error":"None found for username: nobody"}'
    assert answer.headers["Content-Type"] == "application/json"


def test_a_username_is_kept_and_found_in_lower_case(call: Caller) -> None:
    assert call.ok("POST", "/api-public/v1/user", ADA | {"username": "AdA"})["username"] == "ada"
    assert call.ok("GET", "/api-public/v1/user/ADA")["username"] == "ada"


def test_members_that_the_service_does_not_know_and_nulls_are_tolerated(call: Caller) -> None:
    assert call.ok("POST", "/api-public/v1/user", ADA | {"admin": None, "shoeSize": 37}) == ADA_READ


def test_version_1_lists_users_in_an_array_in_an_array(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    listed = call.ok("GET", "/api-public/v1/user")
    assert listed["_selfUrl"] == "/api-public/v1/user"
    assert [len(inner) for inner in listed["users"]] == [2]
    assert listed["users"][0][0]["username"] == "admin"
    assert listed["users"][0][1] == ADA_READ


def test_version_2_lists_users_flat_with_their_display_name(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    listed = call.ok("GET", "/api-public/v2/user")
    assert listed["_selfUrl"] == "/api-public/v2/user"
    assert [user["username"] for user in listed["users"]] == ["admin", "ada"]
    assert listed["users"][1] == ADA_READ | {"displayName": "Ada Lovelace"}


@pytest.mark.parametrize("email", ["ada@example.com", "ada%40example.com", "ADA@Example.com"])
def test_version_2_finds_a_user_by_address(call: Caller, email: str) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    users = call.ok("GET", f"/api-public/v2/user?email={email}")["users"]
    assert [user["username"] for user in users] == ["ada"]


def test_an_address_that_nobody_has_finds_nobody(call: Caller) -> None:
    assert call.ok("GET", "/api-public/v2/user?email=nobody@example.com")["users"] == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"username": "ADMIN"}, "User name ADMIN is unavailable"),
        ({"email": "Admin@Example.com"}, "Email Admin@Example.com is unavailable"),
    ],
)
def test_usernames_and_addresses_are_unique_whatever_their_case(
    call: Caller, change: dict[str, str], text: str
) -> None:
    assert call.refusal("POST", "/api-public/v1/user", ADA | change) == (422, {"error": text})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "The request has no body, a JSON object is needed"),
        (b'{"firstName":', "Invalid JSON: EOF while parsing a value at line 1 column 13"),
        (b"[]", "Input should be an object"),
        (b'{"lastName":"L","username":"u","email":"u@x"}', "firstName: Field required"),
        (b'{"firstName":1,"lastName":"L","username":"u","email":"u@x"}', "firstName: Input should be a valid string"),
        (
            b'{"firstName":null,"lastName":"L","username":"u","email":"u@x"}',
            "firstName: Input should be a valid string",
        ),
        (b'{"firstName":"F","lastName":"L","username":" ","email":"u@x"}', "username: must not be blank"),
        (b'{"firstName":"F","lastName":"L","username":"u","email":"x"}', "email: is not an e-mail address"),
    ],
)
def test_a_user_that_is_wrong_in_itself_is_a_bad_request(call: Caller, body: bytes, text: str) -> None:
    answer = call.send("POST", "/api-public/v1/user", data=body)
    assert (answer.status_code, answer.json()) == (400, {"error": text})


def test_text_that_is_not_utf_8_is_a_bad_request(call: Caller) -> None:
    answer = call.send("POST", "/api-public/v1/user", data=b'{"firstName":"\xff"}')
    assert answer.status_code == 400


def test_a_batch_makes_what_it_can_and_says_what_it_could_not(call: Caller) -> None:
    nameless = {key: value for key, value in GRACE.items() if key != "lastName"}
    body: dict[str, Any] = {"users": [ADA, ADA | {"email": "a@example.com"}, nameless]}
    assert call.ok("POST", "/api-public/v1/user/batch", body) == [
        {"username": "ada", "errors": []},
        {"username": "ada", "errors": [{"code": "DUPLICATE", "message": "User name ada is unavailable"}]},
        {"username": "grace", "errors": [{"code": "INVALID", "message": "lastName: Field required"}]},
    ]
    usernames = [user["username"] for user in call.ok("GET", "/api-public/v2/user")["users"]]
    assert usernames == ["admin", "ada"]


def test_a_batch_without_users_is_a_bad_request(call: Caller) -> None:
    assert call.refusal("POST", "/api-public/v1/user/batch", {}) == (400, {"error": "users: Field required"})


def test_an_update_changes_names_and_address_but_never_the_username(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    body = {"firstName": "Augusta", "lastName": "King", "username": "countess", "email": "augusta@example.com"}
    changed = ADA_READ | {"firstName": "Augusta", "lastName": "King", "email": "augusta@example.com"}
    assert call.ok("PUT", "/api-public/v1/user/ada", body) == changed
    assert call.ok("GET", "/api-public/v1/user/ada") == changed
    assert call.ok("GET", "/api-public/v2/user?email=ada@example.com")["users"] == []


def test_an_update_needs_all_four_members(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    assert call.refusal("PUT", "/api-public/v1/user/ada", {"firstName": "Augusta"}) == (
        400,
        {"error": "lastName: Field required"},
    )


def test_an_update_may_not_take_the_address_of_another(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    assert call.refusal("PUT", "/api-public/v1/user/ada", ADA | {"email": "admin@example.com"}) == (
        422,
        {"error": "Email admin@example.com is unavailable"},
    )


def test_an_address_that_is_free_again_can_be_taken(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    call.ok("DELETE", "/api-public/v1/user/ada", {})
    assert call.ok("POST", "/api-public/v1/user", GRACE | {"email": "ada@example.com"})["username"] == "grace"


def test_the_teams_of_a_user_come_without_counts(call: Caller) -> None:
    call.ok("POST", "/api-public/v1/user", ADA)
    slug = call.team("Platform", "ada")
    assert call.ok("GET", "/api-public/v1/user/ada/teams") == {
        "teams": [
            {
                "name": "Platform",
                "slug": slug,
                "_selfUrl": f"/api-public/v1/team/{slug}",
                "_membersUrl": f"/api-public/v1/team/{slug}/members",
                "_policiesUrl": f"/api-public/v1/team/{slug}/policies",
                "_adminsUrl": f"/api-public/v1/team/{slug}/admins",
            }
        ]
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api-public/v1/user/nobody", None),
        ("PUT", "/api-public/v1/user/nobody", ADA),
        ("DELETE", "/api-public/v1/user/nobody", {}),
        ("GET", "/api-public/v1/user/nobody/teams", None),
    ],
)
def test_an_unknown_user_is_not_found(call: Caller, method: str, path: str, body: Any) -> None:
    assert call.refusal(method, path, body) == (404, {"error": "None found for username: nobody"})


def test_a_user_may_be_called_batch(call: Caller) -> None:
    call.user("batch")
    assert call.ok("GET", "/api-public/v1/user/batch")["username"] == "batch"


def test_an_account_has_room_for_so_many_users() -> None:
    with Simulator(seed="empty", max_users=2) as sim:
        call = Caller(sim)
        call.ok("POST", "/api-public/v1/user", ADA)
        text = "The limit of 2 users is reached"
        assert call.refusal("POST", "/api-public/v1/user", GRACE) == (422, {"error": text})
        assert call.ok("POST", "/api-public/v1/user/batch", {"users": [GRACE]}) == [
            {"username": "grace", "errors": [{"code": "LIMIT", "message": text}]}
        ]
