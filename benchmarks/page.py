"""The page that the figures stand on."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timezone

from benchmarks.chart import draw
from benchmarks.figures import Table
from benchmarks.growth import Point
from benchmarks.runs import ROOT
from tools.setup.engine import Engine

PAGE = ROOT / "docs" / "performance.md"
CHART = PAGE.with_suffix(".svg")

_HEADER = """\
# Performance

What people wait for is the service, which allows about two calls a second to all who use a key. So the first figures
are calls, beside the fewest that the API lets the same be done with; they are the same on every machine. After them
comes what this package adds to what the engine costs anyway. Those are ratios of one run, and the figures in seconds
mean little elsewhere.

Made by `make bench` on {when}, on {processors} processors with a load of {load:.1f} in the end, by Python {python} and
Pulumi {engine}. `make bench SIZE=100` measures a smaller org in a few minutes, and writes nothing.

![The plugin's processor seconds by number of resources]({chart})
"""


def write(tables: list[Table], points: list[Point], engine: Engine) -> None:
    """Write the page and its chart."""
    draw(points, CHART)
    header = _HEADER.format(
        when=datetime.now(timezone.utc).date().isoformat(),
        processors=os.cpu_count(),
        load=os.getloadavg()[0],
        python=platform.python_version(),
        engine=engine.version,
        chart=CHART.name,
    )
    PAGE.write_text("\n".join([header, *(table.markdown() for table in tables)]), encoding="utf-8")
