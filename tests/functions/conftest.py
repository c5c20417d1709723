"""A service with a small org in it, and an environment in which scripts find it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from pulumi_victorops.api import Client
from pulumi_victorops.api.alert_rules import AlertRulePayload
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

NOW = "2026-01-06T12:00:00Z"
_MONDAY_NINE = 1767603600000  # 2026-01-05T09:00:00Z in milliseconds


@dataclass
class Org:
    """What is in the org, by the ids that the service chose."""

    team: str
    policy: str
    rotation: str
    group: int
    shift: int
    override: str
    incident: str
    alert: str
    maintenance: str
    email: str
    phone: str
    device: str


@pytest.fixture
def service(simulator: Simulator) -> Simulator:
    """The org of the demo, which has webhooks and devices, on a day in January."""
    requests.put(f"{simulator.url}/_simulator/clock", json={"now": NOW}, timeout=30).raise_for_status()
    simulator.reset("demo")
    requests.delete(f"{simulator.url}/_simulator/requests", timeout=30).raise_for_status()
    return simulator


@pytest.fixture
def org(service: Simulator, client: Client) -> Org:
    """Ada and Grace take turns in the team Platform; Ada is away on Wednesday, and Grace covers."""
    for username, first, last in (("ada", "Ada", "Byron"), ("grace", "Grace", "Hopper")):
        address = f"{username}@example.com"
        client.users.create(UserPayload(username=username, first_name=first, last_name=last, email=address))
    team = client.teams.create(TeamPayload(name="Platform", description="Clusters and databases")).slug
    client.teams.add_member(team, "ada")
    client.teams.add_member(team, "grace")
    shift = ShiftPayload(
        label="primary",
        timezone="UTC",
        start=_MONDAY_NINE,
        duration=7,
        shift_type="std",
        usernames=["ada", "grace"],
    )
    client.rotations.create(team, RotationPayload(label="Weekly", shifts=[shift]))
    [rotation], [details] = client.rotations.groups(team), client.rotations.all(team)
    entry = {"executionType": "rotation_group", "rotationGroup": {"slug": rotation.slug}}
    step = PolicyStep.model_validate({"timeout": 0, "entries": [entry]})
    policy = client.policies.create(PolicyPayload(name="Page Platform", team_slug=team, steps=[step])).slug
    client.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=[policy]))
    client.alert_rules.create(
        AlertRulePayload(alert_field="service", alert_value_match="db-*", match_type="WILDCARD", rank=1)
    )
    override = client.overrides.create(
        username="ada", timezone="UTC", start="2026-01-07T00:00:00Z", end="2026-01-08T00:00:00Z"
    ).public_id
    client.overrides.assign(override, policy, username="grace")
    incident = client.incidents.create(
        username="grace",
        summary="Disk full",
        details="/var on db-1",
        targets=[IncidentTarget(type="EscalationPolicy", slug=policy)],
    ).incident_number
    client.notes.create(incident, name="runbook", display_name="Runbook", json_value={"url": "https://example.com/1"})
    [alert] = [one.last_alert_id for one in client.incidents.all()]
    assert alert is not None
    [maintenance] = client.maintenance.start(routing_keys=["database"], purpose="Upgrade").active_instances
    [shift_id] = [one.shift_id for one in details.shifts]
    assert shift_id is not None
    phone = client.contacts.add_phone("ada", label="Mobile", phone="+14115550120")
    [email], [device, *_] = client.contacts.emails("ada"), client.contacts.devices("oncall-lead")
    return Org(
        team=team,
        policy=policy,
        rotation=rotation.slug,
        group=details.group_id,
        shift=shift_id,
        override=override,
        incident=incident,
        alert=alert,
        maintenance=maintenance.instance_id,
        email=email.ext_id,
        phone=phone.ext_id,
        device=device.ext_id,
    )


@pytest.fixture
def script(service: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """The service, whose address and key stand in the environment as a script has them."""
    monkeypatch.setenv("VO_BASE_URL", service.url)
    monkeypatch.setenv("VO_API_ID", service.api_id)
    monkeypatch.setenv("VO_API_KEY", service.api_key)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    return service


@pytest.fixture
def stack(tmp_path: Path, service: Simulator) -> Stack:
    return Stack(tmp_path, service)
