from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_victorops.simulator import Simulator


@pytest.fixture
def full_service() -> Iterator[Simulator]:
    """A service with devices and webhooks, which only people make, and telephones that may be paged."""
    with Simulator(seed="demo", random_seed=1, verified_phones=True) as simulator:
        yield simulator
