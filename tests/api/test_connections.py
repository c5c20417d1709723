"""Connections are kept, shared between threads, and never go through a proxy to this machine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_victorops.api import Client, ServerError, VictorOpsError
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.transport import Transport
from pulumi_victorops.simulator import Simulator
from tests.api.conftest import MakeClient
from tests.api.raw_server import RawServer, answer


def test_ten_calls_use_one_connection(server: RawServer, transport: Transport) -> None:
    for number in range(10):
        transport.call(op.GET_USER, user=f"user-{number}")

    assert len(server.requests) == 10
    assert server.connections == 1


def test_errors_and_empty_answers_keep_the_connection_too(server: RawServer, transport: Transport) -> None:
    server.script(
        answer(404, {"error": "gone"}),
        answer(422, "<html>no</html>"),
        answer(503, "x" * 100_000),
        answer(200),
        answer(302, "", {"Location": "/"}),
        answer(204),
        answer(200, {}),
    )

    for _ in range(4):
        with pytest.raises(VictorOpsError):
            transport.call(op.ADD_TEAM, body={})
        if len(server.requests) == 3:
            assert transport.call(op.ADD_TEAM, body={}) is None
    with pytest.raises(VictorOpsError):
        transport.call(op.ADD_TEAM, body={})
    transport.call(op.ADD_TEAM, body={})

    assert len(server.requests) == 7
    assert server.connections == 1


def test_eight_threads_share_a_client(simulator: Simulator, client: Client) -> None:
    slug = client.teams.create(TeamPayload(name="Platform")).slug

    def call(_: int) -> str:
        return client.teams.get(slug).name

    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(call, range(160)))

    assert names == ["Platform"] * 160


def test_more_threads_than_connections_wait_for_one(server: RawServer, transport: Transport) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: transport.call(op.GET_USER, user=f"user-{number}"), range(64)))

    assert len(server.requests) == 64
    assert server.connections <= 8


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_never_sees_a_call_to_this_machine(
    monkeypatch: pytest.MonkeyPatch, make_client: MakeClient, host: str, variable: str
) -> None:
    with RawServer() as proxy, RawServer(host) as server:
        monkeypatch.setenv(variable, proxy.url)
        server.script(answer(200, []))

        assert make_client(server.url).teams.all() == []

        assert server.lines == ["GET /api-public/v1/team"]
        assert proxy.connections == 0


def test_a_proxy_of_the_environment_serves_calls_to_elsewhere(
    monkeypatch: pytest.MonkeyPatch, make_client: MakeClient
) -> None:
    with RawServer() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        proxy.script(answer(502))

        with pytest.raises(VictorOpsError) as caught:
            make_client("https://api.example.invalid").teams.create(TeamPayload(name="x"))

        (request,) = proxy.requests
    assert request.line.startswith("CONNECT api.example.invalid:443 ")
    assert "x-vo-api-key" not in request.headers
    assert str(caught.value).startswith("POST /api-public/v1/team: no answer from https://api.example.invalid: ")


def test_a_base_url_with_a_path_stands_before_every_call(server: RawServer, make_client: MakeClient) -> None:
    server.script(answer(200, []))

    make_client(f"{server.url}/gateway/").teams.all()

    assert server.lines == ["GET /gateway/api-public/v1/team"]


def test_a_call_that_failed_leaves_the_client_usable(server: RawServer, raw_client: Client) -> None:
    server.script(*[answer(500)] * 4, answer(200, []))

    with pytest.raises(ServerError):
        raw_client.teams.all()

    assert raw_client.teams.all() == []
