"""Whom an escalation policy pages at an instant: places, then takes, then overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pulumi_victorops.simulator.periods import member_of, on_duty, period_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Entry, ExecutionType, Policy
    from pulumi_victorops.simulator.records_oncall import PlaceType, Shift, Take

NEIGHBOURS: Final[Mapping[ExecutionType, int]] = {
    "rotation_group": 0,
    "rotation_group_next": 1,
    "rotation_group_previous": -1,
}
"""By execution type: which period's member a rotation pages, counted from the present one."""


class Place(NamedTuple):
    """A place from which an entry pages: its user's own, or the one that a shift gives; and whose it is."""

    kind: PlaceType
    target: str
    shift: Shift | None
    username: str

    @property
    def key(self) -> tuple[PlaceType, str, int | None]:
        """What a take knows the place by."""
        return self.kind, self.target, self.shift.id if self.shift is not None else None


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
    kind = entry.execution_type
    if kind == "user":
        yield Place(kind, entry.target, None, entry.target)
    elif kind == "rotation_group" or kind == "rotation_group_next" or kind == "rotation_group_previous":
        rotation = org.duty.rotation(entry.target)
        for shift in rotation.shifts if rotation is not None else ():
            period = period_at(shift, at)
            if period is None or not on_duty(shift, at):
                continue
            member = member_of(shift, period + NEIGHBOURS[kind])
            if member is not None:
                yield Place(kind, entry.target, shift, member.username)


def holder(org: Org, policy: Policy, place: Place, at: datetime) -> str:
    """Say who holds a place once takes are counted."""
    take = take_of(org, policy, place, at)
    return take.username if take is not None else place.username


def take_of(org: Org, policy: Policy, place: Place, at: datetime) -> Take | None:
    """Find the take that holds for a place; the latest counts."""
    for take in reversed(org.duty.takes_of(policy.slug)):
        if (take.place, take.target, take.shift_id) == place.key and take.holds(at):
            return take
    return None


def covered(org: Org, policy: Policy, username: str, at: datetime) -> str:
    """Say who is paged in a user's stead: the cover if they are absent, or the cover of that one, never further."""
    cover = _cover(org, policy, username, at)
    if cover is None:
        return username
    further = _cover(org, policy, cover, at)
    return cover if further is None or further == username else further


def policies_paging(org: Org, username: str, now: datetime) -> list[Policy]:
    """List the policies that page a user now or later: by name, by rotation, by a take, or as a cover."""
    stands_in = {
        rotation.slug
        for rotation in org.duty.rotations.values()
        if any(member.username == username for shift in rotation.shifts for member in shift.members)
    }
    otherwise = {take.policy_slug for take in org.duty.takes if take.username == username and not take.is_over(now)}
    otherwise |= {
        slug
        for override in org.duty.overrides.values()
        if override.end > now
        for slug, cover in override.covers.items()
        if cover == username
    }
    return [
        policy
        for policy in org.policies.values()
        if policy.slug in otherwise
        or any(
            entry.target in stands_in if entry.execution_type in NEIGHBOURS else _names(entry, username)
            for step in policy.steps
            for entry in step.entries
        )
    ]


def _names(entry: Entry, username: str) -> bool:
    return entry.execution_type == "user" and entry.target == username


def _cover(org: Org, policy: Policy, username: str, at: datetime) -> str | None:
    absence = org.duty.absence(username, at)
    return absence.covers.get(policy.slug) if absence is not None else None
