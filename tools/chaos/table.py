"""The table of a campaign: runs, faults by kind, kills, results."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.chaos.faults import KINDS
from tools.chaos.run import Outcome

DRIVERS = ("engine", "protocol")


def table(outcomes: Sequence[Outcome]) -> str:
    """A page's table in Markdown."""
    rows = [("runs", *_each(outcomes, lambda one: 1)), ("calls", *_each(outcomes, lambda one: one.calls))]
    rows += [(f"fault: {kind}", *_each(outcomes, lambda one, kind=kind: one.struck[kind])) for kind in KINDS]
    kills = sorted({kind for one in outcomes for kind in one.kills})
    rows += [(f"kill -9: {kind}", *_each(outcomes, lambda one, kind=kind: one.kills[kind])) for kind in kills]
    rows += [("left by killed runs, deleted", *_each(outcomes, lambda one: one.cleared))]
    rows += [
        (f"result: {kind}", *_each(outcomes, lambda one, kind=kind: _found(one)[kind]))
        for kind in ("duplicate", "lost", "orphan", "dangling", "stuck", "failed")
    ]
    lines = [f"| {what} | {engine} | {protocol} |" for what, engine, protocol in rows]
    return "\n".join(["| what | engine | protocol |", "|---|---|---|", *lines, ""])


def _found(outcome: Outcome) -> Counter[str]:
    return Counter(line.split()[0].rstrip(":") for line in outcome.findings)


def _each(outcomes: Iterable[Outcome], count: object) -> tuple[int, ...]:
    assert callable(count)
    return tuple(sum(count(one) for one in outcomes if one.driver == driver) for driver in DRIVERS)


def main() -> None:
    """Print the table of the runs in files that `--log` wrote."""
    rows = [json.loads(line) for file in sys.argv[1:] for line in Path(file).read_text("utf-8").splitlines()]
    counters = ("struck", "kills")
    print(table([Outcome(**{**row, **{name: Counter(row[name]) for name in counters}}) for row in rows]), end="")


if __name__ == "__main__":
    main()
