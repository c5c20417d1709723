"""The rules: each takes a resource's properties, and says what is wrong with them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Properties = Mapping[str, Any]


class Rule(NamedTuple):
    """A rule, and the kind of resource that it's for."""

    name: str
    description: str
    resource: str
    problems: Callable[[Properties], list[str]]


def has_two_steps(policy: Properties) -> list[str]:
    """One step is one person asleep away from nobody."""
    count = len(policy["steps"])
    return [] if count >= 2 else [f"{policy['name']!r} has {count} step: add one for when nobody reacts"]


def ends_in_a_person(policy: Properties) -> list[str]:
    """Rotations have gaps, mail is read in the morning, and other policies may lead back: a name is what is sure."""
    if any(entry["type"] == "user" for entry in policy["steps"][-1]["entries"]):
        return []
    return [f"the last step of {policy['name']!r} pages no person by name: add a `Notify.user(...)` to it"]


def nobody_is_alone(rotation: Properties) -> list[str]:
    """Who has nobody to hand over to is on duty for good."""
    return [
        f"in {rotation['label']!r} the shift {shift['label']!r} has nobody but {shift['usernames'][0]}"
        for shift in rotation["shifts"]
        if len({username.lower() for username in shift["usernames"]}) < 2
    ]


RULES = [
    Rule("two-steps", "An escalation policy has at least two steps.", "EscalationPolicy", has_two_steps),
    Rule("ends-in-a-person", "An escalation policy ends in a person.", "EscalationPolicy", ends_in_a_person),
    Rule("nobody-alone", "Nobody is alone in a rotation's shift.", "Rotation", nobody_is_alone),
]
