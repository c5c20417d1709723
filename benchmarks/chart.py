"""The chart: how the plugin's time grows with the number of resources."""

from __future__ import annotations

import re
from pathlib import Path

import pygal
from pygal.style import Style

from benchmarks.growth import Point

_COLOURS = ("#3b6ea5", "#b8c4d0", "#c2703d", "#5a8f5a")


def draw(points: list[Point], path: Path) -> None:
    """Draw the processor seconds of the plugin, by operation, against the number of resources."""
    chart = pygal.XY(
        js=[],
        style=Style(background="white", plot_background="white", colors=_COLOURS, font_family="sans-serif"),
        title="The plugin's processor seconds by number of resources",
        x_title="resources",
        legend_at_bottom=True,
        legend_at_bottom_columns=4,
        width=800,
        height=420,
        show_minor_x_labels=False,
        disable_xml_declaration=True,
    )
    chart.uuid = "growth"
    for operation in points[0].ours:
        chart.add(operation, [(0, 0), *((point.resources, point.ours[operation].cpu_seconds) for point in points)])
    text = chart.render(is_unicode=True)
    path.write_text(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip() + "\n", encoding="utf-8")
