"""Objects as the service would have been found to have them."""

from __future__ import annotations

from typing import Any

from pulumi_victorops.importer.service import Found, Wanted
from pulumi_victorops.stack.kinds import KINDS

STACK = "urn:pulumi:dev::org::pulumi:pulumi:Stack::org-dev"


def found(kind: str, object_id: str, given: dict[str, Any], name: str | None = None, **decided: Any) -> Found:
    """An object; `decided` is what the service decides."""
    return Found(Wanted(KINDS[kind], object_id, name), object_id, given, given, {**decided, **given})


def team(slug: str = "team-a", name: str = "Platform", called: str | None = None) -> Found:
    return found("Team", slug, {"name": name}, called)


def policy(slug: str, name: str, *entries: dict[str, Any], of: str = "team-a") -> Found:
    steps = [{"timeout": 0, "entries": list(entries)}]
    return found("EscalationPolicy", slug, {"team": of, "name": name, "steps": steps})


def document(*resources: dict[str, Any]) -> dict[str, Any]:
    """A state as the engine exports it."""
    stack = {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack"}
    return {"version": 3, "deployment": {"manifest": {"magic": "x"}, "resources": [stack, *resources]}}


def present(kind: str, name: str, object_id: str, outputs: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A resource of ours in a state."""
    token = f"pulumi-python:dynamic/victorops:{kind}"
    urn = f"urn:pulumi:dev::org::{token}::{name}"
    return {"urn": urn, "custom": True, "type": token, "id": object_id, "outputs": outputs or {}, **more}
