"""Calls about people: what goes over the wire, and what is made of the answers."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import BatchError, UserPayload
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer

ADA = UserPayload(first_name="Ada", last_name="Lovelace", username="ada", email="ada@example.com")
GRACE = UserPayload(first_name="Grace", last_name="Hopper", username="grace", email="grace@example.com")
ADA_JSON = {"firstName": "Ada", "lastName": "Lovelace", "username": "ada", "email": "ada@example.com"}
GRACE_JSON = {"firstName": "Grace", "lastName": "Hopper", "username": "grace", "email": "grace@example.com"}


class TestOnTheWire:
    def test_creating_a_user_posts_what_the_service_documents(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, ADA_JSON))

        raw_client.users.create(ADA.model_copy(update={"expiration_hours": 48}))

        assert server.lines == ["POST /api-public/v1/user"]
        assert server.requests[0].json == ADA_JSON | {"expirationHours": 48}
        assert server.requests[0].headers["content-type"] == "application/json"

    def test_the_invitation_keeps_its_default_life_where_none_is_given(
        self, server: RawServer, raw_client: Client
    ) -> None:
        server.script(answer(200, ADA_JSON))

        raw_client.users.create(ADA)

        assert server.requests[0].json == ADA_JSON

    def test_creating_many_posts_them_as_one_batch(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, [{"username": "ada", "errors": []}]))

        raw_client.users.create_many([ADA, GRACE])

        assert server.lines == ["POST /api-public/v1/user/batch"]
        assert server.requests[0].json == {"users": [ADA_JSON, GRACE_JSON]}

    def test_reading_a_user_gets_it_by_name(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, ADA_JSON))

        raw_client.users.get("ada")

        assert server.lines == ["GET /api-public/v1/user/ada"]
        assert server.requests[0].body == b""
        assert "content-type" not in server.requests[0].headers

    def test_updating_a_user_puts_the_whole_user(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, ADA_JSON))

        raw_client.users.update("ada", ADA)

        assert server.lines == ["PUT /api-public/v1/user/ada"]
        assert server.requests[0].json == ADA_JSON

    @pytest.mark.parametrize(
        ("replacement", "body"), [("grace", {"replacement": "grace"}), (None, {})], ids=["named", "none"]
    )
    def test_deleting_a_user_always_sends_a_body(
        self, server: RawServer, raw_client: Client, replacement: str | None, body: dict[str, str]
    ) -> None:
        server.script(answer(200, {"result": "ada deleted"}))

        raw_client.users.delete("ada", replacement=replacement)

        assert server.lines == ["DELETE /api-public/v1/user/ada"]
        assert server.requests[0].json == body

    def test_listing_users_asks_the_newer_call(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, {"users": []}))

        assert raw_client.users.all() == []
        assert server.lines == ["GET /api-public/v2/user"]

    def test_the_filter_by_address_is_a_query(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, {"users": []}))

        raw_client.users.all(email="ada+x@example.com")

        assert server.lines == ["GET /api-public/v2/user?email=ada%2Bx%40example.com"]

    def test_listing_users_by_the_older_call(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, {"users": [[]]}))

        assert raw_client.users.all_v1() == []
        assert server.lines == ["GET /api-public/v1/user"]

    def test_listing_a_users_teams(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, {"teams": [{"name": "Platform", "slug": "team-1"}]}))

        teams = raw_client.users.teams("ada")

        assert server.lines == ["GET /api-public/v1/user/ada/teams"]
        assert [(team.name, team.slug) for team in teams] == [("Platform", "team-1")]

    def test_every_call_says_who_calls_and_what_it_understands(self, server: RawServer, raw_client: Client) -> None:
        server.script(answer(200, {"users": []}))

        raw_client.users.all()

        headers = server.requests[0].headers
        assert headers["x-vo-api-id"] == "8f3b12cd"
        assert headers["x-vo-api-key"] == "5f1e9a7c44d04bd3a1e6c2b7f0d98e31"
        assert headers["accept"] == "application/json"
        assert headers["user-agent"].startswith("pulumi-victorops/")


class TestAnswers:
    def test_a_user_is_read_with_all_that_the_service_tells(self, server: RawServer, raw_client: Client) -> None:
        server.script(
            answer(
                200,
                ADA_JSON
                | {
                    "displayName": "Ada L.",
                    "createdAt": "2026-01-05T09:00:00Z",
                    "passwordLastUpdated": "2026-01-06T09:00:00Z",
                    "verified": True,
                    "_selfUrl": "/api-public/v1/user/ada",
                    "shoeSize": 39,
                },
            )
        )

        user = raw_client.users.get("ada")

        assert user.model_dump() == {
            "username": "ada",
            "first_name": "Ada",
            "last_name": "Lovelace",
            "email": "ada@example.com",
            "display_name": "Ada L.",
            "created_at": "2026-01-05T09:00:00Z",
            "password_last_updated": "2026-01-06T09:00:00Z",
            "verified": True,
            "_selfUrl": "/api-public/v1/user/ada",
            "shoeSize": 39,
        }

    def test_members_that_nobody_knows_yet_are_kept_for_the_way_back(
        self, server: RawServer, raw_client: Client
    ) -> None:
        server.script(answer(200, ADA_JSON | {"shoeSize": 39}))

        assert raw_client.users.get("ada").to_json()["shoeSize"] == 39

    @pytest.mark.parametrize("wrapped", [False, True], ids=["array", "under users"])
    def test_the_outcome_of_a_batch_is_read_in_both_of_its_forms(
        self, server: RawServer, raw_client: Client, wrapped: bool
    ) -> None:
        rows = [
            {"username": "ada", "errors": [{"code": "DUPLICATE", "message": "ada exists"}]},
            {"username": "grace"},
        ]
        server.script(answer(200, {"users": rows} if wrapped else rows))

        ada, grace = raw_client.users.create_many([ADA, GRACE])

        assert (ada.username, ada.errors) == ("ada", [BatchError(code="DUPLICATE", message="ada exists")])
        assert (grace.username, grace.errors) == ("grace", [])

    @pytest.mark.parametrize(
        "users",
        [[ADA_JSON, GRACE_JSON], [[ADA_JSON, GRACE_JSON]], [[ADA_JSON], [GRACE_JSON]]],
        ids=["flat", "nested", "nested twice"],
    )
    def test_both_lists_of_users_are_read_flat_and_nested(
        self, server: RawServer, raw_client: Client, users: list[object]
    ) -> None:
        server.script(answer(200, {"users": users}))

        assert [user.username for user in raw_client.users.all()] == ["ada", "grace"]
        assert [user.username for user in raw_client.users.all_v1()] == ["ada", "grace"]

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ({"usernames": []}, "expected an object with 'users'"),
            ([], "expected an object with 'users'"),
            ({"users": {"ada": {}}}, "expected an array"),
            ({"users": [{"firstName": "Ada"}]}, "username: Field required"),
            ({"users": [ADA_JSON | {"email": 7}]}, "email: Input should be a valid string"),
            ({"users": ["ada"]}, "the answer: Input should be a valid dictionary or instance of User"),
            ({"users": [[ADA_JSON], "ada"]}, "the answer: Input should be a valid dictionary or instance of User"),
        ],
    )
    def test_a_list_of_another_shape_is_an_error_that_says_where(
        self, server: RawServer, raw_client: Client, body: object, message: str
    ) -> None:
        server.script(answer(200, body))

        with pytest.raises(UnexpectedResponseError) as caught:
            raw_client.users.all()

        assert str(caught.value) == f"GET /api-public/v2/user: unexpected answer: {message}"
        assert caught.value.status == 200

    @pytest.mark.parametrize("body", [None, b"", [ADA_JSON], "ada"], ids=["null", "empty", "array", "not JSON"])
    def test_a_created_user_has_to_come_back(self, server: RawServer, raw_client: Client, body: object) -> None:
        server.script(answer(200, body))

        with pytest.raises(UnexpectedResponseError, match=r"\APOST /api-public/v1/user: "):
            raw_client.users.create(ADA)


class TestAgainstTheService:
    def test_a_user_is_created_read_changed_and_deleted(self, client: Client, simulator: Simulator) -> None:
        created = client.users.create(ADA)
        read = client.users.get("ada")
        changed = client.users.update("ada", ADA.model_copy(update={"last_name": "King"}))
        client.users.delete("ada")

        assert (created.username, created.email, created.verified) == ("ada", "ada@example.com", False)
        assert read == created
        assert (changed.last_name, client.users.all(email="ada@example.com")) == ("King", [])
        with pytest.raises(NotFoundError):
            client.users.get("ada")

    def test_a_batch_creates_whom_it_can_and_names_the_others(self, client: Client) -> None:
        client.users.create(GRACE)

        ada, grace = client.users.create_many([ADA, GRACE])

        assert (ada.username, ada.errors) == ("ada", [])
        assert grace.username == "grace"
        assert [error.code for error in grace.errors] == ["DUPLICATE"]

    def test_both_lists_name_the_same_people(self, client: Client) -> None:
        client.users.create(ADA)

        newer, older = client.users.all(), client.users.all_v1()

        assert [user.username for user in newer] == ["admin", "ada"]
        assert [user.username for user in older] == ["admin", "ada"]

    def test_the_filter_finds_those_with_the_address(self, client: Client) -> None:
        client.users.create(ADA)
        client.users.create(GRACE)

        assert [user.username for user in client.users.all(email="grace@example.com")] == ["grace"]

    def test_a_users_teams_are_those_that_they_were_added_to(self, client: Client) -> None:
        client.users.create(ADA)
        team = client.teams.create(TeamPayload(name="Platform"))
        client.teams.add_member(team.slug, "ada")

        assert [(each.name, each.slug) for each in client.users.teams("ada")] == [("Platform", team.slug)]

    def test_a_name_that_is_taken_is_refused_in_the_services_words(self, client: Client) -> None:
        client.users.create(ADA)

        with pytest.raises(InvalidRequestError) as caught:
            client.users.create(ADA)

        assert str(caught.value) == "POST /api-public/v1/user: 422: User name ada is unavailable"

    def test_a_name_with_an_at_sign_reaches_its_user(self, client: Client, simulator: Simulator) -> None:
        client.users.create(ADA.model_copy(update={"username": "ada@example.com"}))

        assert client.users.get("ada@example.com").username == "ada@example.com"
        assert simulator.requests()["requests"][-1]["path"] == "/api-public/v1/user/ada@example.com"
