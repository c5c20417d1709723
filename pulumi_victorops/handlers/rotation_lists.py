"""Looking a rotation up in the service's lists, in which a new one may be missing for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from pulumi_victorops.api.rotations import Shift
from pulumi_victorops.lifecycle.org import Org

T = TypeVar("T")

WAITS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.0)
"""Seconds between looks for a new rotation. Another client of the service waits 4 seconds in all."""


def wait_for(org: Org, team: str, look: Callable[[], T | None]) -> T | None:
    """Look until something new is in a team's lists; None if it isn't there after all waits."""
    for wait in WAITS:
        found = look()
        if found is not None:
            return found
        time.sleep(wait)
        org.directory.rotations_changed(team)
    return look()


def ids_by_label(shifts: Iterable[Shift]) -> dict[str, int]:
    """The numbers of shifts, as far as the service tells them."""
    return {shift.label: shift.shift_id for shift in shifts if shift.shift_id is not None}


def slug_of(org: Org, team: str, group_id: int, label: str) -> str | None:
    """A rotation's slug, as far as the list tells it."""
    groups = org.directory.rotation_groups(team, having=group_id)
    # Older deployments tell no ids here; then it's the one with the label, if there is one.
    found = [group.slug for group in groups if group.group_id == group_id] or [
        group.slug for group in groups if group.group_id is None and group.label == label
    ]
    return found[0] if len(found) == 1 else None
