"""A dynamic resource that does nothing but echo its inputs."""

from __future__ import annotations

from typing import Any

import pulumi.dynamic as dynamic


class EchoProvider(dynamic.ResourceProvider):
    """The least that a provider can do, kept in the state in as few bytes as ours."""

    serialize_as_secret_always = False

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> dynamic.DiffResult:
        """Compare the properties as they are."""
        return dynamic.DiffResult(changes=_olds != _news)

    def create(self, props: dict[str, Any]) -> dynamic.CreateResult:
        """Make nothing."""
        return dynamic.CreateResult(str(props.get("username") or props.get("name") or props.get("routing_key")), props)


class Echo(dynamic.Resource, module="bench", name="Echo"):
    """A resource of that provider."""

    def __init__(self, name: str, props: dict[str, Any]) -> None:
        super().__init__(EchoProvider(), name, props)
