"""Looking in the org for the object that a creation is about, or has been."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, cast

from pydantic import ValidationError

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.lifecycle.comparison import changed_properties, merge, without
from pulumi_victorops.lifecycle.gone import has_lost_somebody, what_remains
from pulumi_victorops.lifecycle.handler import Handler, InputsT, Live
from pulumi_victorops.lifecycle.inputs import NAMES_USER, SERVICE_DECIDES, Field, fields_of
from pulumi_victorops.lifecycle.journal import Entry, Journal
from pulumi_victorops.lifecycle.org import Org


class Search(Generic[InputsT]):
    """Objects of one kind in one org, and which of them other resources of the stack have."""

    def __init__(self, org: Org, handler: Handler[InputsT], journal: Journal) -> None:
        self._org = org
        self._handler = handler
        self._model = cast("type[InputsT]", handler.model)
        self._journal = journal

    def candidates(self, inputs: InputsT) -> Iterator[Live]:
        """The objects that could be meant, as they are."""
        for object_id in self._handler.candidates(self._org, inputs):
            live = self._handler.read(self._org, object_id, {})
            if live is not None:
                yield live

    def is_anothers(self, live: Live) -> bool:
        """Whether another resource of the stack has the object."""
        # Where names are unique there is no other that could be meant.
        return not self._handler.unique_by and self._journal.knows(self._org.key, self._handler.name(), live.id)

    def differences(self, live: Live, wanted: Mapping[str, Any]) -> set[str]:
        """What the service tells otherwise. What it decides where nobody says may have moved meanwhile."""
        differing = changed_properties(self._model, merge(self._model, wanted, live.inputs), wanted)
        fields = fields_of(self._model)
        return {name for name in differing if SERVICE_DECIDES not in fields[name].facts}

    def left_behind(self, entry: Entry) -> Live | None:
        """What a creation that was cut off has made."""
        if entry.id is not None:
            return self._handler.read(self._org, entry.id, {})
        begun = self._begun(entry)
        if begun is None:
            return None
        for wait in (*self._handler.lag, None):
            found = [live for live in self.candidates(begun) if not self.is_anothers(live)]
            ours = [live for live in found if not self.differences(live, begun.to_properties())]
            ours = ours or self._changed_since(found, begun)
            if ours or wait is None:
                return ours[-1] if ours else None
            time.sleep(wait)
            self._org.directory.everything_changed()
        return None

    def left_over(self, entry: Entry) -> Live | None:
        """The same where no resource goes on with it: what fills in a place counts only while it's as it was made."""
        begun, place = self._begun(entry), self.place(entry)
        try:
            if begun is None or place is None:
                return self.left_behind(entry)
            wanted = begun.to_properties()
            live = self._handler.read(self._org, place, wanted)
        except NotFoundError:
            # What it would be in is gone.
            return None
        if live is None or (self.differences(live, wanted) and not self._handler.is_begun(live, begun)):
            return None
        return live

    def place(self, entry: Entry) -> str | None:
        """The place that a creation fills in, where it's of such a kind."""
        begun = self._begun(entry)
        return None if begun is None else self._handler.place(begun)

    def _begun(self, entry: Entry) -> InputsT | None:
        try:
            return self._model.model_validate(entry.inputs)
        except ValidationError:
            return None

    def _changed_since(self, found: Sequence[Live], begun: InputsT) -> list[Live]:
        """Those that the service has changed itself since they were begun, as it does where what they name goes."""
        if not found:
            return []
        begun = what_remains(self._org, begun)
        ours = [live for live in found if not self.differences(live, begun.to_properties())]
        return ours or self._handed_over(found, begun)

    def _handed_over(self, found: Sequence[Live], begun: InputsT) -> list[Live]:
        """Those that are as they were begun but for their people: the service puts others in for who leaves."""
        whole = Field(self._model, [], None)
        wanted = begun.to_properties()
        bare = without(NAMES_USER, whole, wanted)
        alike = [
            live
            for live in found
            if not changed_properties(
                self._model, without(NAMES_USER, whole, merge(self._model, wanted, live.inputs)), bare
            )
        ]
        return alike if alike and bare != wanted and has_lost_somebody(self._org, begun) else []
