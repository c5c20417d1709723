"""Which resources and functions reach which calls of the client, followed through the code that they are made of.

A call shows as `...subject.method`, whatever the client is called there; what a definition uses is followed by name,
through the package's own imports. Lists that handlers share are methods of the directory, followed likewise.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Collection, Iterator
from functools import cache

import pulumi_victorops as vo
from pulumi_victorops import providers
from pulumi_victorops.lifecycle.directory import Directory
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.resources.base import VictorOpsResource
from tools.endpoints.calls import Call

_PACKAGE = vo.__name__
_DIRECTORY = (Directory.__module__, Directory.__name__)

Definition = tuple[str, str]
"""A module, and what it defines at its top."""


def entry_points() -> dict[str, Definition]:
    """Where the code behind each public resource and function begins. Output forms add nothing to the plain ones."""
    found = {}
    for name in vo.__all__:
        item = getattr(vo, name)
        if inspect.isclass(item) and issubclass(item, VictorOpsResource):
            provider: type[Provider] = getattr(providers, name)
            module, _, handler = provider.handler.partition(":")
            found[name] = (module, handler)
        elif inspect.isfunction(item) and not name.endswith("_output"):
            found[name] = (item.__module__, name)
    return found


def reached(start: Definition, calls: Collection[Call]) -> set[Call]:
    """The calls that a definition makes, by itself or through what it uses."""
    found: set[Call] = set()
    seen: set[Definition] = set()
    waiting = [start]
    while waiting:
        definition = waiting.pop()
        if definition in seen or definition[1] not in _definitions(definition[0]):
            continue
        seen.add(definition)
        for owner, name in _attributes(_node(definition)):
            if (owner, name) in calls:
                found.add((owner, name))
            elif owner == "directory" or (owner == "self" and _of_the_directory(definition)):
                waiting.append((_DIRECTORY[0], f"{_DIRECTORY[1]}.{name}"))
        waiting += _used(definition)
    return found


def _of_the_directory(definition: Definition) -> bool:
    return definition[0] == _DIRECTORY[0] and definition[1].startswith(f"{_DIRECTORY[1]}.")


def _attributes(node: ast.AST) -> Iterator[Call]:
    """Each `...owner.name` in the code."""
    for one in ast.walk(node):
        if not isinstance(one, ast.Attribute):
            continue
        if isinstance(one.value, ast.Attribute):
            yield one.value.attr, one.attr
        elif isinstance(one.value, ast.Name):
            yield one.value.id, one.attr


def _used(definition: Definition) -> Iterator[Definition]:
    """What a definition names, of its own module or of what that imports from this package."""
    module, _ = definition
    node = _node(definition)
    imports = _imports(module) | _imported_in(node)
    for one in ast.walk(node):
        if not isinstance(one, ast.Name):
            continue
        target = imports.get(one.id, (module, one.id))
        if target[1] in _definitions(target[0]):
            yield target


def _node(definition: Definition) -> ast.AST:
    module, name = definition
    return _definitions(module)[name]


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(module)))


@cache
def _definitions(module: str) -> dict[str, ast.AST]:
    """A module's functions and classes, and the directory's methods one by one: nobody uses them all."""
    found: dict[str, ast.AST] = {}
    for node in _tree(module).body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        if isinstance(node, ast.ClassDef) and (module, node.name) == _DIRECTORY:
            found |= {f"{node.name}.{each.name}": each for each in node.body if isinstance(each, ast.FunctionDef)}
        else:
            found[node.name] = node
    return found


@cache
def _imports(module: str) -> dict[str, Definition]:
    return _imported_in(ast.Module([node for node in _tree(module).body if isinstance(node, ast.ImportFrom)], []))


def _imported_in(node: ast.AST) -> dict[str, Definition]:
    """Functions of the API's models are left out: they make no calls, and the client's own classes make them all."""
    return {
        alias.asname or alias.name: (one.module, alias.name)
        for one in ast.walk(node)
        if isinstance(one, ast.ImportFrom) and one.module and one.module.startswith(_PACKAGE)
        if not one.module.startswith(f"{_PACKAGE}.api")
        for alias in one.names
    }
