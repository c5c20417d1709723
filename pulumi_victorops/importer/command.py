"""The command `pulumi-victorops import`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pulumi_victorops.importer.engine import EngineStack
from pulumi_victorops.importer.errors import MisuseError, NotImportedError, UnfitError
from pulumi_victorops.importer.kinds import Kind, kind_called
from pulumi_victorops.importer.plan import Plan
from pulumi_victorops.importer.service import Found, Service, Wanted
from pulumi_victorops.importer.state import State
from pulumi_victorops.importer.team import all_of as all_of_team

_COLUMNS = ("kind", "id", "name")


def import_existing(
    *,
    kind: Annotated[str | None, typer.Argument(help="What it is, such as team or routing-key.")] = None,
    object_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Its id, such as team-abc123.")] = None,
    name: Annotated[
        str | None, typer.Argument(help="What the resource is to be called.", show_default="made of the object's own")
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", help="CSV file with the columns kind, id and name instead.")
    ] = None,
    all_of: Annotated[
        str | None, typer.Option(metavar="team/SLUG", help="A team and all that belongs to it instead.")
    ] = None,
    with_users: Annotated[
        bool, typer.Option("--with-users", help="With --all-of: import the members' users too.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the program text and import nothing.")] = False,
    parent: Annotated[
        str | None, typer.Option(metavar="URN", help="Put the resources below this one.", show_default="the stack")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="New file for the program text.", show_default="standard output")
    ] = None,
    stack: Annotated[str | None, typer.Option(help="The stack.", show_default="the selected one")] = None,
    cwd: Annotated[Path, typer.Option(help="The folder of the Pulumi project.")] = Path(),
) -> None:
    """Bring existing objects into a stack, with no write to the service, and print the program text for them."""
    try:
        if with_users and all_of is None:
            raise MisuseError("--with-users goes with --all-of")
        explicit = _explicit(kind, object_id, name, from_file, all_of)
        _import(explicit, all_of, with_users, dry_run, parent, out, EngineStack(cwd, stack))
    except NotImportedError as failure:
        typer.echo(f"pulumi-victorops: {failure}", err=True)
        raise typer.Exit(failure.exit_code) from None


def _import(
    explicit: list[Wanted],
    all_of: str | None,
    with_users: bool,
    dry_run: bool,
    parent: str | None,
    out: Path | None,
    stack: EngineStack,
) -> None:
    before = stack.export()
    state = State(before, stack.name, stack.project, parent)
    service = Service(stack.config(), stack.project)
    if all_of is None:
        found = [service.find(one) for one in explicit]
    else:
        managed = {(one.kind, one.id) for one in state.present() if one.managed}
        found = list(_fit(service, all_of_team(service, all_of, with_users=with_users), managed))
    plan = Plan(state, found, parent)
    entries = plan.entries()
    _write(plan.program(), out)
    if dry_run or not entries:
        typer.echo(f"Nothing was imported into {stack.name}; {len(entries)} resources would be.", err=True)
        return
    try:
        if stack.export() != before:
            raise NotImportedError("the stack was changed meanwhile; run the command again")
        stack.replace(state.with_entries(entries))
    except NotImportedError:
        if out is not None:
            out.unlink()
        raise
    typer.echo(
        f"Imported into {stack.name}: {len(entries)}. With this in the program, a preview says unchanged.", err=True
    )


def _explicit(
    kind: str | None, object_id: str | None, name: str | None, from_file: Path | None, all_of: str | None
) -> list[Wanted]:
    """What is named one by one, on the command line or in a file."""
    if sum(one is not None for one in (kind, from_file, all_of)) != 1 or (kind is not None and object_id is None):
        raise MisuseError("say what to import, in one way: KIND ID [NAME], --from FILE or --all-of team/SLUG")
    if kind is not None and object_id is not None:
        return [Wanted(kind_called(kind), object_id, name)]
    return list(_rows(from_file)) if from_file is not None else []


def _rows(file: Path) -> Iterator[Wanted]:
    try:
        # With a mark at its beginning, as spreadsheets write it, and without.
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MisuseError(f"cannot read {file}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    rows = csv.DictReader(text.splitlines())
    columns = rows.fieldnames or []
    if not {"kind", "id"} <= set(columns) <= set(_COLUMNS):
        raise MisuseError(f"{file}:1: the first line has to name the columns kind, id and name (which may be left out)")
    for row in rows:
        place = f"{file}:{rows.line_num}"
        if row.get(None) or not row["kind"] or not row["id"]:
            raise MisuseError(f"{place}: expected a kind, an id, and a name or nothing")
        try:
            yield Wanted(
                kind_called(row["kind"].strip()), row["id"].strip(), (row.get("name") or "").strip() or None, place
            )
        except MisuseError as wrong:
            raise MisuseError(f"{place}: {wrong}") from None


def _fit(service: Service, wanted: list[Wanted], managed: set[tuple[Kind, str]]) -> Iterator[Found]:
    """Those of a team that aren't in the stack, without those that no program can describe, which are told."""
    for one in wanted:
        if (one.kind, one.id) in managed:
            continue
        try:
            yield service.find(one)
        except UnfitError as unfit:
            typer.echo(f"Left out: {unfit}", err=True)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise MisuseError(f"cannot write {out}: {error.strerror}") from None
