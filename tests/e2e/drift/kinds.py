"""The kinds of resources: what a program says of one, and where the simulated service keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pulumi_victorops as vo
from tests.e2e.drift.ground import Document, Ground

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a record stands in the document: a list and a number, or an object and a member."""

    holder: Any
    key: Any

    @property
    def record(self) -> Any:
        return self.holder[self.key]

    def clear(self) -> Any:
        """Take the record away, and give it back."""
        return self.holder.pop(self.key)


@dataclass(frozen=True)
class Kind:
    """A kind of resource: its class, what a program says of one that bears a name, and where the record is."""

    resource: Callable[..., Any]
    arguments: Callable[[Ground, str], Arguments]
    find: Callable[[Document, str], Place]


def _user(ground: Ground, name: str) -> Arguments:
    username = f"made-{ground.plain(name)}"
    return {"username": username, "first_name": "Ada", "last_name": "Byron", "email": f"{username}@example.com"}


def _membership(ground: Ground, name: str) -> Arguments:
    return {"team": ground.team, "username": ground.person(name)}


def _policy(ground: Ground, name: str) -> Arguments:
    entries = [
        vo.Notify.user("cover"),
        vo.Notify.on_duty(ground.rotation),
        vo.Notify.email("noc@example.com"),
        vo.Notify.webhook(ground.webhook),
        vo.Notify.policy(ground.policy),
    ]
    return {"team": ground.team, "name": name, "steps": [vo.Step(timeout=0, entries=[one]) for one in entries]}


def _rotation(ground: Ground, name: str) -> Arguments:
    shift = {
        "label": "primary",
        "type": "cstm",
        "timezone": "Europe/London",
        "start": "2026-01-05T09:00",
        "handoff_days": 7,
        "usernames": ["cover", "second-cover"],
        "windows": [{"days": ["m", "t"], "start_time": "09:00", "end_time": "17:00"}],
    }
    return {"team": ground.team, "label": name, "shifts": [shift]}


def _turn(ground: Ground, name: str) -> Arguments:
    return {"rotation": ground.rotation_id(name), "shift": "primary", "username": "cover", "position": 0}


def _alert_rule(ground: Ground, name: str) -> Arguments:
    annotation = {"annotation_type": "note", "field_name": "hint", "field_value": "Look here"}
    rule = {"alert_field": "host", "alert_value_match": f"{name} *", "notes": "", "route_key": ""}
    # A rank that isn't declared moves with every other rule.
    return {**rule, "annotations": [annotation], **({"rank": 1} if name.endswith("rank") else {})}


def _email(ground: Ground, name: str) -> Arguments:
    return {"username": ground.person(name), "email": "ada@home.example", "label": "Home", "rank": 3}


def _phone(ground: Ground, name: str) -> Arguments:
    return {"username": ground.person(name), "phone": "+44 20 7946 0958", "label": "Home", "rank": 3}


def _device(ground: Ground, name: str) -> Arguments:
    username = ground.person(name)
    sounds = ("escalation_notification_sound", "chat_escalation_sound", "resolved_notification_sound")
    device = ground.device_of(username, label="Pixel")
    return {"username": username, "device": device, "label": "Pixel", **dict.fromkeys(sounds, "bell")}


def _paging_policy(ground: Ground, name: str) -> Arguments:
    username = ground.person(name)
    first = vo.PagingStep(timeout=5, rules=[vo.Page.push()])
    second = vo.PagingStep(timeout=10, rules=[vo.Page.email(ground.contact_id(username))])
    return {"username": username, "steps": [first, second]}


def _override(ground: Ground, name: str) -> Arguments:
    when = {"timezone": "Europe/London", "start": "2099-08-03T09:00", "end": "2099-08-17T09:00"}
    return {"username": "away", **when}


def _assignment(ground: Ground, name: str) -> Arguments:
    return {"override": ground.absence(), "policy": ground.policy, "username": "cover"}


def _maintenance(ground: Ground, name: str) -> Arguments:
    return {"routing_keys": [ground.key(name)], "purpose": "Upgrade"}


def _note(ground: Ground, name: str) -> Arguments:
    return {"incident": ground.incident, "name": name, "display_name": "Review", "json_value": {"owner": "ada"}}


def listed(subject: str, key: str, part: int = -1) -> Callable[[Document, str], Place]:
    """A record of a list, found by a part of the id."""

    def find(document: Document, object_id: str) -> Place:
        return _in(document[subject], key, object_id.split("/")[part])

    return find


def held(subject: str, key: str, member: str, by: str | None = None) -> Callable[[Document, str], Place]:
    """What a record of a list holds under a name: another list, or, without `by`, an object."""

    def find(document: Document, object_id: str) -> Place:
        parts = object_id.split("/")
        holder = _in(document[subject], key, parts[0 if subject != "rotations" else 1]).record[member]
        return _in(holder, by, parts[-1]) if by else Place(holder, parts[-1])

    return find


def _in(rows: list[Any], key: str, value: str) -> Place:
    [index] = [index for index, row in enumerate(rows) if str(row[key]) == value]
    return Place(rows, index)


KINDS: dict[str, Kind] = {
    "User": Kind(vo.User, _user, listed("users", "username")),
    "Team": Kind(vo.Team, lambda ground, name: {"name": name}, listed("teams", "slug")),
    "TeamMembership": Kind(vo.TeamMembership, _membership, held("teams", "slug", "members")),
    "EscalationPolicy": Kind(vo.EscalationPolicy, _policy, listed("policies", "slug")),
    "RoutingKey": Kind(
        vo.RoutingKey,
        lambda ground, name: {"routing_key": name, "targets": [ground.policy]},
        listed("routing_keys", "name"),
    ),
    "Rotation": Kind(vo.Rotation, _rotation, listed("rotations", "id")),
    "RotationShiftAssignment": Kind(vo.RotationShiftAssignment, _turn, held("rotations", "id", "shifts", by="id")),
    "AlertRule": Kind(vo.AlertRule, _alert_rule, listed("alert_rules", "id")),
    "ContactEmail": Kind(vo.ContactEmail, _email, held("users", "username", "contacts", by="ext_id")),
    "ContactPhone": Kind(vo.ContactPhone, _phone, held("users", "username", "contacts", by="ext_id")),
    "ContactDevice": Kind(vo.ContactDevice, _device, held("users", "username", "devices", by="ext_id")),
    "PagingPolicy": Kind(vo.PagingPolicy, _paging_policy, listed("users", "username")),
    "Override": Kind(vo.Override, _override, listed("overrides", "public_id")),
    "OverrideAssignment": Kind(vo.OverrideAssignment, _assignment, held("overrides", "public_id", "covers")),
    "MaintenanceMode": Kind(vo.MaintenanceMode, _maintenance, listed("maintenance_modes", "instance_id")),
    "IncidentNote": Kind(vo.IncidentNote, _note, held("incidents", "number", "notes", by="name")),
}
