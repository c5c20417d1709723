"""The console script `pulumi-victorops`."""

from __future__ import annotations

import sys

from pulumi_victorops._version import __version__
from pulumi_victorops.stack.lines import on_one_line


def main() -> None:
    """Run the command line; exit with 0, with 1 for a failure, with 2 for a wrong use."""
    try:
        import typer

        from pulumi_victorops.audit.command import audit
        from pulumi_victorops.importer.command import import_existing
        from pulumi_victorops.leftovers.command import leftovers
        from pulumi_victorops.simulator.command import simulate
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("pulumi_victorops"):
            raise
        sys.exit(f"pulumi-victorops: {missing.name} is missing; pip install 'pulumi-victorops[simulator,cli]'")

    app = typer.Typer(
        name="pulumi-victorops",
        help="VictorOps (Splunk On-Call) as code.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.command()(simulate)
    app.command("import")(import_existing)
    app.command()(audit)
    app.command()(leftovers)

    @app.command()
    def version() -> None:
        """Print the version of this package."""
        typer.echo(__version__)

    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as wrong:
        # One line, where typer itself would print the usage as well; without arguments it has shown the help.
        if wrong.format_message():
            typer.echo(f"pulumi-victorops: {on_one_line(wrong.format_message())}", err=True)
        sys.exit(wrong.exit_code)
    except typer.Abort:
        sys.exit(130)
