"""Which resources of a stack have an object, so that it outlives the one that lets go of it.

A resource that got another name in the program is another one to the engine: it makes the new one first and deletes the
old one last. Where a create fills in a place that is there already, or takes an object over, both have the same object.
So it is where the engine is told to replace a resource of which nothing has changed (`pulumi up --replace`).
"""

from __future__ import annotations

import threading
from collections import defaultdict


class Holders:
    """The resources that this operation has seen in the program, by their objects.

    Attributes:
        made_elsewhere: whether the stack has objects of which the journal here knows nothing, so that other machines
            bring it up too, whose interrupted runs it can't know of.
    """

    def __init__(self) -> None:
        self.made_elsewhere = False
        self._lock = threading.Lock()
        self._by_object: defaultdict[tuple[str, str], set[str | None]] = defaultdict(set)
        self._found: set[tuple[str, str]] = set()

    def hold(self, kind: str, object_id: str, *identities: str | None) -> None:
        """A resource that stays, or was just made, has the object; more than one identity if its own has changed."""
        with self._lock:
            self._by_object[kind, object_id].update(identities)

    def find(self, kind: str, object_id: str) -> None:
        """A create came to an object that may have been there before: what is deleted after that is its past."""
        with self._lock:
            self._found.add((kind, object_id))

    def keep(self, kind: str, object_id: str, identity: str | None) -> bool:
        """Whether the object stays when this resource lets go of it: another one has it, or its own successor."""
        with self._lock:
            if (kind, object_id) in self._found:
                return True
            having = self._by_object.get((kind, object_id), set())
            return bool(having) and identity not in having
