"""What is added to a state, and the program that belongs to it."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.importer.plan import Plan
from pulumi_victorops.importer.service import Found
from pulumi_victorops.importer.state import State
from pulumi_victorops.stack.errors import MisuseError, NotDoneError
from pulumi_victorops.stack.kinds import KINDS
from tests.importer.objects import STACK, document, found, policy, present, team

PREFIX = "urn:pulumi:dev::org::pulumi-python:dynamic/victorops"
PAGES_ADA = {"type": "user", "username": "ada"}
ADA = found("User", "ada", {"username": "ada", "first_name": "Ada"})


def planned(objects: list[Found], *resources: dict[str, Any], parent: str | None = None) -> Plan:
    return Plan(State(document(*resources), "dev", "org", parent), objects, parent)


def statements(plan: Plan) -> list[str]:
    return plan.program().splitlines()[2:]


def test_each_stands_behind_what_it_refers_to_and_refers_to_it() -> None:
    key = found("RoutingKey", "database", {"routing_key": "database", "targets": ["pol-a", "pol-x"]})
    plan = planned([key, policy("pol-a", "Page", PAGES_ADA), ADA, team()])
    assert statements(plan) == [
        'ada = vo.User("ada", username="ada", first_name="Ada")',
        'platform = vo.Team("platform", name="Platform")',
        "page = vo.EscalationPolicy(",
        '    "page",',
        "    team=platform.slug,",
        '    name="Page",',
        "    steps=[vo.Step(timeout=0, entries=[vo.Notify.user(ada.username)])],",
        ")",
        'vo.RoutingKey("database", routing_key="database", targets=[page.slug, "pol-x"])',
    ]
    entries = {entry.name: entry for entry in plan.entries()}
    assert list(entries) == ["ada", "platform", "page", "database"]
    assert entries["page"].refers_to == {
        "team": [f"{PREFIX}:Team::platform"],
        "name": [],
        "steps": [f"{PREFIX}:User::ada"],
    }
    assert entries["database"].refers_to["targets"] == [f"{PREFIX}:EscalationPolicy::page"]


def test_policies_that_lead_to_each_other_come_in_turn_and_the_first_names_the_other_by_its_slug() -> None:
    there = {"type": "policy_routing", "target_policy": "pol-b"}
    back = {"type": "policy_routing", "target_policy": "pol-a"}
    plan = planned([policy("pol-a", "A", there), policy("pol-b", "B", back)])
    text = plan.program()
    assert text.index('vo.Notify.policy("pol-b")') < text.index("vo.Notify.policy(a.slug)")
    assert [len(entry.refers_to["steps"]) for entry in plan.entries()] == [0, 1]


def test_a_policy_that_leads_to_itself_names_itself_by_its_slug() -> None:
    plan = planned([policy("pol-a", "A", {"type": "policy_routing", "target_policy": "pol-a"})])
    assert 'vo.Notify.policy("pol-a")' in plan.program()


def test_what_the_stack_has_is_referred_to_and_a_comment_says_what_it_is() -> None:
    looked_up = present("Rotation", "weekly", "team-a/7", {"slug": "rtg-a"}, external=True)
    on_duty = {"type": "rotation_group", "rotation_group": "rtg-a"}
    plan = planned([policy("pol-a", "Platform", on_duty)], present("Team", "platform", "team-a"), looked_up)
    assert statements(plan)[:3] == [
        '# platform is the program\'s vo.Team("platform", ...)',
        '# weekly is the program\'s vo.Rotation("weekly", ...)',
        "vo.EscalationPolicy(",
    ]
    [entry] = plan.entries()
    assert entry.name == "platform"
    assert entry.refers_to["team"] == [f"{PREFIX}:Team::platform"]
    assert "team=platform.slug" in plan.program()
    assert "vo.Notify.on_duty(weekly.slug)" in plan.program()


def test_numbers_of_contacts_and_ids_of_rotations_and_overrides_are_referred_to() -> None:
    phone = found("ContactPhone", "ada/phone/x", {"username": "ada", "label": "Mobile"}, contact_id=7)
    steps = [{"timeout": 5, "rules": [{"type": "sms", "contact_id": 7}, {"type": "phone", "contact_id": 8}]}]
    weekly = found("Rotation", "team-a/7", {"team": "team-a", "label": "Weekly", "shifts": []}, slug="rtg-a")
    turn = found("RotationShiftAssignment", "team-a/7/1", {"rotation": "team-a/7", "shift": "a", "username": "ada"})
    away = found("Override", "ovrprd-a", {"username": "ada", "start": "2099-08-03T09:00"})
    cover = found("OverrideAssignment", "ovrprd-a/pol-a", {"override": "ovrprd-a", "policy": "pol-a"})
    paging = found("PagingPolicy", "ada", {"username": "ada", "steps": steps})
    text = planned([cover, away, turn, weekly, paging, phone]).program()
    assert "rules=[vo.Page.sms(ada_mobile.contact_id), vo.Page.phone(8)]" in text
    assert "rotation=weekly.id" in text
    assert "override=ada_2099_08_03.id" in text


def test_people_are_referred_to_in_whatever_case_they_are_mentioned() -> None:
    member = found("TeamMembership", "team-a/ada", {"team": "team-a", "username": "Ada"})
    assert "username=ada.username" in planned([ADA, member]).program()


def test_a_note_refers_to_nothing_whatever_its_members_are_called() -> None:
    note = found("IncidentNote", "17/review", {"incident": "17", "name": "review", "json_value": {"username": "ada"}})
    assert 'json_value={"username": "ada"}' in planned([ADA, note]).program()


def test_names_that_somebody_chose_are_kept_and_others_avoid_them() -> None:
    plan = planned(
        [team("team-b", "Platform"), team("team-a", "Other", "platform")], present("Team", "platform-2", "x")
    )
    assert [(entry.id, entry.name) for entry in plan.entries()] == [("team-b", "platform-3"), ("team-a", "platform")]


def test_below_a_parent_the_urn_has_its_type_and_the_text_its_variable() -> None:
    parent = "urn:pulumi:dev::org::my:index:Org::our org"
    plan = planned([team()], {"urn": parent, "type": "my:index:Org", "custom": False}, parent=parent)
    assert plan.program() == (
        "import pulumi\n\nimport pulumi_victorops as vo\n\n"
        'vo.Team("platform", name="Platform", opts=pulumi.ResourceOptions(parent=our_org))\n'
    )
    state = State(document({"urn": parent, "type": "my:index:Org", "custom": False}), "dev", "org", parent)
    token = "my:index:Org$pulumi-python:dynamic/victorops:Team"
    assert state.urn(KINDS["Team"], "platform") == f"urn:pulumi:dev::org::{token}::platform"
    added = state.with_entries(plan.entries())["deployment"]["resources"][-1]
    assert (added["urn"], added["parent"]) == (f"urn:pulumi:dev::org::{token}::platform", parent)


def test_what_is_in_the_stack_already_is_refused_but_not_what_is_only_looked_up_or_going() -> None:
    with pytest.raises(NotDoneError, match="team 'team-a' is in the stack already, as 'mine'"):
        planned([team()], present("Team", "mine", "team-a"))
    for resource in (present("Team", "mine", "team-a", external=True), present("Team", "mine", "team-a", delete=True)):
        assert [entry.name for entry in planned([team()], resource).entries()] == ["platform"]
    with pytest.raises(NotDoneError, match="team 'team-a': the stack has a Team called 'mine'; choose another name"):
        planned([team(called="mine")], present("Team", "mine", "team-b"))
    with pytest.raises(MisuseError, match="team 'team-a' is named twice"):
        planned([team(), team(called="other")])


def test_an_entry_is_as_the_engine_would_have_written_it() -> None:
    provider = {
        "urn": "urn:pulumi:dev::org::pulumi:providers:pulumi-python::default",
        "custom": True,
        "type": "pulumi:providers:pulumi-python",
        "id": "5b73a496",
    }
    before = document(provider, present("Team", "platform", "team-a"))
    state = State(before, "dev", "org")
    member = found("TeamMembership", "team-a/ada", {"team": "team-a", "username": "ada"})
    after = state.with_entries(Plan(state, [member]).entries())
    assert {**after, "deployment": None} == {**before, "deployment": None}
    assert after["deployment"]["manifest"] == before["deployment"]["manifest"]
    *others, added = after["deployment"]["resources"]
    assert others == before["deployment"]["resources"]
    assert added.pop("created") == added.pop("modified")
    reference = added["inputs"].pop("__provider")
    assert added["outputs"].pop("__provider") == reference
    assert len(reference) < 100
    assert added == {
        "urn": f"{PREFIX}:TeamMembership::ada-platform",
        "custom": True,
        "type": "pulumi-python:dynamic/victorops:TeamMembership",
        "id": "team-a/ada",
        "inputs": {"team": "team-a", "username": "ada"},
        "outputs": {"team": "team-a", "username": "ada"},
        "parent": STACK,
        "provider": "urn:pulumi:dev::org::pulumi:providers:pulumi-python::default::5b73a496",
        "dependencies": [f"{PREFIX}:Team::platform"],
        "propertyDependencies": {"__provider": [], "team": [f"{PREFIX}:Team::platform"], "username": []},
    }


def test_a_stack_that_was_never_brought_up_gets_its_own_resource_and_no_provider() -> None:
    state = State({"version": 3, "deployment": {"manifest": {"magic": "x"}}}, "dev", "org")
    stack, added = state.with_entries(Plan(state, [team()]).entries())["deployment"]["resources"]
    assert (stack["urn"], stack["type"], added["parent"]) == (STACK, "pulumi:pulumi:Stack", STACK)
    assert "provider" not in added, "the engine adds one that it configures from the stack"
