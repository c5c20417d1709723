"""Whatever a name holds, it reaches the service as one segment of the path that was meant."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_victorops.api import Client, InvalidArgumentError, NotFoundError
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.transport import Transport
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer

TRICKY = st.text(alphabet=st.sampled_from(list("/.%2eEfF?#&=;:@\\ +~a\u00e9\uff0e\u2028\U0001f600")), max_size=12)


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("ada", "ada"),
        ("ada@example.com", "ada@example.com"),
        ("Ada-L_1.0~x", "Ada-L_1.0~x"),
        ("a/b", "a%2Fb"),
        ("../../team", "..%2F..%2Fteam"),
        ("...", "..."),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("%", "%25"),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("a;b", "a%3Bb"),
        ("a\\b", "a%5Cb"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("http://evil.example", "http%3A%2F%2Fevil.example"),
        ("zo\u00eb", "zo%C3%AB"),
        ("\uff0e\uff0e", "%EF%BC%8E%EF%BC%8E"),
        ("\U0001f600", "%F0%9F%98%80"),
    ],
)
def test_a_name_is_one_segment_of_the_request_line(
    server: RawServer, transport: Transport, name: str, segment: str
) -> None:
    transport.call(op.LIST_USER_TEAMS, user=name)

    assert server.requests[0].line == f"GET /api-public/v1/user/{segment}/teams HTTP/1.1"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "user: '' can't be part of a path"),
        (".", "user: '.' can't be part of a path"),
        ("..", "user: '..' can't be part of a path"),
        ("a\r\nX-Evil: 1", "user: 'a\\r\\nX-Evil: 1' can't be part of a path"),
        ("a\x00", "user: 'a\\x00' can't be part of a path"),
        ("a\x1f", "user: 'a\\x1f' can't be part of a path"),
        ("a\x7f", "user: 'a\\x7f' can't be part of a path"),
        ("a\x85", "user: 'a\\x85' can't be part of a path"),
        ("a\x9f", "user: 'a\\x9f' can't be part of a path"),
        ("\ud800", "user: '\\ud800' isn't valid text"),
        ("a\udfff", "user: 'a\\udfff' isn't valid text"),
    ],
)
def test_a_name_that_cannot_be_a_segment_is_refused_without_a_call(
    server: RawServer, raw_client: Client, name: str, message: str
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        raw_client.users.get(name)

    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)
    assert server.requests == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(team=TRICKY | st.text(max_size=12), user=TRICKY | st.text(max_size=12))
def test_no_pair_of_names_ever_changes_the_shape_of_a_path(
    server: RawServer, transport: Transport, team: str, user: str
) -> None:
    before = len(server.requests)
    try:
        transport.call(op.DELETE_TEAM_MEMBER, body={}, team=team, user=user)
    except InvalidArgumentError:
        assert len(server.requests) == before
        return

    (request,) = server.requests[before:]
    method, target, version = request.line.split(" ")
    assert (method, version) == ("DELETE", "HTTP/1.1")
    assert [unquote(segment) for segment in target.split("/")] == [
        "",
        "api-public",
        "v1",
        "team",
        team,
        "members",
        user,
    ]
    assert not {"?", "#", "\\", ";"} & set(target)


def test_a_query_value_stays_a_value(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"users": []}))

    raw_client.users.all(email="a&b=c#d?e/../f\r\ng")

    assert server.requests[0].line == ("GET /api-public/v2/user?email=a%26b%3Dc%23d%3Fe%2F..%2Ff%0D%0Ag HTTP/1.1")


@pytest.mark.parametrize("name", ["a/b", "..%2f..", "a?b", "a#b", "%2e%2e", "zo\u00eb", "a@b"])
def test_the_service_looks_for_exactly_the_name_that_was_asked_for(
    client: Client, simulator: Simulator, name: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.users.get(name)

    assert caught.value.service_message == f"None found for username: {name}"
    assert simulator.requests()["requests"][-1]["operation"] == "GET /api-public/v1/user/{user}"
