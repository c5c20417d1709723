"""Schedules of teams and users. In London the clocks go forward on 29 March 2026, a Sunday, at 01:00 UTC."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import NOW, Caller, page_user
from tests.simulator.duty import WEEKDAYS, absent, cover, make, mask, page, set_clock, shift, take


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


def of_team(call: Caller, team: str, query: str = "") -> Any:
    return call.ok("GET", f"/api-public/v2/team/{team}/oncall/schedule{query}")["schedules"]


def rolls(call: Caller, team: str, query: str = "") -> list[tuple[str, str, str, bool]]:
    [line] = of_team(call, team, query)[0]["schedule"]
    return [(roll["start"], roll["end"], roll["onCallUser"]["username"], roll["isRoll"]) for roll in line["rolls"]]


def test_a_team_has_a_line_for_each_entry_and_shift(org: Caller) -> None:
    team = org.team("Platform", "ada")
    rotation = make(
        org,
        team,
        shift("2026-03-23T09:00:00Z", "ada", "grace", timezone="Europe/London"),
        shift("2026-05-01T09:00:00Z", "alan", label="Later"),
    )
    entries = [
        page(rotation),
        page_user("ada"),
        {"executionType": "email", "email": {"address": "ops@example.com"}},
        {"executionType": "policy_routing", "targetPolicy": {"policySlug": org.default_team()}},
    ]
    policy = org.policy("Page", team, *entries)
    set_clock(org, "2026-03-28T12:00:00Z")
    cover(org, absent(org, "ada", "2026-03-28T00:00:00Z", "2026-03-29T12:00:00Z", "Europe/London"), policy, "alan")
    lines = [
        {
            "onCallType": "rotation_group",
            "onCallUser": {"username": "ada"},
            "overrideOnCallUser": {"username": "alan"},
            "rotationName": "Weekly",
            "shiftName": "Primary",
            "shiftRoll": "2026-03-30T09:00:00+01:00",
            "rolls": [
                {
                    "start": "2026-03-23T09:00:00+00:00",
                    "end": "2026-03-30T09:00:00+01:00",
                    "onCallUser": {"username": "ada"},
                    "isRoll": True,
                },
                {
                    "start": "2026-03-30T09:00:00+01:00",
                    "end": "2026-04-06T09:00:00+01:00",
                    "onCallUser": {"username": "grace"},
                    "isRoll": True,
                },
            ],
        },
        {
            "onCallType": "rotation_group",
            "rotationName": "Weekly",
            "shiftName": "Later",
            "shiftRoll": "2026-05-01T09:00:00+00:00",
            "rolls": [],
        },
        {
            "onCallType": "user",
            "onCallUser": {"username": "ada"},
            "overrideOnCallUser": {"username": "alan"},
            "rolls": [],
        },
        {"onCallType": "email", "rolls": []},
        {"onCallType": "policy_routing", "rolls": []},
    ]
    schedule = {
        "team": {"name": "Platform", "slug": team},
        "schedules": [
            {
                "policy": {"name": "Page", "slug": policy},
                "schedule": lines,
                "overrides": [
                    {
                        "origOnCallUser": {"username": "ada"},
                        "overrideOnCallUser": {"username": "alan"},
                        "start": "2026-03-28T00:00:00+00:00",
                        "end": "2026-03-29T13:00:00+01:00",
                        "policy": {"name": "Page", "slug": policy},
                    }
                ],
            }
        ],
    }
    assert org.ok("GET", f"/api-public/v2/team/{team}/oncall/schedule?daysForward=5") == schedule
    assert org.ok("GET", "/api-public/v2/user/ADA/oncall/schedule?daysForward=5") == {"teamSchedules": [schedule]}

    old = {
        "team": team,
        "schedule": [
            {
                "policyType": "rotation_group",
                "oncall": "ada",
                "overrideoncall": "alan",
                "rotationName": "Weekly",
                "shiftName": "Primary",
                "shiftRoll": 1_774_857_600_000,
                "rolls": [
                    {"change": 1_774_256_400_000, "until": 1_774_857_600_000, "oncall": "ada", "isRoll": True},
                    {"change": 1_774_857_600_000, "until": 1_775_462_400_000, "oncall": "grace", "isRoll": True},
                ],
            },
            {
                "policyType": "rotation_group",
                "rotationName": "Weekly",
                "shiftName": "Later",
                "shiftRoll": 1_777_626_000_000,
                "rolls": [],
            },
            {"policyType": "user", "oncall": "ada", "overrideoncall": "alan", "rolls": []},
            {"policyType": "email", "rolls": []},
            {"policyType": "policy_routing", "rolls": []},
        ],
        "overrides": [{"orig": "ada", "over": "alan", "start": 1_774_656_000_000, "end": 1_774_785_600_000}],
    }
    assert org.ok("GET", f"/api-public/v1/team/{team}/oncall/schedule?daysForward=5") == old
    assert org.ok("GET", "/api-public/v1/user/ada/oncall/schedule?daysForward=5") == [old]


def test_the_schedule_of_a_user_is_that_of_all_their_teams(org: Caller) -> None:
    first, second = org.team("First", "ada"), org.team("Second", "grace", "ada")
    org.team("Third", "grace")
    org.policy("Page", second, page_user("grace"))
    found = org.ok("GET", "/api-public/v2/user/ada/oncall/schedule")["teamSchedules"]
    assert [row["team"]["slug"] for row in found] == [first, second]
    assert found[0]["schedules"] == []
    assert found[1]["schedules"][0]["schedule"][0]["onCallUser"] == {"username": "grace"}
    assert [row["team"] for row in org.ok("GET", "/api-public/v1/user/ada/oncall/schedule")] == [first, second]
    assert org.ok("GET", "/api-public/v2/user/alan/oncall/schedule") == {"teamSchedules": []}


def test_rolls_are_periods_cut_with_the_windows(org: Caller) -> None:
    team = org.team("Platform")
    office = shift(
        "2026-03-20T09:00:00Z",  # a Friday
        "grace",
        "ada",
        shifttype="pho",
        timezone="Europe/London",
        mask=mask("08:00", "17:00", WEEKDAYS),
    )
    org.policy("Page", team, page(make(org, team, office)))
    set_clock(org, "2026-03-26T18:00:00Z")
    # The hand-off cuts Friday's window; what has begun or goes on beyond the span is given whole.
    assert rolls(org, team, "?daysForward=4") == [
        ("2026-03-27T08:00:00+00:00", "2026-03-27T09:00:00+00:00", "grace", False),
        ("2026-03-27T09:00:00+00:00", "2026-03-27T17:00:00+00:00", "ada", True),
        ("2026-03-30T08:00:00+01:00", "2026-03-30T17:00:00+01:00", "ada", False),
    ]
    assert rolls(org, team, "?daysForward=1&daysSkip=4") == [
        ("2026-03-31T08:00:00+01:00", "2026-03-31T17:00:00+01:00", "ada", False)
    ]
    set_clock(org, "2026-03-30T10:00:00Z")
    assert rolls(org, team, "?daysForward=1")[0][0] == "2026-03-30T08:00:00+01:00"


def test_windows_that_touch_make_one_roll(org: Caller) -> None:
    team = org.team("Platform")
    days = shift(NOW, "ada", "grace", shifttype="cstm", mask=mask("00:00", "12:00"), mask2=mask("11:00", "00:00"))
    org.policy("Page", team, page(make(org, team, days)))
    assert rolls(org, team, "?daysForward=10") == [
        ("2026-01-05T09:00:00+00:00", "2026-01-12T09:00:00+00:00", "ada", True),
        ("2026-01-12T09:00:00+00:00", "2026-01-19T09:00:00+00:00", "grace", True),
    ]


@pytest.mark.parametrize(
    ("neighbour", "usernames"), [("", ["ada", "grace"]), ("_next", ["grace", "ada"]), ("_previous", ["ada"])]
)
def test_rolls_are_of_the_neighbours_where_those_are_paged(org: Caller, neighbour: str, usernames: list[str]) -> None:
    team = org.team("Platform")
    org.policy("Page", team, page(make(org, team, shift(NOW, "ada", "grace")), neighbour))
    assert [roll[2] for roll in rolls(org, team)] == usernames


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("?daysForward=0", []),
        ("?daysForward=1", ["05"]),
        ("", ["05", *(f"{day:02}" for day in range(6, 19))]),
        ("?daysForward=2&daysSkip=3", ["08", "09"]),
        ("?daysForward=0&daysSkip=90", []),
    ],
)
def test_days_are_of_24_hours_from_now(org: Caller, query: str, days: list[str]) -> None:
    team = org.team("Platform")
    org.policy("Page", team, page(make(org, team, shift(NOW, "ada", duration=1))))
    assert [roll[0][8:10] for roll in rolls(org, team, query)] == days


def test_as_many_days_as_there_may_be(org: Caller) -> None:
    team = org.team("Platform")
    org.policy("Page", team, page(make(org, team, shift(NOW, "ada", duration=1))))
    found = rolls(org, team, "?daysForward=123&daysSkip=90")
    assert (len(found), found[0][0], found[-1][1]) == (123, "2026-04-05T09:00:00+00:00", "2026-08-06T09:00:00+00:00")


def test_rolls_begin_with_the_first_handoff(org: Caller) -> None:
    team = org.team("Platform")
    org.policy("Page", team, page(make(org, team, shift("2026-01-10T09:00:00Z", "ada"))))
    assert [roll[0] for roll in rolls(org, team)] == ["2026-01-10T09:00:00+00:00", "2026-01-17T09:00:00+00:00"]
    set_clock(org, "2026-01-01T00:00:00Z")
    assert rolls(org, team, "?daysForward=9") == []


def test_the_queried_step_is_shown(org: Caller) -> None:
    team = org.team("Platform")
    steps = [{"timeout": 5, "entries": [page_user(username)]} for username in ("ada", "grace", "alan", "admin")]
    org.ok("POST", "/api-public/v1/policies", {"name": "Page", "teamSlug": team, "steps": steps})
    shown = [of_team(org, team, f"?step={step}")[0]["schedule"][0]["onCallUser"]["username"] for step in range(4)]
    assert shown == ["ada", "grace", "alan", "admin"]


def test_a_policy_without_that_step_has_no_lines(org: Caller) -> None:
    team = org.team("Platform")
    policy = org.policy("Page", team, page_user("ada"))
    cover(org, absent(org, "ada", NOW, "2026-02-01T00:00:00Z"), policy, "grace")
    assert of_team(org, team, "?step=1") == [
        {"policy": {"name": "Page", "slug": policy}, "schedule": [], "overrides": []}
    ]


def test_a_take_shows_in_who_is_on_call_and_not_in_the_rolls(org: Caller) -> None:
    team = org.team("Platform")
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "ada"))))
    take(org, policy, "ada", "grace")
    cover(org, absent(org, "grace", NOW, "2026-02-01T00:00:00Z"), policy, "alan")
    [found] = of_team(org, team)
    [line] = found["schedule"]
    assert (line["onCallUser"], line["overrideOnCallUser"]) == ({"username": "grace"}, {"username": "alan"})
    assert {roll["onCallUser"]["username"] for roll in line["rolls"]} == {"ada"}
    assert [row["origOnCallUser"]["username"] for row in found["overrides"]] == ["grace"]


def test_only_covers_of_those_whom_the_step_pages_are_listed_in_their_time(org: Caller) -> None:
    team = org.team("Platform")
    steps = [{"timeout": 0, "entries": [page_user("ada")]}, {"timeout": 5, "entries": [page_user("grace")]}]
    policy = org.ok("POST", "/api-public/v1/policies", {"name": "Page", "teamSlug": team, "steps": steps})["slug"]
    absent(org, "ada", "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z")  # nobody covers
    covered = absent(org, "ada", "2026-01-10T09:00:00Z", "2026-01-11T09:00:00Z")
    cover(org, covered, policy, "alan")
    cover(org, absent(org, "grace", NOW, "2026-02-01T00:00:00Z"), policy, "admin")

    def listed(query: str) -> list[str]:
        return [row["origOnCallUser"]["username"] for row in of_team(org, team, query)[0]["overrides"]]

    assert listed("") == ["ada"]
    assert listed("?step=1") == ["grace"]
    # The span is half-open, and so is the absence.
    assert listed("?daysForward=5") == []
    assert listed("?daysForward=6") == ["ada"]
    assert listed("?daysSkip=6") == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("daysForward=124", "daysForward has to be a whole number from 0 to 123"),
        ("daysForward=-1", "daysForward has to be a whole number from 0 to 123"),
        ("daysSkip=91", "daysSkip has to be a whole number from 0 to 90"),
        ("step=4", "step has to be a whole number from 0 to 3"),
        ("step=first", "step has to be a whole number from 0 to 3"),
        ("daysForward=1.5", "daysForward has to be a whole number from 0 to 123"),
    ],
)
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_query_out_of_bounds_is_a_bad_request(org: Caller, version: str, query: str, text: str) -> None:
    for subject in ("user/alan", f"team/{org.default_team()}"):
        path = f"/api-public/{version}/{subject}/oncall/schedule?{query}"
        assert org.refusal("GET", path) == (400, {"error": text})


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_there_is_no_schedule_of_what_is_unknown(org: Caller, version: str) -> None:
    for subject, text in (("user", "None found for username: x"), ("team", "No team 'x' found")):
        path = f"/api-public/{version}/{subject}/x/oncall/schedule"
        assert org.refusal("GET", path) == (404, {"error": text})
