"""Calling no faster than the service allows: one pace for all who share a client."""

from __future__ import annotations

import logging
import threading
import time

from pyrate_limiter import InMemoryBucket, Limiter, MonotonicClock, Rate, SingleBucketFactory

from pulumi_victorops.api import limits
from pulumi_victorops.api.errors import TransportError
from pulumi_victorops.api.operations import Operation, RateClass
from pulumi_victorops.api.settings import RateLimit, parse_rate_limit

_LOG = logging.getLogger("pulumi_victorops")

# The classes of which the service allows less than the overall rate.
_SLOWER = {rate: parse_rate_limit(rate.value) for rate in (RateClass.BATCH, RateClass.REPORTING)}

# How often a caller who waits for a turn looks whether the client was closed, in seconds.
_LOOK_UP = 0.25


class Pacer:
    """Makes callers wait for their turn, until `closing` is set."""

    def __init__(self, limit: RateLimit | None, closing: threading.Event) -> None:
        self._overall = _Turns(limit) if limit else None
        self._by_class = {rate: _Turns(slower) for rate, slower in _SLOWER.items() if limit and slower}
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
        if seconds >= limits.NOTICEABLE_WAIT:
            _LOG.warning("waiting for the rate limit of VictorOps, %.0f s", seconds)
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)


class _Turns:
    """So many turns in any so many seconds."""

    def __init__(self, limit: RateLimit) -> None:
        self._bucket = InMemoryBucket([Rate(limit.calls, round((limit.seconds + limits.PACE_MARGIN) * 1000))])
        # Without the library's clean-up, which would take a thread for each of these.
        self._limiter = Limiter(SingleBucketFactory(self._bucket, schedule_leak=False))
        self._clock = MonotonicClock()

    def take(self, seconds: float) -> bool:
        """Take a turn within so many seconds; tell whether there was one."""
        self._bucket.leak(self._clock.now())
        return bool(self._limiter.try_acquire("calls", timeout=seconds))
