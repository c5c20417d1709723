"""Laws of the arithmetic that hold for every shift: no hole, no overlap, nobody outside the windows."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_victorops.simulator.periods import handoff, member_of, on_duty, period_at, pieces
from pulumi_victorops.simulator.records_oncall import Mask, Shift, ShiftMember, Window

ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "America/Havana",
)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(timezone.utc))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MASKS = st.builds(
    Mask,
    weekdays=st.lists(st.integers(0, 6), unique=True),
    windows=st.lists(st.builds(Window, start=TIMES, end=TIMES), min_size=1, max_size=2),
)
STARTS = st.datetimes(datetime(2025, 6, 1), datetime(2026, 12, 31)).map(lambda start: start.replace(microsecond=0))
MEMBERS = st.lists(st.sampled_from(["ada", "grace", "alan"]), min_size=1, max_size=5).map(
    lambda names: [ShiftMember(slug=f"rtm-{i}", username=name) for i, name in enumerate(names)]
)
COMMON = {
    "id": st.just(1),
    "label": st.just("Primary"),
    "timezone": st.sampled_from(ZONES),
    "start": STARTS,
    "duration": st.integers(1, 30),
    "members": MEMBERS,
    "turn": st.integers(0, 4),
}
ROUND_THE_CLOCK = st.builds(Shift, type=st.just("std"), masks=st.just([]), **COMMON)
MASKED = st.builds(Shift, type=st.just("cstm"), masks=st.lists(MASKS, min_size=1, max_size=3), **COMMON)


@settings(max_examples=60, deadline=None)
@given(ROUND_THE_CLOCK, INSTANTS)
def test_every_instant_from_the_start_on_is_in_exactly_one_period(shift: Shift, at: datetime) -> None:
    number = period_at(shift, at)
    if number is None:
        assert at < handoff(shift, 0)
    else:
        assert handoff(shift, number) <= at < handoff(shift, number + 1)


@settings(max_examples=60, deadline=None)
@given(ROUND_THE_CLOCK, st.integers(0, 200))
def test_a_handoff_shows_the_starts_local_time_or_the_end_of_a_gap(shift: Shift, number: int) -> None:
    wanted = shift.start + timedelta(days=shift.duration * number)
    shown = handoff(shift, number).astimezone(ZoneInfo(shift.timezone)).replace(tzinfo=None)
    assert timedelta() <= shown - wanted <= timedelta(hours=1)
    length = handoff(shift, number + 1) - handoff(shift, number)
    assert abs(length - timedelta(days=shift.duration)) <= timedelta(hours=1)


@settings(max_examples=60, deadline=None)
@given(ROUND_THE_CLOCK, st.integers(0, 100))
def test_each_place_has_its_turn_once_in_a_cycle(shift: Shift, number: int) -> None:
    turns = [member_of(shift, number + i) for i in range(len(shift.members))]
    assert sorted(member.slug for member in turns if member) == sorted(member.slug for member in shift.members)
    assert member_of(shift, number + len(shift.members)) == turns[0]


@settings(max_examples=60, deadline=None)
@given(ROUND_THE_CLOCK, INSTANTS, st.integers(1, 60))
def test_the_rolls_of_a_shift_round_the_clock_tile_the_time(shift: Shift, begin: datetime, days: int) -> None:
    end = begin + timedelta(days=days)
    found = list(pieces(shift, begin, end))
    assert all(piece.is_roll for piece in found)
    assert all(before.end == after.start for before, after in pairwise(found))
    if end > handoff(shift, 0):
        assert found[0].start <= max(begin, handoff(shift, 0)) < found[0].end
        assert found[-1].end >= end
    else:
        assert found == []


@settings(max_examples=60, deadline=None)
@given(MASKED, INSTANTS)
def test_rolls_say_the_same_as_the_windows_at_an_instant(shift: Shift, at: datetime) -> None:
    here = [piece for piece in pieces(shift, at, at + timedelta(seconds=1)) if piece.start <= at < piece.end]
    number = period_at(shift, at)
    if number is None or not on_duty(shift, at):
        assert here == []
    else:
        assert [piece.period for piece in here] == [number]


@settings(max_examples=60, deadline=None)
@given(MASKED, INSTANTS, st.integers(1, 20))
def test_rolls_never_overlap_and_the_first_of_a_period_is_marked(shift: Shift, begin: datetime, days: int) -> None:
    found = list(pieces(shift, begin, begin + timedelta(days=days)))
    assert all(before.end <= after.start for before, after in pairwise(found))
    for before, after in pairwise(found):
        assert after.is_roll == (after.period != before.period)
    for piece in found:
        assert handoff(shift, piece.period) <= piece.start < piece.end <= handoff(shift, piece.period + 1)


@settings(max_examples=60, deadline=None)
@given(MASKED, INSTANTS)
def test_nobody_is_on_duty_unless_a_named_day_has_begun(shift: Shift, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(shift.timezone))
    days = {local.weekday(), (local.weekday() - 1) % 7, (local + timedelta(hours=1)).weekday()}
    if not any(days & set(mask.weekdays) for mask in shift.masks):
        assert not on_duty(shift, at)
