"""What no message to the engine or the service can carry, found before anything tries to send it.

Programs import this module, so it imports nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

DEEPEST: Final = 64
"""How many lists and dicts may stand within each other. JSON readers give up not far beyond."""

LARGEST: Final = 2**53
"""The largest whole number that survives the trip: the engine's wire has floats only."""

_LARGEST_AT_ALL = 10**308
# The engine takes these for something else: a value that isn't known, and the sign of a secret or an asset.
_UNKNOWNS = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
_NAME_MOST = 80
_SIGNATURE = "4dabf18193072939515e22adb298388d"


def problems(properties: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The path of each value that can't be sent, and why. Values of kinds that aren't plain data are passed over."""
    # A list instead of recursion, since depth is one of the problems.
    waiting: list[tuple[str, Any, int]] = [("", properties, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if isinstance(value, (dict, list, tuple)) and depth > DEEPEST:
            yield path, f"lists and dicts stand more than {DEEPEST} deep within each other"
        elif isinstance(value, dict):
            for name, item in value.items():
                problem = _in_name(name)
                if problem:
                    yield path, problem
                else:
                    waiting.append((member(path, name), item, depth + 1))
        elif isinstance(value, (list, tuple)):
            waiting.extend((f"{path}[{index}]", item, depth + 1) for index, item in enumerate(value))
        else:
            problem = _in_leaf(value)
            if problem:
                yield path, problem


def member(path: str, name: str) -> str:
    """The path of a member of what stands at a path. A name that isn't fit for a message is quoted, and cut."""
    if not name.isidentifier() or len(name) > _NAME_MOST:
        return f"{path}[{name[:_NAME_MOST]!a}]"
    return f"{path}.{name}" if path else name


def _in_name(name: Any) -> str | None:
    if not isinstance(name, str):
        return f"a name in a dict has to be text, not {type(name).__name__}"
    if name == _SIGNATURE:
        return "a name in it means something else to Pulumi"
    return _in_leaf(name)


def _in_leaf(value: Any) -> str | None:
    if isinstance(value, str):
        if value in _UNKNOWNS:
            return "the text means something else to Pulumi"
        try:
            value.encode()
        except UnicodeEncodeError:
            return "half a character (a lone surrogate) stands in it"
    elif isinstance(value, int) and abs(value) > _LARGEST_AT_ALL:
        return "the number is too large to be sent"
    elif isinstance(value, (bytes, bytearray, set, frozenset, complex)):
        return f"expected text, a number, a list or a dict, got {type(value).__name__}"
    return None
