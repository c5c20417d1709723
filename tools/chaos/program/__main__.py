"""A Pulumi program that is described by a file of JSON beside it."""

import json
from pathlib import Path
from typing import Any

import pulumi_victorops as vo

_made: dict[str, Any] = {}


def _resolved(value: Any) -> Any:
    if isinstance(value, list):
        return [_resolved(item) for item in value]
    if isinstance(value, dict):
        if "of" in value:
            return getattr(_made[value["of"]], value["take"])
        return {name: _resolved(item) for name, item in value.items()}
    return value


for _name, _resource in json.loads(Path("program.json").read_text("utf-8")):
    _made[_name] = getattr(vo, _resource["kind"])(_name, **_resolved(_resource["inputs"]))
