"""Waiting for company: whether an object is the only one of its kind that a refresh reads, or the first of several."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pulumi_victorops.lifecycle.lending import thread_lent

# Seconds after which no further read is to be expected. The engine sends the next one within a few milliseconds.
_QUIET: Final = 0.05


class Company:
    """The reads that are under way. One that could be spared waits for as long as others go on beside it.

    A machine without the stack's journal doesn't know how many objects there are. It learns it from the engine, which
    goes on sending reads as long as there are any.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy = 0
        self._last = 0.0
        self._mine = threading.local()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """This thread refreshes an object."""
        self._count(1)
        self._mine.counts = True
        try:
            yield
        finally:
            if self._mine.counts:
                self._count(-1)
            self._mine.counts = False

    def came(self) -> None:
        """There is something new for those who wait."""
        with self._changed:
            self._changed.notify_all()

    def wait(self, is_there: Callable[[], bool]) -> None:
        """Return when there is company, or none to be expected. Who doesn't refresh an object needn't wait."""
        if not getattr(self._mine, "counts", False):
            return
        with thread_lent():
            self._count(-1)
            # Who goes on alone doesn't keep others waiting, since no more is to be learnt from that.
            self._mine.counts = self._waited_for(is_there)
            if self._mine.counts:
                self._count(1)

    def _waited_for(self, is_there: Callable[[], bool]) -> bool:
        with self._changed:
            while not is_there():
                left = None if self._busy else self._last + _QUIET - time.monotonic()
                if left is not None and left <= 0:
                    return False
                self._changed.wait(left)
            return True

    def _count(self, more: int) -> None:
        with self._changed:
            self._busy += more
            self._last = time.monotonic()
            self._changed.notify_all()
