"""Which journal a stack has, and where that is."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from pulumi_victorops.lifecycle.journal import Journal

OFF: Final = "off"


class _NoJournal(Journal):
    """Writes nothing down."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._file.given_up = True

    def counts(self, org: str) -> dict[str, int]:
        """It's of no stack."""
        return {}


_NO_JOURNAL: Final = _NoJournal()


def journal_for(folder: str | None, identity: str | None) -> Journal:
    """The journal of the stack that a resource is in.

    Args:
        folder: where journals are; None for the folder beside Pulumi's own files, "off" for none.
        identity: the resource's identity, which begins with its stack; None where the program didn't tell it.
    """
    return _journal_of(folder, identity.rpartition(":")[0]) if identity and folder != OFF else _NO_JOURNAL


def journal_file(folder: str | None, project: str, stack: str, program: Path) -> Path:
    """Where the journal of a stack is.

    Args:
        folder: where journals are; None for the folder beside Pulumi's own files.
        project: the project's name.
        stack: the stack's name.
        program: the folder that the program, and with it the plugin, runs in.
    """
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    store = hashlib.sha256(_state_store(home, program).encode()).hexdigest()[:12]
    name = ".".join(re.sub(r"[^\w-]", "_", part)[:60] for part in (project, stack, store))
    return (program / Path(folder).expanduser() if folder else home / "victorops") / f"{name}.sqlite"


_journals: Final[list[Journal]] = []


@cache
def _journal_of(folder: str | None, stack: str) -> Journal:
    journal = Journal(journal_file(folder, os.environ.get("PULUMI_PROJECT", ""), stack, Path.cwd()))
    _journals.append(journal)
    return journal


def end_in_order() -> None:
    """The engine ends this process itself: say so in all journals."""
    for journal in _journals:
        journal.ends_in_order()


def _state_store(home: Path, program: Path) -> str:
    """Where the stack's state is: stacks of one name in different stores are different stacks."""
    store = os.environ.get("PULUMI_BACKEND_URL", "")
    with suppress(OSError, ValueError, AttributeError, yaml.YAMLError):
        project = yaml.safe_load((program / "Pulumi.yaml").read_text("utf-8"))
        store = store or (project.get("backend") or {}).get("url") or ""
    with suppress(OSError, ValueError, AttributeError):
        store = store or json.loads((home / "credentials.json").read_text("utf-8")).get("current") or ""
    # An address such as file://. means another place in each folder.
    return f"{store} {program}" if re.match(r"file://(\.|$)", store) else store
