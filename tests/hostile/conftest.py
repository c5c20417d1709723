"""Fuzzing is bounded here; `EXPLORE=1 HOSTILE_EXAMPLES=2000 pytest tests/hostile` looks deeper."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tools.hostile.world import World, world

settings.register_profile(
    "hostile",
    max_examples=int(os.environ.get("HOSTILE_EXAMPLES", "15")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="package")
def started() -> Iterator[World]:
    with world() as running:
        yield running
