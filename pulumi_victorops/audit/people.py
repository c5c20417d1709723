"""Who takes over from somebody whom a plan removes, and where; or that nobody would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pulumi_victorops.api.places import LastMember, StillNamedError
from pulumi_victorops.audit.afterwards import org_afterwards
from pulumi_victorops.audit.outcome import Outcome, Verdict
from pulumi_victorops.audit.plan import Going, Plan
from pulumi_victorops.handlers import team_membership, user
from pulumi_victorops.handlers.naming import members_of, named, obstacles
from pulumi_victorops.handlers.replacement import CHOSEN_BY_THE_SERVICE, REMEDY, Leaver, check_admins, refusal
from pulumi_victorops.lifecycle.org import Org

_NAMING = {"EscalationPolicy", "Rotation", "Override", "OverrideAssignment"}


def person(org: Org, plan: Plan, going: Going) -> Outcome:
    """What becomes of a user or a membership that is to be deleted."""
    who = (user if going.kind.name == "User" else team_membership).leaver(org, going.id, going.known)
    after = org_afterwards(org, plan, who.username)
    if not _is_there(after, who):
        return Outcome(going, Verdict.CLEAN, f"{who.gone} before")
    anew = list(_named_anew(plan, who))
    places = [*named(after, who.username, who.team).places, *anew]
    in_the_way = [*obstacles(after, who.username, who.team), *anew]
    if who.strategy in CHOSEN_BY_THE_SERVICE:
        return _chosen_by_the_service(after, going, who, places, in_the_way)
    heir = after.replacement_for(who.username, who.replacement)
    if heir is None or not _stays(after, heir):
        remedy = REMEDY if heir is None else f"{heir} was to take over and won't be in the org; {REMEDY}"
        if in_the_way:
            return Outcome(going, Verdict.REFUSED, refusal(who, in_the_way, remedy))
        heir = None
    return _goes(going, who, heir, places, in_the_way)


def _chosen_by_the_service(
    after: Org, going: Going, who: Leaver, places: Sequence[object], in_the_way: Sequence[object]
) -> Outcome:
    try:
        if who.strategy == "teamAdmin" and places:
            check_admins(after, who, named(after, who.username, who.team))
    except StillNamedError as refused:
        return Outcome(going, Verdict.REFUSED, str(refused))
    last = [one for one in in_the_way if isinstance(one, LastMember)]
    if who.strategy == "findReplacement" and last:
        remedy = f"replacement_strategy is {who.strategy!r}: choose another, or name a replacement_user"
        return Outcome(going, Verdict.REFUSED, refusal(who, last, remedy))
    return _goes(going, who, f"whom the service chooses ({who.strategy})", places, in_the_way)


def _goes(
    going: Going, who: Leaver, heir: str | None, places: Sequence[object], in_the_way: Sequence[object]
) -> Outcome:
    why = ", since the resource is replaced" if going.replaced else ""
    takes_over = f"{heir} takes over: {'; '.join(map(str, places))}" if places else "nothing that stays names them"
    last = [one for one in in_the_way if one not in places]
    return Outcome(going, Verdict.CLEAN, "; ".join([f"{who.going_now}{why}", takes_over, *map(str, last)]))


def _named_anew(plan: Plan, who: Leaver) -> Iterator[str]:
    """What the program names somebody in once more, of what is to be made or changed."""
    for one in plan.coming:
        of_team = who.team is None or one.inputs.get("team") == who.team
        if one.kind.name in _NAMING and of_team and who.username in set(_usernames(one.inputs)):
            yield f"the program's {one.kind.name} {one.name!r}"


def _usernames(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from _usernames(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _usernames(item, name)
    elif name in {"username", "usernames"} and isinstance(value, str):
        yield value.lower()


def _is_there(after: Org, who: Leaver) -> bool:
    if who.team is not None:
        return who.username in members_of(after, who.team)
    return _stays(after, who.username)


def _stays(after: Org, username: str) -> bool:
    # Older services list no users.
    users = after.directory.users()
    return not users or username.lower() in users
