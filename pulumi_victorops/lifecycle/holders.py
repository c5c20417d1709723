"""Which resources of a stack have an object, so that it outlives the one that lets go of it.

A resource that got another name in the program is another one to the engine: it makes the new one first and deletes the
old one last. Where a create fills in a place that is there already, or takes an object over, both have the same object.
"""

from __future__ import annotations

import threading
from collections import defaultdict


class Holders:
    """The resources that this operation has seen in the program, by their objects."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_object: defaultdict[tuple[str, str], set[str | None]] = defaultdict(set)

    def hold(self, kind: str, object_id: str, *identities: str | None) -> None:
        """A resource that stays, or was just made, has the object; more than one identity if its own has changed."""
        with self._lock:
            self._by_object[kind, object_id].update(identities)

    def has_another(self, kind: str, object_id: str, identity: str | None) -> bool:
        """Whether a resource has the object, and it's not this one."""
        with self._lock:
            found = self._by_object.get((kind, object_id))
            return bool(found) and identity not in (found or ())
