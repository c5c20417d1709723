"""One maker for each kind of resource, and what a person may change in one."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

LEAD: Final = "oncall-lead"
"""Who is in the org from the beginning."""

INCIDENT: Final = 1
"""The number of the incident that is there from the beginning."""

_Inputs = dict[str, Any]
_Program = dict[str, Any]


def ref(name: str, take: str) -> dict[str, str]:
    """A reference to a property of another resource."""
    return {"of": name, "take": take}


def value_of(program: _Program, value: Any) -> Any:
    """The plain value of what may be a reference to another resource's input."""
    while isinstance(value, dict) and "of" in value:
        value = program[value["of"]]["inputs"][value["take"]]
    return value


def change(dice: random.Random, program: _Program, name: str, *, extended: bool) -> None:
    """Change something in a resource: in place, or so that it's replaced."""
    kind, inputs = program[name]["kind"], program[name]["inputs"]
    word, number = _word(dice), dice.randint(1, 60)
    match kind:
        case "User":
            inputs.update(dice.choice([{"first_name": word}, {"last_name": word}, {"username": f"user-{word}"}]))
        case "Team":
            inputs.update(dice.choice([{"name": f"Team {word}"}, {"description": word}]))
        case "EscalationPolicy":
            if dice.random() < 0.7:
                inputs["steps"][-1]["timeout"] = number
            else:
                inputs["name"] = f"Policy {word}"
        case "RoutingKey":
            # The old key goes with its policy, so that must be replaced in the same update.
            if not extended:
                program[inputs["targets"][0]["of"]]["inputs"]["name"] = f"Policy {word}"
            if dice.random() < 0.5:
                inputs["routing_key"] = f"key-{word}"
        case "Rotation":
            inputs.update(dice.choice([{"label": f"Rotation {word}"}, {}]))
            inputs["shifts"][0]["handoff_days"] = number
        case "AlertRule":
            inputs.update(dice.choice([{"notes": word}, {"alert_value_match": f"{word}-*"}, {"stop_flag": True}]))
        case "ContactEmail" | "ContactPhone":
            inputs["label"] = f"Label {word}"
        case "PagingPolicy":
            inputs["steps"][0]["timeout"] = dice.choice([1, 5, 10, 15, 20])
        case "Override":
            inputs["end"] = _day(dice, 20)
        case "OverrideAssignment":
            inputs["username"] = LEAD
        case "MaintenanceMode":
            inputs["purpose"] = word
        case "IncidentNote":
            inputs.update(dice.choice([{"display_name": word}, {"name": f"note-{word}"}]))
        case "ContactDevice":
            inputs["label"] = f"Device {word}"


def _user(dice: random.Random, program: _Program) -> _Inputs:
    word = _word(dice)
    names = {"first_name": word.title(), "last_name": "Byron"}
    return {"username": f"user-{word}", **names, "email": f"{word}@example.com"}


def _team(dice: random.Random, program: _Program) -> _Inputs:
    word = _word(dice)
    return {"name": f"Team {word}", "description": dice.choice(["", word])}


def _membership(dice: random.Random, program: _Program) -> _Inputs | None:
    taken = [
        (one["inputs"]["team"]["of"], one["inputs"]["username"]["of"]) for _, one in _all(program, "TeamMembership")
    ]
    free = [
        (team, user)
        for team, _ in _all(program, "Team")
        for user, _ in _all(program, "User")
        if (team, user) not in taken
    ]
    if not free:
        return None
    team, user = dice.choice(free)
    return {"team": ref(team, "slug"), "username": ref(user, "username")}


def _rotation(dice: random.Random, program: _Program) -> _Inputs | None:
    team, members = _members(dice, program)
    if team is None:
        return None
    shift = {
        "label": "Primary",
        "type": "std",
        "timezone": "Europe/London",
        "start": "2026-01-05T09:00",
        "handoff_days": 7,
        "usernames": [ref(member, "username") for member in members],
    }
    return {"team": ref(team, "slug"), "label": f"Rotation {_word(dice)}", "shifts": [shift]}


def _policy(dice: random.Random, program: _Program) -> _Inputs | None:
    team, members = _members(dice, program)
    if team is None:
        return None
    first: list[_Inputs] = [{"type": "user", "username": ref(member, "username")} for member in members]
    rotations = [name for name, one in _all(program, "Rotation") if one["inputs"]["team"]["of"] == team]
    if rotations and dice.random() < 0.7:
        first.append({"type": "rotation_group", "rotation_group": ref(dice.choice(rotations), "slug")})
    last: list[_Inputs] = [{"type": "email", "email": f"{_word(dice)}@example.com"}]
    policies = [name for name, _ in _all(program, "EscalationPolicy")]
    if policies and dice.random() < 0.4:
        last.append({"type": "policy_routing", "target_policy": ref(dice.choice(policies), "slug")})
    steps = [{"timeout": 0, "entries": first}, {"timeout": 15, "entries": last}]
    return {"team": ref(team, "slug"), "name": f"Policy {_word(dice)}", "steps": steps}


def _key(dice: random.Random, program: _Program) -> _Inputs | None:
    policy = _any(dice, program, "EscalationPolicy")
    return policy and {"routing_key": f"key-{_word(dice)}", "targets": [ref(policy, "slug")]}


def _rule(dice: random.Random, program: _Program) -> _Inputs:
    key = _any(dice, program, "RoutingKey")
    scope = {"route_key": ref(key, "routing_key")} if key and dice.random() < 0.5 else {}
    note = {"annotation_type": "note", "field_name": "team", "field_value": _word(dice)}
    return {"alert_field": "host", "alert_value_match": f"{_word(dice)}-*", "annotations": [note], **scope}


def _email(dice: random.Random, program: _Program) -> _Inputs | None:
    user = _any(dice, program, "User")
    return user and {"username": ref(user, "username"), "label": "Home", "email": f"{_word(dice)}@home.example.com"}


def _phone(dice: random.Random, program: _Program) -> _Inputs | None:
    user = _any(dice, program, "User")
    number = f"+44207946{dice.randint(1000, 9999)}"
    return user and {"username": ref(user, "username"), "label": "Mobile", "phone": number}


def _paging(dice: random.Random, program: _Program) -> _Inputs | None:
    taken = [one["inputs"]["username"]["of"] for _, one in _all(program, "PagingPolicy")]
    users = [name for name, _ in _all(program, "User") if name not in taken]
    if not users:
        return None
    user = dice.choice(users)
    steps: list[_Inputs] = [{"timeout": 5, "rules": [{"type": "push"}]}, {"timeout": 10, "rules": [{"type": "email"}]}]
    for kind, rule in (("ContactPhone", "sms"), ("ContactEmail", "email")):
        for name, one in _all(program, kind):
            if one["inputs"]["username"]["of"] == user:
                steps.append({"timeout": 15, "rules": [{"type": rule, "contact_id": ref(name, "contact_id")}]})
    return {"username": ref(user, "username"), "steps": steps}


def _override(dice: random.Random, program: _Program) -> _Inputs | None:
    user = _any(dice, program, "User")
    return user and {
        "username": ref(user, "username"),
        "timezone": "UTC",
        "start": _day(dice, 1),
        "end": _day(dice, 10),
    }


def _cover(dice: random.Random, program: _Program) -> _Inputs | None:
    taken = [
        (one["inputs"]["override"]["of"], one["inputs"]["policy"]["of"])
        for _, one in _all(program, "OverrideAssignment")
    ]
    places = []
    for override, absence in _all(program, "Override"):
        for policy, one in _all(program, "EscalationPolicy"):
            paged = [value_of(program, entry.get("username")) for entry in one["inputs"]["steps"][0]["entries"]]
            if value_of(program, absence["inputs"]["username"]) in paged and (override, policy) not in taken:
                places.append((override, policy))
    if not places:
        return None
    override, policy = dice.choice(places)
    others = [name for name, _ in _all(program, "User") if name != program[override]["inputs"]["username"]["of"]]
    cover: Any = ref(dice.choice(others), "username") if others else LEAD
    return {"override": ref(override, "id"), "policy": ref(policy, "slug"), "username": cover, "accept_overlap": True}


def _maintenance(dice: random.Random, program: _Program) -> _Inputs | None:
    taken = [one["inputs"]["routing_keys"][0]["of"] for _, one in _all(program, "MaintenanceMode")]
    keys = [name for name, _ in _all(program, "RoutingKey") if name not in taken]
    return {"routing_keys": [ref(dice.choice(keys), "routing_key")], "purpose": _word(dice)} if keys else None


def _note(dice: random.Random, program: _Program) -> _Inputs:
    word = _word(dice)
    return {"incident": str(INCIDENT), "name": f"note-{word}", "display_name": word, "json_value": {"by": word}}


def _turn(dice: random.Random, program: _Program) -> _Inputs | None:
    taken = [one["inputs"]["rotation"]["of"] for _, one in _all(program, "RotationShiftAssignment")]
    rotations = [(name, one) for name, one in _all(program, "Rotation") if name not in taken]
    if not rotations:
        return None
    name, rotation = dice.choice(rotations)
    members = rotation["inputs"]["shifts"][0]["usernames"]
    return {"rotation": ref(name, "id"), "shift": "Primary", "username": dice.choice(members)}


def _all(program: _Program, kind: str) -> list[tuple[str, Any]]:
    return [(name, resource) for name, resource in program.items() if resource["kind"] == kind]


def _any(dice: random.Random, program: _Program, kind: str) -> Any:
    names = [name for name, _ in _all(program, kind)]
    return dice.choice(names) if names else None


def _members(dice: random.Random, program: _Program) -> tuple[Any, list[str]]:
    """A team that has members, and one or two of their memberships."""
    teams = sorted({one["inputs"]["team"]["of"] for _, one in _all(program, "TeamMembership")})
    if not teams:
        return None, []
    team = dice.choice(teams)
    members = [name for name, one in _all(program, "TeamMembership") if one["inputs"]["team"]["of"] == team]
    return team, dice.sample(members, min(len(members), dice.randint(1, 2)))


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("bcdfglmnprst") + dice.choice("aeiou") for _ in range(4))


def _day(dice: random.Random, first: int) -> str:
    return f"2031-01-{first + dice.randint(0, 8):02d}T00:00:00Z"


MAKERS: Final[dict[str, Callable[[random.Random, _Program], _Inputs | None]]] = {
    "User": _user,
    "Team": _team,
    "TeamMembership": _membership,
    "Rotation": _rotation,
    "EscalationPolicy": _policy,
    "RoutingKey": _key,
    "AlertRule": _rule,
    "ContactEmail": _email,
    "ContactPhone": _phone,
    "PagingPolicy": _paging,
    "Override": _override,
    "OverrideAssignment": _cover,
    "MaintenanceMode": _maintenance,
    "IncidentNote": _note,
    "RotationShiftAssignment": _turn,
}
