"""Making an object exactly once, whatever happens to the answer, and taking over one that exists."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Final, Generic

from pulumi_victorops.api.errors import (
    ConflictError,
    InvalidRequestError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
    VictorOpsError,
)
from pulumi_victorops.api.operations import Repeat
from pulumi_victorops.lifecycle.gone import add_what_is_gone
from pulumi_victorops.lifecycle.handler import Handler, InputsT, Live
from pulumi_victorops.lifecycle.inputs import SECRET, fields_of
from pulumi_victorops.lifecycle.journal import Key
from pulumi_victorops.lifecycle.journals import journal_for
from pulumi_victorops.lifecycle.meta import Meta
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.search import Search
from pulumi_victorops.lifecycle.unknown import has_unknown

_LOG = logging.getLogger("pulumi_victorops")

WAITS: Final = (0.5, 1.0, 2.0)
"""Seconds between attempts after the service, or the way to it, has failed."""

EXACT: Final = "exact"
_EXACTLY: Final = f"victorops:adopt: {EXACT}"


class Creation(Generic[InputsT]):
    """One object that is to be made."""

    def __init__(self, org: Org, handler: Handler[InputsT], inputs: InputsT, meta: Meta) -> None:
        self._org = org
        self._handler = handler
        self._model: type[InputsT] = type(inputs)
        self._inputs = inputs
        self._wanted = inputs.to_properties()
        self._meta = meta
        self._journal = journal_for(org.settings.journal, meta.identity)
        self._key = Key(org.key, handler.name(), meta.identity or "")
        self.found = False
        """Whether the object was there already."""
        self._search: Search[InputsT] = Search(org, handler, self._journal)

    def run(self) -> Live:
        """Make the object, or find the one that an interrupted run made, or take over the one that is meant."""
        live = self._finished() or self._adopted()
        self.found = live is not None
        if live is None:
            self._check_that_no_other_run_made_it()
            secret = {name for name, field in fields_of(self._model).items() if SECRET in field.facts}
            self._journal.begin(self._key, {n: v for n, v in self._wanted.items() if n not in secret})
            live = self._made()
        self._journal.made(self._key, live.id)
        return live

    def foreseen(self) -> str:
        """What a preview can tell of making it: that it's in the org already. Empty where nothing speaks against it."""
        unknown = any(has_unknown(self._wanted.get(name)) for name in self._handler.unique_by)
        if not self._handler.unique_by or unknown or self._journal.unfinished(self._key):
            return ""
        found = [
            live
            for live in self._search.candidates(self._inputs)
            if not self._journal.knows(self._key.org, self._key.kind, live.id)
        ]
        if not found:
            return ""
        if self._may_adopt():
            return f"{self._what(found[0])} is in the org already: it's to be taken over, not made"
        return f"{self._what(found[0])} is in the org already, and can't be made again: {self._ways_on(found)}"

    def _made(self) -> Live:
        """Make it, looking before each repetition whether an attempt without an answer has made it."""
        doubtful: VictorOpsError | None = None
        seen_before: set[str] = set()
        for wait in (*WAITS, None):
            try:
                live = self._handler.create(self._org, self._inputs)
            except VictorOpsError as error:
                if not _may_have_been_made(error):
                    found = self._ours_after(doubtful, seen_before) if doubtful else None
                    if found:
                        return found
                    self._journal.end(self._key)
                    raise self._explained(error) from None
                doubtful = error
            else:
                if doubtful:
                    self._without_twin(live, seen_before)
                return live
            found = self._ours_after(doubtful, seen_before)
            if found:
                return found
            if wait is None or not may_try_again(doubtful):
                raise doubtful
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _ours_after(self, error: VictorOpsError, seen: set[str]) -> Live | None:
        """What an attempt without an answer has made. Remembers what is alike and isn't it."""
        try:
            for wait in (*self._handler.lag, None):
                self._org.directory.everything_changed()
                found = self._search.candidates(self._inputs)
                alike = [live for live in found if not self._search.differences(live, self._wanted)]
                ours = [live for live in alike if not self._search.is_anothers(live)]
                if ours:
                    _LOG.info("%s: made, although the answer was lost: %s", self._what(ours[-1]), error)
                    return ours[-1]
                seen.update(live.id for live in alike)
                if wait is not None:
                    time.sleep(wait)
        except VictorOpsError:
            raise self._undecided(error) from None
        return None

    def _without_twin(self, live: Live, seen_before: set[str]) -> None:
        """Take away what an earlier attempt made after all, while this one was under way."""
        self._org.directory.everything_changed()
        for other in self._search.candidates(self._inputs):
            if other.id == live.id or other.id in seen_before or self._search.is_anothers(other):
                continue
            if not self._search.differences(other, self._wanted):
                self._handler.delete(self._org, other.id, other.inputs)

    def _finished(self) -> Live | None:
        """What an interrupted run made for this resource, brought to what the program says now."""
        entry = self._journal.unfinished(self._key)
        if entry is None:
            return None
        live = self._search.left_behind(entry)
        if live is None:
            self._journal.end(self._key)
            return None
        _LOG.warning("%s: an interrupted run made it; going on with it", self._what(live))
        self._journal.made(self._key, live.id)
        changed = self._search.differences(live, self._wanted)
        if not self._handler.replaces(self._org, changed):
            return self._brought(live, changed)
        # The program wants another one by now. Nobody else knows of this one.
        self._handler.delete(self._org, live.id, live.inputs)
        self._journal.gone(self._key.org, self._key.kind, live.id)
        return None

    def _adopted(self) -> Live | None:
        """What exists already and is to be taken over."""
        if not self._may_adopt():
            return None
        exact = self._meta.adopt is None and self._org.settings.adopt == EXACT
        found = [live for live in self._search.candidates(self._inputs) if not self._search.is_anothers(live)]
        equal = [live for live in found if not self._search.differences(live, self._wanted)]
        if len(equal) == 1 or (len(found) == 1 and not exact):
            live = equal[0] if equal else found[0]
            changed = self._search.differences(live, self._wanted)
            if self._handler.replaces(self._org, changed):
                raise InvalidRequestError(
                    f"{self._what(live)} exists already and can't be taken over: the API can't change its "
                    f"{_listed(changed)}. Describe it as it is (pulumi-victorops import prints that), or delete it"
                )
            _LOG.warning("%s: taken over%s", self._what(live), f", {_listed(changed)} changed" if changed else "")
            return self._brought(live, changed)
        if len(found) > 1 and (equal or not exact):
            ids = ", ".join(live.id for live in equal or found)
            raise InvalidRequestError(
                f"there are several that could be taken over ({ids}): bring the one that is meant into the stack: "
                f"pulumi-victorops import {self._key.kind} ID NAME"
            )
        return None

    def _check_that_no_other_run_made_it(self) -> None:
        """Raise where a run on another machine may have made it, and the service would make a second one."""
        if self._handler.unique_by or self._meta.adopt is not None or not self._org.holders.made_elsewhere:
            return
        for live in self._search.candidates(self._inputs):
            if not self._search.is_anothers(live) and not self._search.differences(live, self._wanted):
                what = self._what(live)
                raise ConflictError(
                    f"{what} is just like this one, and an interrupted run on another machine may have made it: take "
                    f"it over with adopt=True or {_EXACTLY}, bring it into the stack: pulumi-victorops import {what} "
                    "NAME, or make another with adopt=False"
                )

    def _may_adopt(self) -> bool:
        asked = self._meta.adopt
        return bool(self._org.settings.adopt if asked is None else asked)

    def _brought(self, live: Live, changed: set[str]) -> Live:
        if not changed:
            return live
        updated = self._handler.update(self._org, live.id, self._inputs, changed)
        return Live(live.id, updated.inputs, {**live.outputs, **updated.outputs})

    def _explained(self, error: VictorOpsError) -> VictorOpsError:
        """The refusal, with what to do where the object exists already, or what it names doesn't any more."""
        clash = self._clash(error)
        if clash is None:
            add_what_is_gone(error, self._org, self._inputs)
        return clash or error

    def _clash(self, error: VictorOpsError) -> VictorOpsError | None:
        if not self._handler.unique_by or not isinstance(error, InvalidRequestError | ConflictError):
            return None
        try:
            self._org.directory.everything_changed()
            found = list(self._search.candidates(self._inputs))
        except VictorOpsError:
            return None
        if not found:
            return None
        return type(error)(
            f"{error.args[0]}; {self._ways_on(found)}",
            operation=error.operation,
            status=error.status,
            service_message=error.service_message,
        )

    def _ways_on(self, found: Sequence[Live]) -> str:
        """What to do where the object exists already."""
        wanted = {name: value for name, value in self._wanted.items() if not has_unknown(value)}
        differs = {name for live in found for name in self._search.differences(live, wanted)}
        differing = sorted(differs & wanted.keys())
        what = self._what(found[0])
        if self._handler.replaces(self._org, differing):
            way = f"{what} has other {_listed(differing)}, which can't be changed; bring it into the stack as it is"
        else:
            how = f"adopt=True (which changes its {_listed(differing)})" if differing else "adopt=True or " + _EXACTLY
            way = f"take {what} over with {how}, or bring it into the stack"
        return f"{way}: pulumi-victorops import {what} NAME"

    def _undecided(self, error: VictorOpsError) -> VictorOpsError:
        remedy = (
            "the next `pulumi up` looks before it makes another" if self._journal.is_kept else "look before you go on"
        )
        error.args = (f"{error.args[0]}; whether it was made couldn't be seen: {remedy}",)
        return error

    def _what(self, live: Live) -> str:
        return f"{self._key.kind} {live.id}"


def _may_have_been_made(error: VictorOpsError) -> bool:
    """Whether the service may have done what was asked although it didn't say so."""
    if isinstance(error, TransportError):
        return error.sent
    if isinstance(error, UnexpectedResponseError):
        return error.status is None or error.status < 300
    return isinstance(error, ServerError)


def may_try_again(error: VictorOpsError) -> bool:
    """Whether a call without an answer is worth making again: where repeating is harmless, the client did already."""
    return _may_have_been_made(error) and error.operation is not None and error.operation.repeat is Repeat.UNSAFE


def _listed(names: Sequence[str] | set[str]) -> str:
    return " and ".join(sorted(names))
