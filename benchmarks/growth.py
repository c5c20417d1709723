"""How time and memory grow with the number of resources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.figures import Table
from benchmarks.protocol import Stack, Took
from benchmarks.runs import NO_CHECKPOINTS, Bench, Run
from pulumi_victorops.simulator import Simulator
from tools.setup.engine import Engine

MEMORY_GOAL = 2.0


@dataclass(frozen=True)
class Point:
    """What the plugin took for so many resources, ours and the one that echoes."""

    resources: int
    ours: dict[str, Took]
    echo: dict[str, Took]


def of_the_plugin(sizes: list[int]) -> tuple[Table, list[Point]]:
    """Drive the plugin by the engine's protocol, as the engine would, at each size."""
    table = Table(
        "Growth of the plugin",
        "The plugin's process alone, driven by the engine's protocol with four calls at a time, as the engine drives "
        "it: processor seconds of each operation (*no-op* is a check and a diff of everything), and the most memory "
        "that any of them took. Behind the stroke: the same for resources that do nothing, which make no calls.",
        ["resources", "create", "no-op", "refresh", "destroy", "peak MiB", "ratio of peaks", "goal"],
    )
    points = []
    for size in sizes:
        with (
            Simulator(seed="empty", random_seed=1) as simulator,
            Stack(size, simulator) as ours,
            Stack(size, simulator, echo=True) as echo,
        ):
            point = Point(ours.resources, _life(ours), _life(echo))
        points.append(point)
        times = (f"{point.ours[each].cpu_seconds:.1f} / {point.echo[each].cpu_seconds:.1f}" for each in point.ours)
        peaks = [max(took.peak_mib for took in side.values()) for side in (point.ours, point.echo)]
        ratio = peaks[0] / peaks[1]
        said = f"{MEMORY_GOAL:g}{'' if ratio <= MEMORY_GOAL else ', missed'}"
        table.add(f"{point.resources:,}", *times, f"{peaks[0]:.0f} / {peaks[1]:.0f}", f"{ratio:.2f}", said)
    return table, points


def _life(stack: Stack) -> dict[str, Took]:
    return {
        "create": stack.create(),
        "no-op": stack.unchanged(),
        "refresh": stack.refresh(),
        "destroy": stack.delete(),
    }


def of_the_engine(engine: Engine, sizes: list[int]) -> Table:
    """Run the engine's own command at each size."""
    table = Table(
        "Growth of the whole command",
        "Wall seconds of the engine's own command, ours and, behind the stroke, of resources that do nothing. With a "
        "state in files the engine writes all of it after each step, which is quadratic and no doing of a provider's. "
        "So it's told here to write once, at the end, by its experimental `PULUMI_SKIP_CHECKPOINTS`, which is for "
        "measuring only: a crash would lose the state.",
        ["resources", "create", "no-op", "refresh", "destroy", "plugin, peak MiB", "ratio of peaks"],
    )
    for size in sizes:
        with (
            Simulator(seed="empty", random_seed=1) as simulator,
            Bench(engine, "victorops", size, simulator, NO_CHECKPOINTS) as ours,
            Bench(engine, "echo", size, simulator, NO_CHECKPOINTS) as echo,
        ):
            pairs = [(step(ours), step(echo)) for step in _STEPS]
        peaks = [max(pair[side].plugin_mib for pair in pairs) for side in (0, 1)]
        times = (f"{mine.seconds:.1f} / {other.seconds:.1f}" for mine, other in pairs)
        table.add(f"{size:,}", *times, f"{peaks[0]:.0f} / {peaks[1]:.0f}", f"{peaks[0] / peaks[1]:.2f}")
    return table


_STEPS: list[Callable[[Bench], Run]] = [Bench.up, Bench.up, Bench.refresh, Bench.destroy]
