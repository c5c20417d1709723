"""The reference org, made of this project's resources."""

import os
from dataclasses import replace
from typing import Any

import pulumi_victorops as vo
from benchmarks.reference_org import Ref, Size, reference_org, resolved

made: dict[str, Any] = {}


def look(ref: Ref) -> Any:
    """An output of what was made before."""
    return getattr(made[ref.of], ref.property)


without = [kind for kind in os.environ.get("BENCH_WITHOUT", "").split(",") if kind]
size = replace(Size.of(int(os.environ["BENCH_RESOURCES"])), **dict.fromkeys(without, 0))

for item in reference_org(size):
    made[item.name] = getattr(vo, item.kind)(item.name, **resolved(item.inputs, look))
