"""Whether the same org can be run through Terraform here."""

from __future__ import annotations

import shutil

from benchmarks.figures import Table

PROVIDER = "terraform-provider-victorops"


def beside() -> Table:
    """Say what is there. Nothing is downloaded."""
    table = Table(
        "Beside Terraform",
        f"The same org through `terraform` and a `{PROVIDER}`, where both are on `PATH`. Nothing is downloaded for it.",
        ["command", "on PATH"],
    )
    for command in ("terraform", PROVIDER):
        table.add(f"`{command}`", "yes" if shutil.which(command) else "absent, so there are no figures")
    return table
