"""Letting somebody go: see what still names them, hand it over, remove them, and look again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pulumi_victorops.api import Client, InvalidArgumentError, NotFoundError, Settings
from pulumi_victorops.api.places import Place, PolicyPlace, ShiftPlace, StillNamedError, listed
from pulumi_victorops.api.teams import TeamReference
from pulumi_victorops.people.looking import places_of
from pulumi_victorops.people.session import connected

Status = Literal["done", "skipped", "would do"]
"""What became of a step."""


@dataclass(frozen=True)
class OffboardingStep:
    """One thing that an offboarding does.

    Attributes:
        action: what it is.
        status: whether it was done, was not needed any more, or would be done.
    """

    action: str
    status: Status

    def __str__(self) -> str:
        return f"{self.status}: {self.action}"


@dataclass(frozen=True)
class OffboardingReport:
    """What an offboarding found, did and left.

    Attributes:
        username: who leaves, in lower case.
        replacement: who takes over, if anybody.
        dry_run: whether nothing was to be changed.
        found: whether there was such a user at first; not where an earlier run has deleted them.
        places: where the org named the person at first.
        warnings: what somebody should look at, such as a team without members.
        steps: what was done, in order.
        remaining: where the org still named the person at last; in a dry run, not looked at.
    """

    username: str
    replacement: str | None
    dry_run: bool
    found: bool
    places: tuple[Place, ...]
    warnings: tuple[str, ...]
    steps: tuple[OffboardingStep, ...]
    remaining: tuple[Place, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the person is gone and nothing names them."""
        return not self.dry_run and not self.remaining

    @property
    def needs_replacement(self) -> bool:
        """Whether it takes a replacement that nobody has named."""
        return self.found and bool(self.places) and self.replacement is None

    def __str__(self) -> str:
        """The report for people to read, several lines."""
        title = f"Offboarding of {self.username}" + (f", {self.replacement} takes over" if self.replacement else "")
        parts = [title + (" (dry run)" if self.dry_run else "")]
        if not self.found:
            parts.append("There is no such user.")
        parts += _listed("Named in", self.places)
        parts += _listed("Look at", self.warnings)
        parts += _listed("Steps", self.steps)
        parts += _listed("STILL named in", self.remaining)
        if self.complete:
            parts.append(f"Done: nothing names {self.username}.")
        elif self.needs_replacement:
            parts.append("A replacement is needed.")
        return "\n".join(parts)


def offboard(
    username: str,
    *,
    replacement: str | None = None,
    dry_run: bool = False,
    client: Client | None = None,
    settings: Settings | None = None,
    profile: str | None = None,
) -> OffboardingReport:
    """Remove somebody from their teams and from the org, so that nothing is left that pages them.

    What names the person is listed first, handed over to the replacement with each removal, and listed again at the
    end. Run again after a failure, it finishes what is left to do.

    Args:
        username: who leaves, in any case.
        replacement: the username of who takes over rotations, escalation policies and covers; where not given, that of
            the settings (`VO_DEFAULT_REPLACEMENT` in the environment).
        dry_run: list what is found and what would be done, and change nothing.
        client: reaches the service; not closed.
        settings: make a client, where none is given. The environment's where these aren't given either.
        profile: the name in `VO_PROFILES` of the org, where neither client nor settings are given.

    Raises:
        StillNamedError: something names the person, and there is no replacement. Nothing was changed.
        InvalidArgumentError: the replacement doesn't exist, or is who leaves. Nothing was changed.
        VictorOpsError: a call failed; run it again.
    """
    with connected(client, settings, profile) as (service, default):
        who = username.strip().lower()
        heir = _heir(service, who, replacement, default)
        return _Offboarding(service, who, heir).run(dry_run=dry_run)


def _heir(client: Client, username: str, named: str | None, default: str | None) -> str | None:
    heir = (named or default or "").strip().lower() or None
    if heir == username:
        if named is None:
            return None
        raise InvalidArgumentError(f"{username} can't be their own replacement")
    if heir is not None and not _exists(client, heir):
        raise InvalidArgumentError(f"the replacement {heir} is not in the org")
    return heir


class _Offboarding:
    def __init__(self, client: Client, username: str, heir: str | None) -> None:
        self._client = client
        self._username = username
        self._heir = heir

    def run(self, *, dry_run: bool) -> OffboardingReport:
        present = _exists(self._client, self._username)
        teams = self._client.users.teams(self._username) if present else []
        places = tuple(places_of(self._client, self._username))
        named_in = {place.team for place in places if isinstance(place, PolicyPlace | ShiftPlace)}
        warnings = tuple(warning for team in teams for warning in self._warnings(team, named=team.name in named_in))
        if present and places and self._heir is None and not dry_run:
            raise StillNamedError(
                f"{self._username} is still named in the org; give a replacement who takes over: {listed(places)}",
                places,
            )
        steps = tuple(self._leave(teams, present=present, dry_run=dry_run))
        remaining = () if dry_run else tuple(places_of(self._client, self._username))
        return OffboardingReport(self._username, self._heir, dry_run, present, places, warnings, steps, remaining)

    def _warnings(self, team: TeamReference, *, named: bool) -> list[str]:
        members = {member.username.lower() for member in self._client.teams.members(team.slug)}
        admins = {admin.username.lower() for admin in self._client.teams.admins(team.slug)}
        found = []
        if members == {self._username}:
            found.append(f"{self._username} is the last member of team {team.name!r} ({team.slug})")
        if admins == {self._username}:
            found.append(f"{self._username} is the last admin of team {team.name!r} ({team.slug})")
        if named and self._heir is not None and self._heir not in members:
            found.append(f"{self._heir} takes over in team {team.name!r} ({team.slug}) without being a member of it")
        return found

    def _leave(self, teams: list[TeamReference], *, present: bool, dry_run: bool) -> list[OffboardingStep]:
        steps = [
            _step(
                f"remove {self._username} from team {team.name!r} ({team.slug})",
                partial(self._client.teams.remove_member, team.slug, self._username, replacement=self._heir),
                dry_run=dry_run,
            )
            for team in teams
        ]
        delete = partial(self._client.users.delete, self._username, replacement=self._heir) if present else None
        return [*steps, _step(f"delete the user {self._username}", delete, dry_run=dry_run)]


def _step(action: str, do: Callable[[], None] | None, *, dry_run: bool) -> OffboardingStep:
    if do is None:
        return OffboardingStep(action, "skipped")
    if dry_run:
        return OffboardingStep(action, "would do")
    try:
        do()
    except NotFoundError:
        # Somebody else was quicker.
        return OffboardingStep(action, "skipped")
    return OffboardingStep(action, "done")


def _exists(client: Client, username: str) -> bool:
    try:
        client.users.get(username)
    except NotFoundError:
        return False
    return True


def _listed(heading: str, items: tuple[object, ...]) -> list[str]:
    return [f"{heading}:", *(f"  {item}" for item in items)] if items else []
