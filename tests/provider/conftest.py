from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import Plugin


def config_of(simulator: Simulator) -> dict[str, str]:
    return {
        "victorops:baseUrl": simulator.url,
        "victorops:apiId": simulator.api_id,
        "victorops:apiKey": simulator.api_key,
        "victorops:rateLimit": "off",
    }


@pytest.fixture
def plugin(simulator: Simulator) -> Iterator[Plugin]:
    started = Plugin(config_of(simulator))
    yield started
    started.stop()
