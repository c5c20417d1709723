"""The text of a program: values, calls and expressions, laid out as a person would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_WIDTH = 100
_INDENT = 4


@dataclass(frozen=True)
class Expression:
    """Python text that stands for a value, such as `platform.slug`."""

    text: str


@dataclass(frozen=True)
class Call:
    """A call, such as `vo.Team("platform", name="Platform")`."""

    function: str
    positional: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


def rendered(value: Any, indent: int = 0, before: int = 0) -> str:
    """A value as Python text; on several lines where one is too narrow.

    Args:
        value: plain values, lists and dicts of them, calls and expressions.
        indent: how far its lines are indented, in characters.
        before: how many characters stand before it on its first line, without the indent.
    """
    flat = _flat(value)
    # One character is for the comma behind it.
    if not isinstance(value, Call | dict | list) or indent + before + len(flat) < _WIDTH:
        return flat
    opening, labelled, closing = _parts(value)
    inner = indent + _INDENT
    lines = [f"{' ' * inner}{label}{rendered(item, inner, len(label))}," for label, item in labelled]
    return "\n".join([opening, *lines, " " * indent + closing]) if lines else flat


def _flat(value: Any) -> str:
    if not isinstance(value, Call | dict | list):
        return _scalar(value)
    opening, labelled, closing = _parts(value)
    return opening + ", ".join(label + _flat(item) for label, item in labelled) + closing


def _parts(value: Call | dict[str, Any] | list[Any]) -> tuple[str, list[tuple[str, Any]], str]:
    """What a value begins with, what is in it by its labels, and what it ends with."""
    if isinstance(value, Call):
        named = [(f"{name}=", item) for name, item in value.named.items()]
        return f"{value.function}(", [*(("", item) for item in value.positional), *named], ")"
    if isinstance(value, dict):
        return "{", [(f"{_scalar(name)}: ", item) for name, item in value.items()], "}"
    return "[", [("", item) for item in value], "]"


def _scalar(value: Any) -> str:
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, str):
        # In the quotes that formatters use; what can't be seen is escaped as Python does it.
        return json.dumps(value, ensure_ascii=False) if value.isprintable() else repr(value)
    return repr(value)
