"""Comparing the org's people with those whom a file or a directory expects."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_victorops.api import Client, InvalidArgumentError, Settings
from pulumi_victorops.api.users import User
from pulumi_victorops.people.session import connected

_COMPARED = ("first_name", "last_name", "email")
_CASELESS = {"email"}


@dataclass(frozen=True)
class Person:
    """Somebody as the roster or the org has them; None where it says nothing."""

    username: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None

    def __str__(self) -> str:
        name = " ".join(part for part in (self.first_name, self.last_name) if part)
        details = ", ".join(part for part in (name, self.email) if part)
        return f"{self.username} ({details})" if details else self.username


@dataclass(frozen=True)
class Change:
    """A field in which somebody differs.

    Attributes:
        username: whose it is.
        field: `first_name`, `last_name` or `email`.
        expected: what the roster says.
        actual: what the org says.
    """

    username: str
    field: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"{self.username}: {self.field} is {self.actual!r}, expected {self.expected!r}"


@dataclass(frozen=True)
class RosterDrift:
    """How the org's people differ from a roster, each part in the order of usernames.

    Attributes:
        missing: who is expected and not in the org.
        extra: who is in the org and not expected.
        changed: the fields in which people differ.
        unverified: the usernames of those expected who haven't accepted their invitation, as far as the service tells.
    """

    missing: tuple[Person, ...]
    extra: tuple[Person, ...]
    changed: tuple[Change, ...]
    unverified: tuple[str, ...]

    @property
    def drifted(self) -> bool:
        """Whether anybody is missing, extra or changed. Who is unverified may still accept, and is no drift."""
        return bool(self.missing or self.extra or self.changed)

    def __str__(self) -> str:
        """The differences for people to read, one a line."""
        parts: list[tuple[str, Iterable[object]]] = [
            ("missing", self.missing),
            ("extra", self.extra),
            ("changed", self.changed),
            ("unverified", self.unverified),
        ]
        lines = [f"{kind}: {item}" for kind, items in parts for item in items]
        return "\n".join(lines if self.drifted else ["The org is as the roster says.", *lines])


Roster = str | os.PathLike[str] | Iterable[Mapping[str, Any]] | Mapping[str, Mapping[str, Any]]
"""Who is expected: the path of a CSV file with a header, one mapping a person, or a mapping by username."""


def roster_drift(
    expected: Roster,
    *,
    client: Client | None = None,
    settings: Settings | None = None,
    profile: str | None = None,
) -> RosterDrift:
    """Tell who is missing from the org, who is extra, and who differs. One call; nothing is changed.

    Usernames and e-mail addresses are compared without regard to case.

    Args:
        expected: the path of a CSV file whose header has `username`; or one mapping a person; or their mappings by
            username. `first_name`, `last_name` and `email` are compared where they aren't blank; all else is ignored.
        client: reaches the service; not closed.
        settings: make a client, where none is given. The environment's where these aren't given either.
        profile: the name in `VO_PROFILES` of the org, where neither client nor settings are given.

    Raises:
        InvalidArgumentError: the roster can't be read as such, lacks a username, or has one twice.
        OSError: the file can't be read.
    """
    wanted = _by_username(_rows(expected))
    with connected(client, settings, profile) as (service, _):
        present = {user.username.lower(): user for user in service.users.all()}
    both = sorted(wanted.keys() & present.keys())
    return RosterDrift(
        missing=tuple(wanted[name] for name in sorted(wanted.keys() - present.keys())),
        extra=tuple(_person(present[name]) for name in sorted(present.keys() - wanted.keys())),
        changed=tuple(change for name in both for change in _changes(wanted[name], present[name])),
        unverified=tuple(name for name in both if present[name].verified is False),
    )


def _rows(expected: Roster) -> Iterator[Mapping[str, Any]]:
    if isinstance(expected, (str, os.PathLike)):
        # Spreadsheets write a byte order mark, which would else be a part of the first column's name.
        with Path(expected).open(newline="", encoding="utf-8-sig") as file:
            try:
                yield from csv.DictReader(file, skipinitialspace=True)
            except (UnicodeDecodeError, csv.Error) as error:
                raise InvalidArgumentError(f"{expected} is not a CSV file in UTF-8: {error}") from None
    elif isinstance(expected, Mapping):
        for username, person in expected.items():
            yield {**person, "username": username}
    else:
        yield from expected


def _by_username(rows: Iterable[Mapping[str, Any]]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for number, row in enumerate(rows, 1):
        said = {name: str(row.get(name) or "").strip() or None for name in ("username", *_COMPARED)}
        username = (said.pop("username") or "").lower()
        if not username:
            raise InvalidArgumentError(f"person {number} of the roster has no 'username'")
        if username in people:
            raise InvalidArgumentError(f"{username} stands in the roster twice")
        people[username] = Person(username, **said)
    return people


def _person(user: User) -> Person:
    return Person(user.username, user.first_name or None, user.last_name or None, user.email or None)


def _changes(wanted: Person, present: User) -> Iterator[Change]:
    for field in _COMPARED:
        expected, actual = getattr(wanted, field), getattr(present, field)
        same = expected.lower() == actual.lower() if expected and field in _CASELESS else expected == actual
        if expected is not None and not same:
            yield Change(wanted.username, field, expected, actual)
