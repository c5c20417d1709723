"""A stack by way of the engine's own command, `pulumi`, which knows where its state is and how it's encrypted."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from pulumi_victorops.stack.errors import MisuseError, NotDoneError

_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


class EngineStack:
    """The stack that a command is about: the selected one where none is named.

    Attributes:
        name: its name, as the engine says it.
        project: the project's name.
        program: the folder that the engine runs the program and its plugin in.
    """

    def __init__(self, folder: Path, stack: str | None) -> None:
        if not folder.is_dir():
            raise MisuseError(f"there is no folder {str(folder)!r}")
        self._folder = folder.resolve()
        self._chosen = ["--stack", stack] if stack else []
        file = _project_file(self._folder)
        self.project = _name_in(file)
        self.program = _program(file)
        self.name = self._run("stack", "--show-name").strip()

    def config(self) -> dict[str, str]:
        """The configuration, decrypted; it stays in this process."""
        listed = json.loads(self._run("config", "--json", "--show-secrets"))
        return {key: entry["value"] for key, entry in listed.items() if "value" in entry}

    def export(self) -> dict[str, Any]:
        """The state as the engine gives it, secrets encrypted."""
        document: dict[str, Any] = json.loads(self._run("stack", "export"))
        return document

    def replace(self, document: dict[str, Any]) -> None:
        """Put another state in the place of the present one. It's handed over in a pipe, and in no file."""
        self._run("stack", "import", text=json.dumps(document))

    def preview(self) -> str:
        """The plan of a preview, as JSON. What makes a preview fail stands in it."""
        done = self._call("preview", "--json")
        return done.stdout if done.stdout.strip() else _checked(done, "preview", "--json")

    def _run(self, *arguments: str, text: str = "") -> str:
        return _checked(self._call(*arguments, text=text), *arguments)

    def _call(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = shutil.which("pulumi")
        if command is None:
            raise NotDoneError("there is no command `pulumi` on PATH: install Pulumi, or add its folder")
        return subprocess.run(  # noqa: S603 - no shell is involved, and the command is Pulumi's own
            [command, *arguments, *self._chosen, "--non-interactive", "--color", "never"],
            cwd=self._folder,
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def _checked(done: subprocess.CompletedProcess[str], *arguments: str) -> str:
    if done.returncode:
        raise NotDoneError(f"`pulumi {' '.join(arguments)}` failed: {_problem(done.stderr.splitlines())}")
    return done.stdout


def _problem(lines: Iterable[str]) -> str:
    said = [line.strip() for line in lines if line.strip()]
    errors = [line.removeprefix("error:").strip() for line in said if line.startswith("error:")]
    return next(iter(errors or said[-1:]), "it didn't say why")


def _project_file(folder: Path) -> Path:
    """The project's file, which the engine looks for in the folders above too."""
    for place in (folder, *folder.parents):
        for file in (place / name for name in _PROJECT_FILES):
            if file.is_file():
                return file
    raise MisuseError(f"there is no Pulumi.yaml in {str(folder)!r} or above it: go there, or give --cwd")


def _in_project(file: Path, member: str) -> str | None:
    try:
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        project = None
    value = project.get(member) if isinstance(project, dict) else None
    return value if isinstance(value, str) else None


def _name_in(file: Path) -> str:
    name = _in_project(file, "name")
    if name is None:
        raise NotDoneError(f"{file.name} names no project")
    return name


def _program(file: Path) -> Path:
    """Where the project says that its program is: the folder, or the file in it."""
    main = file.parent / (_in_project(file, "main") or "")
    return main if main.is_dir() else main.parent
