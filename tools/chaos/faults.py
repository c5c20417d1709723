"""Random faults that strike seldom enough for most calls to pass, and a service that counts them and kills on time."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from pulumi_victorops.simulator import Simulator
from pulumi_victorops.simulator.faultplan import Drawn, FaultPlan
from pulumi_victorops.simulator.recorder import Recorder

Fault = dict[str, Any]

KINDS: dict[str, Callable[[random.Random], Fault]] = {
    "latency": lambda dice: {"kind": "latency", "ms": dice.randint(5, 60), "probability": 0.1},
    "clock skew": lambda dice: {"kind": "clock_skew", "seconds": dice.choice([-7200, -90, 90, 7200])},
    "rotation lag": lambda dice: {
        "operation": "POST /api-public/v1/teams/{team}/rotations",
        "kind": "rotation_lag",
        "ms": dice.randint(50, 900),
        "probability": 0.8,
    },
    "429 with Retry-After": lambda dice: _storm(dice, 429, dice.randint(0, 1)),
    "429 without Retry-After": lambda dice: _storm(dice, 429, None),
    "403 for the rate": lambda dice: _storm(dice, 403, 0),
    "5xx HTML, not done": lambda dice: {"kind": "html", "status": dice.choice([500, 502, 503])},
    "5xx HTML, done": lambda dice: {"kind": "html", "status": dice.choice([500, 502, 503]), "after_effect": True},
    "500 JSON, not done": lambda dice: {"kind": "status", "status": 500, "body": {"error": "no"}},
    "500 JSON, done": lambda dice: {"kind": "status", "status": 500, "body": {"error": "no"}, "after_effect": True},
    "reset before the request is read": lambda dice: {"kind": "reset_before"},
    "reset after the write": lambda dice: {"kind": "reset_after"},
    "truncated body": lambda dice: {"kind": "truncate"},
    "half a JSON": lambda dice: {"kind": "broken_json"},
    "slow body": lambda dice: {"kind": "slow_body", "ms": dice.randint(1, 10)},
    "wrong content type": lambda dice: {"kind": "wrong_content_type"},
}
"""How each kind of fault is drawn. Strikes with 8 % where nothing else is said."""

_RATE = 0.08


def _storm(dice: random.Random, status: int, retry_after: int | None) -> Fault:
    return {"kind": "rate_limit", "status": status, "calls": dice.randint(1, 3), "retry_after": retry_after}


def some_faults(dice: random.Random) -> list[Fault]:
    """A few kinds at a time."""
    chosen = dice.sample(list(KINDS), dice.randint(3, 6))
    return [
        {"operation": "*", "probability": _RATE, "seed": dice.randrange(2**32), **KINDS[kind](dice)} for kind in chosen
    ]


class Service(Simulator):
    """A simulated service that counts the faults that struck, and can kill a process in the middle of a call."""

    def __init__(self, *, seed: int, extended: bool) -> None:
        super().__init__(seed="demo", random_seed=seed, extended_api=extended, verified_phones=True)
        self.struck: Counter[str] = Counter()
        self.kills: Counter[str] = Counter()
        self.cleared = 0
        self._kill = _Kill()

    def __enter__(self) -> Service:
        """Start."""
        self.start()
        return self

    def start(self) -> None:
        """Begin to answer."""
        super().start()
        application = self._running()
        application.faults = _CountedFaults(self.struck, self._kill)
        application.recorder = _WatchedRecorder(self._kill)

    def kill_at(self, call: int, *, answered: bool, kill: Callable[[], None]) -> None:
        """Have `kill` done at so many calls from now: before the service does what is asked, or before it answers."""
        self._kill.arm(call, answered, kill)

    def disarm(self) -> bool:
        """Kill nobody any more; says whether somebody was killed."""
        return self._kill.disarm()


class _Kill:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = 0
        self._answered = False
        self._kill: Callable[[], None] | None = None
        self._done = False

    def arm(self, call: int, answered: bool, kill: Callable[[], None]) -> None:
        with self._lock:
            self._left, self._answered, self._kill, self._done = call, answered, kill, False

    def disarm(self) -> bool:
        with self._lock:
            self._kill = None
            return self._done

    def passes(self, *, answered: bool) -> None:
        with self._lock:
            if self._kill is None or answered is not self._answered:
                return
            self._left -= 1
            if self._left > 0:
                return
            kill, self._kill, self._done = self._kill, None, True
        kill()


class _CountedFaults(FaultPlan):
    def __init__(self, struck: Counter[str], kill: _Kill) -> None:
        super().__init__(None)
        self._struck = struck
        self._kill_at = kill

    def draw(self, operation: str) -> Drawn:
        drawn = super().draw(operation)
        self._struck.update(_names(drawn))
        self._kill_at.passes(answered=False)
        return drawn


class _WatchedRecorder(Recorder):
    def __init__(self, kill: _Kill) -> None:
        super().__init__()
        self._kill_at = kill

    def record(self, method: str, path: str, operation: str, status: int | None) -> None:
        super().record(method, path, operation, status)
        self._kill_at.passes(answered=True)


def _names(drawn: Drawn) -> list[str]:
    conditions = {"latency": drawn.delay_ms, "clock skew": drawn.skew_seconds, "rotation lag": drawn.rotation_lag_ms}
    found = [name for name, strikes in conditions.items() if strikes]
    fault: Any = drawn.fault
    if fault is None:
        return found
    if fault.kind == "rate_limit":
        by_429 = f"429 with{'out' if fault.retry_after is None else ''} Retry-After"
        return [*found, "403 for the rate" if fault.status == 403 else by_429]
    done = "done" if getattr(fault, "after_effect", False) else "not done"
    names = {
        "html": f"5xx HTML, {done}",
        "status": f"500 JSON, {done}",
        "reset_before": "reset before the request is read",
        "reset_after": "reset after the write",
        "truncate": "truncated body",
        "broken_json": "half a JSON",
    }
    return [*found, names.get(fault.kind, fault.kind.replace("_", " "))]


def kill_process(pid: int) -> None:
    """`kill -9`, of somebody who may be gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
