"""Where turns are counted: in a file of this machine, in this process, or in Redis."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from pulumi_victorops.api.settings import Settings
from pulumi_victorops.api.turns import Pace, SqliteTurns, Turn, TurnStore

_LOG = logging.getLogger("pulumi_victorops")

_KEPT_SECONDS = 7 * 86400

T = TypeVar("T")


def open_store(settings: Settings) -> TurnStore:
    """The store that the settings name.

    Raises:
        ConfigurationError: it's a Redis that can't be used. A file that can't be is replaced by memory, with a line
            in the log.
    """
    if settings.rate_limit_store == "memory":
        return SqliteTurns()
    if settings.rate_limit_store == "file":
        try:
            return _Fallible(_open_file(settings), sqlite3.Error)
        except (OSError, RuntimeError, sqlite3.Error) as error:
            return _in_memory(error)
    from pulumi_victorops.api.redis_turns import RedisError, RedisTurns

    return _Fallible(RedisTurns(settings.rate_limit_store, name_of(settings)), RedisError)


def name_of(settings: Settings) -> str:
    """What the calls that the service counts together are known by: from it nobody learns the API id."""
    return hashlib.sha256(f"{settings.base_url}\n{settings.api_id}".encode()).hexdigest()[:32]


def folder() -> Path:
    """Where files of turns are."""
    state = os.environ.get("XDG_STATE_HOME", "")
    # A relative one is to be ignored, says the XDG Base Directory Specification.
    base = Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state"
    return base / "pulumi-victorops"


def _open_file(settings: Settings) -> SqliteTurns:
    path = folder() / f"pace-{name_of(settings)}.sqlite"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _sweep(path.parent)
    _touch(path)
    try:
        return SqliteTurns(str(path))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # It's damaged, and holds nothing that is worth mending.
        path.unlink(missing_ok=True)
        _touch(path)
        return SqliteTurns(str(path))


def _sweep(parent: Path) -> None:
    """Remove what nobody has used for long: each simulator on a port of its own leaves a file."""
    for path in parent.glob("pace-*.sqlite*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                path.unlink()


def _touch(path: Path) -> None:
    """Make the file, which SQLite would make readable by all."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))


def _in_memory(error: Exception) -> SqliteTurns:
    _LOG.warning("the rate limit is not shared with other processes: %s", error)
    return SqliteTurns()


class _Fallible:
    """A store that memory takes the place of when it fails on the way."""

    def __init__(self, store: TurnStore, failure: type[Exception]) -> None:
        self._store = store
        self._failure = failure
        self._lock = threading.Lock()
        self.spans_machines = store.spans_machines

    def take(self, paces: Sequence[Pace]) -> Turn | float:
        """Take a turn of each pace at once, or tell after how many seconds to ask again."""
        return self._do(lambda store: store.take(paces))

    def settle(self, turn: Turn, late: float) -> None:
        """Note that the turn's call reached the service at most this many seconds after it left."""
        self._do(lambda store: store.settle(turn, late))

    def push_back(self, pace: Pace, seconds: float) -> None:
        """Give nobody a turn for this long, and all fewer turns afterwards."""
        self._do(lambda store: store.push_back(pace, seconds))

    def close(self) -> None:
        """Let go of what it holds."""
        self._store.close()

    def _do(self, act: Callable[[TurnStore], T]) -> T:
        store = self._store
        try:
            return act(store)
        except self._failure as error:
            with self._lock:
                if self._store is store:
                    self._store = _in_memory(error)
                    store.close()
            return act(self._store)
