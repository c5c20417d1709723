"""What becomes of a deletion."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pulumi_victorops.audit.plan import Going


class Verdict(str, Enum):
    """How a deletion would end."""

    CLEAN = "clean"
    REFUSED = "refused"
    GAP = "gap"


@dataclass(frozen=True)
class Outcome:
    """What becomes of one object that is to be deleted.

    Attributes:
        going: the object.
        verdict: how the deletion would end; a gap is one in the coverage: it goes through, and something that pages
            people is lost with it.
        text: what happens, in one line.
    """

    going: Going
    verdict: Verdict
    text: str

    def as_json(self) -> dict[str, str | None]:
        """The same for programs."""
        return {
            "kind": self.going.kind.name,
            "name": self.going.name,
            "id": self.going.id,
            "profile": self.going.profile,
            "operation": self.going.operation,
            "verdict": self.verdict.value,
            "message": self.text,
        }

    def __str__(self) -> str:
        where = f" of {self.going.profile}" if self.going.profile else ""
        return f"{self.verdict.value}{where}: {self.text}"
