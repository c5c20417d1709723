"""Reading the documentation as the tests need it: pages, code blocks, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESOURCE_PAGES = {
    "User": "user.md",
    "Team": "team.md",
    "TeamMembership": "team-membership.md",
    "EscalationPolicy": "escalation-policy.md",
    "RoutingKey": "routing-key.md",
    "Rotation": "rotation.md",
    "RotationShiftAssignment": "rotation-shift-assignment.md",
    "AlertRule": "alert-rule.md",
    "ContactEmail": "contact-email.md",
    "ContactPhone": "contact-phone.md",
    "ContactDevice": "contact-device.md",
    "PagingPolicy": "paging-policy.md",
    "Override": "override.md",
    "OverrideAssignment": "override-assignment.md",
    "MaintenanceMode": "maintenance-mode.md",
    "IncidentNote": "incident-note.md",
}

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
_CODE = re.compile(r"``\s(.+?)\s``|`([^`]+)`")


def pages() -> list[Path]:
    """All Markdown files of the project."""
    return sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")})


def resource_page(name: str) -> str:
    """The text of a resource's page."""
    return (ROOT / "docs" / "resources" / RESOURCE_PAGES[name]).read_text(encoding="utf-8")


def code_blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [code for kind, code in _FENCE.findall(text) if kind == language]


def without_code(text: str) -> str:
    """The prose, without fenced blocks and code spans."""
    return _CODE.sub("", _FENCE.sub("", text))


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its rank or above."""
    found = next(match for match in _HEADING.finditer(text) if match[2] == heading)
    rank = len(found[1])
    following = (match.start() for match in _HEADING.finditer(text, found.end()) if len(match[1]) <= rank)
    return text[found.end() : next(following, len(text))]


def tables(text: str) -> list[list[dict[str, str]]]:
    """The tables of a text, each row by its column names."""
    found: list[list[dict[str, str]]] = []
    header: list[str] | None = None
    for line in [*_FENCE.sub("", text).splitlines(), ""]:
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else None
        if cells is None:
            header = None
        elif header is None:
            header = cells
            found.append([])
        elif not set(line) <= set("|-: "):
            found[-1].append(dict(zip(header, cells, strict=True)))
    return found


def table(text: str, first_column: str) -> list[dict[str, str]]:
    """The one table whose first column has this name."""
    [found] = [rows for rows in tables(text) if rows and next(iter(rows[0])) == first_column]
    return found


def code(cell: str) -> str:
    """What a cell has in code marks, of which it has one."""
    [found] = codes(cell)
    return found


def codes(text: str) -> list[str]:
    """All that stands in code marks."""
    return [double or single for double, single in _CODE.findall(text)]


def anchors(text: str) -> Iterator[str]:
    """The names by which a page's headings can be linked to."""
    for _, title in _HEADING.findall(_FENCE.sub("", text)):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
