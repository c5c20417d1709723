"""The reference org, made of resources that do nothing: what the engine and its plugin cost alone."""

import os
from typing import Any

from benchmarks.echo import Echo
from benchmarks.reference_org import Ref, Size, reference_org, resolved

made: dict[str, Any] = {}


def look(ref: Ref) -> Any:
    """An output of what was made before."""
    return getattr(made[ref.of], ref.property)


for item in reference_org(Size.of(int(os.environ["BENCH_RESOURCES"]))):
    made[item.name] = Echo(item.name, resolved(item.inputs, look))
