from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack


@pytest.fixture
def stack(tmp_path: Path, simulator: Simulator) -> Stack:
    return Stack(tmp_path, simulator)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/components" in item.nodeid and "stack" in getattr(item, "fixturenames", ()):
            item.add_marker("engine")
