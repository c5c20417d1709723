"""Taking on-call: one user moves into all places that another holds in a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_victorops.simulator.periods import handoff, period_at
from pulumi_victorops.simulator.records_oncall import Take
from pulumi_victorops.simulator.roster import Place, covered, holder, places, take_of

if TYPE_CHECKING:
    from datetime import datetime

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Policy
    from pulumi_victorops.simulator.records_oncall import Shift


def take_places(org: Org, policy: Policy, relieved: str, taker: str, now: datetime) -> None:
    """Put one user in all places from which another is paged now, covers included."""
    held = {
        place.key: place
        for step in policy.steps
        for entry in step.entries
        for place in places(org, entry, now)
        if covered(org, policy, holder(org, policy, place, now), now) == relieved
    }
    for place in held.values():
        _take(org, policy, place, taker, now)


def _take(org: Org, policy: Policy, place: Place, taker: str, now: datetime) -> None:
    before = take_of(org, policy, place, now)
    if before is not None:
        before.until = now
    if taker in (place.username, covered(org, policy, place.username, now)):
        return  # taken back: the place is theirs with no take at all
    org.duty.add_take(
        Take(
            policy_slug=policy.slug,
            place=place.kind,
            target=place.target,
            shift_id=place.key[2],
            username=taker,
            since=now,
            until=_next_handoff(place.shift, now) if place.shift is not None else None,
        )
    )


def _next_handoff(shift: Shift, now: datetime) -> datetime:
    present = period_at(shift, now)
    return handoff(shift, 0 if present is None else present + 1)
