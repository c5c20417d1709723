"""Turns to call: so many in any so many seconds, counted in one place by all who share it.

A turn is kept by the latest moment at which its call may have reached the service. The service counts arrivals, so a
turn is free again one window after that. While a call is under way, that moment is taken to be
`limits.PACE_MARGIN` after the call left; its answer tells it better.

After the service has refused a call for its rate, the window is longer: all get a share of the limit only, which
grows again step by step.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pulumi_victorops.api import limits
from pulumi_victorops.api.settings import RateLimit


@dataclass(frozen=True)
class Pace:
    """A limit that calls share, by a name under which all know it."""

    name: str
    limit: RateLimit


@dataclass(frozen=True)
class Turn:
    """Leave to make one call.

    Attributes:
        left_at: when it was given, by this process's monotonic clock.
        at: when it was given, by the store's clock.
        marks: what the store calls it, one for each pace.
    """

    left_at: float
    at: float
    marks: tuple[str, ...]


class TurnStore(Protocol):
    """Where turns are counted."""

    spans_machines: bool
    """Whether those who share it may be nearer to the service than others, or farther from it."""

    def take(self, paces: Sequence[Pace]) -> Turn | float:
        """Take a turn of each pace at once, or tell after how many seconds to ask again."""

    def settle(self, turn: Turn, late: float) -> None:
        """Note that the turn's call reached the service at most this many seconds after it left."""

    def push_back(self, pace: Pace, seconds: float) -> None:
        """Give nobody a turn for this long, and all fewer turns afterwards."""

    def close(self) -> None:
        """Let go of what it holds."""


def share_now(share: float, calm: float) -> float:
    """The part of the limit that is used, so many seconds after it was cut to `share`."""
    steps = max(int(calm // limits.RECOVERY_SECONDS), 0)
    return min(share + steps * limits.RECOVERY_STEP, 1.0)


def share_after(share: float) -> float:
    """The part of the limit that is used once the service has refused a call."""
    return max(share / 2, limits.LEAST_SHARE)


_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS turns"
    " (mark INTEGER PRIMARY KEY, pace TEXT NOT NULL, arrived_by REAL NOT NULL, under_way INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS turns_in_order ON turns (pace, arrived_by)",
    "CREATE TABLE IF NOT EXISTS paces"
    " (pace TEXT PRIMARY KEY, kept REAL NOT NULL, share REAL NOT NULL, calm_since REAL NOT NULL)",
)


class SqliteTurns:
    """Turns in an SQLite database: a file, which all processes of a machine can share, or memory.

    The clock is the machine's monotonic one, which all its processes share and nobody can set. It begins anew with
    each start of the machine, so moments that are too far ahead to be true are those of an earlier start.
    """

    spans_machines = False

    def __init__(self, path: str = ":memory:", clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._closed = False
        self._known: set[Pace] = set()
        self._db = sqlite3.connect(path, timeout=limits.STORE_TIMEOUT, isolation_level=None, check_same_thread=False)
        try:
            # Without waiting for the disk: after a power failure nobody cares for what was there.
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA journal_mode = TRUNCATE")
            with self._transaction():
                for statement in _SCHEMA:
                    self._db.execute(statement)
        except BaseException:
            self._db.close()
            raise

    def take(self, paces: Sequence[Pace]) -> Turn | float:
        """Take a turn of each pace at once, or tell after how many seconds to ask again."""
        with self._transaction() as is_open:
            if not is_open:
                return limits.STORE_TIMEOUT
            # In this order: what the call takes is then never counted as less than it was.
            left_at = time.monotonic()
            now = self._clock()
            for pace in paces:
                self._introduce(pace, now)
            wait = max(self._wait(pace, now) for pace in paces)
            if wait > 0:
                return wait
            marks = [self._add(pace, now) for pace in paces]
        return Turn(left_at, now, tuple(marks))

    def settle(self, turn: Turn, late: float) -> None:
        """Note that the turn's call reached the service at most this many seconds after it left."""
        with self._transaction() as is_open:
            if is_open:
                self._db.executemany(
                    "UPDATE turns SET arrived_by = ?, under_way = 0 WHERE mark = ?",
                    [(turn.at + late, int(mark)) for mark in turn.marks],
                )

    def push_back(self, pace: Pace, seconds: float) -> None:
        """Give nobody a turn for this long, and all fewer turns afterwards."""
        with self._transaction() as is_open:
            if not is_open:
                return
            now = self._clock()
            self._introduce(pace, now)
            share, calm_since = self._share(pace, now)
            # Calls that were under way together are refused together, which is one refusal for this purpose.
            if calm_since + pace.limit.seconds <= now:
                share = share_after(share_now(share, now - calm_since))
            self._db.execute(
                "UPDATE paces SET share = ?, calm_since = ? WHERE pace = ?",
                (share, max(calm_since, now + seconds), pace.name),
            )

    def close(self) -> None:
        """Close the database. Who still waits is given no turn."""
        with self._lock:
            self._closed = True
            self._db.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[bool]:
        with self._lock:
            if self._closed:
                yield False
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield True
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _introduce(self, pace: Pace, now: float) -> None:
        """Keep turns for as long as any who share this need them: others may have another limit."""
        if pace in self._known:
            return
        kept = pace.limit.seconds / limits.LEAST_SHARE
        self._db.execute(
            "INSERT INTO paces VALUES (?, ?, 1.0, ?) ON CONFLICT (pace) DO UPDATE SET kept = max(kept, excluded.kept)",
            (pace.name, kept, now - kept),
        )
        self._db.execute(
            "DELETE FROM turns WHERE pace = ? AND arrived_by > ?", (pace.name, now + limits.PACE_MARGIN + 1)
        )
        self._known.add(pace)

    def _share(self, pace: Pace, now: float) -> tuple[float, float]:
        """The share that a refusal left, and when its calm began: ahead of now while all have to pause."""
        found = self._db.execute("SELECT share, calm_since FROM paces WHERE pace = ?", (pace.name,)).fetchone()
        if found is None or found[1] > now + limits.RATE_LIMIT_PATIENCE:
            return 1.0, now - pace.limit.seconds
        return float(found[0]), float(found[1])

    def _wait(self, pace: Pace, now: float) -> float:
        share, calm_since = self._share(pace, now)
        if calm_since > now:
            return calm_since - now
        window = pace.limit.seconds / share_now(share, now - calm_since)
        blocking = self._db.execute(
            "SELECT arrived_by, under_way FROM turns WHERE pace = ? AND arrived_by > ?"
            " ORDER BY arrived_by DESC LIMIT 1 OFFSET ?",
            (pace.name, now - window, pace.limit.calls - 1),
        ).fetchone()
        if blocking is None:
            return 0.0
        wait = float(blocking[0]) + window - now
        # The answer of a call under way may show that it's free earlier.
        return max(wait - limits.PACE_MARGIN, min(wait, limits.PACE_LOOK_UP)) if blocking[1] else wait

    def _add(self, pace: Pace, now: float) -> str:
        self._db.execute(
            "DELETE FROM turns WHERE pace = ? AND arrived_by < ? - (SELECT kept FROM paces WHERE pace = ?)",
            (pace.name, now, pace.name),
        )
        added = self._db.execute(
            "INSERT INTO turns (pace, arrived_by, under_way) VALUES (?, ?, 1)", (pace.name, now + limits.PACE_MARGIN)
        )
        return str(added.lastrowid)
