"""What a stack is about to make, written down before the call: so that a run that was cut off leaves no stranger.

The engine saves an object's id some time after `create` has returned it. Whoever is killed in between leaves an object
that no state knows. The journal is a small SQLite file for each stack, beside Pulumi's own files; it holds what the
state holds, without what is secret, and no credentials.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

_LOG = logging.getLogger("pulumi_victorops")

# `inputs` stand there until the engine is known to have the object in its state. `orderly` says that the engine
# itself ended the run that made it, and so has most likely saved it.
_SCHEMA = """
create table if not exists objects (
    number integer primary key, org text not null, kind text not null, identity text not null, id text, inputs text
);
create index if not exists by_identity on objects (identity);
create index if not exists by_id on objects (id);
"""
_ADDED = "alter table objects add column orderly integer not null default 0"

T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """Which resource of which program, and in which org its object is.

    Attributes:
        org: tells orgs apart; no credentials.
        kind: the kind of resource.
        identity: the resource, as its constructor passes it along.
    """

    org: str
    kind: str
    identity: str


@dataclass(frozen=True)
class Entry:
    """A creation that isn't known to have ended well.

    Attributes:
        id: the object, where the service told its id.
        inputs: what it was to be.
    """

    id: str | None
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Unsettled:
    """A creation that was cut off, as far as the journal can tell.

    Attributes:
        number: its place in the journal.
        key: what it was for.
        entry: what is known of it.
    """

    number: int
    key: Key
    entry: Entry


class Journal:
    """The creations of one stack. Safe between threads and processes, and against being killed at any moment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._given_up = False
        self._unsettled: set[tuple[str, str, str]] = set()
        self._made: set[tuple[str, str, str]] = set()
        self._objects: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    @property
    def is_kept(self) -> bool:
        """Whether anything is written down."""
        return not self._given_up

    def unfinished(self, key: Key) -> Entry | None:
        """The creation of this resource that was begun, and that no state is known to have."""
        row = self._run(
            lambda database: database.execute(
                "select id, inputs from objects where identity = ? and org = ? and kind = ? and inputs is not null"
                " order by number desc",
                (key.identity, key.org, key.kind),
            ).fetchone(),
        )
        return Entry(row[0], json.loads(row[1])) if row else None

    def begin(self, key: Key, inputs: Mapping[str, Any]) -> None:
        """Write down what is about to be made."""
        self.end(key)
        self._run(
            lambda database: database.execute(
                "insert into objects (org, kind, identity, inputs) values (?, ?, ?, ?)",
                (key.org, key.kind, key.identity, json.dumps(inputs)),
            )
        )

    def made(self, key: Key, object_id: str) -> None:
        """Write down the id of what was made. The engine saves it a little later."""
        self._run(
            lambda database: database.execute(
                "update objects set id = ? where identity = ? and org = ? and kind = ? and inputs is not null",
                (object_id, key.identity, key.org, key.kind),
            )
        )
        self._unsettled.add((key.org, key.kind, object_id))
        self._made.add((key.org, key.kind, object_id))
        self._objects[key.org][key.kind].add(object_id)

    def end(self, key: Key) -> None:
        """Forget a creation of which nothing is left: it was refused, or its object is gone."""
        self._run(
            lambda database: database.execute(
                "delete from objects where identity = ? and org = ? and kind = ? and inputs is not null",
                (key.identity, key.org, key.kind),
            )
        )

    def settle(self, org: str, kind: str, object_id: str) -> None:
        """The engine knows the object: the creation has ended well."""
        known = (org, kind, object_id)
        self.open()
        if known not in self._unsettled:
            self._objects[org][kind].add(object_id)
            return
        self._run(
            lambda database: database.execute(
                "update objects set inputs = null where id = ? and org = ? and kind = ?", (object_id, org, kind)
            )
        )
        self._unsettled.discard(known)

    def gone(self, org: str, kind: str, object_id: str) -> None:
        """The object was taken away."""
        known = (org, kind, object_id)
        self.open()
        if object_id in self._objects[org][kind]:
            self._run(
                lambda database: database.execute(
                    "delete from objects where id = ? and org = ? and kind = ?", (object_id, org, kind)
                )
            )
        self._unsettled.discard(known)
        self._objects[org][kind].discard(object_id)

    def ends_in_order(self) -> None:
        """The engine ends this process itself, and so has been told of all that was made."""
        if self._made:
            made = [(object_id, org, kind) for org, kind, object_id in self._made]
            self._run(
                lambda database: database.executemany(
                    "update objects set orderly = 1 where id = ? and org = ? and kind = ?", made
                )
            )

    def cut_off(self) -> list[Unsettled]:
        """The creations of runs that didn't end in order, or that had no answer. The latest comes first."""
        rows = self._run(
            lambda database: database.execute(
                "select number, org, kind, identity, id, inputs from objects"
                " where inputs is not null and not (orderly and id is not null) order by number desc"
            ).fetchall()
        )
        return [Unsettled(row[0], Key(*row[1:4]), Entry(row[4], json.loads(row[5]))) for row in rows or []]

    def drop(self, number: int) -> None:
        """Forget one creation."""
        self._run(lambda database: database.execute("delete from objects where number = ?", (number,)))

    def claim(self, key: Key, object_id: str) -> None:
        """Let an object count as some resource's, without writing that down."""
        self._objects[key.org][key.kind].add(object_id)

    def is_alone(self) -> bool:
        """Whether no other process has the journal open: no run of the stack is under way on this machine."""
        with self._lock:
            self._close()
            try:
                # Only who is alone with it may leave this mode. The next connection comes back to it.
                with closing(sqlite3.connect(self._path, timeout=0)) as database:
                    database.execute("pragma journal_mode = delete")
            except sqlite3.OperationalError:
                return False
            return True

    def open(self) -> None:
        """Read what is known by now. Done by the first who wants to know."""
        self._run(lambda database: None)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def knows(self, org: str, kind: str, object_id: str) -> bool:
        """Whether some resource of this stack has the object."""
        self.open()
        return object_id in self._objects[org][kind]

    def counts(self, org: str) -> dict[str, int]:
        """How many objects of each kind this stack is known to have."""
        self.open()
        return {kind: len(ids) for kind, ids in list(self._objects[org].items())}

    def _run(self, statement: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the database; where there is none to be had, go on without."""
        with self._lock:
            if self._given_up:
                return None
            try:
                if self._database is None:
                    self._database = self._opened()
                return statement(self._database)
            except (sqlite3.Error, OSError) as error:
                self._given_up = True
                _LOG.warning(
                    "the journal %s can't be used (%s): what an interrupted run makes won't be found again",
                    self._path.name,
                    error,
                )
                return None

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            database = self._connected()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            aside = self._path.with_suffix(".damaged")
            self._path.replace(aside)
            _LOG.warning("the journal %s was damaged: it's kept as %s", self._path.name, aside.name)
            database = self._connected()
        rows = database.execute("select org, kind, id, inputs is not null from objects where id is not null")
        for org, kind, object_id, unsettled in rows.fetchall():
            self._objects[org][kind].add(object_id)
            if unsettled:
                self._unsettled.add((org, kind, object_id))
        return database

    def _connected(self) -> sqlite3.Connection:
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        database = sqlite3.connect(self._path, timeout=10, isolation_level=None, check_same_thread=False)
        # What is written survives the process at once, and a power cut a moment later: waiting for the disk at each
        # write took longer than all else together.
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        database.executescript(_SCHEMA)
        with suppress(sqlite3.OperationalError):  # it's there, but in journals of before
            database.execute(_ADDED)
        return database
