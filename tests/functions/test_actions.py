"""What scripts do to the service, and what of it the service has afterwards."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, InvalidRequestError
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.users import UserPayload
from tests.functions.conftest import Org

pytestmark = pytest.mark.usefixtures("script")


def phases(client: Client) -> dict[str | None, str | None]:
    return {one.incident_number: one.current_phase for one in client.incidents.all()}


def test_an_incident_pages_people_and_policies(org: Org, client: Client) -> None:
    made = vo.create_incident(
        "Database down", username="ada", details="No answer", users=["oncall-lead"], policies=[org.policy]
    )
    assert made.incident_number == "2"
    incident = client.incidents.get(2)
    assert incident.entity_display_name == "Database down"
    assert incident.paged_users == ["oncall-lead", "ada"]
    assert incident.last_alert_id is not None
    assert client.alerts.get(incident.last_alert_id).state_message == "No answer"


@pytest.mark.parametrize("incidents", ["12", 12, ["12"], (12,)])
def test_one_number_or_several_name_the_incidents(
    incidents: int | str | Sequence[int | str], org: Org, client: Client
) -> None:
    for number in range(2, 13):
        vo.create_incident(f"Incident {number}", username="ada", users="grace")
    [result] = vo.acknowledge_incidents(incidents, username="ada", message="On it")
    assert (result.incident_number, result.cmd_accepted) == ("12", True)
    assert phases(client) == {org.incident: "UNACKED"} | dict.fromkeys(map(str, range(2, 12)), "UNACKED") | {
        "12": "ACKED"
    }
    [acknowledged] = [step for step in client.incidents.get(12).transitions if step.name == "ACKED"]
    assert (acknowledged.by, acknowledged.message) == ("ada", "On it")


def test_what_cannot_be_resolved_says_so_beside_what_was(org: Org, client: Client) -> None:
    results = vo.resolve_incidents([org.incident, 99], username="ada")
    assert [(row.incident_number, row.cmd_accepted) for row in results] == [("1", True), ("99", False)]
    assert phases(client) == {"1": "RESOLVED"}


def test_all_incidents_of_a_person(org: Org, client: Client) -> None:
    vo.create_incident("For Grace", username="ada", users="grace")
    assert [row.incident_number for row in vo.acknowledge_by_user("grace", message="Mine")] == ["2"]
    assert phases(client) == {org.incident: "UNACKED", "2": "ACKED"}
    assert [row.incident_number for row in vo.resolve_by_user("grace")] == ["2"]
    assert phases(client) == {org.incident: "UNACKED", "2": "RESOLVED"}


def test_incidents_are_sent_to_others(org: Org, client: Client) -> None:
    [status] = vo.reroute_incidents(org.incident, username="ada", users="oncall-lead")
    assert (status.incident_number, status.success) == ("1", True)
    assert [(target.slug, target.success) for target in status.target_status] == [("oncall-lead", True)]
    assert "oncall-lead" in client.incidents.get(1).paged_users


def test_on_call_is_taken_over_and_back(org: Org, client: Client) -> None:
    def on_call() -> list[str]:
        [team] = [row for row in client.on_call.current() if row.team.slug == org.team]
        return [user.on_call_user.username for policy in team.on_call_now for user in policy.users]

    vo.take_on_call(org.policy, from_user="ada", to_user="grace")
    assert on_call() == ["grace"]
    vo.take_on_call(org.policy, from_user="grace", to_user="ada")
    assert on_call() == ["ada"]


def test_on_call_is_taken_over_in_a_whole_team(org: Org, client: Client) -> None:
    client.policies.create(
        PolicyPayload(
            name="Page others",
            team_slug=org.team,
            steps=[
                PolicyStep(timeout=0, entries=[PolicyEntry(execution_type="user", user={"username": "oncall-lead"})])
            ],
        )
    )
    vo.take_on_call_v1(org.team, from_user="ada", to_user="grace")
    [team] = [row for row in client.on_call.current() if row.team.slug == org.team]
    on_call = {
        row.escalation_policy.name: [user.on_call_user.username for user in row.users] for row in team.on_call_now
    }
    assert on_call == {"Page Platform": ["grace"], "Page others": ["oncall-lead"]}


def test_who_cannot_be_added_says_so_beside_who_was(org: Org, client: Client) -> None:
    joan = UserPayload(username="joan", first_name="Joan", last_name="Clarke", email="joan@example.com")
    other_ada = UserPayload(username="ada", first_name="Ada", last_name="Yonath", email="yonath@example.com")
    results = vo.add_users([joan, other_ada])
    assert [(row.username, [error.code for error in row.errors]) for row in results] == [
        ("joan", []),
        ("ada", ["DUPLICATE"]),
    ]
    assert client.users.get("joan").last_name == "Clarke"
    assert client.users.get("ada").last_name == "Byron"


def test_messages_reach_the_service(org: Org) -> None:
    vo.send_chat("Looking", username="ada", monitoring_tool="API", incident=org.incident, tags="disk")
    vo.send_stakeholder_message("Shops are down", title="Outage", incident=org.incident, users="ada", teams=[org.team])
    with pytest.raises(InvalidRequestError, match=r"^POST /api-public/v1/stakeholders/sendMessage: 4"):
        vo.send_stakeholder_message("To nobody", title="Outage", incident=org.incident)


def test_a_maintenance_ends(org: Org, client: Client) -> None:
    assert vo.end_maintenance(org.maintenance).active_instances == []
    assert client.maintenance.state().active_instances == []
