"""Print the page; fail where an operation is reached by no resource and no function."""

from __future__ import annotations

import sys

from tools.endpoints.table import page, rows


def main() -> int:
    """Print the page, and on the error output what is reached by nothing."""
    found = rows()
    print(page(found), end="")
    for row in found:
        if not row.reached_by:
            print(f"{row.operation}: reached by no resource and no function", file=sys.stderr)
    return int(any(not row.reached_by for row in found))


if __name__ == "__main__":
    sys.exit(main())
