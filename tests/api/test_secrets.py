"""The API id and key show up nowhere: not in errors, not in objects, not in the finest log."""

from __future__ import annotations

import html
import json
import logging
import traceback
from collections.abc import Callable

import pytest

from pulumi_victorops.api import Client, ConfigurationError, Settings, VictorOpsError, limits
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.transport import Transport
from tests.api.conftest import API_ID, API_KEY
from tests.api.raw_server import Behaviour, Exchange, RawServer, answer, exactly, http_bytes, reset

# The service may accept any of these; they are awkward to strike out of JSON and HTML.
AWKWARD_KEY = "k/e\"y\\<&>'1"


def echo(status: int, spell: Callable[[str], str]) -> Behaviour:
    """Answer with the request itself, spelled in some way, as a careless gateway does."""

    def behave(exchange: Exchange) -> bool:
        text = "\n".join(f"{name}: {value}" for name, value in exchange.request.headers.items())
        exchange.sock.sendall(http_bytes(status, spell(text).encode()))
        return True

    return behave


def escaped(text: str) -> str:
    """JSON in which every character is an escape."""
    return '{"error": "' + "".join(f"\\u{ord(c):04x}" for c in text) + '"}'


def slashed(text: str) -> str:
    return json.dumps({"error": text}).replace("/", "\\/")


def plain(text: str) -> str:
    return text


def as_page(text: str) -> str:
    return f"<html><pre>{html.escape(text)}</pre></html>"


@pytest.mark.parametrize("spell", [plain, escaped, slashed, as_page])
@pytest.mark.parametrize("status", [200, 302, 403, 422, 429, 500])
@pytest.mark.parametrize("key", [API_KEY, AWKWARD_KEY], ids=["usual key", "awkward key"])
def test_an_echo_of_the_request_is_struck_out(
    server: RawServer,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    spell: Callable[[str], str],
    key: str,
) -> None:
    monkeypatch.setattr(limits, "RATE_LIMIT_PATIENCE", 0.0)
    transport = Transport(Settings(API_ID, key, base_url=server.url, rate_limit=None))
    server.script(echo(status, spell))

    with pytest.raises(VictorOpsError) as caught:
        transport.call(op.ADD_TEAM, body={})
    transport.close()

    shown = f"{caught.value} {caught.value!r} {caught.value.service_message} {caught.value.__dict__}"
    assert "x-vo-api-key" in str(caught.value).lower()
    assert "***" in str(caught.value)
    assert API_ID not in shown
    assert key not in shown
    assert key not in html.unescape(shown)


@pytest.mark.parametrize("shift", range(20))
def test_a_key_at_the_end_of_what_is_repeated_is_not_shown_in_part(
    server: RawServer, transport: Transport, shift: int
) -> None:
    server.script(answer(422, "x" * (limits.SERVICE_WORDS_LIMIT - shift) + API_KEY))

    with pytest.raises(VictorOpsError) as caught:
        transport.call(op.ADD_TEAM, body={})

    assert API_KEY[:4] not in str(caught.value)


def test_a_key_that_is_part_of_the_id_leaves_no_rest(server: RawServer) -> None:
    transport = Transport(Settings("demo-key-of-org-7", "demo-key", base_url=server.url, rate_limit=None))
    server.script(echo(422, plain))

    with pytest.raises(VictorOpsError) as caught:
        transport.call(op.ADD_TEAM, body={})
    transport.close()

    assert "of-org-7" not in str(caught.value)


def test_a_reason_line_or_a_header_that_repeats_the_key_is_not_shown(server: RawServer, transport: Transport) -> None:
    server.script(exactly(f"NOPE {API_KEY}\r\n\r\n".encode()), answer(500, "", {"X-Echo": API_KEY}))

    for _ in range(2):
        with pytest.raises(VictorOpsError) as caught:
            transport.call(op.ADD_TEAM, body={})
        assert API_KEY not in f"{caught.value} {caught.value!r}"


def test_no_object_of_the_client_shows_a_credential(server: RawServer, transport: Transport) -> None:
    settings = Settings(API_ID, API_KEY, base_url=server.url, rate_limit=None)
    client = Client(settings)
    wire = transport._wire()
    shown = [settings, client, transport, client.users, vars(client), vars(transport), vars(wire), vars(wire._session)]
    client.close()

    for each in shown:
        assert API_KEY not in f"{each} {each!r}"
        assert API_ID not in f"{each} {each!r}"


@pytest.mark.parametrize("key", ["bad\nkey", "b\u00e4d", "bad key", ""], ids=["newline", "umlaut", "blank", "empty"])
def test_settings_refuse_a_key_that_cannot_be_sent_and_do_not_show_it(key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings(API_ID, key)

    assert str(caught.value) == ("victorops:apiKey (or VO_API_KEY) holds a blank, a control or a non-ASCII character")


def test_the_finest_log_and_the_traceback_of_a_failing_call_hold_no_credential(
    server: RawServer, raw_client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(
        answer(200, []), answer(500, f"id={API_ID} key={API_KEY}"), answer(429, API_KEY), reset(), answer(403, API_KEY)
    )

    raw_client.teams.all()
    with pytest.raises(VictorOpsError) as caught:
        raw_client.teams.all()

    logged = caplog.text + "".join(capfd.readouterr())
    logged += "".join(traceback.format_exception(caught.value))
    assert "urllib3.connectionpool" in caplog.text
    assert "GET /api-public/v1/team" in caplog.text
    assert "attempt 1 failed, again in 0.0 s: GET /api-public/v1/team: 500: id=*** key=***" in caplog.text
    assert API_KEY not in logged
    assert API_ID not in logged


def test_only_the_two_headers_carry_the_credentials(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, []))

    raw_client.teams.all()

    (request,) = server.requests
    assert request.raw.count(API_ID.encode()) == 1
    assert request.raw.count(API_KEY.encode()) == 1
    assert request.headers["x-vo-api-id"] == API_ID
    assert request.headers["x-vo-api-key"] == API_KEY
