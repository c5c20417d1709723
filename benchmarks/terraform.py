"""The same org through Terraform, where that and a provider for this service are on `PATH`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.figures import Table
from benchmarks.reference_org import Item, Ref, Size, reference_org, resolved
from benchmarks.runs import Bench
from pulumi_victorops.simulator import Simulator
from tools.setup.engine import Engine

COMMANDS = ("terraform", "terraform-provider-victorops")
MISSING_KINDS = ("rotations", "alert_rules", "overrides")
"""What the provider has no resources for."""

_SOURCE = "splunk/victorops"
_NAMES = {
    "User": "victorops_user",
    "Team": "victorops_team",
    "TeamMembership": "victorops_team_membership",
    "EscalationPolicy": "victorops_escalation_policy",
    "RoutingKey": "victorops_routing_key",
    "ContactPhone": "victorops_contact",
}
_PROPERTIES = {"username": "user_name", "team": "team_id", "routing_key": "name", "phone": "value", "steps": "step"}


def beside(engine: Engine, resources: int) -> Table:
    """Run both, command by command; where one isn't there, say so. Nothing is downloaded."""
    missing = [command for command in COMMANDS if shutil.which(command) is None]
    table = Table(
        "Beside Terraform",
        f"The same org, without the kinds that Terraform's provider lacks, through `{COMMANDS[0]}` and "
        f"`{COMMANDS[1]}`, where both are on `PATH`: calls, and wall seconds with no pace kept. Nothing is downloaded "
        "for it.",
        ["command", "calls, ours", "calls, Terraform", "s, ours", "s, Terraform"],
    )
    if missing:
        table.add(f"none: `{'` and `'.join(missing)}` absent", "-", "-", "-", "-")
        return table
    with Simulator(seed="empty", random_seed=1) as ours, Simulator(seed="empty", random_seed=1) as theirs:
        left_out = {"BENCH_WITHOUT": ",".join(MISSING_KINDS)}
        with Bench(engine, "victorops", resources, ours, left_out) as bench, _Terraform(resources, theirs) as terraform:
            apply = ("apply", "-auto-approve")
            for what, mine, other in (
                ("create", bench.up, apply),
                ("preview", bench.preview, ("plan",)),
                ("no-op", bench.up, apply),
                ("refresh", bench.refresh, (*apply, "-refresh-only")),
                ("destroy", bench.destroy, ("destroy", "-auto-approve")),
            ):
                counted = _timed(ours, mine)
                try:
                    found = _timed(theirs, lambda other=other: terraform.run(*other))  # type: ignore[misc]
                except subprocess.CalledProcessError as error:
                    table.add(what, counted[0], f"failed: {_first_line(error.stderr)}", counted[1], "-")
                    break
                table.add(what, counted[0], found[0], counted[1], found[1])
    return table


def document(resources: int) -> dict[str, Any]:
    """The org in Terraform's JSON form."""
    blocks: dict[str, dict[str, Any]] = {}
    items = {item.name: item for item in reference_org(comparable_size(resources))}
    for item in items.values():
        blocks.setdefault(_NAMES[item.kind], {})[item.name] = _properties(item, items)
    return {
        "terraform": {"required_providers": {"victorops": {"source": _SOURCE}}},
        "provider": {"victorops": {}},
        "resource": blocks,
    }


def comparable_size(resources: int) -> Size:
    """The size of the org without what the provider lacks."""
    return replace(Size.of(resources), **dict.fromkeys(MISSING_KINDS, 0))


def _properties(item: Item, items: dict[str, Item]) -> dict[str, Any]:
    def look(ref: Ref) -> str:
        name = _PROPERTIES.get(ref.property, ref.property)
        # A user is referred to by name.
        name = "user_name" if items[ref.of].kind == "User" else name
        return f"${{{_NAMES[items[ref.of].kind]}.{ref.of}.{name}}}"

    given = {_PROPERTIES.get(name, name): value for name, value in resolved(item.inputs, look).items()}
    return {**given, "type": "phone"} if item.kind == "ContactPhone" else given


class _Terraform(TemporaryDirectory[str]):
    """A folder with the org, for the command to run in."""

    def __init__(self, resources: int, simulator: Simulator) -> None:
        super().__init__(prefix="bench-")
        folder = Path(self.name)
        (folder / "main.tf.json").write_text(json.dumps(document(resources)), encoding="utf-8")
        at = Path(shutil.which(COMMANDS[1]) or "").parent
        settings = f'provider_installation {{\n  dev_overrides {{ "{_SOURCE}" = "{at}" }}\n  direct {{}}\n}}\n'
        (folder / "cli.tfrc").write_text(settings, encoding="utf-8")
        self._environment = os.environ | {
            "TF_CLI_CONFIG_FILE": str(folder / "cli.tfrc"),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
            "NO_PROXY": "127.0.0.1,localhost",
            "VO_BASE_URL": simulator.url,
            "VO_API_ID": simulator.api_id,
            "VO_API_KEY": simulator.api_key,
        }

    def __enter__(self) -> _Terraform:  # type: ignore[override]
        return self

    def run(self, *arguments: str) -> None:
        """Run the command to its end."""
        command = [COMMANDS[0], arguments[0], "-input=false", "-no-color", *arguments[1:]]
        subprocess.run(command, cwd=self.name, env=self._environment, capture_output=True, text=True, check=True)


def _timed(simulator: Simulator, run: Callable[[], object]) -> tuple[str, str]:
    """How many calls, and how many seconds."""
    before, began = simulator.requests()["total"], time.monotonic()
    run()
    return str(simulator.requests()["total"] - before), f"{time.monotonic() - began:.1f}"


def _first_line(text: str) -> str:
    lines = [line.strip(" │╷╵") for line in text.splitlines()]
    return next((line for line in lines if line.startswith("Error")), "no reason given")[:100]
