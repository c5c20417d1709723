from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import Caller, page_user
from tests.simulator.duty import absent, cover, make, mask, page, set_clock, shift, take

WEDNESDAY_NOON = "2026-01-07T12:00:00Z"


class Logbook:
    """A team with a rotation of a day, between Ada and Grace, that hands over at nine from Monday on."""

    def __init__(self, call: Caller) -> None:
        self.call = call
        for username in ("ada", "grace", "joan"):
            call.user(username)
        self.team = call.team("Platform", "ada", "grace")
        self.rotation = make(call, self.team, shift("2026-01-05T09:00:00Z", "ada", "grace", duration=1))
        self.policy = call.policy("Page", self.team, page(self.rotation))
        set_clock(call, WEDNESDAY_NOON)

    def path(self, query: str = "") -> str:
        return f"/api-reporting/v1/team/{self.team}/oncall/log?{query}"

    def spells(self, query: str = "") -> list[tuple[str, str, str]]:
        """User, day and time of the beginning and of the end, of all spells."""
        logs = self.call.ok("GET", self.path(query))["userLogs"]
        return [(log["userId"], row["on"][8:16], row["off"][8:16]) for log in logs for row in log["log"]]


@pytest.fixture
def logbook(call: Caller) -> Logbook:
    return Logbook(call)


def test_the_log_is_of_today_until_now(logbook: Logbook) -> None:
    policy = {"name": "Page", "slug": logbook.policy}
    assert logbook.call.ok("GET", logbook.path()) == {
        "teamSlug": logbook.team,
        "start": "2026-01-07T00:00:00.000Z",
        "end": "2026-01-08T00:00:00.000Z",
        "results": 2,
        "userLogs": [
            {
                "userId": "grace",
                "total": {"hours": 9, "minutes": 0},
                "adjustedTotal": {"hours": 9, "minutes": 0},
                "log": [
                    {
                        "on": "2026-01-07T00:00:00.000Z",
                        "off": "2026-01-07T09:00:00.000Z",
                        "duration": {"hours": 9, "minutes": 0},
                        "escalationPolicy": policy,
                    }
                ],
            },
            {
                "userId": "ada",
                "total": {"hours": 3, "minutes": 0},
                "adjustedTotal": {"hours": 3, "minutes": 0},
                "log": [
                    {
                        "on": "2026-01-07T09:00:00.000Z",
                        "off": "2026-01-07T12:00:00.000Z",
                        "duration": {"hours": 3, "minutes": 0},
                        "escalationPolicy": policy,
                    }
                ],
            },
        ],
    }


def test_an_interval_can_be_asked_for(logbook: Logbook) -> None:
    query = "start=2026-01-05T00:00:00Z&end=2026-01-06T10:30:00Z"
    assert logbook.spells(query) == [("ada", "05T09:00", "06T09:00"), ("grace", "06T09:00", "06T10:30")]
    answer = logbook.call.ok("GET", logbook.path(query))
    assert answer["userLogs"][1]["total"] == {"hours": 1, "minutes": 30}


def test_one_user_can_be_asked_for(logbook: Logbook) -> None:
    query = "start=2026-01-05T00:00:00Z&end=2026-01-09T00:00:00Z"
    assert logbook.spells(f"{query}&userName=Ada") == [("ada", "05T09:00", "06T09:00"), ("ada", "07T09:00", "07T12:00")]
    answer = logbook.call.ok("GET", logbook.path(f"{query}&userName=Ada"))
    assert (answer["results"], answer["userLogs"][0]["total"]) == (1, {"hours": 27, "minutes": 0})
    assert logbook.call.ok("GET", logbook.path(f"{query}&userName=joan"))["userLogs"] == []


def test_a_handoff_to_oneself_is_no_change(logbook: Logbook) -> None:
    rotation = make(logbook.call, logbook.team, shift("2026-01-05T09:00:00Z", "joan", duration=1), label="Alone")
    logbook.call.policy("Alone", logbook.team, page(rotation))
    assert logbook.spells("start=2026-01-05T00:00:00Z&userName=joan") == [("joan", "05T09:00", "07T12:00")]


def test_windows_overrides_and_takes_are_in_it(logbook: Logbook) -> None:
    call = logbook.call
    office = shift(
        "2026-01-05T09:00:00Z", "ada", label="Office", shifttype="pho", mask=mask("08:00", "17:00"), duration=1
    )
    rotation = make(call, logbook.team, office, label="Office")
    policy = call.policy("Office", logbook.team, page(rotation, "_next"), page_user("joan"))
    set_clock(call, "2026-01-06T09:00:00Z")
    cover(call, absent(call, "joan", "2026-01-06T10:00:00Z", "2026-01-06T12:00:00Z"), policy, "grace")
    set_clock(call, WEDNESDAY_NOON)
    take(call, policy, "ada", "grace")
    set_clock(call, "2026-01-08T00:00:00Z")
    spells = [
        (log["userId"], row["on"][8:16], row["off"][8:16])
        for log in call.ok("GET", logbook.path("start=2026-01-06T00:00:00Z"))["userLogs"]
        for row in log["log"]
        if row["escalationPolicy"]["name"] == "Office"
    ]
    assert sorted(spells) == [
        ("ada", "06T08:00", "06T17:00"),
        ("ada", "07T08:00", "07T12:00"),
        ("grace", "06T10:00", "06T12:00"),
        ("grace", "07T12:00", "07T17:00"),
        ("joan", "06T00:00", "06T10:00"),
        ("joan", "06T12:00", "08T00:00"),
    ]


def test_duty_for_two_policies_at_a_time_counts_once_when_adjusted(logbook: Logbook) -> None:
    logbook.call.policy("Always", logbook.team, page_user("grace"))
    log: dict[str, Any] = logbook.call.ok("GET", logbook.path())["userLogs"][0]
    assert log["userId"] == "grace"
    assert log["total"] == {"hours": 21, "minutes": 0}
    assert log["adjustedTotal"] == {"hours": 12, "minutes": 0}
    assert len(log["log"]) == 2


def test_a_policy_without_steps_has_nobody_on_duty(call: Caller) -> None:
    team = call.team("Idle")
    call.ok("POST", "/api-public/v1/policies", {"name": "Empty", "teamSlug": team, "steps": []})
    set_clock(call, WEDNESDAY_NOON)
    assert call.ok("GET", f"/api-reporting/v1/team/{team}/oncall/log")["userLogs"] == []


def test_what_is_to_come_is_not_in_it(logbook: Logbook) -> None:
    assert logbook.spells("start=2026-01-08T00:00:00Z&end=2026-01-09T00:00:00Z") == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("start=2026-01-07T00:00:00Z&end=2026-01-07T00:00:00Z", "end has to be after start"),
        ("start=soon", "start has to be a time in ISO 8601"),
    ],
)
def test_a_question_that_is_wrong_is_a_bad_request(logbook: Logbook, query: str, text: str) -> None:
    assert logbook.call.refusal("GET", logbook.path(query)) == (400, {"error": text})


def test_an_unknown_team_or_user_is_not_found(logbook: Logbook) -> None:
    missing = (404, {"error": "team or user(s) not found"})
    assert logbook.call.refusal("GET", logbook.path("userName=nobody")) == missing
    assert logbook.call.refusal("GET", "/api-reporting/v1/team/team-x/oncall/log") == missing
