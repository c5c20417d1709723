"""Values that are fetched once and kept until somebody says that they changed."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pulumi_victorops.api.errors import NotFoundError

T = TypeVar("T")

Key = tuple[str, str]
"""What kind of value it is, and of what; of nothing where the org has one such value."""


class _Slot:
    """One list that is being read or has been, or of which the service said that it isn't there."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.filled = False
        self.value: Any = None
        self.missing: NotFoundError | None = None


class Memory:
    """Values by key. A value that is wanted by several threads at once is fetched by one of them."""

    def __init__(self) -> None:
        self._slots: dict[Key, _Slot] = {}
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

    def get(self, key: Key, fetch: Callable[[], T], enough: Callable[[T], bool] | None = None) -> T:
        """The value of a key, fetched if need be.

        That there is no such thing is kept as well. Any other failure isn't: the next one who asks tries again.

        Args:
            key: what is wanted.
            fetch: gets it.
            enough: whether a kept value has what is looked for; otherwise it's fetched again, once.

        Raises:
            NotFoundError: there is no such thing.
        """
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
        with slot.lock:
            if not slot.filled or (enough and slot.missing is None and not enough(slot.value)):
                slot.value, slot.missing = _fetched(fetch)
                slot.filled = True
            if slot.missing is not None:
                # A copy, since whoever raises it may add words to it.
                raise copy.copy(slot.missing)
            return cast("T", slot.value)

    def is_wanted(self, key: Key) -> bool:
        """Whether a value has been fetched, or is being fetched."""
        with self._lock:
            return key in self._slots

    def kept(self, key: Key) -> Any | None:
        """A value if it has been fetched, else None. Waits for no fetch."""
        with self._lock:
            slot = self._slots.get(key)
        return slot.value if slot is not None and slot.filled else None

    def put(self, key: Key, value: object) -> None:
        """Keep a value that was told otherwise."""
        slot = _Slot()
        slot.value, slot.filled = value, True
        with self._lock:
            self._slots[key] = slot

    def went(self, *keys: Key) -> None:
        """These are there no more, which needn't be asked."""
        for key in keys:
            slot = _Slot()
            slot.missing, slot.filled = NotFoundError(f"{' '.join(key)} was deleted"), True
            with self._lock:
                self._slots[key] = slot
        self._changed()

    def edit(self, key: Key, change: Callable[[T], T]) -> None:
        """Put another value in the place of one that was fetched, or is being fetched."""
        with self._lock:
            slot = self._slots.get(key)
        if slot is not None:
            with slot.lock:
                if slot.missing is not None:
                    # Something has come since, or it wouldn't be changed.
                    slot.filled, slot.missing = False, None
                elif slot.filled:
                    slot.value = change(slot.value)
        self._changed()

    def edit_all(self, what: str, change: Callable[[T], T]) -> None:
        """The same for all keys that begin so."""
        with self._lock:
            keys = [key for key in self._slots if key[0] == what]
        for key in keys:
            self.edit(key, change)

    def forget(self, *keys: Key) -> None:
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


def _fetched(fetch: Callable[[], T]) -> tuple[T | None, NotFoundError | None]:
    try:
        return fetch(), None
    except NotFoundError as error:
        return None, error
