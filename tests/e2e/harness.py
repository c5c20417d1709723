"""A stack on the real engine, with a state folder of its own and a simulated service."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation as auto
from pulumi.runtime import _grpc_settings

from pulumi_victorops.simulator import Simulator
from tools.plugin import OWN_CONNECTION
from tools.setup.engine import find_engine
from tools.setup.environment import engine_environment

ROOT = Path(__file__).resolve().parents[2]

Program = Callable[[], object]

# Programs run in this process, which sees the ports of hundreds of engines.
_grpc_settings._GRPC_CHANNEL_OPTIONS.append(OWN_CONNECTION)


@dataclass
class Ran:
    """What one run of the engine did: its summary, its output and the calls that the service saw."""

    changes: dict[str, int]
    output: str
    calls: dict[str, int]
    failed: bool = False
    outputs: dict[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> list[str]:
        """The error lines of the diagnostics, each once."""
        diagnostics = self.output.partition("Diagnostics:")[2]
        lines = [line.strip() for line in diagnostics.splitlines()]
        return list(dict.fromkeys(line for line in lines if line.startswith("error:")))


@dataclass(frozen=True)
class Planned:
    """What a preview says of a resource: `same`, `create`, `update`, `replace` or `delete`, and which properties."""

    operation: str
    properties: set[str]


class Stack:
    """A stack whose program can be changed between runs."""

    def __init__(self, folder: Path, simulator: Simulator) -> None:
        engine = find_engine()
        if engine is None:
            pytest.fail("there is no Pulumi engine: run `make setup`")
        self.environment = engine_environment(engine, root=ROOT, home=folder / "home", backend=folder / "backend")
        self._simulator = simulator
        self._work = folder / "work"
        self._work.mkdir()
        self.log = ""
        self._stack = auto.create_or_select_stack(
            stack_name="test",
            project_name="e2e",
            program=lambda: None,
            opts=auto.LocalWorkspaceOptions(
                work_dir=str(self._work),
                env_vars=self.environment,
                pulumi_command=auto.PulumiCommand(str(engine.bin_dir.parent), skip_version_check=True),
            ),
        )
        self.configure(baseUrl=simulator.url, apiId=simulator.api_id, apiKey=simulator.api_key, rateLimit="off")

    def configure(self, **settings: str) -> None:
        """Set `victorops:...` configuration; keys as secrets."""
        for key, value in settings.items():
            self._stack.set_config(f"victorops:{key}", auto.ConfigValue(value, secret=key in {"apiKey", "profiles"}))

    def configure_at(self, path: str, value: str) -> None:
        """Set a part of `victorops:...` configuration that has a structure, as a secret."""
        self._stack.set_config(f"victorops:{path}", auto.ConfigValue(value, secret=True), path=True)

    def unconfigure(self, *keys: str) -> None:
        """Take `victorops:...` configuration away."""
        for key in keys:
            self._stack.remove_config(f"victorops:{key}")

    def preview(self, program: Program, **options: Any) -> Ran:
        """What `pulumi preview` says."""
        return self._run(program, lambda on: self._stack.preview(on_output=on, on_error=on, **options))

    def plan(self, program: Program) -> dict[str, Planned]:
        """What a preview would do with each resource, by name."""
        steps: list[Any] = []

        def look(event: auto.EngineEvent) -> None:
            if event.resource_pre_event is not None:
                steps.append(event.resource_pre_event.metadata)

        ran = self._run(program, lambda on: self._stack.preview(on_output=on, on_error=on, on_event=look))
        assert not ran.failed, ran.output
        plan: dict[str, Planned] = {}
        for step in steps:
            name, operation = step.urn.rpartition("::")[2], str(getattr(step.op, "value", step.op))
            old, new = (side.inputs if side else {} for side in (step.old, step.new))
            changed = {each for each in {*old, *new} if old.get(each) != new.get(each)} - {"__provider"}
            if operation not in {"create-replacement", "delete-replaced"}:
                plan[name] = Planned(operation, changed)
        return plan

    def up(self, program: Program, **options: Any) -> Ran:
        """Bring the program up; the plugin's preview is a run of its own."""
        return self._run(program, lambda on: self._stack.up(on_output=on, on_error=on, **options))

    def refresh(self, program: Program) -> Ran:
        """Look at what is there."""
        return self._run(program, lambda on: self._stack.refresh(on_output=on, on_error=on))

    def destroy(self) -> Ran:
        """Take everything down."""
        return self._run(lambda: None, lambda on: self._stack.destroy(on_output=on, on_error=on))

    def must_up(self, program: Program, **options: Any) -> Ran:
        """Bring the program up, or fail the test with the engine's own words."""
        ran = self.up(program, **options)
        assert not ran.failed, ran.output
        return ran

    def state(self) -> str:
        """The state file as it lies on the disk, secrets encrypted."""
        folder = Path(self.environment["PULUMI_BACKEND_URL"].removeprefix("file://"))
        return "".join(path.read_text() for path in folder.rglob("*.json") if "stacks" in path.parts)

    def resources(self) -> dict[str, dict[str, Any]]:
        """The resources in the state by their names."""
        found = json.loads(json.dumps(self._stack.export_stack().deployment))["resources"]
        return {resource["urn"].rpartition("::")[2]: resource for resource in found}

    def _run(self, program: Program, run: Callable[[Callable[[str], None]], Any]) -> Ran:
        def run_program() -> None:
            program()

        self._stack.workspace.program = run_program
        lines: list[str] = []
        before = self._simulator.requests()["by_operation"]
        failed, changes, outputs = False, {}, {}
        try:
            result = run(lines.append)
        except auto.CommandError:
            failed = True
        else:
            summary = getattr(result, "summary", None)
            found = summary.resource_changes if summary else result.change_summary
            changes = {str(getattr(kind, "value", kind)): count for kind, count in (found or {}).items()}
            outputs = {name: output.value for name, output in getattr(result, "outputs", {}).items()}
        text = "\n".join(lines)
        self.log += text
        after = self._simulator.requests()["by_operation"]
        calls = {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}
        return Ran(changes, text, calls, failed, outputs)


def run_cli(stack: Stack, *arguments: str) -> str:
    """Run the engine's own command and return all that it printed."""
    done = subprocess.run(
        ["pulumi", *arguments],
        env=stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
