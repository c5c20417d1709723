"""The command `pulumi-victorops import`. What it needs is loaded when it runs: other commands start sooner without."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pulumi_victorops.stack.options import Folder, StackName


def import_existing(
    *,
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="What it is, such as team or routing-key.")
    ] = None,
    object_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Its id, such as team-abc123.")] = None,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="What the resource is to be called.", show_default="its object's name"),
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", help="Many: a CSV file with the columns kind, id and name.")
    ] = None,
    all_of: Annotated[
        str | None, typer.Option(metavar="team/SLUG", help="Many: a team and all that belongs to it.")
    ] = None,
    with_users: Annotated[bool, typer.Option("--with-users", help="With --all-of: the members' users too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the program text and import nothing.")] = False,
    parent: Annotated[
        str | None, typer.Option(metavar="URN", help="Put the resources below this one.", show_default="the stack")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="New file for the program text.", show_default="standard output")
    ] = None,
    stack: StackName = None,
    profile: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The profile whose org they are in.", show_default="the stack's own org"),
    ] = None,
    cwd: Folder = Path(),
) -> None:
    """Bring existing objects into a stack, with no write to the service, and print the program text for them."""
    from pulumi_victorops.importer.run import Request, run
    from pulumi_victorops.stack.errors import NotDoneError

    request = Request(kind, object_id, name, from_file, all_of, with_users, dry_run, parent, out, profile)
    try:
        text = run(request, cwd, stack, lambda line: typer.echo(line, err=True))
    except NotDoneError as failure:
        typer.echo(f"pulumi-victorops: {failure}".encode(errors="backslashreplace").decode(), err=True)
        raise typer.Exit(failure.exit_code) from None
    if out is None:
        typer.echo(text, nl=False)
