"""Driving a handler through the life cycle: plain values in, plain values out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pulumi_victorops.api.errors import VictorOpsError
from pulumi_victorops.lifecycle.comparison import changed_properties, merge
from pulumi_victorops.lifecycle.creation import WAITS, Creation, may_try_again
from pulumi_victorops.lifecycle.doubts import Doubts
from pulumi_victorops.lifecycle.gone import add_that_it_is_gone, add_what_is_gone
from pulumi_victorops.lifecycle.handler import Handler, InputsT, Live
from pulumi_victorops.lifecycle.inputs import (
    SUFFIXED,
    WRITE_ONLY,
    fields_of,
    inputs_in,
)
from pulumi_victorops.lifecycle.journal import Journal
from pulumi_victorops.lifecycle.journals import journal_for
from pulumi_victorops.lifecycle.meta import PROFILE, Meta, failures_in, split
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.sendable import LARGEST, problems
from pulumi_victorops.lifecycle.telling import TOLD
from pulumi_victorops.lifecycle.unknown import UNKNOWN
from pulumi_victorops.lifecycle.validation import Failure, validate

T = TypeVar("T")

_ID = "id"


@dataclass(frozen=True)
class Difference:
    """What a program would change in an object.

    Attributes:
        changed: the properties that differ.
        replaces: those of them that make a new object.
        deletes_first: whether the old object goes before the new one is made.
    """

    changed: list[str]
    replaces: list[str]
    deletes_first: bool


@dataclass(frozen=True)
class Snapshot:
    """An object's id, the inputs that describe it, and all its properties."""

    id: str
    inputs: dict[str, Any]
    properties: dict[str, Any]


class Cycle(Generic[InputsT]):
    """The life cycle of one kind of resource."""

    def __init__(self, handler: Handler[InputsT]) -> None:
        self._handler = handler
        self._model: type[InputsT] = handler.model  # type: ignore[assignment]  # a ClassVar can't be generic

    def check(self, org: Org, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], list[Failure]]:
        """The inputs to go on with, and what is wrong with them."""
        unsendable = [Failure(path, reason) for path, reason in problems(dict(new))]
        if unsendable:
            return {}, unsendable
        beside, given = split(whole_numbers(new))
        wrong = failures_in(beside)
        inputs, failures = validate(self._model, self._suffixed(org, given))
        if inputs is None:
            return dict(new), wrong + failures
        return {**inputs.to_properties(), **beside}, wrong + self._handler.check_change(org, old, inputs)

    def diff(
        self, org: Org, object_id: str, state: Mapping[str, Any], new: Mapping[str, Any], *, moves: bool = False
    ) -> Difference:
        """What differs between an object's state and the inputs.

        Makes no calls, unless the object is replaced and its handler has to look what leads to it, or a run that was
        cut off had begun to change it. What moves to another org is made there, where nothing is in its way, before it
        goes here.
        """
        self._known(org, object_id, new)
        renamed = [PROFILE] if state.get(PROFILE) != new.get(PROFILE) else []
        if moves:
            moved = changed_properties(self._model, state, new)
            return Difference(moved + renamed, [PROFILE], deletes_first=False)
        changed = self._changed(org, object_id, state, new)
        if changed is None:
            return Difference([_ID], [_ID], deletes_first=True)
        replaces = self._handler.replaces(org, changed)
        if not replaces:
            org.holders.hold(self._handler.name(), object_id, Meta.of(state).identity, Meta.of(new).identity)
        deletes_first = bool(replaces) and self._handler.deletes_first(org, object_id, state, set(changed))
        return Difference(changed + renamed, replaces, deletes_first)

    def audit(
        self, org: Org, object_id: str, state: Mapping[str, Any], new: Mapping[str, Any], difference: Difference
    ) -> None:
        """Warn of what deleting the object would meet and take along. A failure to read is a warning too."""
        _warn(repr(object_id), lambda: self._handler.audit(org, object_id, state, new, bool(difference.replaces)))

    def audit_new(self, org: Org, properties: Mapping[str, Any]) -> None:
        """Warn where an object that is to be made is there already."""
        creation = Creation(org, self._handler, self._trusted(properties), Meta.of(properties))
        _warn(f"a new {self._handler.name()}", creation.foreseen)

    def create(self, org: Org, properties: Mapping[str, Any]) -> Snapshot:
        """Make an object, or take over the one that is meant."""
        inputs = self._trusted(properties)
        meta = Meta.of(properties)
        creation = Creation(org, self._handler, inputs, meta)
        try:
            live = creation.run()
        except VictorOpsError as error:
            amiss = self._handler.without(org, inputs)
            if amiss:
                error.add_hint(amiss)
            raise
        org.holders.hold(self._handler.name(), live.id, meta.identity)
        if meta.identity and (creation.found or self._handler.place(inputs) is not None):
            org.holders.find(self._handler.name(), live.id)
        beside, _ = split(properties)
        return _snapshot(live, inputs.to_properties(), beside)

    def read(self, org: Org, object_id: str, state: Mapping[str, Any]) -> Snapshot | None:
        """Look at an object; None where it's gone. Inputs keep their spelling where it means the same."""
        beside, known = split(whole_numbers(state))
        org.directory.expect(self._journal(org, beside).counts(org.key))
        # A look-up knows nothing of the object, and the program waits for it.
        with org.directory.refreshing() if known else nullcontext():
            live = self._handler.read(org, object_id, known)
        if live is None:
            self._gone(org, object_id, beside)
            return None
        self._known(org, object_id, beside)
        return _snapshot(live, {**merge(self._model, known, live.inputs), **beside}, self._outputs_in(known))

    def update(self, org: Org, object_id: str, state: Mapping[str, Any], new: Mapping[str, Any]) -> Snapshot:
        """Change an object in place. Nothing is sent for properties that the service takes at creation only."""
        _, known = split(whole_numbers(state))
        beside, _ = split(new)
        inputs = self._trusted(new)
        properties = inputs.to_properties()
        fields = fields_of(self._model)
        found = self._changed(org, object_id, known, {**properties, **beside})
        # What is gone since the diff is sent as a whole, and refused by the service.
        changed = {name for name in (fields if found is None else found) if WRITE_ONLY not in fields[name].facts}
        self._known(org, object_id, beside)
        if changed:
            self._doubts(org, object_id, beside).of_change(properties)
        live = self._updated(org, object_id, known, inputs, changed) if changed else Live(object_id)
        return _snapshot(live, {**properties, **beside}, self._outputs_in(known))

    def delete(self, org: Org, object_id: str, state: Mapping[str, Any]) -> None:
        """Take an object away, unless a resource of the program has it still."""
        if org.holders.keep(self._handler.name(), object_id, Meta.of(state).identity):
            TOLD.info("%s %s stays: the program has it still", self._handler.name(), object_id)
            return
        self._doubts(org, object_id, state).of_deletion()
        _looking_again(lambda: self._handler.delete(org, object_id, whole_numbers(state)))
        self._gone(org, object_id, state)

    def _changed(self, org: Org, object_id: str, state: Mapping[str, Any], new: Mapping[str, Any]) -> list[str] | None:
        """The properties that differ from the state, or from the object if that is doubtful; None where it is gone."""
        changed = changed_properties(self._model, state, new)
        doubts = self._doubts(org, object_id, new)
        if not doubts.exist:
            return changed
        seen = doubts.resolved(split(whole_numbers(state))[1])
        if seen is None:
            return None
        # The state is put right too where it's behind the object.
        different = {*changed, *changed_properties(self._model, seen, new)}
        return [name for name in fields_of(self._model) if name in different]

    def _doubts(self, org: Org, object_id: str, properties: Mapping[str, Any]) -> Doubts:
        return Doubts(org, self._handler, self._journal(org, properties), object_id)

    def _updated(self, org: Org, object_id: str, state: Mapping[str, Any], inputs: InputsT, changed: set[str]) -> Live:
        try:
            return _looking_again(lambda: self._handler.update(org, object_id, inputs, changed))
        except VictorOpsError as error:
            if not add_that_it_is_gone(error, org, self._handler, object_id, state):
                add_what_is_gone(error, org, inputs)
            raise

    def _known(self, org: Org, object_id: str, properties: Mapping[str, Any]) -> None:
        """The engine has the object in its state."""
        journal = self._journal(org, properties)
        if Meta.of(properties).identity and not journal.knows(org.key, self._handler.name(), object_id):
            org.holders.made_elsewhere = True
        journal.settle(org.key, self._handler.name(), object_id)

    def _gone(self, org: Org, object_id: str, properties: Mapping[str, Any]) -> None:
        self._journal(org, properties).gone(org.key, self._handler.name(), object_id)

    def _journal(self, org: Org, properties: Mapping[str, Any]) -> Journal:
        return journal_for(org.settings.journal, Meta.of(properties).identity)

    def _suffixed(self, org: Org, given: dict[str, Any]) -> dict[str, Any]:
        """The same with the stack's suffix, or the resource's own, behind the names that are unique in an org."""
        suffix = given.get("name_suffix")
        suffix = org.settings.name_suffix if suffix is None else suffix
        suffixed = dict(given)
        for name, field in fields_of(self._model).items():
            value = given.get(name)
            if SUFFIXED not in field.facts or not isinstance(value, str) or not value or not suffix:
                continue
            if suffix is UNKNOWN:
                suffixed[name] = UNKNOWN
            elif isinstance(suffix, str) and not value.endswith(suffix):
                # It stands there already where the engine puts an old value in, for `ignore_changes`.
                suffixed[name] = value + suffix
        return suffixed

    def _outputs_in(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """What the service told before, which an answer needn't repeat."""
        fields = fields_of(self._model)
        return {name: value for name, value in state.items() if name not in fields}

    def _trusted(self, properties: Mapping[str, Any]) -> InputsT:
        """Inputs that went through `check` already."""
        return self._model.model_validate(inputs_in(self._model, whole_numbers(properties)))


def _warn(of_what: str, look: Callable[[], str]) -> None:
    """Tell what an audit finds. A failure to read is told too."""
    try:
        warning = look()
    except VictorOpsError as error:
        warning = f"the audit of {of_what} failed: {error}"
    if warning:
        TOLD.warning("%s", warning)


def _looking_again(attempt: Callable[[], T]) -> T:
    """Try again what looks at the object before it writes, where a call that can't just be repeated has no answer."""
    for wait in (*WAITS, None):
        try:
            return attempt()
        except VictorOpsError as error:
            if wait is None or not may_try_again(error):
                raise
            time.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


def _snapshot(live: Live, inputs: dict[str, Any], told_before: dict[str, Any]) -> Snapshot:
    outputs = {name: value for name, value in live.outputs.items() if value is not None}
    return Snapshot(live.id, inputs, {**told_before, **outputs, **inputs})


def whole_numbers(value: Any) -> Any:
    """The same tree with whole floats as integers: every number comes over the engine's wire as a float.

    Larger ones than a float can tell apart stay floats, and so are refused where a whole number is wanted.
    """
    if isinstance(value, Mapping):
        return {name: whole_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST else value
