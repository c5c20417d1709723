"""Whether what a snapshot says of on-call duty agrees with itself and with the rest of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pulumi_victorops.simulator.records import Snapshot


def oncall_contradictions(snapshot: Snapshot) -> Iterator[str]:
    """Tell what does not agree, each in a line."""
    users = {user.username for user in snapshot.users}
    policies = {policy.slug for policy in snapshot.policies}
    shifts = [shift for rotation in snapshot.rotations for shift in rotation.shifts]

    for name in _repeated(str(rotation.id) for rotation in snapshot.rotations):
        yield f"rotation {name} stands in it twice"
    for name in _repeated(rotation.slug for rotation in snapshot.rotations):
        yield f"rotation {name!r} stands in it twice"
    for name in _repeated(str(shift.id) for shift in shifts):
        yield f"shift {name} stands in it twice"
    for rotation in snapshot.rotations:
        if all(rotation.team_slug != team.slug for team in snapshot.teams):
            yield f"rotation {rotation.slug!r} is of an unknown team"
    for shift in shifts:
        for member in shift.members:
            if member.username not in users:
                yield f"shift {shift.id} has the unknown member {member.username!r}"
        if shift.type != "std" and not shift.masks:
            yield f"shift {shift.id} has no mask"

    for name in _repeated(override.public_id for override in snapshot.overrides):
        yield f"override {name!r} stands in it twice"
    for override in snapshot.overrides:
        if override.end <= override.start:
            yield f"override {override.public_id!r} ends before it starts"
        for username in {override.username, *override.covers.values()} - users:
            yield f"override {override.public_id!r} has the unknown user {username!r}"
        for slug in set(override.covers) - policies:
            yield f"override {override.public_id!r} has the unknown policy {slug!r}"

    known_places = users | {rotation.slug for rotation in snapshot.rotations}
    shift_ids: set[int | None] = {None, *(shift.id for shift in shifts)}
    for take in snapshot.takes:
        if take.policy_slug not in policies:
            yield f"a take has the unknown policy {take.policy_slug!r}"
        if take.username not in users:
            yield f"a take has the unknown user {take.username!r}"
        if take.target not in known_places or take.shift_id not in shift_ids:
            yield f"a take is of the unknown place {take.target!r}"


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
