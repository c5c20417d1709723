"""A dynamic resource that does nothing but echo its inputs."""

from __future__ import annotations

from typing import Any

import pulumi.dynamic as dynamic


class EchoProvider(dynamic.ResourceProvider):
    """The least that a provider can do, kept in the state in as few bytes as ours."""

    serialize_as_secret_always = False

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> dynamic.DiffResult:
        """Compare the properties as they are."""
        return dynamic.DiffResult(changes=any(_olds.get(name) != value for name, value in _news.items() if value))

    def create(self, props: dict[str, Any]) -> dynamic.CreateResult:
        """Make nothing."""
        name = next(str(value) for name, value in props.items() if isinstance(value, str) and name != "__provider")
        return dynamic.CreateResult(name, {**props, "slug": f"slug-of-{name}"})

    def read(self, id_: str, props: dict[str, Any]) -> dynamic.ReadResult:
        """Find everything as it was."""
        return dynamic.ReadResult(id_, props)


class Echo(dynamic.Resource, module="bench", name="Echo"):
    """A resource of that provider."""

    def __init__(self, name: str, props: dict[str, Any]) -> None:
        super().__init__(EchoProvider(), name, {"slug": None, **props})
