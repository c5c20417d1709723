"""Plans as a preview prints them, of the stack `dev` of the project `org`."""

from __future__ import annotations

import json
from typing import Any

_ROOT = "urn:pulumi:dev::org::pulumi:pulumi:Stack::org-dev"
Step = dict[str, Any]


def plan(*steps: Step, **more: Any) -> str:
    """What `pulumi preview --json` prints."""
    root = {"op": "same", "urn": _ROOT, "newState": {"urn": _ROOT, "type": "pulumi:pulumi:Stack"}}
    return json.dumps({"config": {"victorops:apiKey": "[secret]"}, "steps": [root, *steps], **more})


def step(operation: str, kind: str, name: str, *, old: Step | None = None, new: Step | None = None) -> Step:
    """A step; `old` and `new` are states, without what all of them have."""
    token = f"pulumi-python:dynamic/victorops:{kind}"
    always = {"urn": urn(kind, name), "custom": True, "type": token}
    found: Step = {"op": operation, "urn": always["urn"]}
    found |= {"oldState": always | old} if old is not None else {}
    return found | ({"newState": always | new} if new is not None else {})


def urn(kind: str, name: str) -> str:
    """The engine's name of a resource."""
    return f"urn:pulumi:dev::org::pulumi-python:dynamic/victorops:{kind}::{name}"


def delete(kind: str, object_id: str, **outputs: Any) -> Step:
    """The deletion of a resource that is called by its id."""
    return step("delete", kind, object_id, old={"id": object_id, "inputs": outputs, "outputs": outputs})


def replace(kind: str, object_id: str, outputs: dict[str, Any], inputs: dict[str, Any]) -> Step:
    """The replacement of a resource that is called by its id."""
    return step("replace", kind, object_id, old={"id": object_id, "outputs": outputs}, new={"inputs": inputs})


def create(kind: str, name: str, **inputs: Any) -> Step:
    """The creation of a resource."""
    return step("create", kind, name, new={"inputs": inputs})
