"""The one diff algorithm: which properties differ, given what is known of each field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_victorops.lifecycle.inputs import (
    CASELESS,
    DIGITS_ONLY,
    SERVICE_DECIDES,
    UNORDERED,
    Fact,
    Field,
    Inputs,
    fields_of,
)
from pulumi_victorops.lifecycle.unknown import UNKNOWN, has_unknown


def changed_properties(model: type[Inputs], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of the properties that differ. What isn't known counts as different."""
    return [name for name, field in fields_of(model).items() if not same(field, old.get(name), new.get(name))]


def without(fact: Fact, field: Field, value: Any) -> Any:
    """A value without all that has a fact, at any depth. What is alike but for that is equal then."""
    if isinstance(value, dict):
        fields = fields_of(field.model) if field.model else {}
        kept = {name: fields.get(name) or Field(None, [], None) for name in value}
        return {name: without(fact, inner, value[name]) for name, inner in kept.items() if fact not in inner.facts}
    if isinstance(value, list):
        item = field.item() or Field(None, [], None)
        return [] if fact in item.facts else [without(fact, item, one) for one in value]
    return value


def same(field: Field, old: Any, new: Any) -> bool:
    """Whether two values of a field mean the same to the service."""
    if new is None and SERVICE_DECIDES in field.facts:
        return True
    if has_unknown(old) or has_unknown(new):
        return False
    return bool(_canonical(field, old) == _canonical(field, new))


def _canonical(field: Field, value: Any) -> Any:
    """A form that is equal for values that mean the same. Takes anything, since states may hold anything."""
    if value is None:
        value = field.default
    if isinstance(value, Inputs):
        value = value.to_properties()
    if isinstance(value, dict):
        return _canonical_object(field.model, value)
    if isinstance(value, list):
        item = field.item() or Field(None, [], None)
        items = [_canonical(item, each) for each in value]
        return sorted(items, key=_sort_key) if UNORDERED in field.facts else items
    if isinstance(value, str) and CASELESS in field.facts:
        return value.casefold()
    if isinstance(value, str) and DIGITS_ONLY in field.facts:
        return "".join(character for character in value if character.isdigit())
    if isinstance(value, float) and value.is_integer():
        return int(value)
    # True and 1 are equal in Python and not in a program.
    return ("bool", value) if isinstance(value, bool) else value


def _canonical_object(model: type[Inputs] | None, value: dict[str, Any]) -> dict[str, Any]:
    fields = fields_of(model) if model else {}
    names = {*fields, *value}
    plain = {name: _canonical(fields.get(name) or Field(None, [], None), value.get(name)) for name in names}
    return {name: item for name, item in plain.items() if item is not None}


def _sort_key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


def merge(model: type[Inputs], known: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that describe the live object, in the words of the known ones where both mean the same.

    What the service doesn't tell (absent from `live`, or None there) is taken from `known`. What the service decides
    and the program leaves open is left out, so that it may move without anybody seeing a change; only a look-up,
    which knows nothing, takes it.
    """
    merged: dict[str, Any] = {}
    for name, field in fields_of(model).items():
        before, now = known.get(name), live.get(name)
        if known and before is None and SERVICE_DECIDES in field.facts:
            continue
        value = before if now is None or (before is not None and same(field, before, now)) else now
        if value is not None and value is not UNKNOWN:
            merged[name] = value
    return merged
