"""Find the operation that a request means, from its raw path.

The raw path is split at its slashes first and each segment is decoded once after that, so that an encoded
slash inside a segment never splits it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Match:
    """What a path led to: an operation with its parameters, or the verbs that the path would allow."""

    operation: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    parameter: _Node | None = None
    # By method: the operation and the names of its parameters, in the order of the path.
    operations: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


class Router:
    """A tree of path templates."""

    def __init__(self, operations: Iterable[str]) -> None:
        """Grow the tree from operations written as `METHOD template`."""
        self._root = _Node()
        for operation in operations:
            self._add(operation)

    def _add(self, operation: str) -> None:
        method, template = operation.split(" ")
        node, names = self._root, []
        for segment in template.split("/")[1:]:
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, _Node())
        node.operations[method] = (operation, tuple(names))

    def match(self, method: str, raw_path: bytes) -> Match:
        """Match a request; where a literal and a parameter both fit, the literal is tried first."""
        try:
            segments = [unquote(part, errors="strict") for part in raw_path.decode("ascii").split("/")[1:]]
        except UnicodeDecodeError:
            return Match()
        allowed: list[str] = []
        for node, values in _walk(self._root, segments, ()):
            if method in node.operations:
                operation, names = node.operations[method]
                return Match(operation, dict(zip(names, values, strict=True)))
            allowed.extend(node.operations)
        return Match(allowed=tuple(sorted(set(allowed))))


def _walk(node: _Node, segments: list[str], values: tuple[str, ...]) -> Iterator[tuple[_Node, tuple[str, ...]]]:
    if not segments:
        if node.operations:
            yield node, values
        return
    head, rest = segments[0], segments[1:]
    if head in node.literals:
        yield from _walk(node.literals[head], rest, values)
    if node.parameter is not None and head:
        yield from _walk(node.parameter, rest, (*values, head))
