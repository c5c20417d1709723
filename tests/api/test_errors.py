"""Each way in which a call can fail is one class of error, with one line that a person can act on."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from pulumi_victorops.api import (
    AuthenticationError,
    Client,
    ConfigurationError,
    ConflictError,
    InvalidArgumentError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    Settings,
    TransportError,
    UnexpectedResponseError,
    VictorOpsError,
    limits,
)
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.transport import Transport
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer, drip, exactly, http_bytes

CHECK = "; check victorops:apiId and victorops:apiKey (or VO_API_ID and VO_API_KEY)"
PAGE = """<!DOCTYPE html><html><head><title>t</title><style>b {}</style></head>
<body><script>alert(1)</script><h1>Bad   Gateway</h1>
<p>R&amp;D is on it</p></body></html>"""


def failure(transport: Transport, operation: op.Operation = op.ADD_TEAM) -> VictorOpsError:
    """The error that a call ends with."""
    with pytest.raises(VictorOpsError) as caught:
        transport.call(operation, body={})
    return caught.value


def test_every_error_is_a_victorops_error() -> None:
    kinds = {
        AuthenticationError,
        ConfigurationError,
        ConflictError,
        InvalidArgumentError,
        InvalidRequestError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        ServerError,
        TransportError,
        UnexpectedResponseError,
    }

    in_the_client = {kind for kind in VictorOpsError.__subclasses__() if kind.__module__ == VictorOpsError.__module__}
    assert in_the_client == kinds
    assert issubclass(InvalidArgumentError, ValueError)


@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (400, {"error": "bad name"}, InvalidRequestError, "400: bad name"),
        (401, {"message": "Unauthorized"}, AuthenticationError, "401: Unauthorized" + CHECK),
        (403, {"message": "Authentication failed"}, AuthenticationError, "403: Authentication failed" + CHECK),
        (403, "Authentication failed", AuthenticationError, "403: Authentication failed" + CHECK),
        (403, "Invalid credentials\n", AuthenticationError, "403: Invalid credentials" + CHECK),
        (403, "API key is unknown", AuthenticationError, "403: API key is unknown" + CHECK),
        (403, {"message": "Forbidden"}, PermissionDeniedError, "403: Forbidden; the API key may be read-only"),
        (403, "", PermissionDeniedError, "403; the API key may be read-only"),
        (404, {"error": "No team 'x' found"}, NotFoundError, "404: No team 'x' found"),
        (409, {"error": "already global"}, ConflictError, "409: already global"),
        (420, {"error": "too many active"}, ConflictError, "420: too many active"),
        (413, "", InvalidRequestError, "413"),
        (422, {"error": "Team name x is unavailable"}, InvalidRequestError, "422: Team name x is unavailable"),
        (500, {"error": "oops"}, ServerError, "500: oops"),
        (502, PAGE, ServerError, "502: Bad Gateway R&D is on it"),
        (503, "", ServerError, "503"),
        (201, {"slug": "t"}, UnexpectedResponseError, '201: {"slug": "t"}'),
        (
            307,
            "",
            UnexpectedResponseError,
            "307 (redirects are not followed); check victorops:baseUrl",
        ),
    ],
)
def test_a_status_is_an_error_of_its_class_with_the_services_words(
    server: RawServer,
    transport: Transport,
    status: int,
    body: object,
    kind: type[VictorOpsError],
    message: str,
) -> None:
    server.script(answer(status, body))

    error = failure(transport)

    assert type(error) is kind
    assert str(error) == f"POST /api-public/v1/team: {message}"
    assert (error.operation, error.status, error.attempts) == (op.ADD_TEAM, status, 1)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": "a", "message": "b"}, "a"),
        ({"message": "b", "errorMsg": "c"}, "b"),
        ({"error": "", "errorMsg": "c"}, "c"),
        ({"error": {"code": 7, "where": "na\u00efve"}}, '{"code": 7, "where": "na\u00efve"}'),
        ({"error": "Team name <Ops> & Co is unavailable"}, "Team name <Ops> & Co is unavailable"),
        ({"error": "one\r\ntwo\tthree\u2028four\x1b[31mred\u202egnp"}, "one two three four [31mred gnp"),
        ({"detail": "x"}, '{"detail": "x"}'),
        (["x"], '["x"]'),
        ("no such <b>thing</b>", "no such thing"),
        ("a\r\nb\x00c", "a b c"),
        (b"\xff\xfe broken", "\ufffd\ufffd broken"),
        ("[" * 100_000, "[" * 299 + "\u2026"),
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 299 + "\u2026"),
        ("", None),
        (" \r\n ", None),
        ("<p></p>", None),
    ],
)
def test_the_services_words_are_one_short_line_and_stand_alone_too(
    server: RawServer, transport: Transport, body: object, words: str | None
) -> None:
    server.script(answer(422, body))

    error = failure(transport)

    assert error.service_message == words
    assert str(error) == "POST /api-public/v1/team: 422" + (f": {words}" if words else "")
    assert len(str(error).splitlines()) == 1


def test_a_page_of_unclosed_tags_is_no_trouble(server: RawServer, transport: Transport) -> None:
    server.script(answer(500, "<script " * 200_000))

    error = failure(transport)

    assert type(error) is ServerError
    assert error.service_message == ("<script " * 38)[:299] + "\u2026"


def test_a_read_that_is_forbidden_is_about_the_credentials(server: RawServer, transport: Transport) -> None:
    server.script(answer(403, {"message": "Forbidden"}))

    error = failure(transport, op.LIST_TEAMS)

    assert type(error) is AuthenticationError
    assert str(error) == f"GET /api-public/v1/team: 403: Forbidden{CHECK}"


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (429, {"message": "Too Many Requests"}, {}),
        (429, PAGE, {"Retry-After": "17"}),
        (403, {"message": "Too Many Requests"}, {}),
        (403, "Rate limit exceeded", {}),
        (403, {"error": "API rate-limit was reached"}, {}),
        (403, "The limit was reached", {}),
        (403, "Request was throttled", {}),
        (403, "", {"retry-after": "17"}),
    ],
)
def test_too_many_calls_are_told_from_a_bad_key(
    server: RawServer,
    transport: Transport,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    body: object,
    headers: dict[str, str],
) -> None:
    monkeypatch.setattr(limits, "RATE_LIMIT_PATIENCE", 0.0)
    server.script(answer(status, body, headers))

    error = failure(transport)

    assert isinstance(error, RateLimitError)
    assert error.status == status
    assert error.retry_after == (17.0 if headers else None)


def test_a_refusal_for_the_rate_without_words_still_says_what_it_is(
    server: RawServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RATE_LIMIT_PATIENCE", 0.0)
    server.script(answer(429))

    assert str(failure(transport)) == "POST /api-public/v1/team: 429: too many calls"


class TestStatus200:
    @pytest.mark.parametrize("problem", ["boom", {"text": "boom"}])
    def test_an_error_member_is_a_refusal(self, server: RawServer, transport: Transport, problem: object) -> None:
        server.script(answer(200, {"error": problem, "incidentNumber": None}))

        error = failure(transport, op.CREATE_INCIDENT)

        assert type(error) is InvalidRequestError
        assert error.status == 200
        assert str(error).startswith("POST /api-public/v1/incidents: 200: ")
        assert "boom" in str(error)

    @pytest.mark.parametrize("body", [{"error": None}, {"error": ""}, [{"error": "inside"}]])
    def test_an_empty_or_foreign_error_member_is_none(
        self, server: RawServer, transport: Transport, body: object
    ) -> None:
        server.script(answer(200, body))

        assert transport.call(op.CREATE_INCIDENT, body={}) == body

    @pytest.mark.parametrize("body", [b"", b"  \r\n"])
    def test_an_empty_answer_is_nothing(self, server: RawServer, transport: Transport, body: bytes) -> None:
        server.script(answer(200, body))

        assert transport.call(op.SEND_CHAT, body={}) is None

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            (PAGE, "Bad Gateway R&D is on it"),
            (b'{"slug": "team-', '{"slug": "team-'),
            (b'{"slug": "\xff"}', '{"slug": "\ufffd"}'),
            (b"[" * 100_000, "[" * 299 + "\u2026"),
            (b"<br>", "unreadable"),
        ],
    )
    def test_an_answer_that_is_not_json_is_unexpected(
        self, server: RawServer, transport: Transport, body: object, words: str
    ) -> None:
        server.script(answer(200, body))

        error = failure(transport)

        assert type(error) is UnexpectedResponseError
        assert error.status == 200
        assert str(error) == (f"POST /api-public/v1/team: the answer is not JSON although its status is 200: {words}")

    def test_the_content_type_does_not_matter_if_the_answer_is_json(
        self, server: RawServer, transport: Transport
    ) -> None:
        server.script(answer(200, {"slug": "t"}, {"Content-Type": "text/html"}))

        assert transport.call(op.ADD_TEAM, body={}) == {"slug": "t"}

    def test_a_compressed_answer_is_read(self, server: RawServer, transport: Transport) -> None:
        packed = gzip.compress(b'{"slug": "t"}')
        server.script(drip(http_bytes(200, packed, {"Content-Encoding": "gzip"}), every=0.0005))

        assert transport.call(op.ADD_TEAM, body={}) == {"slug": "t"}

    def test_a_chunked_answer_is_read(self, server: RawServer, transport: Transport) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        server.script(exactly(head + b'5\r\n{"slu\r\n8\r\ng": "t"}\r\n0\r\n\r\n'))

        assert transport.call(op.ADD_TEAM, body={}) == {"slug": "t"}


class TestAgainstTheService:
    @pytest.mark.parametrize("plain", [False, True], ids=["json", "plain text"])
    def test_a_wrong_key_and_a_read_only_key_are_told_apart(self, plain: bool) -> None:
        with Simulator(seed="empty", read_only_key="reader", plain_gateway_errors=plain) as simulator:

            def call_with(key: str, operation: op.Operation, **body: Any) -> Any:
                settings = Settings(simulator.api_id, key, base_url=simulator.url, rate_limit=None)
                transport = Transport(settings)
                try:
                    return transport.call(operation, body=body)
                finally:
                    transport.close()

            with pytest.raises(AuthenticationError) as wrong_read:
                call_with("wrong", op.LIST_TEAMS)
            with pytest.raises(AuthenticationError) as wrong_write:
                call_with("wrong", op.ADD_TEAM, name="x")
            with pytest.raises(PermissionDeniedError) as read_only:
                call_with("reader", op.ADD_TEAM, name="x")
            assert call_with("reader", op.LIST_TEAMS)[0]["name"] == "Default Team"

        assert str(wrong_read.value) == f"GET /api-public/v1/team: 403: Authentication failed{CHECK}"
        assert str(wrong_write.value) == f"POST /api-public/v1/team: 403: Authentication failed{CHECK}"
        assert str(read_only.value) == (
            "POST /api-public/v1/team: 403: This API key is read-only; the API key may be read-only"
        )

    @pytest.mark.parametrize(
        ("fault", "kind"),
        [
            ({"kind": "html", "status": 502}, ServerError),
            ({"kind": "html", "status": 200}, UnexpectedResponseError),
            ({"kind": "broken_json"}, UnexpectedResponseError),
            ({"kind": "truncate"}, TransportError),
            ({"kind": "reset_before"}, TransportError),
            ({"kind": "reset_after"}, TransportError),
            ({"kind": "status", "status": 200, "body": {"error": "no"}}, InvalidRequestError),
            ({"kind": "status", "status": 302, "headers": {"Location": "/"}}, UnexpectedResponseError),
        ],
        ids=lambda value: value["kind"] if isinstance(value, dict) else value.__name__,
    )
    def test_each_fault_of_the_simulator_is_told_for_what_it_is(
        self, simulator: Simulator, client: Client, fault: dict[str, Any], kind: type[VictorOpsError]
    ) -> None:
        simulator.put_faults([{"operation": "GET /api-public/v1/team", **fault}])

        with pytest.raises(kind):
            client.teams.all()
