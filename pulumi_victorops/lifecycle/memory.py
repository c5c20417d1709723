"""Values that are fetched once and kept until somebody says that they changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class _Slot:
    """One list that is being read or has been."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.filled = False
        self.value: Any = None


class Memory:
    """Values by key. A value that is wanted by several threads at once is fetched by one of them."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, str], _Slot] = {}
        self._lock = threading.Condition()
        self._changes = 0

    @property
    def changes(self) -> int:
        """How often something has changed."""
        return self._changes

    def wait_for_change(self, since: int, seconds: float) -> bool:
        """Wait until there were more than `since` changes; False if there were none for so long."""
        end = time.monotonic() + seconds
        with self._lock:
            return self._lock.wait_for(lambda: self._changes > since, timeout=end - time.monotonic())

    def get(self, key: tuple[str, str], fetch: Callable[[], T]) -> T:
        """The value of a key, fetched if need be."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
        with slot.lock:
            if not slot.filled:
                slot.value = fetch()
                slot.filled = True
            return cast("T", slot.value)

    def edit(self, key: tuple[str, str], change: Callable[[T], T]) -> None:
        """Put another value in the place of one that was fetched, or is being fetched."""
        with self._lock:
            slot = self._slots.get(key)
        if slot is not None:
            with slot.lock:
                if slot.filled:
                    slot.value = change(slot.value)
        self._changed()

    def edit_all(self, what: str, change: Callable[[T], T]) -> None:
        """The same for all keys that begin so."""
        with self._lock:
            keys = [key for key in self._slots if key[0] == what]
        for key in keys:
            self.edit(key, change)

    def forget(self, *keys: tuple[str, str]) -> None:
        """Have the values fetched again when they are next wanted."""
        # A fetch that is under way fills a slot that nobody will look at any more.
        with self._lock:
            for key in keys:
                self._slots.pop(key, None)
        self._changed()

    def forget_all(self, what: str) -> None:
        """Have all values fetched again whose keys begin so."""
        with self._lock:
            self._slots = {key: slot for key, slot in self._slots.items() if key[0] != what}
        self._changed()

    def clear(self) -> None:
        """Have everything fetched again."""
        with self._lock:
            self._slots.clear()
        self._changed()

    def _changed(self) -> None:
        with self._lock:
            self._changes += 1
            self._lock.notify_all()
