"""Too many calls: a refusal for the rate is waited out, for as long as patience lasts."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_victorops.api import RateLimitError, TransportError, VictorOpsError, limits
from pulumi_victorops.api.transport import Transport
from tests.api.calls import CREATE, DELETE, DELETE_BY_POSITION, PATCH, READ, REPLACE, Call, ids, make
from tests.api.conftest import MakeTransport
from tests.api.raw_server import RawServer, answer


@pytest.mark.parametrize("status", [429, 403])
@pytest.mark.parametrize("call", [READ, REPLACE, DELETE, CREATE, PATCH, DELETE_BY_POSITION], ids=ids)
def test_a_refusal_for_the_rate_is_waited_out_whatever_the_call(
    server: RawServer, transport: Transport, call: Call, status: int
) -> None:
    refusal = answer(status, {"message": "Too Many Requests"})
    server.script(refusal, refusal, answer(200, {"slug": "t1"}))

    assert make(transport, call) == {"slug": "t1"}
    assert len(server.requests) == 3


def test_the_wait_is_at_least_what_the_service_asks_for(server: RawServer, transport: Transport) -> None:
    server.script(answer(429, "", {"Retry-After": "0.1"}), answer(200, {}))

    make(transport, CREATE)

    first, second = server.requests
    assert second.at - first.at >= 0.1


def test_more_refusals_than_failures_are_borne(server: RawServer, transport: Transport) -> None:
    server.script(*[answer(429, "", {"Retry-After": "0"})] * 12, answer(200, {}))

    assert make(transport, CREATE) == {}
    assert len(server.requests) == 13


def test_refusals_for_the_rate_do_not_count_as_failures(server: RawServer, transport: Transport) -> None:
    server.script(answer(503), answer(429), answer(503), answer(429), answer(503), answer(429), answer(200, {}))

    assert make(transport, READ) == {}
    assert len(server.requests) == 7


@pytest.mark.parametrize("header", [{}, {"Retry-After": "0"}, {"Retry-After": "0.01"}], ids=str)
def test_patience_ends(
    server: RawServer,
    transport: Transport,
    monkeypatch: pytest.MonkeyPatch,
    header: dict[str, str],
) -> None:
    monkeypatch.setattr(limits, "RATE_LIMIT_PATIENCE", 0.05)
    monkeypatch.setattr(limits, "RATE_LIMIT_BACKOFF", 0.01)
    monkeypatch.setattr(limits, "RATE_LIMIT_BACKOFF_MAX", 0.02)
    server.script(*[answer(429, {"message": "Too Many Requests"}, header)] * 2000, answer(200, {}))

    with pytest.raises(RateLimitError) as caught:
        make(transport, CREATE)

    count = len(server.requests)
    assert count > 2
    assert caught.value.attempts == count
    assert str(caught.value) == (f"POST /api-public/v1/team: 429: Too Many Requests (after {count} attempts)")


def test_a_wait_beyond_all_patience_is_not_begun(server: RawServer, transport: Transport) -> None:
    server.script(answer(429, "", {"Retry-After": "301"}))

    with pytest.raises(RateLimitError) as caught:
        make(transport, READ)

    assert (caught.value.retry_after, caught.value.attempts) == (301.0, 1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 2.5 ", 2.5),
        ("0", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00", 0.0),
        ("soon", None),
        ("-1", None),
        ("1e3", None),
        ("nan", None),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
    ],
)
def test_the_wait_that_is_asked_for_is_told(
    server: RawServer,
    transport: Transport,
    monkeypatch: pytest.MonkeyPatch,
    header: str,
    seconds: float | None,
) -> None:
    monkeypatch.setattr(limits, "RATE_LIMIT_PATIENCE", 0.0)
    server.script(answer(429, "", {"Retry-After": header}))

    with pytest.raises(RateLimitError) as caught:
        make(transport, READ)

    assert caught.value.retry_after == seconds


def test_a_date_in_the_future_is_a_wait_until_then(
    server: RawServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RATE_LIMIT_PATIENCE", 0.0)
    at = datetime.now(timezone.utc) + timedelta(seconds=1000)
    server.script(answer(429, "", {"Retry-After": format_datetime(at, usegmt=True)}))

    with pytest.raises(RateLimitError) as caught:
        make(transport, READ)

    assert caught.value.retry_after is not None
    assert 900 < caught.value.retry_after <= 1000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40)
    | st.integers().map(str)
    | st.integers().map(lambda number: f"Mon, 01 Jan {number} 00:00:00 GMT")
)
def test_no_retry_after_header_can_break_a_call(server: RawServer, transport: Transport, header: str) -> None:
    server.script(answer(429, "", {"Retry-After": header}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "RATE_LIMIT_PATIENCE", -1.0)

        with pytest.raises(RateLimitError) as caught:
            make(transport, READ)

    assert caught.value.retry_after is None or caught.value.retry_after >= 0


def test_a_long_wait_is_told_to_the_user(
    server: RawServer,
    make_transport: MakeTransport,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = threading.Event()

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.set()

    log, handler = logging.getLogger("pulumi_victorops"), Told(logging.WARNING)
    log.addHandler(handler)
    transport = make_transport(server.url)
    server.script(answer(429, "", {"Retry-After": "60"}))
    errors: list[VictorOpsError] = []

    def call() -> None:
        try:
            make(transport, READ)
        except VictorOpsError as error:
            errors.append(error)

    caller = threading.Thread(target=call)
    caller.start()
    assert told.wait(20)
    log.removeHandler(handler)
    began = time.monotonic()
    transport.close()
    caller.join(20)

    assert time.monotonic() - began < 20  # not the 60 s that the service asked for
    assert [type(error) for error in errors] == [TransportError]
    assert "GET /api-public/v1/team/{team}: the client is closed" in str(errors[0])
    assert len(server.requests) == 1
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING] == [
        "VictorOps: waiting for the rate limit, 60 s"
    ]


def test_a_short_wait_is_not_worth_a_line(
    server: RawServer, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(answer(429), answer(200, {}))

    make(transport, READ)

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
