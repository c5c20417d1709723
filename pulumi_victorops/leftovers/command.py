"""The command `pulumi-victorops leftovers`. What it needs is loaded when it runs, so that others start sooner."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_victorops.stack.lines import on_one_line
from pulumi_victorops.stack.options import AsJson, FolderIfGiven, StackName

if TYPE_CHECKING:
    from pulumi_victorops.leftovers.leftover import Leftover
    from pulumi_victorops.leftovers.run import Report

_WAYS = "If the resource is still in the program, `pulumi up` goes on with it; else import it, or use --delete."


def leftovers(
    *,
    delete: Annotated[bool, typer.Option("--delete", help="Delete what is left, after showing it and asking.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --delete: don't ask.")] = False,
    stack: StackName = None,
    cwd: FolderIfGiven = None,
    as_json: AsJson = False,
) -> None:
    """List what interrupted runs of a stack have made that its state doesn't have, or delete it.

    Ends with 1 where something is left.
    """
    from pulumi_victorops.leftovers.leftover import Outcome
    from pulumi_victorops.leftovers.run import run
    from pulumi_victorops.stack.errors import MisuseError, NotDoneError

    def agreed(found: list[Leftover]) -> bool:
        if not as_json:
            _print(found)
        return yes or typer.confirm(f"Delete {_counted(found)}?", err=True)

    try:
        if yes and not delete:
            raise MisuseError("--yes goes with --delete")
        if delete and not yes and (as_json or not sys.stdin.isatty()):
            raise MisuseError("--delete asks first: add --yes where nobody can answer")
        with _told():
            report = run(cwd or Path(), stack, _tell, agreed if delete else None)
    except NotDoneError as failure:
        _tell(f"pulumi-victorops: {failure}")
        raise typer.Exit(failure.exit_code) from None
    clean = all(one.outcome == Outcome.DELETED for one in report.leftovers)
    if as_json:
        rows = [one.as_json() for one in report.leftovers]
        typer.echo(json.dumps({"clean": clean, "dropped": report.dropped, "leftovers": rows}, indent=2))
    else:
        _print_report(report, shown=delete)
    raise typer.Exit(0 if clean else 1)


def _print_report(report: Report, *, shown: bool) -> None:
    from pulumi_victorops.leftovers.leftover import Outcome

    left = [one for one in report.leftovers if one.outcome == Outcome.LEFT]
    _print([one for one in report.leftovers if not (shown and one.outcome in {Outcome.LEFT, Outcome.ELSEWHERE})])
    if report.dropped:
        typer.echo(f"Dropped from the journal, since nothing of it is there: {_counted(range(report.dropped))}.")
    if not report.leftovers:
        typer.echo(f"No interrupted run of {report.stack} has left anything.")
    elif left:
        typer.echo(f"Left behind: {len(left)}. {_WAYS}")
    else:
        deleted = sum(one.outcome == Outcome.DELETED for one in report.leftovers)
        typer.echo(f"Deleted: {deleted} of {len(report.leftovers)}.")


def _print(found: list[Leftover]) -> None:
    for one in found:
        typer.echo(on_one_line(str(one)))


def _counted(found: list[Leftover] | range) -> str:
    return "1 object" if len(found) == 1 else f"{len(found)} objects"


def _tell(line: str) -> None:
    typer.echo(on_one_line(line), err=True)


@contextmanager
def _told() -> Iterator[None]:
    """Show what deletions tell, such as what goes along with a team."""
    from pulumi_victorops.lifecycle.telling import TOLD

    handler = logging.Handler()
    handler.emit = lambda record: _tell(record.getMessage())  # type: ignore[method-assign]
    before = TOLD.level, TOLD.propagate
    TOLD.addHandler(handler)
    TOLD.setLevel(logging.INFO)
    # Whatever else shows what the package says would show it twice.
    TOLD.propagate = False
    try:
        yield
    finally:
        TOLD.setLevel(before[0])
        TOLD.propagate = before[1]
        TOLD.removeHandler(handler)
