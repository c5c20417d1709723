"""What a stack is about to do, written down before the call: so that a run that was cut off is made good by the next.

The engine saves an object's id some time after `create` has returned it. Whoever is killed in between leaves an object
that no state knows; and after a change or a deletion, a state that isn't so any more. The journal is a small SQLite
file for each stack, beside Pulumi's own files; it holds what the state holds, without what is secret, and no
credentials.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_victorops.lifecycle.journal_file import JournalFile

# `inputs` stand there until the engine is known to have the object in its state. `orderly` says that the engine
# itself ended the run that made it, and so has most likely saved it. `doubts` are the objects of which the state may
# not be so any more: `sent` tells the inputs of a change apart, and is empty for a deletion.
_SCHEMA = """
create table if not exists objects (
    number integer primary key, org text not null, kind text not null, identity text not null, id text, inputs text
);
create index if not exists by_identity on objects (identity);
create index if not exists by_id on objects (id);
create table if not exists doubts (
    org text not null, kind text not null, id text not null, sent text not null, primary key (org, kind, id)
);
"""
_ADDED = "alter table objects add column orderly integer not null default 0"


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
    """What one stack does. Safe between threads and processes, and against being killed at any moment."""

    def __init__(self, path: Path) -> None:
        self._file = JournalFile(path, self._prepare)
        self._unsettled: set[tuple[str, str, str]] = set()
        self._made: set[tuple[str, str, str]] = set()
        self._deleted: set[tuple[str, str, str]] = set()
        self._doubts: dict[tuple[str, str, str], str] = {}
        self._objects: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    @property
    def is_kept(self) -> bool:
        """Whether anything is written down."""
        return not self._file.given_up

    def unfinished(self, key: Key) -> Entry | None:
        """The creation of this resource that was begun, and that no state is known to have."""
        row = self._file.run(
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
        self._file.run(
            lambda database: database.execute(
                "insert into objects (org, kind, identity, inputs) values (?, ?, ?, ?)",
                (key.org, key.kind, key.identity, json.dumps(inputs)),
            )
        )

    def made(self, key: Key, object_id: str) -> None:
        """Write down the id of what was made. The engine saves it a little later."""
        self._file.run(
            lambda database: database.execute(
                "update objects set id = ? where identity = ? and org = ? and kind = ? and inputs is not null",
                (object_id, key.identity, key.org, key.kind),
            )
        )
        self._unsettled.add((key.org, key.kind, object_id))
        self._made.add((key.org, key.kind, object_id))
        self._objects[key.org][key.kind].add(object_id)
        self.trust(key.org, key.kind, object_id)

    def end(self, key: Key) -> None:
        """Forget a creation of which nothing is left: it was refused, or its object is gone."""
        self._file.run(
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
        self._file.run(
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
            self._file.run(
                lambda database: database.execute(
                    "delete from objects where id = ? and org = ? and kind = ?", (object_id, org, kind)
                )
            )
        self._unsettled.discard(known)
        self._objects[org][kind].discard(object_id)
        self._deleted.add(known)

    def doubt(self, org: str, kind: str, object_id: str, sent: str = "") -> None:
        """Write down that an object is about to be changed, or deleted: its state may not be so from now on.

        Args:
            org: tells orgs apart.
            kind: the kind of resource.
            object_id: the object.
            sent: tells the inputs of the change from others; empty for a deletion.
        """
        self.open()
        if not self.is_kept:
            return
        self._doubts[org, kind, object_id] = sent
        row = (org, kind, object_id, sent)
        self._file.run(lambda database: database.execute("insert or replace into doubts values (?, ?, ?, ?)", row))

    def doubted(self, org: str, kind: str, object_id: str) -> str | None:
        """What `doubt` was told last of an object; None where its state can be trusted."""
        self.open()
        return self._doubts.get((org, kind, object_id))

    def trust(self, org: str, kind: str, object_id: str) -> None:
        """The state of an object is as the object is."""
        self.open()
        known = (org, kind, object_id)
        if self._doubts.pop(known, None) is not None:
            self._file.run(
                lambda database: database.execute("delete from doubts where org = ? and kind = ? and id = ?", known)
            )

    def ends_in_order(self) -> None:
        """The engine ends this process itself, and so has been told of all that was made and deleted."""
        for org, kind, object_id in self._deleted:
            self.trust(org, kind, object_id)
        if self._made:
            made = [(object_id, org, kind) for org, kind, object_id in self._made]
            self._file.run(
                lambda database: database.executemany(
                    "update objects set orderly = 1 where id = ? and org = ? and kind = ?", made
                )
            )

    def cut_off(self) -> list[Unsettled]:
        """The creations of runs that didn't end in order, or that had no answer. The latest comes first."""
        rows = self._file.run(
            lambda database: database.execute(
                "select number, org, kind, identity, id, inputs from objects"
                " where inputs is not null and not (orderly and id is not null) order by number desc"
            ).fetchall()
        )
        return [Unsettled(row[0], Key(*row[1:4]), Entry(row[4], json.loads(row[5]))) for row in rows or []]

    def drop(self, number: int) -> None:
        """Forget one creation."""
        self._file.run(lambda database: database.execute("delete from objects where number = ?", (number,)))

    def claim(self, key: Key, object_id: str) -> None:
        """Let an object count as some resource's, without writing that down."""
        self._objects[key.org][key.kind].add(object_id)

    def is_alone(self) -> bool:
        """Whether no other process has the journal open: no run of the stack is under way on this machine."""
        return self._file.is_alone()

    def open(self) -> None:
        """Read what is known by now. Done by the first who wants to know."""
        self._file.run(lambda database: None)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def knows(self, org: str, kind: str, object_id: str) -> bool:
        """Whether some resource of this stack has the object."""
        self.open()
        return object_id in self._objects[org][kind]

    def counts(self, org: str) -> dict[str, int]:
        """How many objects of each kind this stack is known to have."""
        self.open()
        return {kind: len(ids) for kind, ids in list(self._objects[org].items())}

    def _prepare(self, database: sqlite3.Connection) -> None:
        database.executescript(_SCHEMA)
        with suppress(sqlite3.OperationalError):  # it's there, but in journals of before
            database.execute(_ADDED)
        rows = database.execute("select org, kind, id, inputs is not null from objects where id is not null")
        for org, kind, object_id, unsettled in rows.fetchall():
            self._objects[org][kind].add(object_id)
            if unsettled:
                self._unsettled.add((org, kind, object_id))
        for org, kind, object_id, sent in database.execute("select org, kind, id, sent from doubts").fetchall():
            self._doubts[org, kind, object_id] = sent
