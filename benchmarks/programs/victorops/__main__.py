"""The reference org, made of this project's resources."""

import os
from typing import Any

import pulumi_victorops as vo
from benchmarks.reference_org import Ref, Size, reference_org, resolved

made: dict[str, Any] = {}


def look(ref: Ref) -> Any:
    """An output of what was made before."""
    return getattr(made[ref.of], ref.property)


for item in reference_org(Size.of(int(os.environ["BENCH_RESOURCES"]))):
    made[item.name] = getattr(vo, item.kind)(item.name, **resolved(item.inputs, look))
