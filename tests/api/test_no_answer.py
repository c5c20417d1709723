"""No answer, half an answer, an endless one, or one that sends the caller elsewhere."""

from __future__ import annotations

import gzip
import socket

import pytest

from pulumi_victorops.api import TransportError, UnexpectedResponseError, VictorOpsError, limits
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.transport import Transport
from tests.api.conftest import MakeClient
from tests.api.raw_server import Behaviour, RawServer, answer, close, drip, exactly, http_bytes, reset, stall


def failure(transport: Transport, operation: op.Operation = op.ADD_TEAM) -> VictorOpsError:
    """The error that a call ends with."""
    with pytest.raises(VictorOpsError) as caught:
        transport.call(operation, body={})
    return caught.value


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("behaviour", "reason"),
        [
            (close(), "Remote end closed connection without response"),
            (reset(), "Connection reset by peer"),
            (reset(b"HTTP/1.1 200 OK\r\nConte"), "Connection reset by peer"),
            (reset(http_bytes(200, b'{"a"', length=100)), "Connection reset by peer"),
            (exactly(http_bytes(200, b'{"slug": "t"}', length=100)), "the answer was cut short"),
            (
                exactly(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"),
                "the answer was cut short",
            ),
            (exactly(b"SSH-2.0-OpenSSH_9.6\r\n"), "the answer is not HTTP"),
            (
                answer(200, b"plain", {"Content-Encoding": "gzip"}),
                "Error -3 while decompressing data: incorrect header check",
            ),
        ],
        ids=["close", "reset", "reset in headers", "reset in body", "short", "short chunk", "not HTTP", "gzip"],
    )
    def test_a_broken_answer_is_a_transport_error_that_says_how(
        self, server: RawServer, transport: Transport, behaviour: Behaviour, reason: str
    ) -> None:
        server.script(behaviour)

        error = failure(transport)

        assert type(error) is TransportError
        assert str(error) == f"POST /api-public/v1/team: no answer from {server.url}: {reason}"
        assert (error.operation, error.status, error.service_message) == (op.ADD_TEAM, None, None)
        assert error.sent

    @pytest.mark.parametrize(
        "behaviour",
        [stall(), stall(b"HTTP/1.1 200 OK\r\n"), stall(http_bytes(200, b'{"a"', length=100))],
        ids=["at once", "in headers", "in body"],
    )
    def test_silence_ends_after_the_read_timeout(
        self, server: RawServer, transport: Transport, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour
    ) -> None:
        monkeypatch.setattr(limits, "READ_TIMEOUT", 0.05)
        server.script(behaviour)

        assert str(failure(transport)) == (
            f"POST /api-public/v1/team: no answer from {server.url}: timed out while waiting for the answer"
        )

    def test_an_answer_that_drips_ends_although_it_is_never_silent(
        self, server: RawServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "ANSWER_TIMEOUT", 0.05)
        endless = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        server.script(drip(endless + b" " * 1_000_000, every=0.005, chunk=len(endless)))

        error = failure(transport)

        assert type(error) is TransportError
        assert str(error).endswith(": timed out while waiting for the answer")

    @pytest.mark.parametrize("packed", [False, True], ids=["plain", "compressed"])
    def test_an_answer_may_be_as_long_as_the_limit_and_no_longer(
        self, server: RawServer, transport: Transport, monkeypatch: pytest.MonkeyPatch, packed: bool
    ) -> None:
        monkeypatch.setattr(limits, "ANSWER_LIMIT", 100_000)

        def spaces(count: int) -> Behaviour:
            body = b" " * count
            if packed:
                return answer(200, gzip.compress(body), {"Content-Encoding": "gzip"})
            return answer(200, body)

        server.script(spaces(100_000), spaces(100_001))

        assert transport.call(op.ADD_TEAM, body={}) is None
        assert str(failure(transport)) == (
            f"POST /api-public/v1/team: no answer from {server.url}: the answer is too long"
        )

    def test_a_refused_connection_was_certainly_not_a_call(self, make_client: MakeClient) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        client = make_client(f"http://127.0.0.1:{port}")

        with pytest.raises(TransportError) as caught:
            client.teams.all()

        assert not caught.value.sent
        assert str(caught.value) == (
            f"GET /api-public/v1/team: no answer from http://127.0.0.1:{port}: Connection refused (after 4 attempts)"
        )

    def test_a_connection_that_nobody_accepts_times_out(
        self, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "CONNECT_TIMEOUT", 0.02)
        with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
            port = listener.getsockname()[1]
            # Linux lets one more wait than the backlog says; what comes then is left unanswered.
            with socket.create_connection(("127.0.0.1", port)), pytest.raises(TransportError) as caught:
                make_client(f"http://127.0.0.1:{port}").teams.all()

        assert not caught.value.sent
        assert caught.value.attempts == 4
        assert ": no connection within 0 s" in str(caught.value)


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_is_an_error_and_its_target_never_hears_of_the_call(
        self, server: RawServer, transport: Transport, status: int
    ) -> None:
        with RawServer() as elsewhere:
            server.script(answer(status, "", {"Location": f"{elsewhere.url}/api-public/v1/team"}))

            error = failure(transport, op.LIST_TEAMS)

            assert type(error) is UnexpectedResponseError
            assert elsewhere.connections == 0
        assert str(error) == (
            f"GET /api-public/v1/team: {status} (redirects are not followed); check victorops:baseUrl"
        )

    def test_a_redirect_is_not_asked_for_again(self, server: RawServer, transport: Transport) -> None:
        server.script(answer(302, "", {"Location": "/login"}))

        assert failure(transport, op.LIST_TEAMS).attempts == 1
        assert server.lines == ["GET /api-public/v1/team"]
