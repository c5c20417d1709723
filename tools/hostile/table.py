"""The table of what each kind of bad input got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tools.hostile.samples import KINDS
from tools.hostile.trial import Outcome, attempt, leaves
from tools.hostile.world import World

_LONGEST_EXAMPLE = 24

Row = tuple[str, str, Counter[Outcome]]


def rows(world: World) -> list[Row]:
    """Try everything, everywhere: each kind's name, an example and how often each outcome came.

    Raises:
        DefectError: something got neither one clear error nor a faithful round trip.
    """
    places = [(provider, path) for provider, program in world.programs.items() for path in leaves(program)]
    found = []
    for kind in KINDS:
        got = Counter(attempt(world, provider, path, sample) for provider, path in places for sample in kind.samples)
        found.append((kind.name, _example(kind.samples[-1]), got))
    return found


def table(found: Iterable[Row]) -> str:
    """The rows in Markdown, and their sums."""
    heads = ["kind", "for instance", "tried", *(outcome.value for outcome in Outcome)]
    lines = [" | ".join(heads), "|".join("---" for _ in heads)]
    sums: Counter[Outcome] = Counter()
    for name, example, got in found:
        sums.update(got)
        lines.append(" | ".join([name, f"`` {example} ``", *_numbers(got)]))
    lines.append(" | ".join(["all", "", *_numbers(sums)]))
    return "".join(f"| {line} |\n" if "---" not in line else f"|{line}|\n" for line in lines)


def _numbers(got: Counter[Outcome]) -> list[str]:
    return [str(got.total()), *(str(got[outcome]) for outcome in Outcome)]


def _example(value: object) -> str:
    text = ascii(value) if isinstance(value, str | int | float | None) else str(type(value).__name__)
    return text if len(text) <= _LONGEST_EXAMPLE else text[:_LONGEST_EXAMPLE] + "..."
