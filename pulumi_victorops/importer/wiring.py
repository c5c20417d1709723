"""What refers to what: a property that names another object, and the output of that object that a program would use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_victorops.importer.service import Found
from pulumi_victorops.stack.kinds import Kind


@dataclass(frozen=True)
class Handle:
    """By what other objects refer to one: a kind, the output, and its value."""

    kind: str
    output: str
    value: str | int

    @classmethod
    def of(cls, kind: str, output: str, value: str | int) -> Handle:
        """A handle whose value is spelled as all others spell it: people may be mentioned in any case."""
        return cls(kind, output, value.lower() if kind == "User" and isinstance(value, str) else value)


# The outputs by which others refer to each kind, and whether that is its id.
_HANDLES = {
    "User": [("username", True)],
    "Team": [("slug", True)],
    "EscalationPolicy": [("slug", True)],
    "RoutingKey": [("routing_key", True)],
    "Rotation": [("slug", False), ("id", True)],
    "Override": [("id", True)],
    "ContactEmail": [("contact_id", False)],
    "ContactPhone": [("contact_id", False)],
}

# The properties that refer to others, at any depth, by the kind and the output.
_REFERENCES = {
    "team": [("Team", "slug")],
    "username": [("User", "username")],
    "usernames": [("User", "username")],
    "rotation": [("Rotation", "id")],
    "rotation_group": [("Rotation", "slug")],
    "policy": [("EscalationPolicy", "slug")],
    "target_policy": [("EscalationPolicy", "slug")],
    "targets": [("EscalationPolicy", "slug")],
    "route_key": [("RoutingKey", "routing_key")],
    "routing_keys": [("RoutingKey", "routing_key")],
    "override": [("Override", "id")],
    "contact_id": [("ContactEmail", "contact_id"), ("ContactPhone", "contact_id")],
}
# What an incident's note holds is nobody's reference, whatever it's called.
_OPAQUE = {"json_value"}


def handles_of(kind: Kind, object_id: str, outputs: Mapping[str, Any]) -> list[Handle]:
    """By what others may refer to an object."""
    values = [(output, object_id if is_id else outputs.get(output)) for output, is_id in _HANDLES.get(kind.name, [])]
    return [Handle.of(kind.name, output, value) for output, value in values if isinstance(value, str | int)]


def wired(found: Found, exchange: Callable[[str, Handle], Any]) -> dict[str, Any]:
    """What a program gives for an object, each reference exchanged for what `exchange` makes of it.

    Args:
        found: the object.
        exchange: what stands for a reference, given the property that holds it; None where it stays as it is.
    """
    own = handles_of(found.kind, found.id, found.outputs)

    def replaced(prop: str, name: str, value: Any) -> Any:
        if isinstance(value, dict) and prop not in _OPAQUE:
            return {inner: replaced(prop, inner, item) for inner, item in value.items()}
        if isinstance(value, list):
            return [replaced(prop, name, item) for item in value]
        for kind, output in _REFERENCES.get(name, []):
            handle = Handle.of(kind, output, value)
            # Its own name is no reference.
            other = None if handle in own else exchange(prop, handle)
            if other is not None:
                return other
        return value

    return {prop: replaced(prop, prop, value) for prop, value in found.given.items()}


def in_order(objects: list[Found]) -> list[Found]:
    """The objects so that each stands behind those that it refers to; of a circle, the first one first."""
    pending = [(one, _references(one)) for one in objects]
    missing = {handle for one in objects for handle in handles_of(one.kind, one.id, one.outputs)}
    ordered = []
    while pending:
        ready = (index for index, (_, others) in enumerate(pending) if missing.isdisjoint(others))
        found, _ = pending.pop(next(ready, 0))
        missing -= set(handles_of(found.kind, found.id, found.outputs))
        ordered.append(found)
    return ordered


def _references(found: Found) -> list[Handle]:
    seen: list[Handle] = []
    wired(found, lambda _, handle: seen.append(handle))
    return seen
