"""The options that commands on a stack share, as types of their parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_FOLDER = "The folder of the Pulumi project."

StackName = Annotated[str | None, typer.Option("--stack", help="The stack.", show_default="the selected one")]
"""Which stack a command is about."""

Folder = Annotated[Path, typer.Option("--cwd", help=_FOLDER)]
"""Where the project is; its default is `Path()`."""

FolderIfGiven = Annotated[Path | None, typer.Option("--cwd", help=_FOLDER, show_default="the current one")]
"""The same with None for a default, which tells whether it was given."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
"""Whether a command prints JSON."""
