"""Figures as tables: printed while they are measured, and written on a page in the end."""

from __future__ import annotations

from dataclasses import dataclass, field

COMPARED = ["what", "ours", "without us", "ratio", "goal"]


@dataclass
class Table:
    """A table with the text above it. Every cell is text."""

    title: str
    text: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Add a row, and print it."""
        self.rows.append(list(cells))
        print(f"{self.title}: {' | '.join(cells)}", flush=True)

    def compare(self, what: str, ours: float, other: float, *, goal: float | None = None, digits: int = 2) -> float:
        """Add a row of `COMPARED`, and return the ratio. A goal that is missed is said to be."""
        ratio = ours / other
        said = "" if goal is None else f"{goal:g}{'' if ratio <= goal else ', missed'}"
        self.add(what, f"{ours:,.{digits}f}", f"{other:,.{digits}f}", f"{ratio:.2f}", said)
        return ratio

    def markdown(self) -> str:
        """The table as it stands on the page."""
        lines = [self.header, ["---"] + ["--:"] * (len(self.header) - 1), *self.rows]
        return f"## {self.title}\n\n{self.text}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)
