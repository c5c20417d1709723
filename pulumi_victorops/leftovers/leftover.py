"""An object that an interrupted run has left in the org."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from pulumi_victorops.stack.kinds import Kind


class Outcome(str, Enum):
    """What became of a leftover."""

    LEFT = "left"
    DELETED = "deleted"
    REFUSED = "refused"
    STAYS = "stays"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Leftover:
    """An object that an interrupted run has made.

    Attributes:
        number: its place in the journal.
        org: tells its org from others.
        kind: what it is.
        id: its id; None where it isn't known.
        profile: the name of a profile that leads to its org; None for the stack's own.
        resource: what the program called the resource that it was made for, where that can be told.
        certain: whether the service told the run that it made it. Else it is as what the run began to make.
        in_place: whether it fills in a place that the org has anyway, which its deletion leaves.
        known: its properties.
        outcome: what became of it.
        message: why, where that isn't plain.
    """

    number: int
    org: str
    kind: Kind
    id: str | None
    profile: str | None = None
    resource: str | None = None
    certain: bool = True
    in_place: bool = False
    known: Mapping[str, Any] = field(default_factory=dict, hash=False)
    outcome: Outcome = Outcome.LEFT
    message: str = ""

    def become(self, outcome: Outcome, message: str = "") -> Leftover:
        """The same, of which something became."""
        return replace(self, outcome=outcome, message=message)

    @property
    def way_on(self) -> str:
        """The command that brings it into the stack; empty where it can't be given."""
        if self.id is None:
            return ""
        name = shlex.quote(self.resource) if self.resource else "NAME"
        profile = ["--profile", shlex.quote(self.profile)] if self.profile else []
        return " ".join(
            ["pulumi-victorops", "import", self.kind.spelling, shlex.quote(self.id), name, *profile],
        )

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "kind": self.kind.name,
            "id": self.id,
            "profile": self.profile,
            "resource": self.resource,
            "certain": self.certain,
            "outcome": self.outcome.value,
            "message": self.message,
            "import": self.way_on or None,
        }

    def __str__(self) -> str:
        which = f" {self.id!r}" if self.id is not None else ""
        where = f" of {self.profile}" if self.profile else ""
        what = f"{self.outcome.value}{where}: {self.kind.spelling}{which}"
        if self.outcome == Outcome.LEFT:
            what += "" if self.certain else ", which is as one that it began to make"
            what += f", for the resource {self.resource!r}" if self.resource else ""
            what += f" ({self.way_on})"
        return f"{what}: {self.message}" if self.message else what
