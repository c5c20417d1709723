"""What all resources have in common: how they are registered, and how they are looked up."""

from __future__ import annotations

import hashlib
import inspect
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import pulumi
import pulumi.dynamic
from pulumi.runtime import get_root_resource
from typing_extensions import Self

from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.lifecycle.sendable import problems


class VictorOpsResource(pulumi.dynamic.Resource, module="victorops", name="Resource"):
    """A resource whose properties are its annotations, and whose life cycle is its provider's."""

    _provider_class: ClassVar[type[Provider]]

    def __init_subclass__(cls, *, provider: type[Provider]) -> None:
        """Name the provider; the type token follows from its name."""
        super().__init_subclass__(module="victorops", name=provider.__name__)
        cls._provider_class = provider

    def _register(
        self,
        name: str,
        inputs: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
        *,
        profile: str | None,
        adopt: bool | None = None,
    ) -> None:
        for path, reason in problems({"resource_name": name, **inputs, "profile": profile}):
            # The SDK would fail on it with a traceback.
            raise pulumi.RunError(f"{type(self).__name__} {name!a}: {path}: {reason}")
        # Properties that the service decides have to be named too, or the engine's answer isn't taken up.
        properties: dict[str, Any] = dict.fromkeys(inspect.get_annotations(type(self)))
        beside = {"adopt": adopt, "profile": profile, **_identity(type(self).__name__, name, opts)}
        # What is handed to the SDK becomes an output, with four futures for each resource.
        given = {name: value for name, value in beside.items() if value is not None}
        super().__init__(self._provider_class(), name, {**properties, **inputs, **given}, opts)

    @classmethod
    def _look_up(
        cls, name: str, object_id: pulumi.Input[str], opts: pulumi.ResourceOptions | None, profile: str | None
    ) -> Self:
        resource = cls.__new__(cls)
        opts = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=object_id))
        resource._register(name, {}, opts, profile=profile)
        return resource


# How often each place in a program was taken, by the stack's own resource: one process may run several programs.
_places: WeakKeyDictionary[pulumi.Resource, Counter[str]] = WeakKeyDictionary()


def _identity(kind: str, name: str, opts: pulumi.ResourceOptions | None) -> dict[str, str]:
    """Which resource of which stack it is: a creation isn't told that otherwise, and has to know its own traces."""
    if opts is not None and opts.id is not None:
        return {}
    parent = opts.parent if opts else None
    above = [parent.pulumi_resource_type, parent.pulumi_resource_name] if parent else []
    place = "\0".join([kind, *above, name])
    program = get_root_resource()
    if program is not None:
        # Components within components may give the same place twice, of which only the engine knows the difference.
        places = _places.setdefault(program, Counter())
        places[place] += 1
        place += f"\0{places[place]}" if places[place] > 1 else ""
    return {"__identity": f"{pulumi.get_stack()}:{hashlib.sha256(place.encode()).hexdigest()[:16]}"}
