"""What interrupted runs have made, by the journal, and the state doesn't have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_victorops.leftovers.leftover import Leftover, Outcome
from pulumi_victorops.lifecycle.comparison import merge
from pulumi_victorops.lifecycle.journal import Journal, Unsettled
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.search import Search
from pulumi_victorops.stack.kinds import KINDS, Kind


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes:
        leftovers: what is left, what was made last first.
        saved: entries of the journal whose objects the state has.
        gone: entries of the journal of which nothing is there.
    """

    leftovers: list[Leftover] = field(default_factory=list)
    saved: list[Unsettled] = field(default_factory=list)
    gone: list[Unsettled] = field(default_factory=list)


class Finder:
    """Looks for what is left. Reads only.

    Args:
        journal: the stack's journal.
        orgs: the orgs by their keys, each with the profiles that lead there.
        objects: what the state has, by the key of the org, kind and id.
        names: what the program calls resources, by their identities.
    """

    def __init__(
        self,
        journal: Journal,
        orgs: Mapping[str, list[tuple[str | None, Org]]],
        objects: set[tuple[str, str, str]],
        names: Mapping[str, str],
    ) -> None:
        self._journal = journal
        self._orgs = orgs
        self._objects = objects
        self._names = names

    def find(self) -> Found:
        """What is left of all that was cut off.

        Raises:
            VictorOpsError: a call fails.
        """
        found = Found()
        for entry in self._journal.cut_off():
            kind = KINDS.get(entry.key.kind)
            if kind is None:
                # Another version of this package made it.
                continue
            if kind.handler().leaves_nothing:
                found.gone.append(entry)
            elif (entry.key.org, kind.name, entry.entry.id) in self._objects:
                found.saved.append(entry)
            else:
                self._look(entry, kind, found)
        return found

    def _look(self, entry: Unsettled, kind: Kind, found: Found) -> None:
        key = entry.key
        resource = self._names.get(key.identity)
        orgs = self._orgs.get(key.org, [])
        for profile, org in orgs:
            handler = kind.handler()
            search = Search(org, handler, self._journal)
            live = search.left_over(entry.entry)
            if live is None:
                continue
            if (key.org, kind.name, live.id) in self._objects:
                found.saved.append(entry)
                return
            # Of two that are alike, the next entry means the other one.
            self._journal.claim(key, live.id)
            known = {**live.outputs, **merge(kind.model, entry.entry.inputs, live.inputs)}
            certain, in_place = entry.entry.id is not None, search.place(entry.entry) is not None
            found.leftovers.append(
                Leftover(entry.number, key.org, kind, live.id, profile, resource, certain, in_place, known)
            )
            return
        if orgs:
            found.gone.append(entry)
            return
        unknown = Leftover(entry.number, key.org, kind, entry.entry.id, None, resource, entry.entry.id is not None)
        found.leftovers.append(
            unknown.become(Outcome.ELSEWHERE, "it's in an org that none of the stack's settings leads to")
        )
