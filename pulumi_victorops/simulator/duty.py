"""What an org knows of on-call duty: its rotations, overrides and takes, with the indexes that save a search."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from pulumi_victorops.simulator.records_oncall import Override, Rotation, Shift, Take

if TYPE_CHECKING:
    from collections.abc import Callable


class Duty:
    """The on-call part of an org. Records are added and removed here, so that indexes hold."""

    def __init__(self) -> None:
        """Begin with nothing in it."""
        self.rotations: dict[int, Rotation] = {}
        self.overrides: dict[str, Override] = {}
        self._id_of_slug: dict[str, int] = {}
        self._ids_of_team: defaultdict[str, list[int]] = defaultdict(list)
        self._overrides_of_user: defaultdict[str, list[Override]] = defaultdict(list)
        self._takes_of_policy: defaultdict[str, list[Take]] = defaultdict(list)

    # Rotations

    def rotation(self, slug: str) -> Rotation | None:
        """Find a rotation by its slug."""
        number = self._id_of_slug.get(slug)
        return self.rotations[number] if number is not None else None

    def rotations_of(self, team_slug: str) -> list[Rotation]:
        """List the rotations of a team, in the order in which they were made."""
        return [self.rotations[number] for number in self._ids_of_team.get(team_slug, ())]

    def add_rotation(self, rotation: Rotation) -> None:
        """Take a rotation in."""
        self.rotations[rotation.id] = rotation
        self._id_of_slug[rotation.slug] = rotation.id
        self._ids_of_team[rotation.team_slug].append(rotation.id)

    def remove_rotation(self, rotation: Rotation) -> None:
        """Let a rotation go, and the takes of its places."""
        shifts = {shift.id for shift in rotation.shifts}
        self.drop_takes(lambda take: take.shift_id in shifts)
        self._ids_of_team[rotation.team_slug].remove(rotation.id)
        del self._id_of_slug[rotation.slug]
        del self.rotations[rotation.id]

    # Overrides

    def absence(self, username: str, at: datetime) -> Override | None:
        """Find the override that makes a user absent at an instant; of several the one made first."""
        return next((o for o in self._overrides_of_user.get(username, ()) if o.start <= at < o.end), None)

    def absences_between(self, username: str, start: datetime, end: datetime) -> list[Override]:
        """List the overrides that make a user absent in a part of an interval."""
        return [o for o in self._overrides_of_user.get(username, ()) if o.start < end and start < o.end]

    def add_override(self, override: Override) -> None:
        """Take an override in."""
        self.overrides[override.public_id] = override
        self._overrides_of_user[override.username].append(override)

    def remove_override(self, override: Override) -> None:
        """Let an override go."""
        self._overrides_of_user[override.username].remove(override)
        del self.overrides[override.public_id]

    # Takes

    @property
    def takes(self) -> list[Take]:
        """All takes, those that are over included."""
        return [take for takes in self._takes_of_policy.values() for take in takes]

    def takes_of(self, policy_slug: str) -> list[Take]:
        """List the takes in a policy, in the order in which they were made."""
        return self._takes_of_policy.get(policy_slug, [])

    def add_take(self, take: Take) -> None:
        """Take a take in."""
        self._takes_of_policy[take.policy_slug].append(take)

    def drop_takes(self, which: Callable[[Take], bool]) -> None:
        """Forget takes."""
        for slug, takes in list(self._takes_of_policy.items()):
            self._takes_of_policy[slug] = [take for take in takes if not which(take)]

    def end_takes(self, shift: Shift, now: datetime) -> None:
        """End the takes that hold in a shift."""
        for take in self.takes:
            if take.shift_id == shift.id and (take.until is None or take.until > now):
                take.until = now

    # What leaves the org

    def forget_policy(self, slug: str) -> None:
        """Let go of what was said of a policy."""
        self._takes_of_policy.pop(slug, None)
        for override in self.overrides.values():
            override.covers.pop(slug, None)

    def forget_user(self, username: str) -> None:
        """Let go of a user's absences and covers, and of their takes and those of their own places."""
        for override in self._overrides_of_user.pop(username, []):
            del self.overrides[override.public_id]
        for override in self.overrides.values():
            override.covers = {policy: cover for policy, cover in override.covers.items() if cover != username}
        self.drop_takes(lambda take: username in (take.username, take.target if take.place == "user" else None))
