from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer
from tests.provider.plugin import Plugin


def config_at(url: str, api_id: str = "id", api_key: str = "key") -> dict[str, str]:
    """The configuration of a stack whose service is at an address."""
    return {
        "victorops:baseUrl": url,
        "victorops:apiId": api_id,
        "victorops:apiKey": api_key,
        "victorops:rateLimit": "off",
    }


def config_of(simulator: Simulator) -> dict[str, str]:
    return config_at(simulator.url, simulator.api_id, simulator.api_key)


@contextmanager
def plugins() -> Iterator[Callable[..., Plugin]]:
    """What starts plugins, as `Plugin` does; those that still run at the end are ended."""
    with ExitStack() as running:

        def start(config: dict[str, str], *, engine: str | None = None, **environment: str) -> Plugin:
            plugin = Plugin(config, engine=engine, **environment)
            running.callback(plugin.stop)
            return plugin

        yield start


@pytest.fixture
def plugin(simulator: Simulator) -> Iterator[Plugin]:
    with plugins() as start:
        yield start(config_of(simulator))


@pytest.fixture(scope="module")
def shared(running_simulator: Simulator) -> Iterator[Plugin]:
    """One for all tests of a module, where none reads a list twice: it keeps what it read."""
    with plugins() as start:
        yield start(config_of(running_simulator))


@pytest.fixture
def server() -> Iterator[RawServer]:
    """A service that answers as a test says."""
    with RawServer() as started:
        yield started


@pytest.fixture
def plugin_of_server(server: RawServer) -> Iterator[Plugin]:
    """One that talks to that service."""
    with plugins() as start:
        yield start(config_at(server.url))


@pytest.fixture
def team(client: Client) -> str:
    """The team Platform, in an org in which ada is too."""
    client.users.create(UserPayload(username="ada", first_name="Ada", last_name="Byron", email="ada@example.com"))
    return client.teams.create(TeamPayload(name="Platform")).slug
