"""Calling no faster than the service allows: one pace for all who share a client."""

from __future__ import annotations

import logging
import threading
import time

from pyrate_limiter import InMemoryBucket, Limiter, MonotonicClock, Rate, SingleBucketFactory

from pulumi_victorops.api.errors import TransportError
from pulumi_victorops.api.limits import NOTICEABLE_WAIT
from pulumi_victorops.api.operations import Operation, RateClass
from pulumi_victorops.api.settings import RateLimit

_LOG = logging.getLogger("pulumi_victorops")

# Calls leave a little later than the limit allows, since they don't all take equally long to arrive.
_MARGIN_MS = 50

# What the service allows beyond the overall rate, for the classes where it is less.
_CLASS_RATES = {RateClass.BATCH: (1, 1), RateClass.REPORTING: (1, 60)}

# How often a caller who waits for a turn looks whether the client was closed, in seconds.
_LOOK_UP = 0.25


class Pacer:
    """Makes callers wait for their turn, until `closing` is set."""

    def __init__(self, limit: RateLimit | None, closing: threading.Event) -> None:
        self._overall = _Turns(limit.calls, limit.seconds) if limit else None
        self._by_class = {rate: _Turns(*allowed) for rate, allowed in _CLASS_RATES.items()} if limit else {}
        self._closing = closing
        self._lock = threading.Lock()
        self._paused_until = 0.0

    def wait(self, operation: Operation) -> None:
        """Return when `operation` may be called.

        Raises:
            TransportError: the client was closed.
        """
        while True:
            for turns in (self._by_class.get(operation.rate), self._overall):
                while not self._closing.is_set() and turns is not None and not turns.take(_LOOK_UP):
                    pass
            pause = self._paused_until - time.monotonic()
            if self._closing.wait(max(pause, 0.0)):
                raise TransportError(f"{operation}: the client is closed", operation=operation, sent=False)
            if pause <= 0:
                return
            # All who waited would leave at once if their turns from before the pause still counted.

    def pause(self, seconds: float) -> None:
        """Let nobody call for this long: the service said that there are too many calls."""
        if seconds >= NOTICEABLE_WAIT:
            _LOG.warning("waiting for the rate limit of VictorOps, %.0f s", seconds)
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)


class _Turns:
    """So many turns in any so many seconds."""

    def __init__(self, calls: int, seconds: int) -> None:
        self._bucket = InMemoryBucket([Rate(calls, seconds * 1000 + _MARGIN_MS)])
        # Without the library's clean-up, which would take a thread for each of these.
        self._limiter = Limiter(SingleBucketFactory(self._bucket, schedule_leak=False))
        self._clock = MonotonicClock()

    def take(self, seconds: float) -> bool:
        """Take a turn within so many seconds; tell whether there was one."""
        self._bucket.leak(self._clock.now())
        return bool(self._limiter.try_acquire("calls", timeout=seconds))
