"""Values that aren't known yet: at a preview, what another resource will only have once it's made."""

from __future__ import annotations

from typing import Any, Final


class Unknown:
    """The type of `UNKNOWN`."""

    def __repr__(self) -> str:
        """As it reads in a message."""
        return "<unknown>"


UNKNOWN: Final = Unknown()
"""Stands for any value that isn't known yet."""


def has_unknown(value: Any) -> bool:
    """Whether `value`, a tree of dicts and lists, isn't known in full."""
    if isinstance(value, dict):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return value is UNKNOWN
