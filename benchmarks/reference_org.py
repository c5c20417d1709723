"""The org that everything is measured with, as data: for a program, for the engine's protocol, or for echoes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

OLDEST = "admin"
"""Who is in every org, and takes over from those who go."""


@dataclass(frozen=True)
class Ref:
    """Something that is known once another item is made.

    Attributes:
        of: the item's name.
        property: which of its properties; its id where not given.
    """

    of: str
    property: str = "id"


@dataclass(frozen=True)
class Item:
    """A resource: its class in `pulumi_victorops`, its name and its inputs, in which a `Ref` may stand anywhere."""

    kind: str
    name: str
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How many there are of each kind: 540 in all, where nothing else is said."""

    users: int = 100
    teams: int = 20
    memberships: int = 200
    rotations: int = 20
    policies: int = 30
    routing_keys: int = 40
    alert_rules: int = 20
    phones: int = 100
    overrides: int = 10

    @property
    def resources(self) -> int:
        """All together."""
        return sum(getattr(self, each.name) for each in fields(self))

    @staticmethod
    def of(resources: int) -> Size:
        """About so many resources in the same proportions, with at least two teams and one of everything."""
        rest = {
            each.name: max(2 if each.name == "teams" else 1, round(getattr(REFERENCE, each.name) * resources / 540))
            for each in fields(Size)
        }
        return Size(**rest)


REFERENCE = Size()


def reference_org(size: Size = REFERENCE) -> list[Item]:
    """The items, each behind those that it refers to."""
    people = range(size.users)
    return [
        *(_user(n) for n in people),
        *(Item("Team", f"team-{n}", {"name": f"Team {n}"}) for n in range(size.teams)),
        *(_membership(n, size) for n in range(size.memberships)),
        *(_rotation(n, n % size.memberships, size) for n in range(size.rotations)),
        *(_policy(n, size) for n in range(size.policies)),
        *(_routing_key(n, n % size.policies) for n in range(size.routing_keys)),
        *(_alert_rule(n, n % size.routing_keys) for n in range(size.alert_rules)),
        *(_phone(n, n % size.users) for n in range(size.phones)),
        *(_override(n, n % size.users) for n in range(size.overrides)),
    ]


def resolved(value: Any, look: Callable[[Ref], Any]) -> Any:
    """The same value with what `look` finds in the place of each `Ref`."""
    if isinstance(value, Ref):
        return look(value)
    if isinstance(value, dict):
        return {name: resolved(item, look) for name, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, look) for item in value]
    return value


def _user(n: int) -> Item:
    names = {"username": f"user-{n}", "first_name": "User", "last_name": f"Number {n}"}
    return Item("User", f"user-{n}", {**names, "email": f"user-{n}@example.com", "replacement_user": OLDEST})


def _place(member: int, size: Size) -> tuple[int, int]:
    """Who it is, and in which team: everybody is in one, then everybody in the next one too, and so on."""
    user = member % size.users
    return user, (user + member // size.users) % size.teams


def _membership(n: int, size: Size) -> Item:
    user, team = _place(n, size)
    inputs = {"team": Ref(f"team-{team}"), "username": Ref(f"user-{user}"), "replacement_user": OLDEST}
    return Item("TeamMembership", f"member-{n}", inputs)


def _rotation(n: int, member: int, size: Size) -> Item:
    """Refers to its members by their memberships, so that it goes before these do."""
    _, team = _place(member, size)
    shift = {
        "label": "Primary",
        "type": "std",
        "timezone": "Europe/London",
        "start": "2026-01-05T09:00",
        "handoff_days": 7,
        "usernames": [Ref(f"member-{member}", "username"), OLDEST],
    }
    return Item("Rotation", f"rotation-{n}", {"team": Ref(f"team-{team}"), "label": f"Weekly {n}", "shifts": [shift]})


def _policy(n: int, size: Size) -> Item:
    """The first ones page a rotation of their team, the others a person; all of them somebody else after that."""
    if n < size.rotations:
        first = {"type": "rotation_group", "rotation_group": Ref(f"rotation-{n}", "slug")}
    else:
        first = {"type": "user", "username": Ref(f"member-{n % size.memberships}", "username")}
    steps = [
        {"timeout": 0, "entries": [first]},
        {"timeout": 15, "entries": [{"type": "user", "username": OLDEST}]},
    ]
    return Item(
        "EscalationPolicy",
        f"policy-{n}",
        {"team": Ref(f"team-{n % size.teams}"), "name": f"Policy {n}", "steps": steps},
    )


def _routing_key(n: int, policy: int) -> Item:
    return Item("RoutingKey", f"key-{n}", {"routing_key": f"key-{n}", "targets": [Ref(f"policy-{policy}")]})


def _alert_rule(n: int, key: int) -> Item:
    annotation = {"annotation_type": "url", "field_name": "Runbook", "field_value": f"https://wiki.example.com/{n}"}
    scope: dict[str, Any] = {"route_key": Ref(f"key-{key}")} if n % 2 else {}
    inputs = {"alert_field": "host_name", "alert_value_match": f"host-{n}-*", "annotations": [annotation], **scope}
    return Item("AlertRule", f"rule-{n}", inputs)


def _phone(n: int, user: int) -> Item:
    number = f"+4420794{n % 100_000:05}"
    return Item("ContactPhone", f"phone-{n}", {"username": Ref(f"user-{user}"), "phone": number, "label": "Mobile"})


def _override(n: int, user: int) -> Item:
    away = {"timezone": "Europe/London", "start": "2040-08-06T09:00", "end": "2040-08-20T09:00"}
    return Item("Override", f"override-{n}", {"username": Ref(f"user-{user}"), **away})
