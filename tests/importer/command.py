"""The command as a person runs it, in the folder of a project."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.harness import Program, Stack

COMMAND = [sys.executable, "-c", "from pulumi_victorops.cli import main; main()", "import"]


@dataclass
class Outcome:
    """What the command ended with, printed, and said beside it."""

    code: int
    text: str
    said: str

    @property
    def program(self) -> Program:
        """The text that it printed, as a program."""
        return as_program(self.text)


@dataclass
class Project:
    """A stack and the folder that a person works on it in."""

    stack: Stack
    folder: Path

    def run(self, *arguments: str, **environment: str) -> Outcome:
        """Run the command there."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.stack.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def must_run(self, *arguments: str) -> Outcome:
        """Run the command there, or fail the test with its own words."""
        outcome = self.run(*arguments)
        assert outcome.code == 0, outcome.said
        return outcome

    def pulumi(self, *arguments: str, text: str = "") -> str:
        """Run the engine's own command there."""
        done = subprocess.run(
            ["pulumi", *arguments],
            cwd=self.folder,
            env=self.stack.environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def export(self) -> dict[str, Any]:
        """The state as the engine exports it."""
        document: dict[str, Any] = json.loads(self.pulumi("stack", "export"))
        return document


def as_program(*texts: str) -> Program:
    """A program made of texts, one behind the other."""

    def program() -> None:
        exec(compile("\n".join(texts), "printed", "exec"), {})

    return program


def writes(calls: dict[str, int]) -> dict[str, int]:
    """Those of the calls that aren't reads."""
    return {operation: count for operation, count in calls.items() if not operation.startswith("GET ")}
