"""Whom an escalation policy pages at an instant: places, then takes, then overrides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pulumi_victorops.simulator.periods import member_of, on_duty, period_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Entry, Policy
    from pulumi_victorops.simulator.records_oncall import Shift, Take

NEIGHBOURS = {"rotation_group": 0, "rotation_group_next": 1, "rotation_group_previous": -1}
"""By execution type: which period's member a rotation pages, counted from the present one."""


class Place(NamedTuple):
    """A place from which an entry pages: its user's own, or the one that a shift gives; and whose it is."""

    entry: Entry
    shift: Shift | None
    username: str


def paged_by(org: Org, policy: Policy, entry: Entry, at: datetime) -> list[str]:
    """List whom an entry of a policy pages, each once. Only users are paged here, not webhooks and the like."""
    paged = (covered(org, policy, holder(org, policy, place, at), at) for place in places(org, entry, at))
    return list(dict.fromkeys(paged))


def on_call(org: Org, policy: Policy, at: datetime, step: int = 0) -> list[str]:
    """List whom a step of a policy pages, each once; those of the first step are on call."""
    entries = policy.steps[step].entries if step < len(policy.steps) else []
    return list(dict.fromkeys(username for entry in entries for username in paged_by(org, policy, entry, at)))


def places(org: Org, entry: Entry, at: datetime) -> Iterator[Place]:
    """Give the places from which an entry pages, with whom each belongs to by policy and rotation alone."""
    if entry.execution_type == "user":
        yield Place(entry, None, entry.target)
        return
    rotation = org.duty.rotation(entry.target) if entry.execution_type in NEIGHBOURS else None
    for shift in rotation.shifts if rotation is not None else ():
        period = period_at(shift, at)
        if period is None or not on_duty(shift, at):
            continue
        member = member_of(shift, period + NEIGHBOURS[entry.execution_type])
        if member is not None:
            yield Place(entry, shift, member.username)


def holder(org: Org, policy: Policy, place: Place, at: datetime) -> str:
    """Say who holds a place once takes are counted."""
    take = take_of(org, policy, place, at)
    return take.username if take is not None else place.username


def take_of(org: Org, policy: Policy, place: Place, at: datetime) -> Take | None:
    """Find the take that holds for a place; the latest counts."""
    shift_id = place.shift.id if place.shift is not None else None
    wanted = (place.entry.execution_type, place.entry.target, shift_id)
    for take in reversed(org.duty.takes_of(policy.slug)):
        if (
            (take.place, take.target, take.shift_id) == wanted
            and take.since <= at
            and (take.until is None or at < take.until)
        ):
            return take
    return None


def covered(org: Org, policy: Policy, username: str, at: datetime) -> str:
    """Say who is paged in a user's stead: the cover if they are absent, or the cover of that one, never further."""
    cover = _cover(org, policy, username, at)
    if cover is None:
        return username
    further = _cover(org, policy, cover, at)
    return cover if further in (None, username) else further


def _cover(org: Org, policy: Policy, username: str, at: datetime) -> str | None:
    absence = org.duty.absence(username, at)
    return absence.covers.get(policy.slug) if absence is not None else None
