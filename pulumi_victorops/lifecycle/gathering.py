"""Doing at once what several threads want at the same time, where one call serves them all."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from pulumi_victorops.lifecycle.lending import thread_lent

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

# Seconds for which the first waits for others. The engine asks for several things within a few milliseconds.
_PAUSE: Final = 0.02


class Gathering(Generic[ItemT, ResultT]):
    """Items that threads bring, worked on together.

    Args:
        work: gets the items of all who came at the same time, and gives a result or an error for each.
    """

    def __init__(self, work: Callable[[list[ItemT]], Sequence[ResultT | Exception]]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._party: _Party[ItemT, ResultT] | None = None

    def bring(self, item: ItemT) -> ResultT:
        """Hand an item in and wait for its result; raises its error."""
        with self._lock:
            leads = self._party is None
            party = self._party = self._party or _Party()
            place = len(party.items)
            party.items.append(item)
        with thread_lent():
            self._take_part(party, leads=leads)
        result = party.results[place]
        if isinstance(result, Exception):
            raise result
        return result

    def _take_part(self, party: _Party[ItemT, ResultT], *, leads: bool) -> None:
        """Return when it's done. Whoever waits for that leaves room for others to come."""
        if leads:
            time.sleep(_PAUSE)
            with self._lock:
                self._party = None
            try:
                party.results = self._work(party.items)
            except Exception as error:  # noqa: BLE001 - whoever waits has to be told, whatever it is
                # Each gets an error of its own, since what they add to it differs.
                party.results = [copy.copy(error) for _ in party.items]
            finally:
                party.done.set()
        party.done.wait()


class _Party(Generic[ItemT, ResultT]):
    """Those who came at the same time."""

    def __init__(self) -> None:
        self.items: list[ItemT] = []
        self.results: Sequence[ResultT | Exception] = []
        self.done = threading.Event()
