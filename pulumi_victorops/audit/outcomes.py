"""What becomes of each object that a plan deletes."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_victorops.api.errors import ConflictError
from pulumi_victorops.audit.afterwards import org_afterwards
from pulumi_victorops.audit.outcome import Outcome, Verdict
from pulumi_victorops.audit.people import person
from pulumi_victorops.audit.plan import Going, Plan
from pulumi_victorops.handlers.consequences import policies_paging
from pulumi_victorops.handlers.ids import split_id
from pulumi_victorops.handlers.moments import has_passed
from pulumi_victorops.handlers.naming import policies_of, rotations_of
from pulumi_victorops.lifecycle.org import Org


def outcomes(plan: Plan, org_of: Callable[[str | None], Org]) -> list[Outcome]:
    """What becomes of all that a plan deletes, in the order of the plan.

    Reads the lists that it takes to know, each once; makes no call for a plan that deletes nothing.

    Args:
        plan: the plan.
        org_of: gives the org of a profile; of the stack itself where None.

    Raises:
        VictorOpsError: a call fails.
    """
    profiles = {*(one.profile for one in plan.going), *(one.profile for one in plan.coming)} if plan.going else set()
    for profile in profiles:
        part, paths = plan.within({profile}), org_of(profile).key_paths
        for one in part.going:
            if one.kind.name == "EscalationPolicy" and one.replaced:
                paths.replacing(one.id)
        for key in part.changed("RoutingKey"):
            paths.claim(key)
    found = []
    for one in plan.going:
        org = org_of(one.profile)
        part = plan.within({profile for profile in profiles if org_of(profile).is_of(org.settings)})
        found.append(_SAYING.get(one.kind.name, _other)(org, part, one))
    return found


def _policy(org: Org, plan: Plan, going: Going) -> Outcome:
    row = org.directory.policies().get(going.id)
    if row is None:
        return _gone_before(going, "the escalation policy")
    try:
        org.key_paths.check_delete(going.id)
    except ConflictError as refused:
        return Outcome(going, Verdict.REFUSED, str(refused))
    along, lost = _known_and_not(plan, "RoutingKey", _keys(org, plan, {going.id}))
    paging = policies_paging(org_afterwards(org, plan), "target_policy", going.id)
    lost += [f"the entry for it in {policy}" for policy in paging]
    return _taking_along(going, f"the escalation policy {row.policy.name!r} ({going.id})", along, lost)


def _team(org: Org, plan: Plan, going: Going) -> Outcome:
    team = org.directory.teams().get(going.id)
    if team is None:
        return _gone_before(going, "the team")
    what = f"the team {team.name!r} ({team.slug})"
    if team.is_default_team:
        return Outcome(going, Verdict.REFUSED, f"{what} can't be deleted: it's the default team of the org")
    along, lost = [], []
    for kind, objects in (
        ("EscalationPolicy", _policies(org, going.id)),
        ("Rotation", _rotations(org, going.id)),
        ("RoutingKey", _keys(org, plan, set(_policies(org, going.id)))),
    ):
        known, others = _known_and_not(plan, kind, objects)
        along += known
        lost += others
    return _taking_along(going, what, along, lost)


def _rotation(org: Org, plan: Plan, going: Going) -> Outcome:
    team, _ = split_id(going.id, "team/groupId")
    what = _rotations(org, team).get(going.id)
    if what is None:
        return _gone_before(going, "the rotation")
    slug = going.known.get("slug")
    paging = policies_paging(org_afterwards(org, plan), "rotation_group", slug) if isinstance(slug, str) else []
    if paging:
        text = f"{what} can't be deleted while it's paged by {', '.join(paging)}; let that page somebody else first"
        return Outcome(going, Verdict.REFUSED, text)
    return _taking_along(going, what, [], [])


def _routing_key(org: Org, plan: Plan, going: Going) -> Outcome:
    key = org.directory.routing_keys().get(going.id)
    if key is None:
        return _gone_before(going, "the routing key")
    what = f"the routing key {going.id!r}"
    gone = _gone_policies(org, plan)
    staying = [f"{one.policy_name!r} ({one.policy_slug})" for one in key.targets if one.policy_slug not in gone]
    if not staying or org.settings.extended_api:
        return _taking_along(going, what, [], [])
    text = f"{what} stays in the org, since the API can't delete one, until the last policy that it leads to is deleted"
    return Outcome(going, Verdict.CLEAN, f"{text}: {', '.join(staying)}")


def _assignment(org: Org, plan: Plan, going: Going) -> Outcome:
    public_id, policy = split_id(going.id, "override/policy")
    override = org_afterwards(org, plan).directory.overrides().get(public_id)
    stays = not going.replaced and policy not in _gone_policies(org, plan)
    if override is not None and stays and not has_passed(override.end):
        absent = f"{override.user.username}, who is absent from {override.start} to {override.end}"
        text = f"nobody covers any more for {absent}, in the escalation policy {policy} (the override {public_id})"
        return Outcome(going, Verdict.GAP, text)
    return _other(org, plan, going)


def _other(_org: Org, _plan: Plan, going: Going) -> Outcome:
    return _taking_along(going, f"the {going.kind.spelling.replace('-', ' ')} {going.name!r} ({going.id})", [], [])


_SAYING: dict[str, Callable[[Org, Plan, Going], Outcome]] = {
    "User": person,
    "TeamMembership": person,
    "EscalationPolicy": _policy,
    "Team": _team,
    "Rotation": _rotation,
    "RoutingKey": _routing_key,
    "OverrideAssignment": _assignment,
}


def _taking_along(going: Going, what: str, along: list[str], lost: list[str]) -> Outcome:
    """An object goes, and takes along what the plan has too, and what it doesn't."""
    text = f"{what} is to be {'replaced' if going.replaced else 'deleted'}"
    if along:
        text += f"; with it goes, as planned: {', '.join(along)}"
    if lost:
        text += f"; with it goes, though the plan doesn't say so: {', '.join(lost)}"
    return Outcome(going, Verdict.GAP if lost else Verdict.CLEAN, text)


def _gone_before(going: Going, what: str) -> Outcome:
    return Outcome(going, Verdict.CLEAN, f"{what} {going.id!r} was deleted before")


def _gone_policies(org: Org, plan: Plan) -> set[str]:
    teams = plan.gone("Team")
    return plan.gone("EscalationPolicy") | {slug for slug, of in org.directory.policy_teams().items() if of in teams}


def _policies(org: Org, team: str) -> dict[str, str]:
    return {slug: f"the escalation policy {name!r} ({slug})" for slug, name in policies_of(org, team).items()}


def _rotations(org: Org, team: str) -> dict[str, str]:
    rotations = rotations_of(org, team)
    return {f"{team}/{one.group_id}": f"the rotation {one.label!r} ({one.group_id})" for one in rotations}


def _keys(org: Org, plan: Plan, policies: set[str]) -> dict[str, str]:
    """The keys that lead to these policies, and to none that stays."""
    gone = _gone_policies(org, plan)
    moved = plan.changed("RoutingKey") - plan.gone("RoutingKey")
    targets = {
        name: {target.policy_slug for target in key.targets} for name, key in org.directory.routing_keys().items()
    }
    return {
        name: f"the routing key {name!r}"
        for name, leads_to in targets.items()
        if leads_to & policies and leads_to <= gone and name not in moved
    }


def _known_and_not(plan: Plan, kind: str, objects: dict[str, str]) -> tuple[list[str], list[str]]:
    """The objects that the plan deletes too, and those of which it says nothing."""
    known = plan.gone(kind)
    return (
        [text for one, text in objects.items() if one in known],
        [text for one, text in objects.items() if one not in known],
    )
