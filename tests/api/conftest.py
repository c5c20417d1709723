"""What the tests of the client share: a simulator, a server of bytes, and clients that don't dawdle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from pulumi_victorops.api import Client, Settings, limits
from pulumi_victorops.api.settings import RateLimit
from pulumi_victorops.api.transport import Transport
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer

API_ID = "8f3b12cd"
API_KEY = "5f1e9a7c44d04bd3a1e6c2b7f0d98e31"

MakeClient = Callable[..., Client]
MakeTransport = Callable[..., Transport]


@pytest.fixture(autouse=True)
def brief_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait as long as a user would."""
    monkeypatch.setattr(limits, "TRANSIENT_BACKOFF", 0.001)
    monkeypatch.setattr(limits, "TRANSIENT_BACKOFF_MAX", 0.004)
    monkeypatch.setattr(limits, "RATE_LIMIT_BACKOFF", 0.001)
    monkeypatch.setattr(limits, "RATE_LIMIT_BACKOFF_MAX", 0.004)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own proxies and credentials out."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="module")
def running_simulator() -> Iterator[Simulator]:
    with Simulator(seed="empty", random_seed=1) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    running_simulator.put_faults([])
    running_simulator.reset("empty")
    return running_simulator


@pytest.fixture
def client(simulator: Simulator) -> Iterator[Client]:
    """A client of the simulator."""
    settings = Settings(simulator.api_id, simulator.api_key, base_url=simulator.url, rate_limit=None)
    client = Client(settings)
    yield client
    client.close()


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as server:
        yield server


def settings_for(url: str, rate_limit: RateLimit | None = None) -> Settings:
    return Settings(API_ID, API_KEY, base_url=url, rate_limit=rate_limit)


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Make clients of any address, closed at the end."""
    with ExitStack() as stack:

        def make(url: str, rate_limit: RateLimit | None = None) -> Client:
            client = Client(settings_for(url, rate_limit))
            stack.callback(client.close)
            return client

        yield make


@pytest.fixture
def make_transport() -> Iterator[MakeTransport]:
    """Make transports of any address, closed at the end."""
    with ExitStack() as stack:

        def make(url: str, rate_limit: RateLimit | None = None) -> Transport:
            transport = Transport(settings_for(url, rate_limit))
            stack.callback(transport.close)
            return transport

        yield make


@pytest.fixture
def raw_client(server: RawServer, make_client: MakeClient) -> Client:
    """A client of the server of bytes."""
    return make_client(server.url)


@pytest.fixture
def transport(server: RawServer, make_transport: MakeTransport) -> Transport:
    """A transport to the server of bytes."""
    return make_transport(server.url)
