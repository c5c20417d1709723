"""What a stack's state knows of objects of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_victorops.lifecycle.meta import Meta
from pulumi_victorops.stack.kinds import KINDS

_KINDS = {kind.type_token: kind for kind in KINDS.values()}


class State:
    """A state, as the engine exports it.

    Args:
        document: what the engine exported.

    Attributes:
        objects: all objects of ours that stand in it, by profile, kind and id; also those that are only looked up, or
            wait for their deletion.
        names: what the program calls a resource, by the resource's identity.
        interrupted: whether operations have begun of which it has no end.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        deployment = document.get("deployment") or {}
        pending = deployment.get("pending_operations") or []
        self.interrupted = bool(pending)
        self.objects: set[tuple[str | None, str, str]] = set()
        self.names: dict[str, str] = {}
        for one in deployment.get("resources") or []:
            if one["type"] in _KINDS and "id" in one:
                profile = Meta.of(one.get("outputs") or {}).profile
                self.objects.add((profile, _KINDS[one["type"]].name, one["id"]))
        for one in [*(deployment.get("resources") or []), *(one["resource"] for one in pending)]:
            identity = Meta.of(one.get("inputs") or {}).identity
            if identity is not None:
                self.names[identity] = one["urn"].split("::", 3)[3]
