"""What a stack is about to make, written down before the call: so that a run that was cut off leaves no stranger.

The engine saves an object's id some time after `create` has returned it. Whoever is killed in between leaves an object
that no state knows. The journal is a small SQLite file for each stack, beside Pulumi's own files; it holds what the
state holds, without what is secret, and no credentials.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

_LOG = logging.getLogger("pulumi_victorops")

OFF: Final = "off"

# `inputs` stand there until the engine is known to have the object in its state.
_SCHEMA = """
create table if not exists objects (
    number integer primary key, org text not null, kind text not null, identity text not null, id text, inputs text
);
create index if not exists by_identity on objects (identity);
create index if not exists by_id on objects (id);
"""

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


class Journal:
    """The creations of one stack. Safe between threads and processes, and against being killed at any moment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._given_up = False
        self._unsettled: set[tuple[str, str, str]] = set()
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
        self._open()
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
        self._open()
        if object_id in self._objects[org][kind]:
            self._run(
                lambda database: database.execute(
                    "delete from objects where id = ? and org = ? and kind = ?", (object_id, org, kind)
                )
            )
        self._unsettled.discard(known)
        self._objects[org][kind].discard(object_id)

    def knows(self, org: str, kind: str, object_id: str) -> bool:
        """Whether some resource of this stack has the object."""
        self._open()
        return object_id in self._objects[org][kind]

    def counts(self, org: str) -> dict[str, int]:
        """How many objects of each kind this stack is known to have."""
        self._open()
        return {kind: len(ids) for kind, ids in list(self._objects[org].items())}

    def _open(self) -> None:
        self._run(lambda database: None)

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
        return database


class _NoJournal(Journal):
    """Writes nothing down."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._given_up = True

    def counts(self, org: str) -> dict[str, int]:
        """It's of no stack."""
        return {}


_NO_JOURNAL: Final = _NoJournal()


def journal_for(folder: str | None, identity: str | None) -> Journal:
    """The journal of the stack that a resource is in.

    Args:
        folder: where journals are; None for the folder beside Pulumi's own files, "off" for none.
        identity: the resource's identity, which begins with its stack; None where the program didn't tell it.
    """
    return _journal_of(folder, identity.rpartition(":")[0]) if identity and folder != OFF else _NO_JOURNAL


@cache
def _journal_of(folder: str | None, stack: str) -> Journal:
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    project = os.environ.get("PULUMI_PROJECT", "")
    store = hashlib.sha256(_state_store(home).encode()).hexdigest()[:12]
    name = ".".join(re.sub(r"[^\w-]", "_", part)[:60] for part in (project, stack, store))
    return Journal((Path(folder).expanduser() if folder else home / "victorops") / f"{name}.sqlite")


def _state_store(home: Path) -> str:
    """Where the stack's state is: stacks of one name in different stores are different stacks."""
    store = os.environ.get("PULUMI_BACKEND_URL", "")
    with suppress(OSError, ValueError, AttributeError, yaml.YAMLError):
        store = store or (yaml.safe_load(Path("Pulumi.yaml").read_text("utf-8")).get("backend") or {}).get("url") or ""
    with suppress(OSError, ValueError, AttributeError):
        store = store or json.loads((home / "credentials.json").read_text("utf-8")).get("current") or ""
    # An address such as file://. means another place in each folder.
    return f"{store} {Path.cwd()}" if re.match(r"file://(\.|$)", store) else store
