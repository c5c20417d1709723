"""The limit of the service is respected, by all threads together."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_victorops.api import TransportError
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.settings import RateLimit
from tests.api.conftest import MakeClient, MakeTransport
from tests.api.raw_server import RawServer, answer


def assert_never_more(calls: int, seconds: float, begun: list[float], arrived: list[float]) -> None:
    """Fail if more than `calls` were let go within `seconds`.

    A call is let go after it began and before it arrives, so this can't mistake a slow machine for a fast client.
    """
    assert len(begun) == len(arrived)
    for first, later in zip(sorted(begun), sorted(arrived)[calls:], strict=False):
        assert later - first >= seconds


def test_four_threads_together_stay_within_the_limit(server: RawServer, make_transport: MakeTransport) -> None:
    transport = make_transport(server.url, RateLimit(calls=20, seconds=1))
    begun: list[float] = []

    def call(number: int) -> None:
        begun.append(time.monotonic())
        transport.call(op.GET_USER, user=f"user-{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(call, range(45)))

    assert len({request.target for request in server.requests}) == 45
    assert_never_more(20, 1.0, begun, [request.at for request in server.requests])


def test_repeated_attempts_count_as_calls(server: RawServer, make_transport: MakeTransport) -> None:
    transport = make_transport(server.url, RateLimit(calls=3, seconds=1))
    server.script(answer(503), answer(503), answer(503), answer(200, {}))
    begun = time.monotonic()

    transport.call(op.GET_USER, user="ada")

    assert len(server.requests) == 4
    assert server.requests[3].at - begun >= 1.0


def test_a_batch_is_let_go_once_a_second_however_high_the_limit(
    server: RawServer, make_transport: MakeTransport
) -> None:
    transport = make_transport(server.url, RateLimit(calls=1000, seconds=1))
    begun = time.monotonic()

    transport.call(op.ADD_USERS, body={"users": []})
    transport.call(op.ADD_USERS, body={"users": []})

    assert server.requests[1].at - begun >= 1.0


def test_reports_are_let_go_once_a_minute_while_other_calls_go_on(
    server: RawServer, make_transport: MakeTransport
) -> None:
    transport = make_transport(server.url, RateLimit(calls=1000, seconds=1))
    first_is_done = threading.Event()
    errors: list[str] = []

    def report_twice() -> None:
        transport.call(op.SEARCH_INCIDENTS)
        first_is_done.set()
        try:
            transport.call(op.SEARCH_INCIDENTS)
        except TransportError as error:
            errors.append(str(error))

    reporter = threading.Thread(target=report_twice)
    reporter.start()
    assert first_is_done.wait(20)
    for _ in range(30):
        transport.call(op.LIST_TEAMS)
    transport.close()
    reporter.join(20)

    assert server.lines == ["GET /api-reporting/v2/incidents"] + ["GET /api-public/v1/team"] * 30
    assert errors == ["GET /api-reporting/v2/incidents: the client is closed"]


def test_off_holds_nothing_back(server: RawServer, make_transport: MakeTransport) -> None:
    transport = make_transport(server.url, None)
    begun = time.monotonic()

    for _ in range(3):
        transport.call(op.SEARCH_INCIDENTS)

    assert time.monotonic() - begun < 60  # with the service's own limit these would take two minutes


def test_one_refusal_for_the_rate_holds_all_threads_back(server: RawServer, make_transport: MakeTransport) -> None:
    transport = make_transport(server.url, None)
    refused = threading.Event()
    server.script(answer(429, "", {"Retry-After": "0.3"}), answer(200, {}))
    push_back = transport._pacer.push_back

    def push_back_and_tell(operation: Operation, seconds: float) -> None:
        push_back(operation, seconds)
        refused.set()

    transport._pacer.push_back = push_back_and_tell  # type: ignore[method-assign]  # to know when the refusal has come
    first = threading.Thread(target=transport.call, args=[op.LIST_TEAMS])
    first.start()
    assert refused.wait(20)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: transport.call(op.GET_USER, user=f"user-{number}"), range(8)))
    first.join(20)

    refusal, *others = server.requests
    assert len(others) == 9
    assert min(request.at for request in others) - refusal.at >= 0.3


def test_callers_who_waited_out_a_pause_do_not_all_leave_at_once(
    server: RawServer, make_transport: MakeTransport
) -> None:
    transport = make_transport(server.url, RateLimit(calls=2, seconds=1))
    server.script(answer(429, "", {"Retry-After": "1.5"}), answer(200, {}))

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda number: transport.call(op.GET_USER, user=f"user-{number}"), range(5)))

    arrivals = sorted(request.at for request in server.requests)
    after = [at for at in arrivals[1:] if at >= arrivals[0] + 1.5]
    assert len(after) >= 4
    assert after[2] - after[0] >= 1.0


def test_a_closed_client_calls_no_more(server: RawServer, make_client: MakeClient) -> None:
    client = make_client(server.url, RateLimit(calls=2, seconds=1))
    client.close()

    with pytest.raises(TransportError) as caught:
        client.teams.all()

    assert str(caught.value) == "GET /api-public/v1/team: the client is closed"
    assert server.connections == 0


def test_clients_leave_no_thread_behind(server: RawServer, make_client: MakeClient) -> None:
    before = set(threading.enumerate())

    for _ in range(3):
        make_client(server.url, RateLimit(calls=100, seconds=1)).close()

    assert set(threading.enumerate()) <= before
