from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.importer.command import Project


@pytest.fixture
def project(tmp_path: Path, simulator: Simulator) -> Project:
    """A project whose one stack was never brought up."""
    return Project(Stack(tmp_path / "into", simulator), tmp_path / "into" / "work")


@pytest.fixture
def full_service() -> Iterator[Simulator]:
    """A service with devices and webhooks, which only people make, and telephones that may be paged."""
    with Simulator(seed="demo", random_seed=1, verified_phones=True) as simulator:
        yield simulator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/importer" in item.nodeid and "project" in getattr(item, "fixturenames", ()):
            item.add_marker("engine")
