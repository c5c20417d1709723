"""Make many runs and print the table: `make chaos RUNS=20 SEED=1 DRIVER=protocol|engine`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tools.chaos.run import Outcome, run
from tools.chaos.table import table


def main() -> int:
    """Make the runs; fail where one found something."""
    options = _options()
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        seeds = range(options.seed, options.seed + options.runs)
        for done in as_completed([pool.submit(_run, seed, options.driver) for seed in seeds]):
            outcome = done.result()
            outcomes.append(outcome)
            if options.log:
                with options.log.open("a") as log:
                    log.write(json.dumps(vars(outcome)) + "\n")
            for line in outcome.findings:
                print(f"SEED={outcome.seed} DRIVER={outcome.driver}: {line}", file=sys.stderr, flush=True)
            if options.verbose:
                print("\n".join(outcome.log))
    print(table(outcomes), end="")
    return 1 if any(outcome.findings for outcome in outcomes) else 0


def _run(seed: int, driver: str) -> Outcome:
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    try:
        return run(seed, driver, folder)
    except Exception as error:  # noqa: BLE001 - one run's failure is a finding like others
        return Outcome(seed, driver, findings=[f"failed: {type(error).__name__}: {error}"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.chaos", description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--driver", choices=["engine", "protocol"], default="protocol")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--log", type=Path, help="a file to which each run is added, as a line of JSON")
    parser.add_argument("--verbose", action="store_true", help="show what the operations said")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
