"""What `import` takes."""

from __future__ import annotations

import statistics
import subprocess
import sys

from benchmarks.figures import COMPARED, Table

GOAL = 1.3


def measure(times: int) -> Table:
    """Import this package, and Pulumi's alone, each in new processes, by turns."""
    table = Table(
        "Start-up",
        f"Milliseconds that `import` takes in a process of its own, as `python -X importtime` counts them: the median "
        f"of {times}.",
        COMPARED,
    )
    pairs = [(microseconds("pulumi_victorops"), microseconds("pulumi")) for _ in range(times)]
    ours, theirs = zip(*pairs, strict=True)
    table.compare(
        "`import pulumi_victorops` against `import pulumi`, ms",
        statistics.median(ours) / 1000,
        statistics.median(theirs) / 1000,
        goal=GOAL,
        digits=0,
    )
    return table


def microseconds(module: str) -> int:
    """The cumulative time that `-X importtime` prints for a module."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"import {module}"], capture_output=True, text=True, check=True
    )
    [line] = [line for line in done.stderr.splitlines() if line.rsplit("|", 1)[-1].strip() == module]
    return int(line.split("|")[1])
