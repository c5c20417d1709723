"""Spells of duty: from when to when a policy had whom on call, by the rotations, overrides and takes of today.

What has been deleted since is not in it, and neither is what is still to come.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pulumi_victorops.simulator.periods import pieces
from pulumi_victorops.simulator.roster import NEIGHBOURS, on_call

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Policy


class Spell(NamedTuple):
    """A time during which a user was on call for a policy."""

    policy: Policy
    username: str
    on: datetime
    off: datetime


def spells(org: Org, policy: Policy, start: datetime, end: datetime) -> list[Spell]:
    """List the spells of a policy in an interval, cut to it, in the order in which they begin."""
    found: list[Spell] = []
    since: dict[str, datetime] = {}
    for at in sorted(_turning_points(org, policy, start, end)):
        present = on_call(org, policy, at) if at < end else []
        for username in [username for username in since if username not in present]:
            found.append(Spell(policy, username, since.pop(username), at))
        for username in present:
            since.setdefault(username, at)
    return sorted(found, key=lambda spell: spell.on)


def time_on_duty(of: Iterable[Spell]) -> timedelta:
    """Add up spells; a time that several share counts once."""
    total, reached = timedelta(), None
    for spell in sorted(of, key=lambda each: each.on):
        begin = spell.on if reached is None else max(spell.on, reached)
        total += max(spell.off - begin, timedelta())
        reached = spell.off if reached is None else max(spell.off, reached)
    return total


def _turning_points(org: Org, policy: Policy, start: datetime, end: datetime) -> set[datetime]:
    """Give the instants at which somebody else may come on call, with both ends of the interval."""
    if start >= end:
        return set()
    points = {start, end}
    for entry in policy.steps[0].entries if policy.steps else ():
        rotation = org.duty.rotation(entry.target) if entry.execution_type in NEIGHBOURS else None
        for shift in rotation.shifts if rotation is not None else ():
            points |= {point for piece in pieces(shift, start, end) for point in (piece.start, piece.end)}
    points |= {point for override in org.duty.overrides.values() for point in (override.start, override.end)}
    points |= {point for take in org.duty.takes_of(policy.slug) for point in (take.since, take.until) if point}
    return {point for point in points if start <= point <= end}
