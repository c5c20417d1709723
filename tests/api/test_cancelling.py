"""A client that is cancelled begins nothing, and lets what has begun come to its end."""

from __future__ import annotations

import contextvars
import subprocess
import sys

import pytest

from pulumi_victorops.api import TransportError
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.settings import RateLimit
from tests.api.conftest import MakeTransport
from tests.api.raw_server import RawServer, answer


@pytest.mark.parametrize("limit", [None, RateLimit(100, 1)], ids=str)
def test_what_has_written_goes_on_and_all_else_is_refused(
    server: RawServer, make_transport: MakeTransport, limit: RateLimit | None
) -> None:
    transport = make_transport(server.url, limit)
    writer, reader = contextvars.Context(), contextvars.Context()
    writer.run(transport.call, op.ADD_TEAM, body={"name": "Platform"})
    reader.run(transport.call, op.LIST_TEAMS)

    transport.cancel()

    assert writer.run(transport.call, op.LIST_TEAMS) == {}
    with pytest.raises(TransportError) as caught:
        reader.run(transport.call, op.LIST_TEAMS)
    assert str(caught.value) == "GET /api-public/v1/team: cancelled before it was sent"
    assert caught.value.sent is False
    assert len(server.requests) == 3


def test_a_write_that_was_refused_for_the_rate_has_written_nothing(
    server: RawServer, make_transport: MakeTransport
) -> None:
    transport = make_transport(server.url)
    server.script(answer(429, "", {"Retry-After": "301"}))
    context = contextvars.Context()
    with pytest.raises(Exception, match="429"):
        context.run(transport.call, op.ADD_TEAM, body={"name": "Platform"})

    transport.cancel()

    with pytest.raises(TransportError, match="cancelled before it was sent"):
        context.run(transport.call, op.ADD_TEAM, body={"name": "Platform"})


def test_a_process_that_is_done_waits_for_no_turn(server: RawServer) -> None:
    """Its threads would otherwise keep it alive, and the second report is due in a minute."""
    script = (
        "import sys, threading\n"
        "from pulumi_victorops.api import Client, Settings\n"
        "from pulumi_victorops.api import operations as op\n"
        "client = Client(Settings('id', 'key', sys.argv[1], rate_limit_store='memory'))\n"
        "client._transport.call(op.SEARCH_INCIDENTS)\n"
        "def wait():\n"
        "    try: client._transport.call(op.SEARCH_INCIDENTS)\n"
        "    except Exception as error: print(error)\n"
        "threading.Thread(target=wait).start()\n"
    )
    done = subprocess.run([sys.executable, "-c", script, server.url], capture_output=True, text=True, timeout=40)

    assert done.stdout == "GET /api-reporting/v2/incidents: the client is closed\n"
    assert done.returncode == 0
    assert len(server.requests) == 1
