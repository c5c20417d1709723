"""The command `pulumi-victorops audit`. What it needs is loaded when it runs: other commands start sooner without."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_victorops.stack.options import AsJson, FolderIfGiven, StackName

if TYPE_CHECKING:
    from pulumi_victorops.audit.outcome import Outcome


def audit(
    *,
    plan: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What `pulumi preview --json` printed; - for standard input.", show_default="see below"
        ),
    ] = None,
    stack: StackName = None,
    cwd: FolderIfGiven = None,
    as_json: AsJson = False,
) -> None:
    """Tell what the deletions of a plan would meet and take along. Nothing is written.

    The plan is read from standard input where that isn't a terminal and neither --stack nor --cwd is given; else a
    preview is run. Ends with 1 where a deletion would be refused or leave a gap in the coverage.
    """
    from pulumi_victorops.audit.outcome import Verdict
    from pulumi_victorops.stack.errors import NotDoneError

    piped = plan is None and stack is None and cwd is None and not sys.stdin.isatty()
    try:
        found = _audit(Path("-") if piped else plan, stack, cwd or Path())
    except NotDoneError as failure:
        typer.echo(f"pulumi-victorops: {failure}".encode(errors="backslashreplace").decode(), err=True)
        raise typer.Exit(failure.exit_code) from None
    clean = all(one.verdict == Verdict.CLEAN for one in found)
    if as_json:
        typer.echo(json.dumps({"clean": clean, "outcomes": [one.as_json() for one in found]}, indent=2))
    else:
        for one in found:
            typer.echo(str(one))
        typer.echo(_summary(found))
    raise typer.Exit(0 if clean else 1)


def _audit(file: Path | None, stack_name: str | None, folder: Path) -> list[Outcome]:
    from pulumi_victorops.api import VictorOpsError, settings_for
    from pulumi_victorops.audit.outcomes import outcomes
    from pulumi_victorops.audit.plan import Plan
    from pulumi_victorops.lifecycle.org import Org
    from pulumi_victorops.stack.engine import EngineStack
    from pulumi_victorops.stack.errors import MisuseError, NotDoneError

    given = None if file is None else Plan(_read(file))
    stack = EngineStack(folder, stack_name)
    plan = given or Plan(stack.preview())
    if (plan.stack, plan.project) != (stack.name.rpartition("/")[2], stack.project):
        raise MisuseError(
            f"the plan is one of the stack {plan.stack} of {plan.project}, and not of {stack.name} of {stack.project}: "
            "say which with --stack and --cwd"
        )
    config, orgs = stack.config(), dict[str | None, Org]()

    def org_of(profile: str | None) -> Org:
        if profile not in orgs:
            settings = settings_for(config.get, os.environ, profile)
            orgs[profile] = Org(settings, next((org for org in orgs.values() if org.is_of(settings)), None))
        return orgs[profile]

    try:
        return outcomes(plan, org_of)
    except VictorOpsError as error:
        raise NotDoneError(str(error)) from None
    finally:
        for org in orgs.values():
            org.client.close()


def _read(file: Path) -> str:
    from pulumi_victorops.stack.errors import MisuseError

    try:
        data = sys.stdin.buffer.read() if file == Path("-") else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise MisuseError(f"cannot read {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MisuseError(f"cannot read {file}: it isn't UTF-8") from None


def _summary(found: list[Outcome]) -> str:
    if not found:
        return "Nothing of VictorOps is deleted or replaced."
    counts = Counter(one.verdict.value for one in found)
    return f"Deletions: {counts['clean']} clean, {counts['refused']} refused, {counts['gap']} with a gap"
