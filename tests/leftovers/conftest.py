from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.simulator import Simulator
from tests.conftest import CommandLine
from tests.importer.objects import document
from tests.importer.stand_in import StandIn
from tests.provider.conftest import config_of, plugins
from tests.provider.plugin import Plugin

EVE = {"username": "eve", "first_name": "E", "last_name": "V", "email": "eve@example.com"}

Said = tuple[int, list[str], list[str]]
"""What the command ended with, its lines, and what it complained of or told beside them."""

Leftovers = Callable[..., Said]
Start = Callable[[], Plugin]


@pytest.fixture
def stack(tmp_path: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The folder of a project is the current one, and its stack knows the service and nothing else."""
    made = StandIn(tmp_path, document(), {**config_of(simulator), "victorops:journal": str(tmp_path / "journals")})
    made.enter(monkeypatch)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PULUMI_BACKEND_URL", raising=False)
    return made


@pytest.fixture
def start(stack: StandIn) -> Iterator[Start]:
    """Start a plugin, as a run of the stack does; what is still running at the end is ended."""
    with plugins() as start:
        yield lambda: start(stack.config, PULUMI_PROJECT="org")


@pytest.fixture
def leftovers(stack: StandIn, command_line: CommandLine) -> Leftovers:
    """Run the command."""

    def run(*arguments: str) -> Said:
        code, text, told = command_line("leftovers", *arguments)
        return code, text.splitlines(), told.splitlines()

    return run


def begin(plugin: Plugin, kind: str, inputs: dict[str, Any], **more: Any) -> str:
    """Have a plugin make an object; returns its id."""
    provider = getattr(providers, kind)
    checked = plugin.check(provider, {**inputs, "__identity": f"dev:{kind}", **more})
    assert checked.failures == []
    return plugin.create(provider, checked.inputs).id
