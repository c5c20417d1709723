"""One bad input tried: through check, and if that lets it pass, made, read, looked up and deleted."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterator
from enum import Enum
from typing import Any

from pulumi_victorops import providers
from pulumi_victorops.api.errors import InvalidArgumentError, VictorOpsError
from pulumi_victorops.lifecycle.cycle import Cycle, Snapshot
from pulumi_victorops.lifecycle.dynamic import Provider
from tools.hostile.world import World

_LONGEST_MESSAGE = 700
_SERVICE_FAILED = 500

Path = tuple[int | str, ...]


class Outcome(Enum):
    """What became of it. There is nothing else that may."""

    AT_CHECK = "refused at check"
    BY_CLIENT = "refused before a write"
    BY_SERVICE = "refused by the service"
    KEPT = "kept as it is"


class DefectError(Exception):
    """Something else became of it."""


def cycle_of(provider: type[Provider]) -> Cycle[Any]:
    """The life cycle of a kind of resource."""
    module, _, name = provider.handler.partition(":")
    return Cycle(getattr(importlib.import_module(module), name)())


def leaves(value: Any, here: Path = ()) -> Iterator[Path]:
    """Where a single value stands in a program."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*here, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*here, index))
    else:
        yield here


def with_value(program: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """The program with another value at a path."""
    changed = copy.deepcopy(program)
    target: Any = changed
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    return changed


def attempt(world: World, provider: type[Provider], path: Path, value: Any) -> Outcome:
    """Try a value at a place of the good program of a kind of resource. The org is afterwards as it was.

    Raises:
        DefectError: it got neither one clear error nor a faithful round trip.
    """
    what = f"{provider.__name__} {path}: {ascii(value)[:60] if isinstance(value, str) else type(value)}"
    cycle = cycle_of(provider)
    program = with_value(world.programs[provider], path, value)
    try:
        inputs, failures = cycle.check(world.org, {}, program)
        if failures:
            for failure in failures:
                _must(bool(failure.path) or provider is providers.MaintenanceMode, f"{what}: no path: {failure}")
                _must_be_a_line(failure.path + failure.reason, what)
            return Outcome.AT_CHECK
        try:
            return _round_trip(world, cycle, inputs, what)
        finally:
            world.restore()
    except VictorOpsError as error:
        _must_be_a_line(str(error), what)
        _must((error.status or 0) < _SERVICE_FAILED, f"{what}: {error}")
        return Outcome.BY_CLIENT if isinstance(error, InvalidArgumentError) else Outcome.BY_SERVICE
    except DefectError:
        raise
    except Exception as error:
        raise DefectError(f"{what}: {type(error).__name__}: {error!s:.200}") from error


def _round_trip(world: World, cycle: Cycle[Any], inputs: dict[str, Any], what: str) -> Outcome:
    made: Snapshot = cycle.create(world.org, inputs)
    world.org.directory.everything_changed()
    live = cycle.read(world.org, made.id, made.properties)
    _must(live is not None, f"{what}: not found again as {made.id!a}")
    assert live is not None
    changed = cycle.diff(world.org, made.id, live.properties, inputs).changed
    _must(not changed, f"{what}: comes back with other {changed}")
    _must(cycle.read(world.org, made.id, {}) is not None, f"{what}: not looked up as {made.id!a}")
    cycle.delete(world.org, made.id, made.properties)
    return Outcome.KEPT


def _must_be_a_line(text: str, what: str) -> None:
    _must(text.isprintable() and len(text) <= _LONGEST_MESSAGE, f"{what}: no clear line: {text[:200]!a}")


def _must(condition: bool, otherwise: str) -> None:
    if not condition:
        raise DefectError(otherwise)
