"""Print the page."""

from __future__ import annotations

from tools.calls.measure import measured
from tools.calls.page import page


def main() -> None:
    """Measure, and print the page."""
    print(page(measured()), end="")


if __name__ == "__main__":
    main()
