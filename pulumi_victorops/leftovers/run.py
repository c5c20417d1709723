"""One run of the command: what is left over is looked for, shown, and taken away where that is wanted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pulumi_victorops.api import VictorOpsError
from pulumi_victorops.leftovers.finding import Finder, Found
from pulumi_victorops.leftovers.leftover import Leftover
from pulumi_victorops.leftovers.orgs import Orgs
from pulumi_victorops.leftovers.removal import remove
from pulumi_victorops.leftovers.state import State
from pulumi_victorops.lifecycle.journal import Journal
from pulumi_victorops.lifecycle.journals import OFF, journal_file
from pulumi_victorops.stack.engine import EngineStack
from pulumi_victorops.stack.errors import MisuseError, NotDoneError

_UNDER_WAY = "a run of the stack is under way"
_INTERRUPTED = "the stack has operations that run, or were interrupted"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Report:
    """What there is to say.

    Attributes:
        stack: the stack's name.
        leftovers: what is or was left over.
        dropped: how many entries of the journal had no object.
    """

    stack: str
    leftovers: list[Leftover]
    dropped: int = 0


def run(
    folder: Path, stack_name: str | None, tell: Tell, agreed: Callable[[list[Leftover]], bool] | None = None
) -> Report:
    """Look for what interrupted runs have left, and delete it where that is agreed to.

    Args:
        folder: the folder of the Pulumi project.
        stack_name: the stack; the selected one where None.
        tell: takes what a person should know beside the report.
        agreed: is shown what is left and says whether to delete it; nothing is deleted without.

    Raises:
        NotDoneError: nothing was deleted.
    """
    stack = EngineStack(folder, stack_name)
    orgs = Orgs(stack.config(), os.environ)
    name = stack.name.rpartition("/")[2]
    try:
        if orgs.journal == OFF:
            raise MisuseError(f"victorops:journal is {OFF}, so nothing is known of interrupted runs")
        file = journal_file(orgs.journal, stack.project, name, stack.program)
        if not file.exists():
            tell(f"There is no journal of {name} on this machine, so none of its runs was interrupted here.")
            return Report(name, [])
        journal = Journal(file)
        try:
            return _run(stack, name, orgs, journal, tell, agreed)
        finally:
            journal.close()
    except VictorOpsError as error:
        raise NotDoneError(str(error)) from None
    finally:
        orgs.close()


def _run(
    stack: EngineStack,
    name: str,
    orgs: Orgs,
    journal: Journal,
    tell: Tell,
    agreed: Callable[[list[Leftover]], bool] | None,
) -> Report:
    journal.open()
    if not journal.is_kept:
        raise NotDoneError(f"the journal of {name} can't be read, so nothing is known of interrupted runs")
    state = State(stack.export())
    busy = _busy(state, journal)
    if busy and agreed is not None:
        raise NotDoneError(f"{busy}: nothing is deleted meanwhile")
    if busy:
        tell(f"{busy[0].upper()}{busy[1:]}: what it's about to make is listed too.")
    by_key = {key: [(one, orgs.by_profile[one]) for one in profiles] for key, profiles in orgs.by_key.items()}
    objects = {
        (orgs.by_profile[profile].key, kind, object_id)
        for profile, kind, object_id in state.objects
        if profile in orgs.by_profile
    }
    found = Finder(journal, by_key, objects, state.names).find()
    if not busy:
        _tidy(journal, found)
    leftovers = found.leftovers
    if leftovers and agreed is not None and agreed(leftovers):
        # Reading and asking may have taken minutes.
        busy = _busy(State(stack.export()), journal)
        if busy:
            raise NotDoneError(f"{busy} by now: nothing was deleted")
        leftovers = remove(leftovers, lambda profile: orgs.by_profile[profile], journal)
    return Report(name, leftovers, 0 if busy else len(found.gone))


def _tidy(journal: Journal, found: Found) -> None:
    for one in found.gone:
        journal.drop(one.number)
    for one in found.saved:
        if one.entry.id is None:
            # The state has it by another resource, which the journal knows too.
            journal.drop(one.number)
        else:
            journal.settle(one.key.org, one.key.kind, one.entry.id)


def _busy(state: State, journal: Journal) -> str:
    """Why nothing may be deleted now; empty where it may."""
    if state.interrupted:
        return f"{_INTERRUPTED} (`pulumi refresh` asks what became of them)"
    return "" if journal.is_alone() else f"{_UNDER_WAY}, or a preview"
