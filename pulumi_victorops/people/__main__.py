"""`python -m pulumi_victorops.people`: the people flows at a command line.

The settings come from the environment. Ends with 0 where all is well, 1 where something is left to do, and 2 where it
failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pulumi_victorops.api import VictorOpsError
from pulumi_victorops.people.offboarding import offboard
from pulumi_victorops.people.roster import roster_drift


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say how it went.

    Args:
        arguments: those of the command line; the process's own where not given.
    """
    given = _parser().parse_args(arguments)
    try:
        if given.command == "offboard":
            report = offboard(
                given.username, replacement=given.replacement, dry_run=given.dry_run, profile=given.profile
            )
            text, left = str(report), report.needs_replacement if given.dry_run else not report.complete
        else:
            drift = roster_drift(given.roster, profile=given.profile)
            text, left = str(drift), drift.drifted
    except (VictorOpsError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    sys.stdout.write(f"{text}\n")
    return int(left)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pulumi_victorops.people")
    commands = parser.add_subparsers(dest="command", required=True)
    leave = commands.add_parser("offboard", help="remove somebody, handing over what names them")
    leave.add_argument("username", help="who leaves")
    leave.add_argument("--replacement", metavar="USERNAME", help="who takes over (else VO_DEFAULT_REPLACEMENT)")
    leave.add_argument("--dry-run", action="store_true", help="list what would be done and change nothing")
    drift = commands.add_parser("drift", help="compare the org with a roster")
    drift.add_argument("roster", help="a CSV file whose header has username and any of first_name, last_name, email")
    for command in (leave, drift):
        command.add_argument("--profile", metavar="NAME", help="of VO_PROFILES, for another org")
    return parser


if __name__ == "__main__":
    sys.exit(main())
