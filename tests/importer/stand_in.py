"""A stand-in for the engine's command: a stack whose state is a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

_SCRIPT = """#!/bin/sh
cd "{folder}" || exit 1
case "$1 $2" in
"stack --show-name") echo dev ;;
"stack export") cat state.json; if [ -f next.json ]; then mv next.json state.json; fi ;;
"stack import") cat > state.json ;;
"config --json") cat config.json ;;
"preview --json") cat preview.json ;;
*) echo "error: what is $*?" >&2; exit 1 ;;
esac
"""


class StandIn:
    """The stack `dev` of the project `org`.

    Attributes:
        bin: the folder that has to stand on PATH.
        project: the folder of the project.
        config: its configuration.
        last_put: the state that it has, or will have, but for imports.
    """

    def __init__(self, folder: Path, state: dict[str, Any], config: dict[str, str]) -> None:
        self._folder = folder
        self.bin, self.project = folder / "bin", folder / "project"
        self.bin.mkdir(parents=True)
        self.project.mkdir()
        (self.project / "Pulumi.yaml").write_text("name: org\nruntime: python\n", encoding="utf-8")
        command = self.bin / "pulumi"
        command.write_text(_SCRIPT.format(folder=folder), encoding="utf-8")
        command.chmod(0o755)
        self.configure(config)
        self.put(state)

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Go to the folder of the project, for the time of a test; `pulumi` is the stand-in there."""
        monkeypatch.setenv("PATH", str(self.bin), prepend=":")
        monkeypatch.chdir(self.project)

    def configure(self, config: dict[str, str]) -> None:
        """Set the stack's configuration."""
        self.config = config
        entries = {key: {"value": value, "secret": key == "victorops:apiKey"} for key, value in config.items()}
        (self._folder / "config.json").write_text(json.dumps(entries), encoding="utf-8")

    def foresee(self, plan: str) -> None:
        """Set what a preview prints."""
        (self._folder / "preview.json").write_text(plan, encoding="utf-8")

    def put(self, state: dict[str, Any]) -> None:
        """Set the stack's state."""
        self.last_put = state
        (self._folder / "state.json").write_text(json.dumps(state), encoding="utf-8")

    def put_after_the_next_look(self, state: dict[str, Any]) -> None:
        """Set the stack's state as somebody else would, once it has been exported."""
        self.last_put = state
        (self._folder / "next.json").write_text(json.dumps(state), encoding="utf-8")

    def state(self) -> dict[str, Any]:
        """The stack's state."""
        state: dict[str, Any] = json.loads((self._folder / "state.json").read_text(encoding="utf-8"))
        return state
