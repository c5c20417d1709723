"""What is refused at preview, with the exact property path and words."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

USER = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
KEY = {"routing_key": "db", "targets": ["pol-a"]}
MEMBER = {"team": "team-a", "username": "ada"}
_FORM = "is not a username: expected 1 to 128 letters, digits or . _ - + @, with no blanks"


def policy(*steps: Any, **more: Any) -> dict[str, Any]:
    return {"team": "team-a", "name": "P", "steps": list(steps), **more}


def step(*entries: Any, timeout: Any = 0) -> dict[str, Any]:
    return {"timeout": timeout, "entries": list(entries)}


def user(name: Any = "ada") -> dict[str, Any]:
    return {"type": "user", "username": name}


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("provider", "inputs", "failures"),
    [
        # Users
        (providers.User, {}, [(name, "is required") for name in ("username", "first_name", "last_name", "email")]),
        (providers.User, {**USER, "username": ""}, [("username", f"'' {_FORM}")]),
        (providers.User, {**USER, "username": "ada byron"}, [("username", f"'ada byron' {_FORM}")]),
        (providers.User, {**USER, "username": "../team"}, [("username", f"'../team' {_FORM}")]),
        (providers.User, {**USER, "username": ".."}, [("username", f"'..' {_FORM}")]),
        (providers.User, {**USER, "username": "a\nb"}, [("username", f"'a\\nb' {_FORM}")]),
        (providers.User, {**USER, "username": 7}, [("username", "expected text, got 7")]),
        (providers.User, {**USER, "username": ["a"]}, [("username", "expected text, got a list")]),
        (providers.User, {**USER, "first_name": "  "}, [("first_name", "must not be blank")]),
        (providers.User, {**USER, "first_name": " A"}, [("first_name", "' A' begins or ends with a blank")]),
        (
            providers.User,
            {**USER, "last_name": "B\u202eyron"},
            [("last_name", "'B\\u202eyron' has a control character or an invisible one in it")],
        ),
        (
            providers.User,
            {**USER, "last_name": "B" * 256},
            [("last_name", "has 256 characters; at most 255 are allowed")],
        ),
        (
            providers.User,
            {**USER, "email": "ada@"},
            [("email", "'ada@' is not an e-mail address: There must be something after the @-sign.")],
        ),
        (
            providers.User,
            {**USER, "expiration_hours": 0},
            [("expiration_hours", "0 is not how long an invitation may hold: expected hours, 1 to 8784")],
        ),
        (
            providers.User,
            {**USER, "expiration_hours": 1.5},
            [("expiration_hours", "expected a whole number, got 1.5")],
        ),
        (providers.User, {**USER, "replacement_user": "b/c"}, [("replacement_user", f"'b/c' {_FORM}")]),
        (
            providers.User,
            {**USER, "replacement_strategy": "lottery"},
            [
                (
                    "replacement_strategy",
                    "expected 'specifiedUser', 'globalAdmin', 'teamAdmin' or 'findReplacement', got 'lottery'",
                )
            ],
        ),
        (
            providers.User,
            {**USER, "replacement_strategy": "teamAdmin", "replacement_user": "grace"},
            [
                (
                    "",
                    "replacement_strategy 'teamAdmin' leaves the choice to the service: leave replacement_user out, or "
                    "make it 'specifiedUser'",
                )
            ],
        ),
        (
            providers.User,
            {**USER, "replacement_strategy": "specifiedUser"},
            [("replacement_strategy", "'specifiedUser' needs replacement_user or victorops:defaultReplacement")],
        ),
        (
            providers.User,
            {**USER, "user_name": "ada"},
            [("user_name", "there is no such property; did you mean 'username'?")],
        ),
        (
            providers.User,
            {**USER, "admin": True},
            [
                (
                    "admin",
                    "there is no such property; there are email, expiration_hours, first_name, last_name, "
                    "replacement_strategy, replacement_user, username",
                )
            ],
        ),
        # Teams and memberships
        (providers.Team, {"name": ""}, [("name", "must not be blank")]),
        (providers.Team, {"name": "A", "description": 1}, [("description", "expected text, got 1")]),
        (
            providers.TeamMembership,
            {**MEMBER, "team": "Platform"},
            [("team", "'Platform' is not a team's slug: expected 'team-...', as `team.slug` gives it")],
        ),
        (
            providers.TeamMembership,
            {**MEMBER, "team": "team-a/../b"},
            [("team", "'team-a/../b' is not a team's slug: expected 'team-...', as `team.slug` gives it")],
        ),
        # Escalation policies
        (providers.EscalationPolicy, policy(), [("steps", "the policy has no steps, so it pages nobody")]),
        (
            providers.EscalationPolicy,
            policy(step()),
            [("steps[0].entries", "the step has no entries, so it pages nobody")],
        ),
        (
            providers.EscalationPolicy,
            policy(step(user(), timeout=-5)),
            [("steps[0].timeout", "-5 is not a step's timeout: expected minutes (not seconds), 0 to 1440")],
        ),
        (
            providers.EscalationPolicy,
            policy(step(user()), step(user(), timeout="15")),
            [("steps[1].timeout", "expected a whole number, got '15'")],
        ),
        (
            providers.EscalationPolicy,
            policy(step(user(), timeout=True)),
            [("steps[0].timeout", "expected a whole number, got True")],
        ),
        (
            providers.EscalationPolicy,
            policy({"entries": [user()]}),
            [("steps[0].timeout", "is required")],
        ),
        (
            providers.EscalationPolicy,
            policy(step({"type": "usr", "username": "ada"})),
            [
                (
                    "steps[0].entries[0].type",
                    "expected 'user', 'rotation_group', 'rotation_group_next', 'rotation_group_previous', 'email', "
                    "'webhook' or 'policy_routing', got 'usr'",
                )
            ],
        ),
        (
            providers.EscalationPolicy,
            policy(step({"type": "user"}, {"type": "email", "email": "a@example.com", "username": "ada"})),
            [
                ("steps[0].entries[0]", "an entry of type 'user' needs 'username'"),
                ("steps[0].entries[1]", "an entry of type 'email' has 'email' and no 'username'"),
            ],
        ),
        (
            providers.EscalationPolicy,
            policy(step(user("ada"), user("ADA"))),
            [("steps[0].entries", 'the same entry stands here twice: {"type": "user", "username": "ada"}')],
        ),
        (
            providers.EscalationPolicy,
            policy(step({"type": "rotation_group", "rotation_group": "weekly"})),
            [
                (
                    "steps[0].entries[0].rotation_group",
                    "'weekly' is not a rotation's slug: expected 'rtg-...', as `rotation.slug` gives it",
                )
            ],
        ),
        (
            providers.EscalationPolicy,
            policy(step({"type": "webhook", "webhook": "https://example.com"})),
            [
                (
                    "steps[0].entries[0].webhook",
                    "'https://example.com' is not a webhook's slug: expected 'wh-...', "
                    "as the list of webhooks gives it",
                )
            ],
        ),
        (
            providers.EscalationPolicy,
            policy(step({"type": "policy_routing", "target_policy": "Page"})),
            [
                (
                    "steps[0].entries[0].target_policy",
                    "'Page' is not an escalation policy's slug: expected 'pol-...' or 'team-...', "
                    "as `policy.slug` gives it",
                )
            ],
        ),
        (
            providers.EscalationPolicy,
            policy(step(user()), ignore_custom_paging_policies="yes"),
            [("ignore_custom_paging_policies", "expected True or False, got 'yes'")],
        ),
        (providers.EscalationPolicy, policy("step"), [("steps[0]", "expected a dict, got 'step'")]),
        (
            providers.EscalationPolicy,
            policy(step(user(UNKNOWN), {"type": UNKNOWN}), {"timeout": 5000, "entries": UNKNOWN}),
            [("steps[1].timeout", "5000 is not a step's timeout: expected minutes (not seconds), 0 to 1440")],
        ),
        # Routing keys
        (
            providers.RoutingKey,
            {**KEY, "routing_key": "a b"},
            [("routing_key", "'a b' is not a routing key: expected 1 to 255 characters with no blanks, / \\ ? # or %")],
        ),
        (
            providers.RoutingKey,
            {**KEY, "targets": []},
            [("targets", "must name at least one escalation policy, or alerts with this key page nobody")],
        ),
        (providers.RoutingKey, {**KEY, "targets": ["pol-a", "pol-a"]}, [("targets", "'pol-a' stands here twice")]),
        (providers.RoutingKey, {**KEY, "targets": "pol-a"}, [("targets", "expected a list, got 'pol-a'")]),
    ],
)
def test_is_refused(plugin: Plugin, provider: Any, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(provider, inputs).failures == failures


@pytest.mark.parametrize(
    ("provider", "inputs"),
    [
        (providers.User, {**USER, "username": "ada.byron+oncall@example.com"}),
        (providers.User, {**USER, "first_name": "Zoë", "last_name": "Ó Briain-Łukasz 李"}),
        (providers.Team, {"name": "Платформа 24/7", "description": "Line one\nline two"}),
        (providers.RoutingKey, {**KEY, "targets": ["team-a", UNKNOWN, UNKNOWN]}),
        (providers.EscalationPolicy, policy(step(user()), step(user(), timeout=0), step(user(), timeout=1440))),
    ],
)
def test_is_accepted_as_it_stands(plugin: Plugin, provider: Any, inputs: dict[str, Any]) -> None:
    checked = plugin.check(provider, inputs)
    assert checked.failures == []
    assert {name: value for name, value in checked.inputs.items() if name in inputs} == inputs


def test_a_key_that_is_not_there_any_more_may_lead_anywhere(plugin: Plugin) -> None:
    old = {"routing_key": "db", "targets": ["pol-a", "pol-b"]}
    assert plugin.check(providers.RoutingKey, {"routing_key": "db", "targets": [UNKNOWN, UNKNOWN]}, old).failures == []
    assert plugin.check(providers.RoutingKey, {"routing_key": "db", "targets": ["pol-b", "pol-a"]}, old).failures == []
    assert plugin.check(providers.RoutingKey, {"routing_key": "db", "targets": ["pol-z"]}, old).failures == []
