"""The file that a journal is kept in."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

_LOG = logging.getLogger("pulumi_victorops")

T = TypeVar("T")


class JournalFile:
    """A database that is opened when it's first wanted, and done without where it can't be used.

    Args:
        path: where it is.
        prepare: makes its tables and reads what is in them, each time that it's opened.

    Attributes:
        given_up: whether it's done without.
    """

    def __init__(self, path: Path, prepare: Callable[[sqlite3.Connection], None]) -> None:
        self.given_up = False
        self._path = path
        self._prepare = prepare
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None

    def run(self, statement: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the database; where there is none to be had, go on without."""
        with self._lock:
            if self.given_up:
                return None
            try:
                if self._database is None:
                    self._database = self._opened()
                return statement(self._database)
            except (sqlite3.Error, OSError) as error:
                self.given_up = True
                _LOG.warning(
                    "the journal %s can't be used (%s): what an interrupted run makes won't be found again",
                    self._path.name,
                    error,
                )
                return None

    def is_alone(self) -> bool:
        """Whether no other process has it open."""
        with self._lock:
            self._close()
            try:
                # Only who is alone with it may leave this mode. The next connection comes back to it.
                with closing(sqlite3.connect(self._path, timeout=0)) as database:
                    database.execute("pragma journal_mode = delete")
            except sqlite3.OperationalError:
                return False
            return True

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            return self._connected()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            aside = self._path.with_suffix(".damaged")
            self._path.replace(aside)
            _LOG.warning("the journal %s was damaged: it's kept as %s", self._path.name, aside.name)
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        database = sqlite3.connect(self._path, timeout=10, isolation_level=None, check_same_thread=False)
        # What is written survives the process at once, and a power cut a moment later: waiting for the disk at each
        # write took longer than all else together.
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        self._prepare(database)
        return database
