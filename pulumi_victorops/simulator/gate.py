"""What stands before the service: who may call at all, and how often."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pulumi_victorops.simulator.config import RateLimit, SimulatorConfig, is_loopback
from pulumi_victorops.simulator.refusals import GatewayRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MISSING_CREDENTIALS = "Authentication parameters missing"
WRONG_CREDENTIALS = "Authentication failed"
READ_ONLY = "This API key is read-only"
TOO_MANY = "Too Many Requests"

_MINUTE = RateLimit(1, 60)
# What may be called once a minute, wherever there is a limit at all.
_ONCE_A_MINUTE = {"GET /api-reporting/v2/incidents"}


class Gate:
    """Checks keys and counts calls."""

    def __init__(self, config: SimulatorConfig, tell_seconds: Callable[[], float] = time.monotonic) -> None:
        """Learn the keys and the limit."""
        self._host = config.host
        self._allow_remote = config.allow_remote
        self._read_only_by_key = {(config.api_id, config.api_key): False}
        if config.read_only_key is not None:
            self._read_only_by_key[config.api_id, config.read_only_key] = True
        self._limit = RateLimit.parse(config.rate_limit)
        self._limit_status = config.rate_limit_status
        self._tell_seconds = tell_seconds
        self._admitted: defaultdict[tuple[str, ...], deque[float]] = defaultdict(deque)

    def accepts_host(self, header: str | None) -> bool:
        """Say whether a Host header may stand for this server; else a web page could reach it by its name."""
        try:
            host = urlsplit(f"//{header or ''}").hostname or ""
        except ValueError:
            return False
        if host == self._host.lower() or is_loopback(host):
            return True
        return self._allow_remote and _is_address(host)

    def admit(self, method: str, headers: Mapping[str, str], operation: str | None = None) -> None:
        """Let a call pass, or refuse it: no key, wrong key, a write with a read-only key, too many calls."""
        pair = (headers.get("x-vo-api-id", ""), headers.get("x-vo-api-key", ""))
        if not all(pair):
            raise GatewayRefusedError(401, MISSING_CREDENTIALS)
        if pair not in self._read_only_by_key:
            raise GatewayRefusedError(403, WRONG_CREDENTIALS)
        if self._read_only_by_key[pair] and method != "GET":
            raise GatewayRefusedError(403, READ_ONLY)
        if self._limit is not None:
            self._count(pair, self._limit)
            if operation in _ONCE_A_MINUTE:
                self._count((*pair, operation), _MINUTE)

    def _count(self, counted: tuple[str, ...], limit: RateLimit) -> None:
        now = self._tell_seconds()
        admitted = self._admitted[counted]
        while admitted and admitted[0] <= now - limit.seconds:
            admitted.popleft()
        if len(admitted) >= limit.calls:
            wait = math.ceil(admitted[0] + limit.seconds - now) if limit is _MINUTE else 1
            raise GatewayRefusedError(self._limit_status, TOO_MANY, {"Retry-After": str(wait)})
        admitted.append(now)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
