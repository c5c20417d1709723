from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.audit.plans import Step, plan
from tests.conftest import CommandLine
from tests.docs.deletes import Org
from tests.importer.objects import document
from tests.importer.stand_in import StandIn
from tests.provider.conftest import config_of


@dataclass
class Said:
    """What the command ended with, printed, and complained of."""

    code: int
    text: str
    complaint: str = ""

    @property
    def lines(self) -> list[str]:
        """What it says of each deletion, without the last line, which counts them."""
        return self.text.splitlines()[:-1]


Command = Callable[..., Said]
Audit = Callable[..., Said]


@pytest.fixture
def org(client: Client, simulator: Simulator) -> Org:
    return Org(client, simulator)


@pytest.fixture
def new_org(client: Client, simulator: Simulator) -> Callable[[], Org]:
    """Make such an org once more, in the place of the last one."""

    def make() -> Org:
        simulator.reset("empty")
        return Org(client, simulator)

    return make


@pytest.fixture
def stack(tmp_path: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The folder of a project is the current one, and its stack knows the service."""
    made = StandIn(tmp_path, document(), config_of(simulator))
    made.enter(monkeypatch)
    for name in ("VO_DEFAULT_REPLACEMENT", "VO_EXTENDED_API"):
        monkeypatch.delenv(name, raising=False)
    return made


@pytest.fixture
def command(stack: StandIn, command_line: CommandLine) -> Command:
    """Run the command."""

    def run(*arguments: str) -> Said:
        code, text, complaint = command_line("audit", *arguments)
        return Said(code, text, complaint.removeprefix("pulumi-victorops: ").removesuffix("\n"))

    return run


@pytest.fixture
def audit(command: Command, tmp_path: Path) -> Audit:
    """Run the command on a plan of these steps."""

    def run(*steps: Step) -> Said:
        file = tmp_path / "plan.json"
        file.write_text(plan(*steps), encoding="utf-8")
        return command("--plan", str(file))

    return run
