"""What the coming days bring in a step of a policy: a line for each entry and shift, and the covers of absences."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pulumi_victorops.simulator.periods import handoff, member_of, period_at, pieces
from pulumi_victorops.simulator.roster import NEIGHBOURS, covered, holder, places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Entry, Policy
    from pulumi_victorops.simulator.records_oncall import Override, Rotation, Shift


class Span(NamedTuple):
    """What a schedule shows of a policy: from when to when, of which step, and the present."""

    now: datetime
    begin: datetime
    end: datetime
    step: int

    @classmethod
    def of_days(cls, now: datetime, skip: int, forward: int, step: int) -> Span:
        """Count days of 24 hours from now."""
        begin = now + timedelta(days=skip)
        return cls(now, begin, begin + timedelta(days=forward), step)


class Roll(NamedTuple):
    """A time for which a shift puts a user on duty; `is_roll` marks the first after a hand-off."""

    start: datetime
    end: datetime
    username: str
    is_roll: bool


class Turns(NamedTuple):
    """What a shift brings: its next hand-off, and the rolls that have a part in the span."""

    rotation: Rotation
    shift: Shift
    next_handoff: datetime
    rolls: list[Roll]


class Line(NamedTuple):
    """An entry of a policy, or one shift of it: who is on duty now, who covers for them, and what comes."""

    kind: str
    username: str | None
    cover: str | None
    turns: Turns | None = None


def lines(org: Org, policy: Policy, span: Span) -> list[Line]:
    """Give the lines of a policy's step."""
    return [line for entry in _entries(policy, span) for line in _lines_of(org, policy, entry, span)]


def covers(org: Org, policy: Policy, span: Span) -> list[tuple[Override, str]]:
    """Give the overrides, and their covers in a policy, of those whom the step pages at one time or another."""
    paged = {username for entry in _entries(policy, span) for username in _ever_paged(org, policy, entry, span.now)}
    return [
        (override, override.covers[policy.slug])
        for override in org.duty.overrides.values()
        if policy.slug in override.covers
        and override.username in paged
        and override.start < span.end
        and span.begin < override.end
    ]


def _entries(policy: Policy, span: Span) -> list[Entry]:
    return policy.steps[span.step].entries if span.step < len(policy.steps) else []


def _lines_of(org: Org, policy: Policy, entry: Entry, span: Span) -> Iterator[Line]:
    on_duty = {
        place.shift.id if place.shift is not None else None: holder(org, policy, place, span.now)
        for place in places(org, entry, span.now)
    }
    rotation = org.duty.rotation(entry.target) if entry.execution_type in NEIGHBOURS else None
    parts = [None] if rotation is None else [_turns(rotation, shift, entry, span) for shift in rotation.shifts]
    for turns in parts:
        username = on_duty.get(turns.shift.id if turns is not None else None)
        paged = username if username is None else covered(org, policy, username, span.now)
        yield Line(entry.execution_type, username, paged if paged != username else None, turns)


def _turns(rotation: Rotation, shift: Shift, entry: Entry, span: Span) -> Turns:
    present = period_at(shift, span.now)
    next_handoff = handoff(shift, 0 if present is None else present + 1)
    return Turns(rotation, shift, next_handoff, list(_rolls(shift, NEIGHBOURS[entry.execution_type], span)))


def _rolls(shift: Shift, neighbour: int, span: Span) -> Iterator[Roll]:
    for piece in pieces(shift, span.begin, span.end):
        member = member_of(shift, piece.period + neighbour)
        if member is not None:
            yield Roll(piece.start, piece.end, member.username, piece.is_roll)


def _ever_paged(org: Org, policy: Policy, entry: Entry, now: datetime) -> Iterator[str]:
    if entry.execution_type == "user":
        yield entry.target
    rotation = org.duty.rotation(entry.target) if entry.execution_type in NEIGHBOURS else None
    for shift in rotation.shifts if rotation is not None else ():
        yield from (member.username for member in shift.members)
    for take in org.duty.takes_of(policy.slug):
        if (take.place, take.target) == (entry.execution_type, entry.target) and not take.is_over(now):
            yield take.username
