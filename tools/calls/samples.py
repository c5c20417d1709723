"""Two objects of each kind of resource, beside each other, and what they stand on. No two kinds share anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from pulumi_victorops.api import Client
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator

_NEW_YEAR_2026 = 1_767_225_600_000

Inputs = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A kind of resource: two that a program describes, and what changes in the first."""

    first: Inputs
    second: Inputs
    change: Inputs


def samples(simulator: Simulator, client: Client) -> dict[str, Sample]:
    """A sample of each kind by its name, in an org that has what they need."""
    return {
        "User": _pair({"first_name": "Ada", "last_name": "Byron"}, _users(), {"first_name": "Augusta"}),
        "Team": _pair({}, [{"name": "One"}, {"name": "Two"}], {"name": "Three"}),
        "TeamMembership": _memberships(client),
        "EscalationPolicy": _pair(
            {"team": _team(client, "With policies"), "steps": _paging_admin()},
            [{"name": "One"}, {"name": "Two"}],
            {"name": "Three"},
        ),
        "RoutingKey": _pair(
            {"targets": [_policy(client, "admin", "Led to")]},
            [{"routing_key": "one"}, {"routing_key": "two"}],
            {"routing_key": "three"},
        ),
        "Rotation": _rotations(client),
        "RotationShiftAssignment": _turns(client),
        "ContactEmail": _pair(
            {"username": _person(client, "with-emails"), "label": "Home"},
            [{"email": "one@example.com"}, {"email": "two@example.com"}],
            {"label": "Office"},
        ),
        "ContactPhone": _pair(
            {"username": _person(client, "with-phones"), "label": "Home"},
            [{"phone": "+442079460958"}, {"phone": "+442079460959"}],
            {"label": "Office"},
        ),
        "ContactDevice": _devices(simulator, client),
        "PagingPolicy": _paging_policies(client),
        "AlertRule": _pair(
            {"alert_value_match": "*", "annotations": []},
            [{"alert_field": "host"}, {"alert_field": "service"}],
            {"notes": "Changed"},
        ),
        "Override": _pair(
            {"username": _person(client, "away"), "timezone": "UTC", "start": "2099-08-03T09:00"},
            [{"end": "2099-08-17T09:00"}, {"end": "2099-08-18T09:00"}],
            {"end": "2099-08-19T09:00"},
        ),
        "OverrideAssignment": _covers(client),
        "MaintenanceMode": _maintenance(client),
        "IncidentNote": _pair(
            {"incident": _incident(client), "display_name": "Note", "json_value": {"a": 1}},
            [{"name": "one"}, {"name": "two"}],
            {"json_value": {"a": 2}},
        ),
    }


def _pair(same: Inputs, own: list[Inputs], change: Inputs) -> Sample:
    first, second = ({**same, **each} for each in own)
    return Sample(first, second, change)


def _users() -> list[Inputs]:
    return [{"username": name, "email": f"{name}@example.com"} for name in ("ada", "grace")]


def _memberships(client: Client) -> Sample:
    members = [{"username": _person(client, name)} for name in ("member-one", "member-two")]
    return _pair({"team": _team(client, "With members")}, members, {"username": "admin"})


def _rotations(client: Client) -> Sample:
    shift = {
        "label": "primary",
        "type": "std",
        "timezone": "UTC",
        "start": "2026-01-05T09:00",
        "handoff_days": 7,
        "usernames": ["admin"],
    }
    team = _team(client, "With rotations")
    return _pair({"team": team, "shifts": [shift]}, [{"label": "One"}, {"label": "Two"}], {"label": "Three"})


def _turns(client: Client) -> Sample:
    team = _team(client, "With turns")
    shift = {"timezone": "UTC", "start": _NEW_YEAR_2026, "duration": 7, "shift_type": "std"}
    members = ["admin", _person(client, "other")]
    shifts = [ShiftPayload.model_validate({**shift, "label": name, "usernames": members}) for name in ("one", "two")]
    made = client.rotations.create(team, RotationPayload(label="Turns", shifts=shifts))
    rotation = f"{team}/{made.group_id}"
    return _pair(
        {"rotation": rotation, "username": "admin"}, [{"shift": "one"}, {"shift": "two"}], {"username": "other"}
    )


def _devices(simulator: Simulator, client: Client) -> Sample:
    username = _person(client, "with-devices")
    document = simulator.snapshot()
    [owner] = [user for user in document["users"] if user["username"] == username]
    # No call makes a device: one appears when its owner uses the app.
    owner["devices"] = [
        {"id": number, "ext_id": f"device-{number}", "device_type": "Android", "label": "Pixel"}
        for number in (900_001, 900_002)
    ]
    address = f"{simulator.url}/_simulator/snapshot"
    requests.put(address, json=document, timeout=10).raise_for_status()
    devices = [{"device": device["ext_id"]} for device in owner["devices"]]
    return _pair({"username": username, "label": "Mine"}, devices, {"label": "Changed"})


def _paging_policies(client: Client) -> Sample:
    steps = [{"timeout": 5, "rules": [{"type": "push"}]}, {"timeout": 10, "rules": [{"type": "email"}]}]
    people = [{"username": _person(client, name)} for name in ("paged-one", "paged-two")]
    return _pair({"steps": steps}, people, {"steps": [{**steps[0], "timeout": 1}, steps[1]]})


def _covers(client: Client) -> Sample:
    away = _person(client, "covered")
    policies = [{"policy": _policy(client, away, name)} for name in ("Covered one", "Covered two")]
    made = client.overrides.create(
        username=away, timezone="UTC", start="2099-08-03T09:00:00Z", end="2099-08-17T09:00:00Z"
    )
    cover, other = _person(client, "cover"), _person(client, "other-cover")
    return _pair({"override": made.public_id, "username": cover}, policies, {"username": other})


def _maintenance(client: Client) -> Sample:
    policy = _policy(client, "admin", "Muted")
    for key in ("muted-one", "muted-two"):
        client.routing_keys.create(RoutingKeyPayload(routing_key=key, targets=[policy]))
    return _pair({}, [{"routing_keys": ["muted-one"]}, {"routing_keys": ["muted-two"]}], {"purpose": "Changed"})


def _person(client: Client, username: str) -> str:
    email = f"{username}@example.com"
    client.users.create(UserPayload(username=username, first_name="Any", last_name="Body", email=email))
    return username


def _team(client: Client, name: str) -> str:
    return client.teams.create(TeamPayload(name=name)).slug


def _policy(client: Client, username: str, name: str) -> str:
    entry: Mapping[str, Any] = {"executionType": "user", "user": {"username": username}}
    step = PolicyStep.model_validate({"timeout": 0, "entries": [entry]})
    return client.policies.create(PolicyPayload(name=name, team_slug=_team(client, name), steps=[step])).slug


def _paging_admin() -> list[Inputs]:
    return [{"timeout": 0, "entries": [{"type": "user", "username": "admin"}]}]


def _incident(client: Client) -> str:
    target = IncidentTarget(type="User", slug="admin")
    made = client.incidents.create(username="admin", summary="Disk", details="full", targets=[target])
    return str(made.incident_number)
