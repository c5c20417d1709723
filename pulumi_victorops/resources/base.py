"""What all resources have in common: how they are registered, and how they are looked up."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping
from typing import Any, ClassVar

import pulumi
import pulumi.dynamic
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
        self, name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None, *, adopt: bool | None = None
    ) -> None:
        for path, reason in problems({"resource_name": name, **inputs}):
            # The SDK would fail on it with a traceback.
            raise pulumi.RunError(f"{type(self).__name__} {name!a}: {path}: {reason}")
        # Properties that the service decides have to be named too, or the engine's answer isn't taken up.
        properties: dict[str, Any] = dict.fromkeys(inspect.get_annotations(type(self)))
        beside = {"adopt": adopt, **_identity(name, opts)}
        super().__init__(self._provider_class(), name, {**properties, **inputs, **beside}, opts)

    @classmethod
    def _look_up(cls, name: str, object_id: pulumi.Input[str], opts: pulumi.ResourceOptions | None) -> Self:
        resource = cls.__new__(cls)
        resource._register(name, {}, pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=object_id)))
        return resource


def _identity(name: str, opts: pulumi.ResourceOptions | None) -> dict[str, str]:
    """Which resource of which stack it is: a creation isn't told that otherwise, and has to know its own traces."""
    if opts is not None and opts.id is not None:
        return {}
    parent = opts.parent if opts else None
    place = [parent.pulumi_resource_type, parent.pulumi_resource_name] if parent else []
    digest = hashlib.sha256("\0".join([*place, name]).encode()).hexdigest()[:16]
    return {"__identity": f"{pulumi.get_stack()}:{digest}"}
