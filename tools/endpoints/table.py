"""The page: one row for each operation, and how many of them have what."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_victorops.api.operations import OPERATIONS, Operation
from pulumi_victorops.simulator.subjects import RULES
from tools.endpoints.calls import client_calls, tests
from tools.endpoints.reach import entry_points, reached

_HEADER = """\
# Operations

Each operation of the API, the client's call, the resources and functions that make it, whether the simulator answers
it, and the test in `tests/api/test_every_call.py` that holds the call to what it sends. The same calls are made to the
simulator in `tests/api/test_every_call_against_the_service.py`, which sees and takes each. Made by
`python -m tools.endpoints > docs/endpoints.md`, from the code.

| operation | client | resource or function | simulator | test |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Row:
    """An operation, and what there is for it: the client's calls, the resources and functions, a rule, a test."""

    operation: Operation
    calls: list[str]
    reached_by: list[str]
    simulated: bool
    test: str | None


def rows() -> list[Row]:
    """A row for each operation, in the catalogue's order."""
    calls, tested = client_calls(), tests()
    by_operation: dict[str, list[str]] = {name: [] for name in OPERATIONS}
    for name, start in sorted(entry_points().items()):
        for operation in {calls[call] for call in reached(start, calls.keys())}:
            by_operation[operation].append(name)
    return [
        Row(
            operation,
            calls=[".".join(("client", *call)) for call, made in calls.items() if made == name],
            reached_by=by_operation[name],
            simulated=str(operation) in RULES,
            test=tested.get(name),
        )
        for name, operation in OPERATIONS.items()
    ]


def totals(all_rows: list[Row]) -> str:
    """How many of the operations have what, in one line."""
    counts = {
        "client": sum(bool(row.calls) for row in all_rows),
        "resource or function": sum(bool(row.reached_by) for row in all_rows),
        "simulator": sum(row.simulated for row in all_rows),
        "tests": sum(row.test is not None for row in all_rows),
    }
    return ", ".join(f"{count}/{len(all_rows)} {what}" for what, count in counts.items())


def page(all_rows: list[Row]) -> str:
    """The whole page."""
    return f"{_HEADER}{''.join(map(_line, all_rows))}\n{totals(all_rows)}\n"


def _line(row: Row) -> str:
    test = row.test.rpartition("[")[2].rstrip("]") if row.test else None
    cells = [
        f"`{row.operation}`",
        _codes(row.calls),
        _codes(row.reached_by),
        "yes" if row.simulated else "",
        _codes([test] if test else []),
    ]
    return f"| {' | '.join(cells)} |\n"


def _codes(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
