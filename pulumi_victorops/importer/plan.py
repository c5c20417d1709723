"""What an import adds: resources with names that refer to each other, as entries of the state and as program text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_victorops.importer.makers import as_written
from pulumi_victorops.importer.naming import logical_name, variable_name
from pulumi_victorops.importer.program import Call, Expression, rendered
from pulumi_victorops.importer.service import Found
from pulumi_victorops.importer.state import Entry, State
from pulumi_victorops.importer.wiring import Handle, handles_of, in_order, wired
from pulumi_victorops.stack.errors import MisuseError, NotDoneError
from pulumi_victorops.stack.kinds import Kind


@dataclass(frozen=True)
class _Resource:
    """A resource, new or there already, with the variable that a program would have it in."""

    kind: Kind
    name: str
    urn: str
    variable: str


@dataclass(frozen=True)
class _New:
    """A resource that is added: what the program gives, and what that refers to by property."""

    resource: _Resource
    found: Found
    given: Mapping[str, Any]
    refers_to: Mapping[str, list[_Resource]] = field(default_factory=dict)


class Plan:
    """Resources for objects, each behind those that it refers to.

    Args:
        state: the state that they go into.
        objects: the objects.
        parent: the URN of the resource below which they are put, where it isn't the stack.
        profile: the name of the profile that they are read with; what is in other orgs is something else.

    Raises:
        MisuseError: two are to have one name, or one object is named twice.
        NotDoneError: a name is taken, or an object is in the stack already.
    """

    def __init__(
        self, state: State, objects: list[Found], parent: str | None = None, profile: str | None = None
    ) -> None:
        self._state = state
        self._profile = profile
        self._parent = parent
        self._present: dict[str, _Resource] = {}
        self._variables: set[str] = set()
        self._by_handle: dict[Handle, _Resource] = {}
        self._new: list[_New] = []
        self._refuse_doubles(objects)
        for one in state.present():
            handles = handles_of(one.kind, one.id, one.outputs) if one.profile == profile else []
            self._present[one.urn] = self._admit(one.kind, one.name, one.urn, handles)
        chosen = {(one.kind, one.wanted.name) for one in objects if one.wanted.name is not None}
        for found in in_order(objects):
            self._add(found, chosen)

    def entries(self) -> list[Entry]:
        """What is added to the state."""
        return [
            Entry(
                one.found.kind,
                one.resource.name,
                one.found.id,
                one.found.inputs,
                one.found.outputs,
                {prop: [other.urn for other in one.refers_to.get(prop, [])] for prop in one.found.given},
            )
            for one in self._new
        ]

    def program(self) -> str:
        """The text to paste, with which a preview says unchanged."""
        used = {other.urn: other for one in self._new for others in one.refers_to.values() for other in others}
        lines = ["import pulumi", ""] if self._parent else []
        lines += ["import pulumi_victorops as vo", ""]
        added = {one.resource.urn for one in self._new}
        for other in used.values():
            if other.urn not in added:
                lines.append(f"# {other.variable} is the program's vo.{other.kind.name}({rendered(other.name)}, ...)")
        for one in self._new:
            target = f"{one.resource.variable} = " if one.resource.urn in used else ""
            lines.append(target + rendered(self._call(one), before=len(target)))
        return "\n".join(lines) + "\n"

    def _call(self, new: _New) -> Call:
        named = as_written(new.found.kind.name, new.given)
        if self._parent:
            parent = self._present.get(self._parent)
            # A component isn't one of ours; its name is the best guess.
            variable = parent.variable if parent else variable_name(self._parent.split("::", 3)[3], "component", ())
            named["opts"] = Call("pulumi.ResourceOptions", named={"parent": Expression(variable)})
        return Call(f"vo.{new.found.kind.name}", (new.resource.name,), named)

    def _refuse_doubles(self, objects: list[Found]) -> None:
        here = [one for one in self._state.present() if one.managed and one.profile == self._profile]
        managed = {(one.kind, one.id): one.name for one in here}
        ids: set[tuple[Kind, str]] = set()
        names: set[tuple[Kind, str]] = set()
        for one in objects:
            name = one.wanted.name
            if (one.kind, one.id) in managed:
                raise NotDoneError(f"{one.wanted} is in the stack already, as {managed[one.kind, one.id]!r}")
            if (one.kind, one.id) in ids:
                raise MisuseError(f"{one.wanted} is named twice")
            if name is not None and (one.kind, name) in names:
                raise MisuseError(f"{one.wanted}: two of that kind are to be called {name!r}")
            if name is not None and self._state.is_taken(one.kind, name):
                raise NotDoneError(
                    f"{one.wanted}: the stack has a {one.kind.name} called {name!r}; choose another name"
                )
            ids.add((one.kind, one.id))
            names |= {(one.kind, name)} if name is not None else set()

    def _add(self, found: Found, chosen: set[tuple[Kind, str]]) -> None:
        kind, name = found.kind, found.wanted.name
        if name is None:
            others = {one.name for one in (*self._present.values(), *self._new_ones()) if one.kind == kind}
            name = logical_name(found, self._name_of, others | {taken for of, taken in chosen if of == kind})
        refers_to: dict[str, list[_Resource]] = {}

        def linked(prop: str, handle: Handle) -> Expression | None:
            other = self._by_handle.get(handle)
            if other is None:
                return None
            refers_to.setdefault(prop, []).append(other)
            return Expression(f"{other.variable}.{handle.output}")

        given = wired(found, linked)
        handles = handles_of(kind, found.id, found.outputs)
        resource = self._admit(kind, name, self._state.urn(kind, name), handles)
        self._new.append(_New(resource, found, given, refers_to))

    def _admit(self, kind: Kind, name: str, urn: str, handles: list[Handle]) -> _Resource:
        variable = variable_name(name, kind.spelling.replace("-", "_"), self._variables)
        self._variables.add(variable)
        resource = _Resource(kind, name, urn, variable)
        self._by_handle |= dict.fromkeys(handles, resource)
        return resource

    def _new_ones(self) -> list[_Resource]:
        return [one.resource for one in self._new]

    def _name_of(self, handle: Handle) -> str | None:
        resource = self._by_handle.get(handle)
        return resource.name if resource else None
