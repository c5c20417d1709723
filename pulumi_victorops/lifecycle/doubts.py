"""What a run that was cut off may have changed or deleted, without the engine's having saved that.

The state is as before then, and a program that goes back to what it was would see no difference. So what was begun is
written down, and compared with what is there until the state is known to be right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_victorops.lifecycle.comparison import changed_properties, merge
from pulumi_victorops.lifecycle.handler import Handler, InputsT
from pulumi_victorops.lifecycle.inputs import inputs_in
from pulumi_victorops.lifecycle.journal import Journal
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.telling import TOLD


@dataclass(frozen=True)
class Doubts:
    """What is doubtful of one object.

    Args:
        org: where the object is.
        handler: its kind.
        journal: where doubts are written down.
        object_id: its id.
    """

    org: Org
    handler: Handler[Any]
    journal: Journal
    object_id: str

    def of_change(self, inputs: Mapping[str, Any]) -> None:
        """The object is about to be changed."""
        self.journal.doubt(self.org.key, self.handler.name(), self.object_id, _digest(self.handler, inputs))

    def of_deletion(self) -> None:
        """The object is about to be deleted."""
        if not self.handler.leaves_nothing:
            self.journal.doubt(self.org.key, self.handler.name(), self.object_id)

    @property
    def exist(self) -> bool:
        """Whether the state may not be so."""
        return self.journal.doubted(self.org.key, self.handler.name(), self.object_id) is not None

    def resolved(self, known: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The inputs of an object of which doubts exist: those of the state if it's right all the same, or as they are.

        Args:
            known: the inputs by the state.

        Returns:
            None where the object was deleted.

        Raises:
            VictorOpsError: it can't be read.
        """
        kind, model = self.handler.name(), self.handler.model
        sent = self.journal.doubted(self.org.key, kind, self.object_id)
        if sent == _digest(self.handler, known):
            self.journal.trust(self.org.key, kind, self.object_id)
            return known
        live = self.handler.read(self.org, self.object_id, known)
        if live is None:
            # A list may be behind, but for what was deleted.
            return None if sent == "" else known
        seen = merge(model, known, live.inputs)
        if changed_properties(model, known, seen):
            TOLD.info("%s %s: a run that was cut off had begun to change it", kind, self.object_id)
        else:
            self.journal.trust(self.org.key, kind, self.object_id)
        return seen


def _digest(handler: Handler[InputsT], properties: Mapping[str, Any]) -> str:
    """Tells inputs from others, without telling them."""
    return hashlib.sha256(json.dumps(inputs_in(handler.model, properties), sort_keys=True).encode()).hexdigest()
