"""One run of the import: what is asked for is read, planned, printed and put into the stack."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pulumi_victorops.importer.errors import UnfitError
from pulumi_victorops.importer.plan import Plan
from pulumi_victorops.importer.service import Found, Service, Wanted
from pulumi_victorops.importer.state import State
from pulumi_victorops.importer.team import all_of
from pulumi_victorops.stack.engine import EngineStack
from pulumi_victorops.stack.errors import MisuseError, NotDoneError
from pulumi_victorops.stack.kinds import kind_called

_COLUMNS = ("kind", "id", "name")

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What the command line says; the fields are its arguments and options."""

    kind: str | None
    object_id: str | None
    name: str | None
    from_file: Path | None
    all_of: str | None
    with_users: bool
    dry_run: bool
    parent: str | None
    out: Path | None
    profile: str | None


def run(request: Request, folder: Path, stack_name: str | None, tell: Tell) -> str:
    """Do what the command line says.

    Args:
        request: what it says.
        folder: the folder of the Pulumi project.
        stack_name: the stack; the selected one where None.
        tell: takes what a person should know beside the text.

    Returns:
        the program text.

    Raises:
        NotDoneError: nothing was imported.
    """
    named = _named(request)
    stack = EngineStack(folder, stack_name)
    before = stack.export()
    state = State(before, stack.name, stack.project, request.parent)
    service = Service(stack.config(), stack.project, request.profile)
    if request.all_of is None:
        found = [service.find(one) for one in named]
    else:
        present = [one for one in state.present() if one.profile == request.profile]
        managed = {(one.kind, one.id) for one in present if one.managed}
        team = all_of(service, request.all_of, with_users=request.with_users)
        found = list(_fit(service, [one for one in team if (one.kind, one.id) not in managed], tell))
    plan = Plan(state, found, request.parent, request.profile)
    text, entries = plan.program(), plan.entries()
    if request.out is not None:
        _write(text, request.out)
    if request.dry_run or not entries:
        tell(f"Nothing is imported into {stack.name}: {len(entries)} would be.")
        return text
    try:
        # The reading may have taken minutes, in which somebody else may have brought the stack up.
        if stack.export() != before:
            raise NotDoneError(f"the stack {stack.name} was changed meanwhile; run the command again")
        stack.replace(state.with_entries(entries))
    except NotDoneError:
        if request.out is not None:
            request.out.unlink()
        raise
    tell(f"Imported into {stack.name}: {len(entries)}. With this in the program, a preview says unchanged.")
    return text


def _named(request: Request) -> list[Wanted]:
    """What is named one by one, on the command line or in a file."""
    ways = [request.kind, request.from_file, request.all_of]
    if sum(way is not None for way in ways) != 1 or (request.kind is not None and request.object_id is None):
        raise MisuseError("say in one way what to import: KIND ID [NAME], --from FILE.csv or --all-of team/SLUG")
    if request.with_users and request.all_of is None:
        raise MisuseError("--with-users goes with --all-of")
    if request.kind is not None and request.object_id is not None:
        return [Wanted(kind_called(request.kind), request.object_id, request.name)]
    return list(_rows(request.from_file)) if request.from_file is not None else []


def _rows(file: Path) -> Iterator[Wanted]:
    try:
        # Spreadsheets write a mark at the beginning.
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MisuseError(f"cannot read {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MisuseError(f"cannot read {file}: it isn't UTF-8") from None
    rows = csv.DictReader(text.splitlines())
    if not {"kind", "id"} <= set(rows.fieldnames or []) <= set(_COLUMNS):
        raise MisuseError(f"{file}:1: the first line has to name the columns: kind,id,name or kind,id")
    for row in rows:
        place = f"{file}:{rows.line_num}"
        kind, object_id, name = ((row.get(column) or "").strip() for column in _COLUMNS)
        if None in row or not kind or not object_id:
            raise MisuseError(f"{place}: expected a kind, an id, and a name or nothing")
        try:
            yield Wanted(kind_called(kind), object_id, name or None, place)
        except MisuseError as wrong:
            raise MisuseError(f"{place}: {wrong}") from None


def _fit(service: Service, wanted: list[Wanted], tell: Tell) -> Iterator[Found]:
    """Those that a program can describe; the others are told and left out."""
    for one in wanted:
        try:
            yield service.find(one)
        except UnfitError as unfit:
            tell(f"Left out: {unfit}")


def _write(text: str, out: Path) -> None:
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise MisuseError(f"cannot write {out}: {error.strerror}") from None
