"""The log of the calls that the simulator got."""

from __future__ import annotations

import threading
from collections import Counter, deque
from datetime import datetime, timezone
from typing import Any, Final

KEPT: Final = 20_000
"""How many calls are kept one by one; the counters go on for ever."""


# Of each path; a server takes far longer ones, and 20,000 of those would fill the memory.
_LONGEST_PATH: Final = 2_000


class Recorder:
    """Counts calls by operation and keeps the latest."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._by_operation: Counter[str] = Counter()
        self._latest: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def record(self, method: str, path: str, operation: str, status: int | None) -> None:
        """Note a call; no status means that it got no answer."""
        at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        entry = {"at": at, "method": method, "path": path[:_LONGEST_PATH], "operation": operation, "status": status}
        with self._lock:
            self._by_operation[operation] += 1
            self._latest.append(entry)

    def report(self) -> dict[str, Any]:
        """Tell what was called."""
        with self._lock:
            return {
                "total": self._by_operation.total(),
                "by_operation": dict(self._by_operation),
                "requests": [dict(entry) for entry in self._latest],
            }

    def forget(self) -> None:
        """Begin again."""
        with self._lock:
            self._by_operation.clear()
            self._latest.clear()
