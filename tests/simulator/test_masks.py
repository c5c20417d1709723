"""In which hours shifts are on duty. All expectations are worked out by hand; 5 January 2026 is a Monday."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import Caller
from tests.simulator.duty import WEEKDAYS, make, mask, on_call, page, shift


class Watch:
    """A policy that pages one masked shift of Ada and Grace, a week each, from 2026-01-01 on."""

    def __init__(
        self, call: Caller, masks: dict[str, Any], timezone: str = "Europe/London", kind: str = "cstm"
    ) -> None:
        self.call = call
        team = call.team("Platform")
        start = "2026-01-01T00:00:00Z"
        masked = shift(start, "ada", "grace", shifttype=kind, timezone=timezone, **masks)
        self.policy = call.policy("Page", team, page(make(call, team, masked)))

    def is_kept(self, now: str) -> bool:
        return on_call(self.call, self.policy, now) != []


@pytest.fixture
def org(call: Caller) -> Caller:
    call.user("ada")
    call.user("grace")
    return call


@pytest.mark.parametrize("kind", ["pho", "cstm", "fts"])
def test_a_window_is_half_open_and_in_local_time(org: Caller, kind: str) -> None:
    watch = Watch(org, {"mask": mask("09:00", "17:30")}, timezone="America/New_York", kind=kind)
    assert not watch.is_kept("2026-01-05T13:59:59Z")
    assert watch.is_kept("2026-01-05T14:00:00Z")
    assert watch.is_kept("2026-01-05T22:29:59Z")
    assert not watch.is_kept("2026-01-05T22:30:00Z")


def test_a_window_begins_on_the_named_days_only(org: Caller) -> None:
    watch = Watch(org, {"mask": mask("09:00", "17:00", WEEKDAYS)})
    assert watch.is_kept("2026-01-09T12:00:00Z")
    assert not watch.is_kept("2026-01-10T12:00:00Z")
    assert not watch.is_kept("2026-01-11T12:00:00Z")
    assert watch.is_kept("2026-01-12T12:00:00Z")


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins(org: Caller) -> None:
    watch = Watch(org, {"mask": mask("22:00", "06:00", ("sa",))})
    assert not watch.is_kept("2026-01-10T05:00:00Z")
    assert not watch.is_kept("2026-01-10T21:59:59Z")
    assert watch.is_kept("2026-01-10T22:00:00Z")
    assert watch.is_kept("2026-01-11T05:59:59Z")
    assert not watch.is_kept("2026-01-11T06:00:00Z")
    assert not watch.is_kept("2026-01-11T23:00:00Z")


@pytest.mark.parametrize(
    ("time", "before", "last"),
    [
        ("09:00", "2026-01-07T08:59:59Z", "2026-01-08T08:59:59Z"),
        ("00:00", "2026-01-06T23:59:59Z", "2026-01-07T23:59:59Z"),
    ],
)
def test_a_window_with_one_time_for_both_ends_lasts_a_day(org: Caller, time: str, before: str, last: str) -> None:
    watch = Watch(org, {"mask": mask(time, time, ("w",))})
    assert not watch.is_kept(before)
    assert watch.is_kept(f"2026-01-07T{time}:00Z")
    assert watch.is_kept(last)
    assert not watch.is_kept(f"2026-01-08T{time}:00Z")


def test_a_whole_local_day_has_25_hours_when_clocks_go_back(org: Caller) -> None:
    watch = Watch(org, {"mask": mask("00:00", "00:00", ("su",))})
    assert not watch.is_kept("2026-10-24T22:59:59Z")
    assert watch.is_kept("2026-10-24T23:00:00Z")
    assert watch.is_kept("2026-10-25T23:59:59Z")
    assert not watch.is_kept("2026-10-26T00:00:00Z")


def test_a_night_is_shorter_when_clocks_go_forward_and_longer_when_they_go_back(org: Caller) -> None:
    watch = Watch(org, {"mask": mask("22:00", "06:00", ("sa",))})
    assert watch.is_kept("2026-03-28T22:00:00Z")
    assert watch.is_kept("2026-03-29T04:59:59Z")
    assert not watch.is_kept("2026-03-29T05:00:00Z")
    assert not watch.is_kept("2026-10-24T20:59:59Z")
    assert watch.is_kept("2026-10-24T21:00:00Z")
    assert watch.is_kept("2026-10-25T05:59:59Z")
    assert not watch.is_kept("2026-10-25T06:00:00Z")


def test_ends_of_windows_in_a_gap_are_at_its_end(org: Caller) -> None:
    # In London 01:00 to 02:00 does not exist on 29 March.
    opens = Watch(org, {"mask": mask("01:30", "03:00", ("su",))})
    assert not opens.is_kept("2026-03-29T00:59:59Z")
    assert opens.is_kept("2026-03-29T01:00:00Z")
    assert opens.is_kept("2026-03-29T01:59:59Z")
    assert not opens.is_kept("2026-03-29T02:00:00Z")


def test_a_window_within_a_gap_is_empty(org: Caller) -> None:
    watch = Watch(org, {"mask": mask("01:10", "01:50", ("su",))})
    for now in ("2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"):
        assert not watch.is_kept(now)


def test_a_window_at_a_doubled_time_is_kept_at_the_first(org: Caller) -> None:
    # In New York 01:00 to 02:00 comes twice on 1 November, from 05:00 and from 06:00 UTC.
    watch = Watch(org, {"mask": mask("01:15", "01:45", ("su",))}, timezone="America/New_York")
    assert watch.is_kept("2026-11-01T05:15:00Z")
    assert watch.is_kept("2026-11-01T05:44:59Z")
    assert not watch.is_kept("2026-11-01T05:45:00Z")
    assert not watch.is_kept("2026-11-01T06:15:00Z")


def test_a_day_that_has_begun_goes_on_when_clocks_go_back_over_midnight(org: Caller) -> None:
    # In 2010 St John's went back from 00:01 on 7 November to 23:01 the day before, at 02:31 UTC.
    call = org
    team = call.team("Platform")
    start = "2010-01-01T00:00:00Z"
    sunday = {"mask": mask("00:00", "00:00", ("su",)), "shifttype": "cstm", "timezone": "America/St_Johns"}
    policy = call.policy("Page", team, page(make(call, team, shift(start, "ada", **sunday))))
    assert on_call(call, policy, "2010-11-07T02:29:59Z") == []
    assert on_call(call, policy, "2010-11-07T02:30:00Z") == ["ada"]
    assert on_call(call, policy, "2010-11-07T02:45:00Z") == ["ada"]


def test_any_mask_and_any_window_is_enough(org: Caller) -> None:
    office = mask("09:00", "12:00", WEEKDAYS)
    office["time"] += mask("13:00", "17:00")["time"]
    watch = Watch(
        org, {"mask": office, "mask2": mask("18:00", "20:00", ("m",)), "mask3": mask("08:00", "09:30", ("m",))}
    )
    kept = [hour for hour in range(24) if watch.is_kept(f"2026-01-05T{hour:02}:00:00Z")]
    assert kept == [8, 9, 10, 11, 13, 14, 15, 16, 18, 19]


def test_a_mask_without_days_keeps_no_watch(org: Caller) -> None:
    watch = Watch(org, {"mask": mask("00:00", "00:00", ())})
    assert not any(watch.is_kept(f"2026-01-{day:02}T12:00:00Z") for day in range(5, 12))


def test_the_member_changes_at_the_handoff_not_at_the_window(org: Caller) -> None:
    # Hand-offs are on Thursdays at midnight, in the middle of the night's watch.
    watch = Watch(org, {"mask": mask("22:00", "06:00")})
    assert on_call(org, watch.policy, "2026-01-07T23:59:59Z") == ["ada"]
    assert on_call(org, watch.policy, "2026-01-08T00:00:00Z") == ["grace"]


def test_neighbours_are_paged_within_windows_only(org: Caller) -> None:
    team = org.team("Platform")
    masked = shift("2026-01-01T00:00:00Z", "ada", "grace", shifttype="pho", mask=mask("09:00", "17:00"))
    made = make(org, team, masked)
    policies = [org.policy("Page", team, page(made, neighbour)) for neighbour in ("_previous", "_next")]
    assert [on_call(org, policy, "2026-01-08T08:59:59Z") for policy in policies] == [[], []]
    assert [on_call(org, policy, "2026-01-08T09:00:00Z") for policy in policies] == [["ada"], ["ada"]]


def test_shifts_that_follow_the_sun_relieve_each_other(org: Caller) -> None:
    team, start = org.team("Platform"), "2026-01-01T00:00:00Z"
    shifts = [
        shift(start, "ada", shifttype="fts", label="Europe", mask=mask("08:00", "20:00")),
        shift(start, "grace", shifttype="fts", label="America", mask=mask("20:00", "08:00")),
    ]
    policy = org.policy("Page", team, page(make(org, team, *shifts)))
    assert on_call(org, policy, "2026-01-05T07:59:59Z") == ["grace"]
    assert on_call(org, policy, "2026-01-05T08:00:00Z") == ["ada"]
    assert on_call(org, policy, "2026-01-05T20:00:00Z") == ["grace"]
