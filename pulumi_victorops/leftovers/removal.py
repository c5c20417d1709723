"""Taking away what is left over, by the same code as `pulumi destroy`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pulumi_victorops.api.errors import VictorOpsError
from pulumi_victorops.leftovers.leftover import Leftover, Outcome
from pulumi_victorops.lifecycle.comparison import changed_properties, merge
from pulumi_victorops.lifecycle.cycle import Cycle
from pulumi_victorops.lifecycle.journal import Journal
from pulumi_victorops.lifecycle.org import Org


def remove(leftovers: Sequence[Leftover], org_of: Callable[[str | None], Org], journal: Journal) -> list[Leftover]:
    """Take objects away, and say of each what became of it. What is refused is tried again once others are gone.

    Args:
        leftovers: what is to go, in this order.
        org_of: gives the org of a profile.
        journal: the stack's journal, which forgets what goes.
    """
    done: dict[int, Leftover] = {}
    pending = [one for one in leftovers if one.outcome == Outcome.LEFT]
    while pending:
        for one in pending:
            done[one.number] = _removed(one, org_of(one.profile))
        refused = [one for one in pending if done[one.number].outcome == Outcome.REFUSED]
        if len(refused) == len(pending):
            break
        pending = refused
    outcomes = [_looked_at_again(done.get(one.number, one), org_of) for one in leftovers]
    for one in outcomes:
        if one.outcome == Outcome.DELETED:
            journal.drop(one.number)
    return outcomes


def _removed(one: Leftover, org: Org) -> Leftover:
    try:
        Cycle(one.kind.handler()).delete(org, one.id or "", one.known)
    except VictorOpsError as error:
        return one.become(Outcome.REFUSED, str(error))
    return one.become(Outcome.DELETED)


def _looked_at_again(one: Leftover, org_of: Callable[[str | None], Org]) -> Leftover:
    """Some deletions take nothing away, such as that of a routing key."""
    if one.outcome != Outcome.DELETED or one.id is None or one.in_place:
        return one
    try:
        live = one.kind.handler().read(org_of(one.profile), one.id, {})
    except VictorOpsError as error:
        return one.become(Outcome.REFUSED, str(error))
    model = one.kind.model
    if live is not None and not changed_properties(model, one.known, merge(model, one.known, live.inputs)):
        return one.become(Outcome.STAYS, "its deletion took nothing away")
    return one
