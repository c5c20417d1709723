"""Who takes over when somebody leaves: for users and for members of teams."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from pulumi_victorops.api.errors import InvalidRequestError, NotFoundError
from pulumi_victorops.api.places import Obstacle, StillNamedError, listed
from pulumi_victorops.handlers.naming import Named, members_of, named, obstacles, still_named
from pulumi_victorops.lifecycle.lending import thread_lent
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.telling import TOLD

Strategy = Literal["specifiedUser", "globalAdmin", "teamAdmin", "findReplacement"]
"""Who takes over from a user: whom the program names, or whom the service finds."""

CHOSEN_BY_THE_SERVICE: Final = ("globalAdmin", "teamAdmin", "findReplacement")
"""The strategies that leave the choice to the service."""

REMEDY: Final = (
    "name who takes over: replacement_user on the resource (and bring that up first), "
    "or victorops:defaultReplacement for the stack"
)
"""What helps where nobody takes over."""

# Seconds in which nothing may change before a removal is refused. What stands in the way may be leaving in the same
# operation: the engine deletes an escalation policy and the membership of somebody in it side by side.
_QUIET = 3.0

# Seconds between looks for what the service has handed over. Its lists of rotations may lag behind.
_WAITS = (0.5, 1.0, 2.0)


@dataclass(frozen=True)
class Leaver:
    """Somebody who is to be removed.

    Attributes:
        username: who it is, in lower case.
        team: the slug of the team that they leave; None for the whole org.
        replacement: who takes over, as the resource says.
        strategy: how the service is to choose, as the resource says.
        remove: the call, given who takes over and the strategy that the service is told.
    """

    username: str
    team: str | None
    replacement: str | None
    strategy: Strategy | None
    remove: Callable[[str | None, Strategy | None], None]

    @property
    def going(self) -> str:
        """What is about to happen, as messages have it."""
        return f"{self.username} can't {'be deleted' if self.team is None else f'leave the team {self.team}'}"

    @property
    def going_now(self) -> str:
        """What is about to happen, for certain."""
        return f"{self.username} {'is to be deleted' if self.team is None else f'is to leave the team {self.team}'}"

    @property
    def gone(self) -> str:
        """What has happened."""
        return f"{self.username} {'was deleted' if self.team is None else f'left the team {self.team}'}"


def hand_over(org: Org, leaver: Leaver) -> None:
    """Remove somebody, so that nothing names them afterwards.

    The service is told who takes over, and afterwards looked at again. Where nobody takes over, only people go whom
    nothing names; the call isn't made for others. So it is where the replacement has left meanwhile, as happens when a
    whole stack is destroyed.

    Raises:
        StillNamedError: something names them and nobody takes over; or, after the removal, something names them still.
        InvalidRequestError: the service refuses.
        NotFoundError: they were gone already.
    """
    before = named(org, leaver.username, leaver.team)
    if leaver.strategy in {"globalAdmin", "findReplacement"} or (leaver.strategy == "teamAdmin" and before.places):
        _let_the_service_choose(org, leaver, before)
        return
    replacement = org.replacement_for(leaver.username, leaver.replacement)
    if replacement is None:
        _go_without(org, leaver, REMEDY)
        return
    try:
        leaver.remove(replacement, leaver.strategy)
    except InvalidRequestError:
        if _exists(org, replacement):
            raise
        _go_without(org, leaver, f"{replacement} was to take over and isn't in the org; {REMEDY}")
    else:
        _look_again(org, leaver, before, replacement)


def audit(org: Org, leaver: Leaver, *, replaced: bool) -> str:
    """What the removal would meet, if it came; empty where nothing names the person."""
    lead = f"{leaver.going_now}, since the resource is replaced" if replaced else f"{leaver.going} as things stand"
    chosen = leaver.strategy in CHOSEN_BY_THE_SERVICE
    heir = f"whom the service chooses ({leaver.strategy})" if chosen else None
    heir = heir or org.replacement_for(leaver.username, leaver.replacement)
    if heir is not None:
        places = named(org, leaver.username, leaver.team).places if replaced else ()
        return f"{lead}: {heir} takes over what isn't replaced too: {listed(places)}" if places else ""
    found = obstacles(org, leaver.username, leaver.team)
    return f"{lead}: nobody takes over, and the org has: {listed(found)}; {REMEDY}" if found else ""


def _let_the_service_choose(org: Org, leaver: Leaver, before: Named) -> None:
    if leaver.strategy == "teamAdmin":
        check_admins(org, leaver, before)
    try:
        leaver.remove(None, leaver.strategy)
    except InvalidRequestError as error:
        error.add_hint(f"replacement_strategy is {leaver.strategy!r}: choose another, or name a replacement_user")
        raise
    _look_again(org, leaver, before, f"whom the service chose ({leaver.strategy})")


def check_admins(org: Org, leaver: Leaver, before: Named) -> None:
    """Raise StillNamedError where a team has no other admin. The service names but the first of those."""
    teams = org.directory.teams()
    concerned = before.teams | {org.directory.policies()[slug].team.slug for slug in before.policies}
    concerned |= {slug for slug in teams if leaver.username in members_of(org, slug)}
    without = sorted(slug for slug in concerned if not org.directory.admins(slug) - {leaver.username})
    if without:
        named_teams = ", ".join(f"{teams[slug].name!r} ({slug})" if slug in teams else slug for slug in without)
        raise StillNamedError(
            f"{leaver.going} with the replacement_strategy 'teamAdmin', since these teams have no other admin: "
            f"{named_teams}; make one in the web console, choose another strategy, or name a replacement_user",
            before.places,
        )


def _go_without(org: Org, leaver: Leaver, remedy: str) -> None:
    found = _once_nothing_moves(org, leaver)
    if found and _is_there(org, leaver):
        raise StillNamedError(refusal(leaver, found, remedy), found)
    if found:
        TOLD.warning("%s before; what still names them: %s", leaver.gone, listed(found))
        return
    try:
        leaver.remove(None, None)
    except InvalidRequestError as error:
        # Something names them since it was looked at.
        org.directory.everything_changed()
        found = obstacles(org, leaver.username, leaver.team)
        if found:
            raise StillNamedError(refusal(leaver, found, remedy), found) from None
        error.add_hint(remedy)
        raise


def _once_nothing_moves(org: Org, leaver: Leaver) -> list[Obstacle]:
    """What stands in the way, once nothing has changed for a while; nothing, as soon as it has gone."""
    while True:
        seen = org.directory.changes
        found = obstacles(org, leaver.username, leaver.team)
        if not found:
            return found
        with thread_lent():
            moved = org.directory.wait_for_change(seen, _QUIET)
        if not moved:
            return found


def refusal(leaver: Leaver, found: Iterable[object], remedy: str) -> str:
    """What is said where nobody takes over and something stands in the way."""
    return f"{leaver.going} while nobody takes over: {'; '.join(map(str, found))}; {remedy}"


def _look_again(org: Org, leaver: Leaver, before: Named, heir: str) -> None:
    left = still_named(org, leaver.username, before)
    for wait in _WAITS:
        if not left.places:
            break
        time.sleep(wait)
        left = still_named(org, leaver.username, left)
    if left.places:
        raise StillNamedError(
            f"{leaver.gone}, but the service has left them in: {listed(left.places)}; put somebody else there",
            left.places,
        )
    if before.places:
        TOLD.info("%s; %s takes over: %s", leaver.gone, heir, listed(before.places))


def _is_there(org: Org, leaver: Leaver) -> bool:
    if leaver.team is None:
        return _exists(org, leaver.username)
    org.directory.members_changed(leaver.team)
    return leaver.username in members_of(org, leaver.team)


def _exists(org: Org, username: str) -> bool:
    try:
        org.client.users.get(username)
    except NotFoundError:
        return False
    return True
