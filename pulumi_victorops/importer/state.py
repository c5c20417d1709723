"""A stack's state, as the engine exports and imports it, and the entries that an import adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider

from pulumi_victorops.stack.errors import NotDoneError
from pulumi_victorops.stack.kinds import KINDS, Kind

_STACK_TYPE = "pulumi:pulumi:Stack"
_PROVIDER_TYPE = "pulumi:providers:pulumi-python"


@dataclass(frozen=True)
class Present:
    """A resource of ours that is in the state already.

    Attributes:
        kind: what it is.
        name: what the program calls it.
        urn: the engine's name of it.
        id: its object's id.
        outputs: its properties.
        managed: False where the program only looks it up.
        profile: the name of the profile that says which org it's in; None for the stack's own.
    """

    kind: Kind
    name: str
    urn: str
    id: str
    outputs: Mapping[str, Any]
    managed: bool
    profile: str | None


@dataclass(frozen=True)
class Entry:
    """A resource that is to be added.

    Attributes:
        kind: what it is.
        name: what the program calls it.
        id: its object's id.
        inputs: what the program gives, and the provider fills in.
        outputs: all its properties.
        refers_to: for each property the URNs of the resources that it refers to.
    """

    kind: Kind
    name: str
    id: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    refers_to: Mapping[str, list[str]] = field(default_factory=dict)


class State:
    """The state of a stack.

    Args:
        document: what the engine exported.
        stack: the stack's name.
        project: the project's name.
        parent: the URN of the resource below which new ones are put; the stack's own where not given.

    Raises:
        NotDoneError: the state can't be added to.
    """

    def __init__(self, document: Mapping[str, Any], stack: str, project: str, parent: str | None = None) -> None:
        self._document = document
        deployment = document.get("deployment") or {}
        if deployment.get("pending_operations"):
            raise NotDoneError(
                "the stack has operations that were interrupted: run `pulumi refresh` first, "
                "which asks what became of them"
            )
        self._resources: list[dict[str, Any]] = deployment.get("resources") or []
        self._urns = {resource["urn"] for resource in self._resources}
        self._prefix = f"urn:pulumi:{stack}::{project}::"
        own = [resource["urn"] for resource in self._resources if resource["type"] == _STACK_TYPE]
        self._stack_urn = next(iter(own), f"{self._prefix}{_STACK_TYPE}::{project}-{stack}")
        self._has_stack = bool(own)
        if parent is not None and parent not in self._urns:
            raise NotDoneError(f"the stack has no resource {parent!r}: `pulumi stack --show-urns` lists them")
        self._parent = parent or self._stack_urn

    def present(self) -> list[Present]:
        """The resources of ours, without those that only wait for their deletion."""
        tokens = {kind.type_token: kind for kind in KINDS.values()}
        return [
            Present(
                tokens[one["type"]],
                one["urn"].split("::", 3)[3],
                one["urn"],
                one["id"],
                one.get("outputs") or {},
                managed=not one.get("external", False),
                profile=(one.get("outputs") or {}).get("profile"),
            )
            for one in self._resources
            if one["type"] in tokens and "id" in one and not one.get("delete", False)
        ]

    def urn(self, kind: Kind, name: str) -> str:
        """The engine's name of a resource that is to be added."""
        of_parent = self._parent.split("::", 3)[2]
        types = kind.type_token if of_parent == _STACK_TYPE else f"{of_parent}${kind.type_token}"
        return f"{self._prefix}{types}::{name}"

    def is_taken(self, kind: Kind, name: str) -> bool:
        """Whether there is a resource of that kind and name, at this place."""
        return self.urn(kind, name) in self._urns

    def with_entries(self, entries: list[Entry]) -> dict[str, Any]:
        """The document with the entries added, for the engine to import."""
        now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        times = {"created": now, "modified": now}
        stack = {"urn": self._stack_urn, "custom": False, "type": _STACK_TYPE, **times}
        added = [self._resource(entry) | times for entry in entries]
        resources = [*([] if self._has_stack else [stack]), *self._resources, *added]
        return {**self._document, "deployment": {**self._document["deployment"], "resources": resources}}

    def _resource(self, entry: Entry) -> dict[str, Any]:
        # The class by name, as the engine keeps it: no code, and no credentials.
        provider = {PROVIDER_KEY: serialize_provider(entry.kind.provider())}
        refers_to = {name: sorted(set(urns)) for name, urns in entry.refers_to.items()}
        resource = {
            "urn": self.urn(entry.kind, entry.name),
            "custom": True,
            "id": entry.id,
            "type": entry.kind.type_token,
            "inputs": {**provider, **entry.inputs},
            "outputs": {**provider, **entry.outputs},
            "parent": self._parent,
            "dependencies": sorted({urn for urns in refers_to.values() for urn in urns}),
            "propertyDependencies": {PROVIDER_KEY: [], **refers_to},
        }
        # Without one the engine adds the provider itself at the next operation, and configures it from the stack.
        present = self._provider()
        return {**resource, "provider": present} if present else resource

    def _provider(self) -> str | None:
        for one in self._resources:
            if one["type"] == _PROVIDER_TYPE and one["urn"].endswith("::default") and not one.get("delete", False):
                return f"{one['urn']}::{one['id']}"
        return None
