from __future__ import annotations

from tests.simulator.conftest import Caller, page_user


def test_notification_types(call: Caller) -> None:
    assert call.ok("GET", "/api-public/v1/policies/types/notifications") == {
        "notificationTypes": [
            {"type": "push", "description": "Send a push notification to all my devices"},
            {"type": "email", "description": "Send an email to an email address"},
            {"type": "sms", "description": "Send an SMS to a phone number"},
            {"type": "phone", "description": "Make a phone call to a phone number"},
        ],
        "_selfUrl": "/api-public/v1/policies/types/notifications",
    }


def test_contact_types(call: Caller) -> None:
    assert call.ok("GET", "/api-public/v1/policies/types/contacts") == {
        "contactTypes": [
            {"type": "email", "description": "Email Address"},
            {"type": "phone", "description": "Phone Number"},
        ],
        "_selfUrl": "/api-public/v1/policies/types/contacts",
    }


def test_timeout_types_are_strings(call: Caller) -> None:
    answer = call.ok("GET", "/api-public/v1/policies/types/timeouts")
    assert answer["_selfUrl"] == "/api-public/v1/policies/types/timeouts"
    assert answer["timeoutTypes"][:2] == [
        {"type": "1", "description": "If still unacked after 1 minute"},
        {"type": "5", "description": "If still unacked after 5 minutes"},
    ]
    types = [row["type"] for row in answer["timeoutTypes"]]
    assert types == ["1", "5", "10", "15", "20", "25", "30", "45", "60"]


def test_webhooks_come_from_the_seed(call: Caller) -> None:
    assert call.ok("GET", "/api-public/v1/webhooks") == {"webhooks": []}
    call.sim.reset("demo")
    listed = call.ok("GET", "/api-public/v1/webhooks")["webhooks"]
    assert listed[0] == {
        "slug": listed[0]["slug"],
        "label": "Ticket system",
        "url": "https://hooks.larkspur-freight.example/tickets",
    }
    assert len(listed) == 3


def test_on_call_are_those_whom_the_first_step_pages_each_once(call: Caller) -> None:
    call.user("ada")
    default, team = call.default_team(), call.team("Platform")
    call.team("Nobody there")
    mails = {"executionType": "email", "email": {"address": "ops@example.com"}}
    call.policy("Only mail", team, mails)
    steps = [
        {"timeout": 0, "entries": [page_user("ada"), mails, page_user("ada"), page_user("admin")]},
        {"timeout": 5, "entries": [page_user("admin")]},
    ]
    sent = {"name": "Page", "teamSlug": team, "steps": steps}
    policy = call.ok("POST", "/api-public/v1/policies", sent)["slug"]
    call.ok("POST", "/api-public/v1/policies", sent | {"name": "Empty", "steps": []})
    assert call.ok("GET", "/api-public/v1/oncall/current") == {
        "teamsOnCall": [
            {
                "team": {"name": "Default Team", "slug": default},
                "onCallNow": [
                    {
                        "escalationPolicy": {"name": "Default Policy", "slug": default},
                        "users": [{"onCallUser": {"username": "admin"}}],
                    }
                ],
            },
            {
                "team": {"name": "Platform", "slug": team},
                "onCallNow": [
                    {
                        "escalationPolicy": {"name": "Page", "slug": policy},
                        "users": [{"onCallUser": {"username": "ada"}}, {"onCallUser": {"username": "admin"}}],
                    }
                ],
            },
        ]
    }
