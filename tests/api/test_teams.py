"""Calls about teams, their members and their admins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, UnexpectedResponseError
from pulumi_victorops.api.policies import PolicyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from tests.api.raw_server import RawServer, answer

ADA = UserPayload(first_name="Ada", last_name="Lovelace", username="ada", email="ada@example.com")
SLUG = "team-aB3dE5gH7jK9mN1p"
TEAM_JSON = {
    "name": "Platform",
    "slug": SLUG,
    "description": "Keeps it up",
    "memberCount": 3,
    "version": 7,
    "isDefaultTeam": False,
    "_membersUrl": f"/api-public/v1/team/{SLUG}/members",
}
MEMBER_JSON = {"username": "ada", "firstName": "Ada", "lastName": "Lovelace", "verified": True, "version": 2}


@pytest.mark.parametrize(
    ("call", "reply", "line", "body"),
    [
        (
            lambda teams: teams.create(TeamPayload(name="Platform", description="Keeps it up")),
            TEAM_JSON,
            "POST /api-public/v1/team",
            {"name": "Platform", "description": "Keeps it up"},
        ),
        (
            lambda teams: teams.create(TeamPayload(name="Platform")),
            TEAM_JSON,
            "POST /api-public/v1/team",
            {"name": "Platform"},
        ),
        (lambda teams: teams.all(), [TEAM_JSON], "GET /api-public/v1/team", None),
        (lambda teams: teams.get("t1"), TEAM_JSON, "GET /api-public/v1/team/t1", None),
        (
            lambda teams: teams.update("t1", TeamPayload(name="Base", description="")),
            TEAM_JSON,
            "PUT /api-public/v1/team/t1",
            {"name": "Base", "description": ""},
        ),
        (lambda teams: teams.delete("t1"), TEAM_JSON, "DELETE /api-public/v1/team/t1", None),
        (lambda teams: teams.members("t1"), {"members": []}, "GET /api-public/v1/team/t1/members", None),
        (
            lambda teams: teams.add_member("t1", "ada"),
            {"members": []},
            "POST /api-public/v1/team/t1/members",
            {"username": "ada"},
        ),
        (
            lambda teams: teams.remove_member("t1", "ada", replacement="grace"),
            {"members": []},
            "DELETE /api-public/v1/team/t1/members/ada",
            {"replacement": "grace"},
        ),
        (
            lambda teams: teams.remove_member("t1", "ada"),
            {"members": []},
            "DELETE /api-public/v1/team/t1/members/ada",
            {},
        ),
        (lambda teams: teams.admins("t1"), {"teamAdmins": []}, "GET /api-public/v1/team/t1/admins", None),
        (lambda teams: teams.policies("t1"), {"policies": []}, "GET /api-public/v1/team/t1/policies", None),
    ],
)
def test_each_call_sends_what_the_service_documents(
    server: RawServer,
    raw_client: Client,
    call: Callable[[Any], object],
    reply: object,
    line: str,
    body: dict[str, str] | None,
) -> None:
    server.script(answer(200, reply))

    call(raw_client.teams)

    assert server.lines == [line]
    assert (server.requests[0].json if server.requests[0].body else None) == body


def test_a_team_is_read_with_all_that_the_service_tells(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, TEAM_JSON))

    assert raw_client.teams.get("t1").model_dump() == {
        "name": "Platform",
        "slug": "team-aB3dE5gH7jK9mN1p",
        "description": "Keeps it up",
        "member_count": 3,
        "version": 7,
        "is_default_team": False,
        "_membersUrl": "/api-public/v1/team/team-aB3dE5gH7jK9mN1p/members",
    }


def test_a_team_of_an_older_service_has_no_description(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, [{"name": "Platform", "slug": "t1"}]))

    (team,) = raw_client.teams.all()

    assert (team.slug, team.description, team.member_count) == ("t1", None, None)


@pytest.mark.parametrize("verified", [True, False, "verified", None])
def test_members_and_admins_are_read_whatever_form_verified_has(
    server: RawServer, raw_client: Client, verified: object
) -> None:
    row = MEMBER_JSON | {"verified": verified}
    server.script(answer(200, {"members": [row], "_selfUrl": "x"}), answer(200, {"teamAdmins": [row]}))

    (member,), (admin,) = raw_client.teams.members("t1"), raw_client.teams.admins("t1")

    assert (member.username, member.first_name, member.verified) == ("ada", "Ada", verified)
    assert member == admin
    assert member.model_extra == {"version": 2}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda teams: teams.all(), "GET /api-public/v1/team: unexpected answer: expected an array"),
        (
            lambda teams: teams.get("t1"),
            "GET /api-public/v1/team/{team}: unexpected answer: slug: Field required",
        ),
        (
            lambda teams: teams.members("t1"),
            "GET /api-public/v1/team/{team}/members: unexpected answer: expected an object with 'members'",
        ),
        (
            lambda teams: teams.admins("t1"),
            "GET /api-public/v1/team/{team}/admins: unexpected answer: expected an object with 'teamAdmins'",
        ),
        (
            lambda teams: teams.policies("t1"),
            "GET /api-public/v1/team/{team}/policies: unexpected answer: expected an object with 'policies'",
        ),
    ],
)
def test_an_answer_of_another_shape_is_an_error(
    server: RawServer, raw_client: Client, call: Callable[[Any], object], message: str
) -> None:
    server.script(answer(200, {"name": "Platform"}))

    with pytest.raises(UnexpectedResponseError) as caught:
        call(raw_client.teams)

    assert str(caught.value) == message


def test_a_team_is_created_read_renamed_and_deleted(client: Client) -> None:
    created = client.teams.create(TeamPayload(name="Platform", description="Keeps it up"))
    renamed = client.teams.update(created.slug, TeamPayload(name="Base"))
    read = client.teams.get(created.slug)
    client.teams.delete(created.slug)

    assert (created.name, created.description, created.member_count, created.version) == (
        "Platform",
        "Keeps it up",
        0,
        0,
    )
    assert (renamed.slug, renamed.name, renamed.description, renamed.version) == (
        created.slug,
        "Base",
        "Keeps it up",
        1,
    )
    assert read == renamed
    assert [team.name for team in client.teams.all()] == ["Default Team"]


def test_members_come_and_go(client: Client) -> None:
    client.users.create(ADA)
    slug = client.teams.create(TeamPayload(name="Platform")).slug

    client.teams.add_member(slug, "ada")
    client.teams.add_member(slug, "ada")
    members = client.teams.members(slug)
    client.teams.remove_member(slug, "ada", replacement="admin")

    assert [member.username for member in members] == ["ada"]
    assert client.teams.members(slug) == []


def test_the_default_team_has_an_admin_and_a_policy(client: Client) -> None:
    (team,) = client.teams.all()

    (admin,), (policy,) = client.teams.admins(team.slug), client.teams.policies(team.slug)

    assert team.is_default_team
    assert (admin.username, admin.last_name) == ("admin", "Admin")
    assert (policy.name, policy.slug) == ("Default Policy", team.slug)


def test_a_teams_policies_are_listed_by_name_and_slug(client: Client) -> None:
    slug = client.teams.create(TeamPayload(name="Platform")).slug
    policy = client.policies.create(PolicyPayload(name="Page", team_slug=slug, steps=[]))

    assert [(each.name, each.slug) for each in client.teams.policies(slug)] == [("Page", policy.slug)]


def test_a_team_that_is_not_there_is_not_found_in_the_services_words(client: Client) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.teams.get("team-none")

    assert str(caught.value) == "GET /api-public/v1/team/team-none: 404: No team 'team-none' found"


def test_a_name_that_is_taken_is_refused_in_the_services_words(client: Client) -> None:
    client.teams.create(TeamPayload(name="Platform"))

    with pytest.raises(InvalidRequestError) as caught:
        client.teams.create(TeamPayload(name="Platform"))

    assert str(caught.value) == "POST /api-public/v1/team: 422: Team name Platform is unavailable"
