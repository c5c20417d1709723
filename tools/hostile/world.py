"""A simulated org, and a good program for each kind of resource, of which bad ones are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.simulator import Simulator

_NOW = "2026-01-06T12:00:00Z"
_MONDAY_NINE = 1767603600000  # 2026-01-05T09:00:00Z in milliseconds
_TIMEOUT = 30


@dataclass(repr=False)
class World:
    """A service with a small org in it.

    Attributes:
        simulator: the service.
        org: what a handler works on.
        programs: the inputs of a good resource of each kind.
    """

    simulator: Simulator
    org: Org
    programs: dict[type[Provider], dict[str, Any]]
    _snapshot: dict[str, Any]

    def restore(self) -> None:
        """Make the org as it was at first."""
        answer = requests.put(f"{self.simulator.url}/_simulator/snapshot", json=self._snapshot, timeout=_TIMEOUT)
        answer.raise_for_status()
        self.org.directory.everything_changed()

    def stop_the_clock(self) -> None:
        """Let it be the same day as at first."""
        _stop_the_clock(self.simulator)

    def operations(self) -> set[str]:
        """What was called since this was last asked."""
        called = set(self.simulator.requests()["by_operation"])
        requests.delete(f"{self.simulator.url}/_simulator/requests", timeout=_TIMEOUT).raise_for_status()
        return called


@contextmanager
def world() -> Iterator[World]:
    """Start a service, and fill it."""
    with Simulator(seed="demo", random_seed=1) as simulator:
        _stop_the_clock(simulator)
        org = Org(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
        programs = _fill(org.client)
        made = World(simulator, org, programs, simulator.snapshot())
        made.operations()
        yield made
        org.client.close()


def _stop_the_clock(simulator: Simulator) -> None:
    requests.put(f"{simulator.url}/_simulator/clock", json={"now": _NOW}, timeout=_TIMEOUT).raise_for_status()


def _fill(client: Client) -> dict[type[Provider], dict[str, Any]]:
    for username in ("ada", "grace", "joan"):
        address = f"{username}@example.com"
        client.users.create(UserPayload(username=username, first_name=username, last_name="Byron", email=address))
    team = client.teams.create(TeamPayload(name="Platform", description="Clusters and databases")).slug
    client.teams.add_member(team, "ada")
    client.teams.add_member(team, "grace")
    shift = ShiftPayload(
        label="primary", timezone="UTC", start=_MONDAY_NINE, duration=7, shift_type="std", usernames=["ada", "grace"]
    )
    client.rotations.create(team, RotationPayload(label="Weekly", shifts=[shift]))
    [rotation], [details] = client.rotations.groups(team), client.rotations.all(team)
    entry = {"executionType": "rotation_group", "rotationGroup": {"slug": rotation.slug}}
    step = PolicyStep.model_validate({"timeout": 0, "entries": [entry]})
    policy = client.policies.create(PolicyPayload(name="Page Platform", team_slug=team, steps=[step])).slug
    client.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=[policy]))
    override = client.overrides.create(
        username="ada", timezone="UTC", start="2026-01-07T00:00:00Z", end="2026-01-08T00:00:00Z"
    ).public_id
    incident = client.incidents.create(
        username="grace",
        summary="Disk full",
        details="/var on db-1",
        targets=[IncidentTarget(type="EscalationPolicy", slug=policy)],
    ).incident_number
    [device, *_] = client.contacts.devices("oncall-lead")
    [webhook, *_] = client.webhooks.all()
    return {
        providers.User: {
            "username": "edsger",
            "first_name": "Edsger",
            "last_name": "Dijkstra",
            "email": "edsger@example.com",
            "expiration_hours": 24,
            "replacement_user": "grace",
        },
        providers.Team: {"name": "Storage", "description": "Disks", "name_suffix": "-x"},
        providers.TeamMembership: {"team": team, "username": "joan", "replacement_user": "grace"},
        providers.EscalationPolicy: {
            "team": team,
            "name": "Page",
            "steps": [
                {
                    "timeout": 0,
                    "entries": [
                        {"type": "user", "username": "ada"},
                        {"type": "rotation_group", "rotation_group": rotation.slug},
                        {"type": "email", "email": "ops@example.com"},
                        {"type": "webhook", "webhook": webhook.slug},
                        {"type": "policy_routing", "target_policy": policy},
                    ],
                }
            ],
            "name_suffix": "-x",
        },
        providers.RoutingKey: {"routing_key": "storage", "targets": [policy], "name_suffix": "-x"},
        providers.Rotation: {
            "team": team,
            "label": "Nights",
            "name_suffix": "-x",
            "shifts": [
                {
                    "label": "night",
                    "type": "pho",
                    "timezone": "Europe/London",
                    "start": "2026-01-05T09:00",
                    "handoff_days": 7,
                    "usernames": ["ada"],
                    "windows": [{"days": ["m", "t"], "start_time": "09:00", "end_time": "17:00"}],
                }
            ],
        },
        providers.RotationShiftAssignment: {
            "rotation": f"{team}/{details.group_id}",
            "shift": "primary",
            "username": "grace",
            "position": 1,
        },
        providers.AlertRule: {
            "alert_field": "service",
            "match_type": "REGEX",
            "alert_value_match": "db-.*",
            "rank": 1,
            "notes": "Databases",
            "route_key": "database",
            "annotations": [
                {"annotation_type": "url", "field_name": "Runbook", "field_value": "https://example.com/1"},
                {"annotation_type": "note", "field_name": "b", "field_value": "c", "transformation": True},
            ],
        },
        providers.ContactEmail: {"username": "ada", "email": "ada2@example.com", "label": "Home", "rank": 3},
        providers.ContactPhone: {"username": "ada", "phone": "+44 20 7946 0958", "label": "Mobile", "rank": 3},
        providers.ContactDevice: {
            "username": "oncall-lead",
            "device": device.ext_id,
            "label": "Pixel",
            "escalation_notification_sound": "a",
            "chat_escalation_sound": "b",
            "resolved_notification_sound": "c",
        },
        providers.PagingPolicy: {
            "username": "ada",
            "steps": [{"timeout": 5, "rules": [{"type": "email"}, {"type": "push"}]}],
        },
        providers.Override: {
            "username": "ada",
            "timezone": "Europe/London",
            "start": "2026-08-03T09:00",
            "end": "2026-08-17T09:00",
        },
        providers.OverrideAssignment: {"override": override, "policy": policy, "username": "grace"},
        providers.MaintenanceMode: {"routing_keys": ["database"], "purpose": "Upgrade"},
        providers.IncidentNote: {
            "incident": incident,
            "name": "runbook",
            "display_name": "Runbook",
            "json_value": {"url": "https://example.com/1", "n": 1},
        },
    }
