"""What goes along with what a plan deletes, what stays, and what is refused."""

from __future__ import annotations

from typing import Any

from pulumi_victorops.api.policies import PolicyPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from tests.audit.conftest import Audit
from tests.audit.plans import create, delete, replace, step, urn
from tests.docs.deletes import Org
from tests.importer.stand_in import StandIn


def lead(org: Org, key: str, *policies: str) -> None:
    org.client.routing_keys.create(RoutingKeyPayload(routing_key=key, targets=list(policies)))


def policy_with(org: Org, **entry: Any) -> str:
    steps = [{"timeout": 0, "entries": [entry]}]
    payload = {"name": "Other", "team_slug": org.data, "steps": steps}
    return org.client.policies.create(PolicyPayload.model_validate(payload)).slug


def test_a_policy_takes_along_the_keys_that_lead_only_to_what_goes(org: Org, audit: Audit) -> None:
    page, other, stays = org.policy("ada"), org.policy("ada", team=org.data), org.policy("grace")
    lead(org, "database", page)
    lead(org, "both", page, other)
    lead(org, "shared", page, stays)
    said = audit(delete("EscalationPolicy", page), delete("RoutingKey", "database"))
    assert said.lines == [
        f"clean: the escalation policy 'Page' ({page}) is to be deleted; with it goes, as planned: "
        "the routing key 'database'",
        "clean: the routing key 'database' is to be deleted",
    ]
    said = audit(delete("EscalationPolicy", page), delete("EscalationPolicy", other))
    assert said.lines[0] == (
        f"gap: the escalation policy 'Page' ({page}) is to be deleted; with it goes, though the plan doesn't say so: "
        "the routing key 'database', the routing key 'both'"
    )
    assert said.lines[1].endswith("though the plan doesn't say so: the routing key 'both'")
    assert said.code == 1


def test_a_replaced_policy_may_not_lose_a_key_that_the_stack_does_not_make_again(org: Org, audit: Audit) -> None:
    page = org.policy("ada")
    lead(org, "database", page)
    lead(org, "foreign", page)
    replaced = replace("EscalationPolicy", page, {"name": "Page"}, {"name": "New"})
    key = replace("RoutingKey", "database", {"targets": [page]}, {"targets": ["?"]})
    said = audit(replaced, key)
    assert said.lines == [
        f"refused: escalation policy {page} can't be replaced: it would take along routing keys that lead to it and "
        "that this stack doesn't make again, 'foreign'; lead them elsewhere first, or bring them into the stack",
        "clean: the routing key 'database' is to be replaced",
    ]
    assert audit(replaced, key, delete("RoutingKey", "foreign")).code == 0


def test_a_policy_takes_along_the_entries_for_it_in_others(org: Org, audit: Audit) -> None:
    page = org.policy("ada")
    other = policy_with(org, executionType="policy_routing", targetPolicy={"policySlug": page})
    said = audit(delete("EscalationPolicy", page))
    assert said.lines == [
        f"gap: the escalation policy 'Page' ({page}) is to be deleted; with it goes, though the plan doesn't say so: "
        f"the entry for it in the escalation policy 'Other' ({other}) of team 'Data'"
    ]
    assert audit(delete("EscalationPolicy", page), delete("EscalationPolicy", other)).code == 0


def test_a_team_takes_along_what_it_has(org: Org, audit: Audit) -> None:
    page = org.policy("ada")
    org.rotation("ada")
    [rotation] = org.client.rotations.all(org.platform)
    lead(org, "database", page)
    said = audit(delete("Team", org.platform))
    weekly = f"the rotation 'Weekly' ({rotation.group_id})"
    assert said.lines == [
        f"gap: the team 'Platform' ({org.platform}) is to be deleted; with it goes, though the plan doesn't say so: "
        f"the escalation policy 'Page' ({page}), {weekly}, the routing key 'database'"
    ]
    said = audit(delete("Team", org.platform), delete("EscalationPolicy", page), delete("RoutingKey", "database"))
    assert said.lines[0] == (
        f"gap: the team 'Platform' ({org.platform}) is to be deleted; with it goes, as planned: the escalation policy "
        f"'Page' ({page}), the routing key 'database'; with it goes, though the plan doesn't say so: {weekly}"
    )
    assert said.lines[2] == "clean: the routing key 'database' is to be deleted"


def test_the_default_team_stays(org: Org, audit: Audit) -> None:
    [default] = [team for team in org.client.teams.all() if team.is_default_team]
    said = audit(delete("Team", default.slug))
    assert said.lines == [
        f"refused: the team {default.name!r} ({default.slug}) can't be deleted: it's the default team of the org"
    ]


def test_a_rotation_that_is_paged_by_what_stays_is_refused(org: Org, audit: Audit) -> None:
    org.rotation("ada")
    [group] = org.client.rotations.groups(org.platform)
    paging = policy_with(org, executionType="rotation_group", rotationGroup={"slug": group.slug})
    rotation = delete("Rotation", f"{org.platform}/{group.group_id}", slug=group.slug)
    said = audit(rotation)
    assert said.lines == [
        f"refused: the rotation 'Weekly' ({group.group_id}) can't be deleted while it's paged by the escalation policy "
        f"'Other' ({paging}) of team 'Data'; let that page somebody else first"
    ]
    assert audit(rotation, delete("EscalationPolicy", paging)).code == 0


def test_a_routing_key_stays_with_its_policies(org: Org, audit: Audit, stack: StandIn) -> None:
    page = org.policy("ada")
    lead(org, "database", page)
    said = audit(delete("RoutingKey", "database"))
    assert said.lines == [
        "clean: the routing key 'database' stays in the org, since the API can't delete one, until the last policy "
        f"that it leads to is deleted: 'Page' ({page})"
    ]
    stack.configure(stack.config | {"victorops:extendedApi": "true"})
    assert audit(delete("RoutingKey", "database")).lines == ["clean: the routing key 'database' is to be deleted"]


def test_a_cover_that_is_taken_away_is_a_gap_while_the_absence_lasts(org: Org, audit: Audit) -> None:
    org.cover()
    [override] = org.client.overrides.all()
    [row] = [one for one in override.assignments if one.user]
    cover = delete("OverrideAssignment", f"{override.public_id}/{row.policy}")
    assert audit(cover).lines == [
        "gap: nobody covers any more for grace, who is absent from 2096-01-01T00:00:00Z to 2096-01-08T00:00:00Z, in "
        f"the escalation policy {row.policy} (the override {override.public_id})"
    ]
    assert audit(cover, delete("Override", override.public_id)).code == 0
    assert audit(cover, delete("EscalationPolicy", row.policy)).code == 0


def test_other_objects_just_go(org: Org, audit: Audit) -> None:
    said = audit(delete("ContactEmail", "ada/email/2f6d"))
    assert said.lines == ["clean: the contact email 'ada/email/2f6d' (ada/email/2f6d) is to be deleted"]


def test_what_is_gone_already_is_no_trouble(org: Org, audit: Audit) -> None:
    said = audit(
        delete("EscalationPolicy", "pol-x"),
        delete("Team", "team-x"),
        delete("Rotation", f"{org.platform}/7", slug="rtg-x"),
        delete("Rotation", "team-x/7", slug="rtg-x"),
        delete("RoutingKey", "nix"),
    )
    assert said.lines == [
        "clean: the escalation policy 'pol-x' was deleted before",
        "clean: the team 'team-x' was deleted before",
        f"clean: the rotation '{org.platform}/7' was deleted before",
        "clean: the rotation 'team-x/7' was deleted before",
        "clean: the routing key 'nix' was deleted before",
    ]


def test_what_has_no_deletion_of_its_own_is_left_out(org: Org, audit: Audit) -> None:
    token = delete("User", "ada")["oldState"]
    membership = {"id": f"{org.platform}/ada", "deletedWith": urn("Team", org.platform)}
    said = audit(
        step("delete", "User", "ada", old=token | {"retainOnDelete": True}),
        step("delete", "User", "grace", old={"id": "grace", "external": True}),
        step("delete", "TeamMembership", "ada", old=membership),
        delete("Team", org.platform),
    )
    assert said.lines == [f"clean: the team 'Platform' ({org.platform}) is to be deleted"]


def test_what_another_resource_has_from_then_on_stays(org: Org, audit: Audit) -> None:
    org.policy()
    leaving = [delete("TeamMembership", f"{org.platform}/{name}") for name in ("ada", "grace")]
    coming = [create("TeamMembership", f"new-{name}", team=org.platform, username=name) for name in ("Ada", "grace")]
    assert audit(*leaving, *coming).text == "Nothing of VictorOps is deleted or replaced.\n"
    assert audit(*leaving, coming[0]).lines == [
        f"clean: grace is to leave the team {org.platform}; nothing that stays names them"
    ]
    unknown = create("TeamMembership", "new", team="04da6b54-80e4-46f7-96ec-b56ff0331ba9", username="ada")
    assert audit(*leaving, unknown).code == 1


def test_each_list_is_read_once_and_nothing_is_written(org: Org, audit: Audit) -> None:
    policies = [org.policy("ada", "grace") for _ in range(3)]
    for number, policy in enumerate(policies):
        lead(org, f"key-{number}", policy)
    before = org.simulator.requests()["by_operation"]
    audit(
        *(delete("User", name, replacement_user="linus") for name in ("ada", "grace")),
        *(delete("TeamMembership", f"{org.platform}/{name}") for name in ("ada", "grace")),
        delete("EscalationPolicy", policies[0]),
        delete("RoutingKey", "key-0"),
        delete("Team", org.data),
    )
    after = org.simulator.requests()["by_operation"]
    # Besides those above there are the default team and the policy that the default key leads to.
    assert {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)} == {
        "GET /api-public/v2/user": 1,
        "GET /api-public/v1/team": 1,
        "GET /api-public/v1/policies": 1,
        "GET /api-public/v1/policies/{policy}": 3,
        "GET /api-public/v2/team/{team}/rotations": 3,
        "GET /api-public/v1/team/{team}/members": 2,
        "GET /api-public/v1/overrides": 1,
        "GET /api-public/v1/org/routing-keys": 1,
    }
