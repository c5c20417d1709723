"""Print the table of bad inputs and what each got; fail where one got something else."""

from __future__ import annotations

import sys

from tools.hostile.table import rows, table
from tools.hostile.trial import DefectError
from tools.hostile.world import world


def main() -> int:
    """Try all, and print the table."""
    with world() as started:
        try:
            found = rows(started)
        except DefectError as defect:
            print(defect, file=sys.stderr)
            return 1
    print(table(found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
