"""Calling no faster than the service allows: one pace for all who use a key."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextvars import ContextVar

from pulumi_victorops.api import limits
from pulumi_victorops.api.errors import TransportError
from pulumi_victorops.api.operations import Operation, RateClass
from pulumi_victorops.api.settings import Settings, parse_rate_limit
from pulumi_victorops.api.stores import open_store
from pulumi_victorops.api.turns import Pace, Turn, TurnStore

_LOG = logging.getLogger("pulumi_victorops")

# Each call of the engine's plugin runs in a context of its own.
_has_written = ContextVar("_has_written", default=False)

# How often a caller who waits looks whether the client was closed and whether the pace has changed, in seconds.
_LOOK_UP = 0.25

# How many answers tell how long one takes at least.
_ANSWERS = 16


class Pacer:
    """Makes callers wait for their turn, until `closing` is set.

    Raises:
        ConfigurationError: the store that the settings name can't be used.
    """

    def __init__(self, settings: Settings, closing: threading.Event) -> None:
        self._closing = closing
        self._cancelled = False
        self._store: TurnStore | None = open_store(settings) if settings.rate_limit else None
        self._paces = _paces(settings)
        # Only the first in line asks the store, so that many threads of one process get no more than their share.
        self._lines: dict[RateClass, deque[threading.Event]] = {rate: deque() for rate in RateClass}
        self._lock = threading.Lock()
        self._paused_until = 0.0
        self._told_until = 0.0
        self._answers: deque[float] = deque(maxlen=_ANSWERS)

    def wait(self, operation: Operation) -> Turn | None:
        """Return when `operation` may be called.

        Returns:
            The turn, for `answered`; None where there is no limit.

        Raises:
            TransportError: the client was closed.
        """
        if self._store is None:
            self._wait_out_pause(operation)
            return None
        began = time.monotonic()
        with self._in_line(operation, began):
            while True:
                self._refuse_if_closed(operation)
                got = self._store.take(self._paces[operation.rate])
                if isinstance(got, Turn):
                    return got
                self._tell_of(got, waited=time.monotonic() - began)
                self._closing.wait(min(got, _LOOK_UP))

    def answered(self, turn: Turn | None) -> None:
        """Note that the service has begun to answer the call, and so must have counted it by now."""
        if turn is None or self._store is None:
            return
        took = time.monotonic() - turn.left_at
        self._answers.append(took)
        late = took
        least = min(self._answers) if len(self._answers) == _ANSWERS else 0.0
        if least >= limits.PACE_FAR and not self._store.spans_machines:
            # The work and the way back take at least as long as the way there, by the quickest answer of late.
            late = took - least / 2
        self._store.settle(turn, min(late, limits.PACE_MARGIN))

    def push_back(self, operation: Operation, seconds: float) -> None:
        """Let nobody call for this long, and all more slowly afterwards: the service said that it's too many."""
        if self._store is None:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)
        else:
            # What a slower class is refused for says nothing about the other calls.
            self._store.push_back(self._paces[operation.rate][0], seconds)
        self._tell_of(seconds)

    @property
    def is_closed(self) -> bool:
        """Whether nobody wants this thread's next call any more."""
        # A process that is asked to end waits for its threads, so these have to look.
        ended = self._closing.is_set() or not threading.main_thread().is_alive()
        return ended or (self._cancelled and not _has_written.get())

    def note_write(self) -> None:
        """Note that the service has taken a write of what is being done in this context."""
        _has_written.set(True)

    def cancel(self) -> None:
        """Let nothing begin any more. What has written something goes on, since others have to learn what it made."""
        self._cancelled = True

    def sleep(self, seconds: float) -> None:
        """Sleep, but no longer than until nobody wants what comes next."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self.is_closed:
            self._closing.wait(min(left, _LOOK_UP))

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()

    def _wait_out_pause(self, operation: Operation) -> None:
        while (pause := self._paused_until - time.monotonic()) > 0 and not self.is_closed:
            self.sleep(pause)
        self._refuse_if_closed(operation)

    @contextlib.contextmanager
    def _in_line(self, operation: Operation, began: float) -> Iterator[None]:
        line, first = self._lines[operation.rate], threading.Event()
        with self._lock:
            line.append(first)
            line[0].set()
        try:
            while not first.wait(_LOOK_UP):
                self._refuse_if_closed(operation)
                self._tell_of(0.0, waited=time.monotonic() - began)
            yield
        finally:
            with self._lock:
                line.remove(first)
                if line:
                    line[0].set()

    def _refuse_if_closed(self, operation: Operation) -> None:
        if self.is_closed:
            reason = "cancelled before it was sent" if self._cancelled else "the client is closed"
            raise TransportError(f"{operation}: {reason}", operation=operation, sent=False)

    def _tell_of(self, seconds: float, waited: float = 0.0) -> None:
        """Tell of a wait that somebody may wonder about, once for all who wait at the same time."""
        now = time.monotonic()
        if now < self._told_until:
            return
        if seconds >= limits.NOTICEABLE_WAIT:
            self._told_until = now + seconds
            _LOG.warning("VictorOps: waiting for the rate limit, %.0f s", seconds)
        elif waited >= limits.NOTICEABLE_WAIT:
            self._told_until = now + waited
            _LOG.warning("VictorOps: waiting for the rate limit, %.0f s so far", waited)


def _paces(settings: Settings) -> dict[RateClass, tuple[Pace, ...]]:
    """What has to have a turn left for a call of each class; the narrowest comes first."""
    if settings.rate_limit is None:
        return {}
    overall = Pace("overall", settings.rate_limit)
    paces: dict[RateClass, tuple[Pace, ...]] = {RateClass.STANDARD: (overall,)}
    for rate in (RateClass.BATCH, RateClass.REPORTING):
        if limit := parse_rate_limit(rate.value):
            paces[rate] = (Pace(rate.name.lower(), limit), overall)
    return paces
