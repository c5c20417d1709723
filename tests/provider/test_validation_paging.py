"""What is refused at preview of paging policies, with the exact property path and words."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

PUSH = {"type": "push"}
_MINUTES = "expected minutes (not seconds), one of 1, 5, 10, 15, 20, 25, 30, 45, 60"


def policy(*steps: Any) -> dict[str, Any]:
    return {"username": "ada", "steps": list(steps)}


def step(*rules: Any, timeout: Any = 5) -> dict[str, Any]:
    return {"timeout": timeout, "rules": list(rules)}


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("inputs", "failures"),
    [
        ({}, [("username", "is required"), ("steps", "is required")]),
        (policy(), [("steps", "the policy has no steps, so it pages nobody")]),
        (policy(step(PUSH), step()), [("steps[1].rules", "the step has no rules, so it pages nobody")]),
        (policy(step(PUSH, timeout=2)), [("steps[0].timeout", f"2 is not a step's timeout: {_MINUTES}")]),
        (policy(step(PUSH, timeout=300)), [("steps[0].timeout", f"300 is not a step's timeout: {_MINUTES}")]),
        (policy(step(PUSH, timeout=0)), [("steps[0].timeout", f"0 is not a step's timeout: {_MINUTES}")]),
        (policy(step(PUSH, timeout=True)), [("steps[0].timeout", "expected a whole number, got True")]),
        (policy({"rules": [PUSH]}), [("steps[0].timeout", "is required")]),
        (
            policy(step({"type": "pager"})),
            [("steps[0].rules[0].type", "expected 'push', 'email', 'sms' or 'phone', got 'pager'")],
        ),
        (
            policy(step({"type": "sms"}, {"type": "phone"})),
            [
                ("steps[0].rules[0]", "a rule of type 'sms' needs 'contact_id'"),
                ("steps[0].rules[1]", "a rule of type 'phone' needs 'contact_id'"),
            ],
        ),
        (
            policy(step({"type": "push", "contact_id": 7})),
            [("steps[0].rules[0]", "a rule of type 'push' goes to all devices and has no 'contact_id'")],
        ),
        (
            policy(step({"type": "sms", "contact_id": "3f1d2c4b"})),
            [("steps[0].rules[0].contact_id", "expected a whole number, got '3f1d2c4b'")],
        ),
        (
            policy(step({"type": "sms", "contact_id": 0})),
            [
                (
                    "steps[0].rules[0].contact_id",
                    "0 is not a contact's id: expected a whole number, as `contact.contact_id` gives it",
                )
            ],
        ),
        (policy(step(PUSH, PUSH)), [("steps[0].rules", 'the same rule stands here twice: {"type": "push"}')]),
        (
            policy(step({"type": "sms", "contact": 7})),
            [("steps[0].rules[0].contact", "there is no such property; did you mean 'contact_id'?")],
        ),
        (
            policy(UNKNOWN, {"timeout": 7, "rules": UNKNOWN}, step(UNKNOWN, {"type": "sms", "contact_id": UNKNOWN})),
            [("steps[1].timeout", f"7 is not a step's timeout: {_MINUTES}")],
        ),
        (
            {"username": "a b", "steps": UNKNOWN},
            [("username", "'a b' is not a username: expected 1 to 128 letters, digits or . _ - + @, with no blanks")],
        ),
    ],
)
def test_is_refused(plugin: Plugin, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(providers.PagingPolicy, inputs).failures == failures


@pytest.mark.parametrize(
    "inputs",
    [
        policy(*(step(PUSH, timeout=minutes) for minutes in (1, 5, 10, 15, 20, 25, 30, 45, 60))),
        policy(step({"type": "email"}, {"type": "email", "contact_id": 7}, {"type": "sms", "contact_id": 8})),
        policy(step({"type": "sms", "contact_id": UNKNOWN}, {"type": "sms", "contact_id": UNKNOWN})),
        policy(step({"type": UNKNOWN})),
        {"username": UNKNOWN, "steps": [UNKNOWN]},
    ],
)
def test_is_accepted_as_it_stands(plugin: Plugin, inputs: dict[str, Any]) -> None:
    checked = plugin.check(providers.PagingPolicy, inputs)
    assert (checked.failures, checked.inputs) == ([], inputs)
