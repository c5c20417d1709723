"""When shifts hand over: local time of day, across the changes of the clocks. All expectations are worked out by hand.

In 2026 clocks change in London on 29 March and 25 October at 01:00 UTC, in New York on 8 March at 07:00 UTC and on
1 November at 06:00 UTC.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.simulator.conftest import Caller
from tests.simulator.duty import make, on_call, page, set_clock, shift


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


def periods(call: Caller, start: str, timezone: str, duration: int, count: int) -> list[tuple[str, str]]:
    """List the periods that a new shift begins with."""
    set_clock(call, "2000-01-01T00:00:00Z")
    body = {"label": "Weekly", "shifts": [shift(start, "ada", timezone=timezone, duration=duration)]}
    path = f"/api-public/v1/teams/{call.default_team()}/rotations?count={count}"
    [made] = call.ok("POST", path, body)["shifts"]
    return [(period["start"], period["end"]) for period in made["periods"]]


def test_a_handoff_keeps_its_local_time_in_spring(org: Caller) -> None:
    assert periods(org, "2026-03-23T09:00:00Z", "Europe/London", 7, 2) == [
        ("2026-03-23T09:00:00Z", "2026-03-30T08:00:00Z"),
        ("2026-03-30T08:00:00Z", "2026-04-06T08:00:00Z"),
    ]
    assert periods(org, "2026-03-02T09:00:00-05:00", "America/New_York", 7, 2) == [
        ("2026-03-02T14:00:00Z", "2026-03-09T13:00:00Z"),
        ("2026-03-09T13:00:00Z", "2026-03-16T13:00:00Z"),
    ]


def test_a_handoff_keeps_its_local_time_in_autumn(org: Caller) -> None:
    assert periods(org, "2026-10-19T09:00:00+01:00", "Europe/London", 7, 2) == [
        ("2026-10-19T08:00:00Z", "2026-10-26T09:00:00Z"),
        ("2026-10-26T09:00:00Z", "2026-11-02T09:00:00Z"),
    ]
    assert periods(org, "2026-10-26T09:00:00-04:00", "America/New_York", 7, 2) == [
        ("2026-10-26T13:00:00Z", "2026-11-02T14:00:00Z"),
        ("2026-11-02T14:00:00Z", "2026-11-09T14:00:00Z"),
    ]


@pytest.mark.parametrize(
    ("start", "timezone", "handoffs"),
    [
        # 01:30 does not exist on 29 March: the clocks go from 01:00 to 02:00 at 01:00 UTC.
        (
            "2026-03-28T01:30:00Z",
            "Europe/London",
            ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"],
        ),
        # 02:30 does not exist on 8 March: the clocks go from 02:00 to 03:00 at 07:00 UTC.
        (
            "2026-03-07T02:30:00-05:00",
            "America/New_York",
            ["2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z", "2026-03-10T06:30:00Z"],
        ),
        # The readings at the very ends of a gap: 01:00 is skipped, 02:00 exists.
        (
            "2026-03-28T01:00:00Z",
            "Europe/London",
            ["2026-03-28T01:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"],
        ),
        (
            "2026-03-28T02:00:00Z",
            "Europe/London",
            ["2026-03-28T02:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z"],
        ),
        # A gap of half an hour: Lord Howe Island goes from 02:00 to 02:30 on 4 October, 15:30 UTC the day before.
        (
            "2026-10-03T02:15:00+10:30",
            "Australia/Lord_Howe",
            ["2026-10-02T15:45:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"],
        ),
    ],
)
def test_a_handoff_in_a_gap_is_at_its_end(org: Caller, start: str, timezone: str, handoffs: list[str]) -> None:
    found = periods(org, start, timezone, 1, len(handoffs) - 1)
    assert found == list(pairwise(handoffs))


@pytest.mark.parametrize(
    ("start", "timezone", "handoffs"),
    [
        # 01:30 comes twice on 25 October, at 00:30 and 01:30 UTC.
        (
            "2026-10-24T01:30:00+01:00",
            "Europe/London",
            ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
        ),
        # 01:30 comes twice on 1 November, at 05:30 and 06:30 UTC.
        (
            "2026-10-31T01:30:00-04:00",
            "America/New_York",
            ["2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"],
        ),
        # On Lord Howe Island 01:45 comes twice on 5 April: at 15:00 UTC the day before 02:00 becomes 01:30.
        (
            "2026-04-04T01:45:00+11:00",
            "Australia/Lord_Howe",
            ["2026-04-03T14:45:00Z", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"],
        ),
        # 02:00 is past the doubled hour.
        (
            "2026-10-24T02:00:00+01:00",
            "Europe/London",
            ["2026-10-24T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z"],
        ),
        # Even if the start names the second of two readings.
        ("2026-10-25T01:30:00+00:00", "Europe/London", ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        ("2026-11-01T06:30:00Z", "America/New_York", ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]),
    ],
)
def test_a_handoff_at_a_doubled_time_is_at_the_first(
    org: Caller, start: str, timezone: str, handoffs: list[str]
) -> None:
    found = periods(org, start, timezone, 1, len(handoffs) - 1)
    assert found == list(pairwise(handoffs))


@pytest.mark.parametrize(
    ("start", "timezone", "handoffs"),
    [
        (
            "2026-01-05T00:00:00+05:30",
            "Asia/Kolkata",
            ["2026-01-04T18:30:00Z", "2026-01-05T18:30:00Z", "2026-01-06T18:30:00Z"],
        ),
        (
            "2026-01-05T00:00:00+05:45",
            "Asia/Kathmandu",
            ["2026-01-04T18:15:00Z", "2026-01-05T18:15:00Z", "2026-01-06T18:15:00Z"],
        ),
        # St John's goes forward at 02:00 on 8 March, from three and a half hours behind UTC to two and a half.
        (
            "2026-03-07T00:00:00-03:30",
            "America/St_Johns",
            ["2026-03-07T03:30:00Z", "2026-03-08T03:30:00Z", "2026-03-09T02:30:00Z"],
        ),
        # In Havana midnight itself is skipped: on 8 March the clocks go from 00:00 to 01:00 at 05:00 UTC.
        (
            "2026-03-07T00:00:00-05:00",
            "America/Havana",
            ["2026-03-07T05:00:00Z", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"],
        ),
        # And on 1 November it comes twice, at 04:00 and 05:00 UTC.
        (
            "2026-10-31T00:00:00-04:00",
            "America/Havana",
            ["2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"],
        ),
    ],
)
def test_a_handoff_at_midnight_is_at_local_midnight(
    org: Caller, start: str, timezone: str, handoffs: list[str]
) -> None:
    found = periods(org, start, timezone, 1, len(handoffs) - 1)
    assert found == list(pairwise(handoffs))


def test_members_change_at_the_instant_of_the_handoff(org: Caller) -> None:
    team = org.team("Platform")
    made = make(org, team, shift("2026-03-28T01:30:00Z", "ada", "grace", timezone="Europe/London", duration=1))
    policy = org.policy("Page", team, page(made))
    assert on_call(org, policy, "2026-03-28T01:29:59Z") == []
    assert on_call(org, policy, "2026-03-28T01:30:00Z") == ["ada"]
    assert on_call(org, policy, "2026-03-29T00:59:59Z") == ["ada"]
    assert on_call(org, policy, "2026-03-29T01:00:00Z") == ["grace"]
    assert on_call(org, policy, "2026-03-30T00:29:59Z") == ["grace"]
    assert on_call(org, policy, "2026-03-30T00:30:00Z") == ["ada"]


def test_a_handoff_is_not_undone_when_the_clocks_show_the_time_before_it_again(org: Caller) -> None:
    team = org.team("Platform")
    made = make(org, team, shift("2026-10-24T00:30:00Z", "ada", "grace", timezone="Europe/London", duration=1))
    policy = org.policy("Page", team, page(made))
    assert on_call(org, policy, "2026-10-25T00:29:59Z") == ["ada"]
    assert on_call(org, policy, "2026-10-25T00:30:00Z") == ["grace"]
    assert on_call(org, policy, "2026-10-25T01:10:00Z") == ["grace"]  # 01:10 for the second time
    assert on_call(org, policy, "2026-10-26T01:29:59Z") == ["grace"]
    assert on_call(org, policy, "2026-10-26T01:30:00Z") == ["ada"]


def test_of_two_handoffs_at_one_instant_the_later_counts(org: Caller) -> None:
    # Apia had no 30 December 2011: at 10:00 UTC the 29th was followed by the 31st.
    team = org.team("Platform")
    made = make(org, team, shift("2011-12-29T10:00:00Z", "ada", "grace", "alan", timezone="Pacific/Apia", duration=1))
    policy = org.policy("Page", team, page(made))
    assert on_call(org, policy, "2011-12-30T09:59:59Z") == ["ada"]
    assert on_call(org, policy, "2011-12-30T10:00:00Z") == ["alan"]
    assert on_call(org, policy, "2011-12-31T10:00:00Z") == ["ada"]


def test_nobody_is_on_duty_before_the_start_nor_without_members(org: Caller) -> None:
    team = org.team("Platform")
    made = make(org, team, shift("2026-02-02T09:00:00Z", "ada"), shift("2026-01-05T09:00:00Z", label="Empty"))
    policies = [org.policy("Page", team, page(made, neighbour)) for neighbour in ("", "_next", "_previous")]
    for policy in policies:
        assert on_call(org, policy, "2026-02-02T08:59:59Z") == []
    assert [on_call(org, policy, "2026-02-02T09:00:00Z") for policy in policies] == [["ada"], ["ada"], []]
    set_clock(org, "2026-02-02T08:59:59Z")
    [listed] = org.ok("GET", f"/api-public/v2/team/{team}/rotations")["rotations"]
    before, empty = listed["shifts"]
    assert (before["current"], before["next"]["start"]) == ({}, "2026-02-02T09:00:00Z")
    assert before["periods"][0] == before["next"]
    assert (empty["periods"], empty["current"], empty["next"]) == ([], {}, {})


def test_members_take_turns_and_one_may_stand_in_the_order_twice(org: Caller) -> None:
    team = org.team("Platform")
    made = make(org, team, shift("2026-01-05T09:00:00Z", "ada", "grace", "ada", "alan"))
    policy = org.policy("Page", team, page(made))
    found = [on_call(org, policy, f"2026-0{day}T09:00:00Z") for day in ("1-05", "1-12", "1-19", "1-26", "2-02")]
    assert found == [["ada"], ["grace"], ["ada"], ["alan"], ["ada"]]


def test_the_neighbours_of_the_present_period_can_be_paged(org: Caller) -> None:
    team = org.team("Platform")
    made = make(org, team, shift("2026-01-05T09:00:00Z", "ada", "grace", "alan"))
    policies = [org.policy("Page", team, page(made, neighbour)) for neighbour in ("_previous", "", "_next")]
    for now, expected in (
        ("2026-01-05T09:00:00Z", [[], ["ada"], ["grace"]]),
        ("2026-01-12T09:00:00Z", [["ada"], ["grace"], ["alan"]]),
        ("2026-01-26T08:59:59Z", [["grace"], ["alan"], ["ada"]]),
    ):
        assert [on_call(org, policy, now) for policy in policies] == expected


def test_all_shifts_of_a_rotation_are_paged_in_their_order_and_each_user_once(org: Caller) -> None:
    team = org.team("Platform")
    start = "2026-01-05T09:00:00Z"
    shifts = [shift(start, "grace"), shift(start, "ada", "alan"), shift(start, "alan", "grace")]
    policy = org.policy("Page", team, page(make(org, team, *shifts)))
    assert on_call(org, policy, "2026-01-05T09:00:00Z") == ["grace", "ada", "alan"]
    assert on_call(org, policy, "2026-01-12T09:00:00Z") == ["grace", "alan"]


def test_a_start_counts_to_the_millisecond(org: Caller) -> None:
    team = org.team("Platform")
    made = make(org, team, shift("2026-01-05T09:00:00.500Z", "ada"))
    policy = org.policy("Page", team, page(made))
    assert on_call(org, policy, "2026-01-05T09:00:00.499Z") == []
    assert on_call(org, policy, "2026-01-05T09:00:00.500Z") == ["ada"]
