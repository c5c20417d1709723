"""Measures what this project adds to what the engine costs anyway: `make bench`."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

from benchmarks.runs import Bench, Run
from pulumi_victorops.simulator import Simulator
from tools.setup.engine import Engine, find_engine


def main() -> None:
    """Print each figure as a ratio to the same thing without us."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--resources", type=int, default=500, help="a multiple of 50; 500 where not given")
    parser.add_argument("--repeat", type=int, default=3, help="no-op runs of which the median counts")
    options = parser.parse_args()
    engine = find_engine()
    if engine is None:
        raise SystemExit("there is no Pulumi engine: run `make setup`")
    imports()
    stacks(engine, options.resources, options.repeat)


def imports() -> None:
    """Seconds that `import` takes in a process of its own, as Python counts them."""
    ours, theirs = [], []
    for _ in range(7):
        ours.append(import_microseconds("pulumi_victorops"))
        theirs.append(import_microseconds("pulumi"))
    row("import, ms", statistics.median(ours) / 1000, statistics.median(theirs) / 1000)


def import_microseconds(module: str) -> int:
    """The cumulative time that `-X importtime` prints for a module."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"import {module}"], capture_output=True, text=True, check=True
    )
    [line] = [line for line in done.stderr.splitlines() if line.rsplit("|", 1)[-1].strip() == module]
    return int(line.split("|")[1])


def stacks(engine: Engine, resources: int, repeat: int) -> None:
    """The same stack of ours and of echoes: up, no-op, refresh, destroy."""
    heading(f"{resources} resources, pacing off")
    with (
        Simulator(seed="empty", random_seed=1) as simulator,
        Bench(engine, "victorops", resources, simulator) as ours,
        Bench(engine, "echo", resources, simulator) as echo,
    ):
        created = compare("up (create), s", ours.up(), echo.up())
        calls = simulator.requests()["by_operation"]
        noops = [(ours.up(), echo.up()) for _ in range(repeat)]
        compare(
            "up (no-op), s",
            min((mine for mine, _ in noops), key=lambda run: run.seconds),
            min((other for _, other in noops), key=lambda run: run.seconds),
        )
        after = simulator.requests()["by_operation"]
        compare("refresh, s", ours.refresh(), echo.refresh())
        refreshed = simulator.requests()["by_operation"]
        row("bytes of state a resource", ours.state_bytes(), echo.state_bytes())
        row("peak memory of the plugin, MiB", created[0].plugin_mib, created[1].plugin_mib)
        compare("destroy, s", ours.destroy(), echo.destroy())
        heading("calls")
        print_calls("create", {}, calls)
        print_calls("no-op", calls, after)
        print_calls("refresh", after, refreshed)
        print_calls("destroy", refreshed, simulator.requests()["by_operation"])


def compare(what: str, ours: Run, echo: Run) -> tuple[Run, Run]:
    """Print the wall times of two runs."""
    row(what, ours.seconds, echo.seconds)
    return ours, echo


def heading(text: str) -> None:
    """Print the head of a table."""
    print(f"\n{text}\n{'':34}{'ours':>10}{'without':>10}{'ratio':>8}" if text != "calls" else f"\n{text}")


def row(what: str, ours: float, without: float) -> None:
    """Print a figure, the same without us, and their ratio."""
    print(f"{what:34}{ours:10.1f}{without:10.1f}{ours / without:8.2f}", flush=True)


def print_calls(what: str, before: dict[str, int], after: dict[str, int]) -> None:
    """Print the calls between two counts."""
    found = {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}
    print(f"{what:10}{sum(found.values()):6}  {', '.join(f'{name}: {count}' for name, count in sorted(found.items()))}")


if __name__ == "__main__":
    main()
