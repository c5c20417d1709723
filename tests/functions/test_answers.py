"""What the functions answer, asked by a script of a service with a small org in it."""

from __future__ import annotations

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRulePayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.simulator import Simulator
from tests.functions.conftest import Org

SEARCH = "GET /api-reporting/v2/incidents"

pytestmark = pytest.mark.usefixtures("script")


def test_people() -> None:
    lead = vo.get_user("oncall-lead")
    assert (lead.username, lead.first_name, lead.last_name) == ("oncall-lead", "Imke", "Halvorsen")
    assert lead.email == "oncall-lead@larkspur-freight.example"


def test_everybody_or_those_with_an_address(org: Org) -> None:
    assert [user.username for user in vo.get_users()] == ["oncall-lead", "ada", "grace"]
    assert [user.username for user in vo.get_users(email="grace@example.com")] == ["grace"]
    assert vo.get_users(email="nobody@example.com") == []
    assert [user.username for user in vo.get_users_v1()] == ["oncall-lead", "ada", "grace"]
    assert [(team.name, team.slug) for team in vo.get_user_teams("ada")] == [("Platform", org.team)]


def test_teams(org: Org) -> None:
    assert [team.name for team in vo.get_teams()] == ["Larkspur Freight", "Platform"]
    by_slug, by_name = vo.get_team(org.team), vo.get_team(name="Platform")
    assert (by_slug.name, by_slug.description, by_slug.member_count) == ("Platform", "Clusters and databases", 2)
    assert by_name == by_slug
    assert [member.username for member in vo.get_team_members(org.team)] == ["ada", "grace"]
    assert vo.get_team_admins(org.team) == []
    assert [(policy.name, policy.slug) for policy in vo.get_team_policies(org.team)] == [("Page Platform", org.policy)]


def test_escalation_policies_and_routing_keys(org: Org) -> None:
    policy = vo.get_escalation_policy(org.policy)
    assert policy.name == "Page Platform"
    [step] = policy.steps
    assert (step.timeout, step.entries[0].rotation_group) == (0, {"slug": org.rotation, "label": "Weekly"})
    assert vo.get_escalation_policy(name="Page Platform") == policy
    assert vo.get_escalation_policy(name="Page Platform", team=org.team) == policy
    listed = [(row.policy.name, row.team.name) for row in vo.get_escalation_policies()]
    assert listed == [("Default Policy", "Larkspur Freight"), ("Page Platform", "Platform")]
    key = vo.get_routing_key("database")
    assert [(target.policy_name, target.policy_slug) for target in key.targets] == [("Page Platform", org.policy)]
    assert [(key.routing_key, key.is_default) for key in vo.get_routing_keys()] == [(".+", True), ("database", False)]


def test_a_rotation_has_its_slug_and_its_shifts(org: Org) -> None:
    weekly = vo.get_rotation("Weekly", team=org.team)
    assert (weekly.slug, weekly.group_id, weekly.team_slug) == (org.rotation, org.group, org.team)
    [shift] = weekly.shifts
    assert (shift.shift_id, shift.label, shift.duration) == (org.shift, "primary", 7)
    assert [member.username for member in shift.shift_members] == ["ada", "grace"]
    assert vo.get_rotations(org.team) == [weekly]
    scheduled = vo.get_scheduled_user(org.team, group_id=org.group, shift_id=org.shift)
    assert scheduled is not None
    assert scheduled.username == "ada"


def test_overrides(org: Org) -> None:
    override = vo.get_override(org.override)
    assert (override.user.username, override.start, override.end) == (
        "ada",
        "2026-01-07T00:00:00Z",
        "2026-01-08T00:00:00Z",
    )
    assert vo.get_overrides() == [override]
    [cover] = vo.get_override_assignments(org.override)
    assert (cover.policy, cover.team, cover.user, cover.assigned) == (org.policy, org.team, "grace", True)
    assert vo.get_override_assignment(org.override, policy=org.policy) == cover


@pytest.mark.usefixtures("org")
def test_how_people_are_reached() -> None:
    lead = vo.get_contact_methods("oncall-lead")
    assert [(email.label, email.value) for email in lead.emails] == [
        ("Default", "oncall-lead@larkspur-freight.example")
    ]
    assert [device.label for device in lead.devices] == ["Pixel 9", "iPad in the dispatch office"]
    assert lead.phones == []
    [step] = vo.get_paging_policy("ada")
    assert (step.index, step.timeout, [rule.type for rule in step.rules]) == (0, 5, ["email"])
    [primary] = vo.get_paging_policies("ada")
    assert (primary.rank, primary.name, primary.steps) == (0, "Primary Paging Policy", [step])


def test_what_paging_policies_may_be_made_of() -> None:
    assert [row.type for row in vo.get_notification_types()] == ["push", "email", "sms", "phone"]
    assert [(row.type, row.description) for row in vo.get_contact_types()] == [
        ("email", "Email Address"),
        ("phone", "Phone Number"),
    ]
    assert [row.type for row in vo.get_timeout_types()] == [1, 5, 10, 15, 20, 25, 30, 45, 60]


def test_who_is_on_call(org: Org) -> None:
    on_call = {
        team.team.name: [user.on_call_user.username for policy in team.on_call_now for user in policy.users]
        for team in vo.get_current_on_call().teams_on_call
    }
    assert on_call == {"Larkspur Freight": ["oncall-lead"], "Platform": ["ada"]}
    schedule = vo.get_team_schedule(org.team, days_forward=7)
    assert schedule.team.name == "Platform"
    [entry] = schedule.schedules[0].schedule
    assert entry.rotation_name == "Weekly"
    ends = [(roll.on_call_user.username if roll.on_call_user else None, roll.end[:10]) for roll in entry.rolls]
    assert ends == [("ada", "2026-01-12"), ("grace", "2026-01-19")]
    [cover] = schedule.schedules[0].overrides
    assert cover.override_on_call_user is not None
    assert cover.override_on_call_user.username == "grace"
    assert vo.get_user_schedule("ada", days_forward=7) == [schedule]
    later = vo.get_team_schedule(org.team, days_forward=3, days_skip=7)
    starts = [roll.start[:10] for roll in later.schedules[0].schedule[0].rolls]
    assert starts == ["2026-01-12"]
    assert vo.get_team_schedule(org.team, step=1).schedules[0].schedule == []


def test_who_is_on_call_in_the_older_form(org: Org) -> None:
    schedule = vo.get_team_schedule_v1(org.team, days_forward=7)
    assert schedule.team == org.team
    [entry] = schedule.schedule
    assert (entry.policy_type, entry.oncall, entry.rotation_name) == ("rotation_group", "ada", "Weekly")
    # 2026-01-12 and 2026-01-19 at 9 o'clock, in milliseconds
    assert [(roll.oncall, roll.until) for roll in entry.rolls] == [("ada", 1768208400000), ("grace", 1768813200000)]
    assert [(cover.orig, cover.over) for cover in schedule.overrides] == [("ada", "grace")]
    assert vo.get_user_schedule_v1("ada", days_forward=7) == [schedule]
    [later] = vo.get_user_schedule_v1("ada", days_forward=3, days_skip=7)
    assert [roll.change for roll in later.schedule[0].rolls] == [1768208400000]
    assert vo.get_team_schedule_v1(org.team, step=1).schedule == []


def test_who_was_on_call(org: Org) -> None:
    log = vo.get_on_call_log(org.team, start="2026-01-05T00:00:00Z", end="2026-01-06T00:00:00Z")
    [ada] = log.user_logs
    assert ada.user_id == "ada"
    assert ada.total is not None
    assert (ada.total.hours, ada.total.minutes) == (15, 0)
    assert vo.get_on_call_log(org.team, start=log.start, end=log.end, username="grace").user_logs == []


def test_incidents_their_notes_and_alerts(org: Org) -> None:
    incident = vo.get_incident(org.incident)
    assert (incident.entity_display_name, incident.current_phase, incident.paged_users) == (
        "Disk full",
        "UNACKED",
        ["ada"],
    )
    assert vo.get_incident(int(org.incident)) == incident
    assert vo.get_incidents() == [incident]
    [note] = vo.get_incident_notes(org.incident)
    assert (note.name, note.display_name, note.json_value) == ("runbook", "Runbook", {"url": "https://example.com/1"})
    assert vo.get_alert(org.alert).state_message == "/var on db-1"


def test_what_holds_for_the_whole_org(org: Org) -> None:
    assert [(rule.alert_field, rule.alert_value_match) for rule in vo.get_alert_rules()] == [("service", "db-*")]
    assert [webhook.label for webhook in vo.get_webhooks()] == ["Ticket system", "Status page", "Dispatch board"]
    assert vo.get_webhook("Status page").url == "https://hooks.larkspur-freight.example/status"
    [upgrade] = vo.get_maintenance_mode().active_instances
    assert (upgrade.instance_id, upgrade.purpose, upgrade.targets[0].names) == (
        org.maintenance,
        "Upgrade",
        ["database"],
    )


def test_rules_for_another_key_are_left_out(org: Org, client: Client) -> None:
    [rule] = client.alert_rules.all()
    client.alert_rules.delete(rule.id)
    client.alert_rules.create(
        AlertRulePayload(alert_field="service", alert_value_match="*", match_type="WILDCARD", route_key="database")
    )
    client.routing_keys.create(RoutingKeyPayload(routing_key="web", targets=[org.policy]))
    assert [one.route_key for one in vo.get_alert_rules()] == ["database"]
    assert [one.route_key for one in vo.get_alert_rules(routing_key="database")] == ["database"]
    assert vo.get_alert_rules(routing_key="web") == []


def test_the_history_is_searched_page_by_page(org: Org, script: Simulator) -> None:
    for summary in ("Disk full again", "Disk still full"):
        vo.create_incident(summary, username="grace", policies=org.policy)
    pages = vo.search_incidents(current_phase="triggered", page_size=2)
    assert SEARCH not in script.requests()["by_operation"], "nothing is asked before it's wanted"
    first = next(pages)
    assert script.requests()["by_operation"][SEARCH] == 1
    assert (first.total, len(first.incidents)) == (3, 2)
    [last] = pages
    found = {incident.entity_display_name for page in (first, last) for incident in page.incidents}
    assert found == {"Disk full", "Disk full again", "Disk still full"}
    [none] = vo.search_incidents()
    assert none.incidents == [], "only the resolved ones where no phase is given"
