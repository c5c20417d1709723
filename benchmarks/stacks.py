"""The reference org on the real engine: calls, the overhead beside echoes, and a refresh at the pace of the service."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import minimum
from benchmarks.figures import COMPARED, Table
from benchmarks.minimum import Calls, total
from benchmarks.reference_org import Size
from benchmarks.runs import Bench, Run
from pulumi_victorops.simulator import Simulator
from tools.setup.engine import Engine

PACE = "2/s"


@dataclass(frozen=True)
class Counted:
    """What a phase of the stack's life called, and the fewest calls that would do."""

    phase: str
    calls: Calls
    least: Calls


def measure(engine: Engine, resources: int, repeat: int) -> list[Table]:
    """Bring the org up, leave it, look at it and take it down; echoes beside it, by turns."""
    size = Size.of(resources)
    overhead = Table(
        "Overhead",
        "Wall and processor time of the whole command, of the engine, the program and the plugin together, against "
        "as many dynamic resources that do nothing, with the engine's usual state in files. No pace is kept, and the "
        f"simulated service answers from the same machine. Medians of {repeat}, by turns, but for the first and the "
        "last row's.",
        COMPARED,
    )
    counted: list[Counted] = []
    with (
        Simulator(seed="empty", random_seed=1) as simulator,
        Bench(engine, "victorops", resources, simulator) as ours,
        Bench(engine, "echo", resources, simulator) as echo,
    ):

        def count(phase: str, run: Callable[[], Run], least: Calls) -> Run:
            before = simulator.requests()["by_operation"]
            ran = run()
            after = simulator.requests()["by_operation"]
            counted.append(Counted(phase, {name: n - before.get(name, 0) for name, n in after.items()}, least))
            return ran

        count("preview", ours.preview, {})
        created = count("create", ours.up, minimum.create(size)), echo.up()
        _rows(overhead, "`up` that creates", [created], goal=1.5)
        unchanged = [(count("no-op", ours.up, {}), echo.up())]
        unchanged += [(ours.up(), echo.up()) for _ in range(repeat - 1)]
        _rows(overhead, "`up` that changes nothing", unchanged, goal=1.15)
        refreshed = [(count("refresh", ours.refresh, minimum.refresh(size)), echo.refresh())]
        refreshed += [(ours.refresh(), echo.refresh()) for _ in range(repeat - 1)]
        _rows(overhead, "`refresh`", refreshed)
        overhead.compare("state, bytes a resource", ours.state_bytes(), echo.state_bytes(), digits=0)
        overhead.compare("plugin, peak MiB", created[0].plugin_mib, created[1].plugin_mib, digits=0)
        paced = _paced(ours, size)
        destroyed = count("destroy", ours.destroy, minimum.destroy(size)), echo.destroy()
        _rows(overhead, "`destroy`", [destroyed])
    return [*_calls(size, counted), paced, overhead]


def _rows(table: Table, what: str, runs: list[tuple[Run, Run]], *, goal: float | None = None) -> None:
    ours, echo = zip(*runs, strict=True)
    table.compare(
        f"{what}, s", statistics.median(r.seconds for r in ours), statistics.median(r.seconds for r in echo), goal=goal
    )
    table.compare(
        f"{what}, processor s",
        statistics.median(run.cpu_seconds for run in ours),
        statistics.median(run.cpu_seconds for run in echo),
    )


def _paced(ours: Bench, size: Size) -> Table:
    """A refresh at the pace that the service allows, against what the fewest calls take at least."""
    table = Table(
        "A refresh at the service's pace",
        f"`pulumi refresh` at {PACE} by the clock on the wall, start-up and all, against the time that the fewest "
        "calls take at that rate.",
        ["what", "seconds", "fewest calls at that rate, s", "ratio", "goal"],
    )
    ran = ours.refresh(VO_RATE_LIMIT=PACE)
    table.compare(f"`refresh` at {PACE}", ran.seconds, total(minimum.refresh(size)) / 2, goal=1.05, digits=1)
    return table


def _calls(size: Size, counted: list[Counted]) -> list[Table]:
    """Calls in all with the time that they take at two rates, and calls by operation."""
    phases = Table(
        "Calls",
        f"{size.users} users, {size.teams} teams, {size.memberships} memberships, {size.policies} policies, "
        f"{size.rotations} rotations, {size.routing_keys} routing keys, {size.alert_rules} alert rules, "
        f"{size.phones} phones and {size.overrides} overrides: {size.resources} resources. *Fewest* is what the API "
        "lets them be done with: one write for each object, and each list once. The times are those that so many calls "
        "take at the rates of the service, and come from their number.",
        ["phase", "calls", "fewest", "at 2/s", "at 60/min"],
    )
    operations = Table(
        "Calls by operation",
        "Those of the table above, without phases that make none. All paths begin with `/api-public`.",
        ["operation", "phase", "calls", "fewest"],
    )
    for each in counted:
        calls = total(each.calls)
        phases.add(each.phase, str(calls), str(total(each.least)), _time(calls / 2), _time(calls))
    for each in counted:
        for name in sorted({*each.calls, *each.least}):
            made, least = each.calls.get(name, 0), each.least.get(name, 0)
            if made or least:
                operations.add(f"`{name.replace('/api-public', '', 1)}`", each.phase, str(made), str(least))
    return [phases, operations]


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
