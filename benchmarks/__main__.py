"""Measures calls against the fewest possible, and what this project adds to what the engine costs anyway: `make bench`.

Without a size everything is measured and docs/performance.md is written; with one it's printed only.
"""

from __future__ import annotations

import argparse
import compileall

from benchmarks import growth, imports, page, service, stacks, terraform
from benchmarks.reference_org import REFERENCE
from benchmarks.runs import ROOT
from tools.setup.engine import find_engine


def main() -> None:
    """Measure one thing after the other, since they would disturb each other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, help="about so many resources; nothing is written then")
    options = parser.parse_args()
    engine = find_engine()
    if engine is None:
        raise SystemExit("there is no Pulumi engine: run `make setup`")
    # As it's installed: pip compiles what it copies, and so has compiled what it's compared with.
    compileall.compile_dir(str(ROOT / "pulumi_victorops"), quiet=1)
    whole = options.size is None
    size = REFERENCE.resources if whole else options.size
    tables = stacks.measure(engine, size, repeat=3 if whole else 1)
    tables.append(imports.measure(times=11 if whole else 5))
    plugin, points = growth.of_the_plugin([100, 1000, 5000] if whole else [size])
    tables.append(plugin)
    if whole:
        tables.append(growth.of_the_engine(engine, [100, 1000]))
    tables.append(service.measure(few=100, many=10_000, rounds=7, count=2000 if whole else 500))
    tables.append(terraform.beside(engine, size))
    if whole:
        page.write(tables, points, engine)
        print(f"docs: written {page.PAGE.name} and {page.CHART.name}")


if __name__ == "__main__":
    main()
