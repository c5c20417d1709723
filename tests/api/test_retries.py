"""What is tried again, how often, and what never is."""

from __future__ import annotations

import itertools
import logging
import threading

import pytest

from pulumi_victorops.api import (
    Client,
    NotFoundError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
    VictorOpsError,
    limits,
)
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.transport import Transport
from pulumi_victorops.simulator import Simulator
from tests.api.calls import CREATE, DELETE, DELETE_BY_POSITION, PATCH, READ, REPLACE, Call, ids, make
from tests.api.conftest import MakeTransport
from tests.api.raw_server import Behaviour, RawServer, answer, close, exactly, http_bytes, reset, stall

FAILURES: dict[str, Behaviour] = {
    "500": answer(500),
    "502": answer(502, "<html>Bad Gateway</html>"),
    "503": answer(503),
    "504": answer(504),
    "close": close(),
    "reset": reset(),
    "reset in the answer": reset(http_bytes(200, b'{"a"', length=100)),
    "cut short": exactly(http_bytes(200, b'{"a"', length=100)),
    "page with 200": answer(200, "<html>Sorry</html>"),
    "half of the JSON": answer(200, '{"slug": "team-'),
}


class TestFailures:
    @pytest.mark.parametrize("failure", FAILURES)
    @pytest.mark.parametrize("call", [READ, REPLACE, DELETE], ids=ids)
    def test_what_does_no_harm_twice_is_tried_again(
        self, server: RawServer, transport: Transport, call: Call, failure: str
    ) -> None:
        server.script(FAILURES[failure], FAILURES[failure], FAILURES[failure], answer(200, {"slug": "t1"}))

        assert make(transport, call) == {"slug": "t1"}
        assert len(server.requests) == 4
        assert len({request.raw for request in server.requests}) == 1

    @pytest.mark.parametrize("failure", FAILURES)
    @pytest.mark.parametrize("call", [CREATE, PATCH, DELETE_BY_POSITION], ids=ids)
    def test_what_could_do_harm_twice_is_made_once(
        self, server: RawServer, transport: Transport, call: Call, failure: str
    ) -> None:
        server.script(FAILURES[failure], answer(200, {"slug": "t1"}))

        with pytest.raises((ServerError, TransportError, UnexpectedResponseError)) as caught:
            make(transport, call)

        assert caught.value.attempts == 1
        assert len(server.requests) == 1

    def test_the_fourth_failure_is_the_last(self, server: RawServer, transport: Transport) -> None:
        server.script(answer(503, "Down"))

        with pytest.raises(ServerError) as caught:
            make(transport, READ)

        assert caught.value.attempts == 4
        assert str(caught.value) == "GET /api-public/v1/team/t1: 503: Down (after 4 attempts)"
        assert len(server.requests) == 4

    def test_the_error_is_that_of_the_last_attempt(self, server: RawServer, transport: Transport) -> None:
        server.script(answer(502), reset(), answer(404, {"error": "No team 't1' found"}))

        with pytest.raises(NotFoundError) as caught:
            make(transport, READ)

        assert str(caught.value) == ("GET /api-public/v1/team/t1: 404: No team 't1' found (after 3 attempts)")

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 420, 422, 201, 204, 302])
    def test_a_refusal_is_final(self, server: RawServer, transport: Transport, status: int) -> None:
        server.script(answer(status))

        with pytest.raises(VictorOpsError) as caught:
            make(transport, READ)

        assert caught.value.attempts == 1
        assert len(server.requests) == 1

    def test_a_read_that_got_no_answer_in_time_is_tried_again(
        self, server: RawServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "READ_TIMEOUT", 0.05)
        server.script(stall(), answer(200, {"slug": "t1"}))

        assert make(transport, READ) == {"slug": "t1"}
        assert len(server.requests) == 2

    def test_the_pauses_double_up_to_their_limit(
        self,
        server: RawServer,
        transport: Transport,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(limits, "TRANSIENT_ATTEMPTS", 5)
        monkeypatch.setattr(limits, "TRANSIENT_BACKOFF", 0.02)
        monkeypatch.setattr(limits, "TRANSIENT_BACKOFF_MAX", 0.06)
        caplog.set_level(logging.INFO, "pulumi_victorops")
        server.script(answer(503))

        with pytest.raises(ServerError):
            make(transport, READ)

        arrivals = [request.at for request in server.requests]
        gaps = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
        assert all(gap >= pause for gap, pause in zip(gaps, [0.02, 0.04, 0.06, 0.06], strict=True))
        assert [record.args[1] for record in caplog.records if isinstance(record.args, tuple)] == [
            0.02,
            0.04,
            0.06,
            0.06,
        ]

    @pytest.mark.parametrize("call", [READ, CREATE, PATCH, DELETE_BY_POSITION], ids=ids)
    def test_a_refused_connection_is_tried_again_whatever_the_call(
        self, make_transport: MakeTransport, monkeypatch: pytest.MonkeyPatch, call: Call
    ) -> None:
        server = RawServer(listening=False)
        transport = make_transport(server.url)
        refused = threading.Event()
        monkeypatch.setattr(limits, "TRANSIENT_ATTEMPTS", 10_000)

        class Refusals(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                refused.set()

        log, handler = logging.getLogger("pulumi_victorops"), Refusals(logging.INFO)
        monkeypatch.setattr(log, "level", logging.INFO)
        log.addHandler(handler)
        answers: list[object] = []
        caller = threading.Thread(target=lambda: answers.append(make(transport, call)))
        caller.start()
        with server:
            assert refused.wait(20)
            server.script(answer(200, {"slug": "t1"}))
            server.listen()
            caller.join(20)
            log.removeHandler(handler)

            assert answers == [{"slug": "t1"}]
            assert len(server.requests) == 1

    def test_a_create_on_a_connection_that_the_service_closed_meanwhile_arrives(
        self, server: RawServer, transport: Transport
    ) -> None:
        server.script(exactly(http_bytes(200, b"{}")), answer(200, {"slug": "t1"}))

        make(transport, READ)
        server.wait_for_closed(0)

        assert make(transport, CREATE) == {"slug": "t1"}
        assert [request.connection for request in server.requests] == [0, 1]


class TestAgainstTheService:
    @pytest.mark.parametrize("status", [429, 403])
    def test_refusals_and_a_reset_in_a_row_cost_only_time(
        self, client: Client, simulator: Simulator, status: int
    ) -> None:
        simulator.put_faults(
            [
                {"operation": "*", "kind": "rate_limit", "status": status, "retry_after": None, "times": 3},
                {"operation": "*", "kind": "reset_before", "times": 1},
            ]
        )

        assert [team.name for team in client.teams.all()] == ["Default Team"]

    def test_a_delete_whose_answer_was_lost_finds_the_object_gone(self, client: Client, simulator: Simulator) -> None:
        slug = client.teams.create(TeamPayload(name="Platform")).slug
        simulator.put_faults([{"operation": "DELETE /api-public/v1/team/{team}", "kind": "reset_after", "times": 1}])

        with pytest.raises(NotFoundError) as caught:
            client.teams.delete(slug)

        assert caught.value.attempts == 2

    def test_a_create_whose_answer_was_lost_is_made_once(self, client: Client, simulator: Simulator) -> None:
        simulator.put_faults([{"operation": "POST /api-public/v1/team", "kind": "reset_after"}])

        with pytest.raises(TransportError) as caught:
            client.teams.create(TeamPayload(name="Platform"))

        assert caught.value.sent
        assert [team.name for team in client.teams.all()] == ["Default Team", "Platform"]
