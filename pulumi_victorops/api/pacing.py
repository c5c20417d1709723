"""Calling no faster than the service allows: one pace for all who share a key in this process."""

from __future__ import annotations

import logging
import threading
import time

from pyrate_limiter import Limiter, Rate

from pulumi_victorops.api.limits import NOTICEABLE_WAIT
from pulumi_victorops.api.operations import Operation, RateClass
from pulumi_victorops.api.settings import RateLimit

_LOG = logging.getLogger("pulumi_victorops")

# Calls leave a little later than the limit allows, since they don't all take equally long to arrive.
_MARGIN_MS = 50

# What the service allows beyond the overall rate, for the classes where it is less.
_CLASS_RATES = {RateClass.BATCH: (1, 1), RateClass.REPORTING: (1, 60)}


class Pacer:
    """Makes callers wait for their turn."""

    def __init__(self, limit: RateLimit | None) -> None:
        self._overall = _limiter(limit.calls, limit.seconds) if limit else None
        self._by_class = (
            {rate: _limiter(calls, seconds) for rate, (calls, seconds) in _CLASS_RATES.items()} if limit else {}
        )
        self._lock = threading.Lock()
        self._paused_until = 0.0

    def wait(self, operation: Operation) -> None:
        """Return when `operation` may be called."""
        for limiter in (self._by_class.get(operation.rate), self._overall):
            if limiter is not None:
                limiter.try_acquire("calls")
        while (pause := self._paused_until - time.monotonic()) > 0:
            time.sleep(pause)

    def pause(self, seconds: float) -> None:
        """Let nobody call for this long: the service said that there are too many calls."""
        if seconds >= NOTICEABLE_WAIT:
            _LOG.warning("waiting for the rate limit of VictorOps, %.0f s", seconds)
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)


def _limiter(calls: int, seconds: int) -> Limiter:
    return Limiter(Rate(calls, seconds * 1000 + _MARGIN_MS))
