"""The service's answers against a clock that is watched minute by minute, where clocks change and shifts hand over."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulator.brute_force import DAY, MINUTE, Away, Hours, Turn, handoffs, on_call, on_duty, openings
from tests.simulator.conftest import Caller, page_user
from tests.simulator.duty import ALL_DAYS, absent, cover, make, page, set_clock
from tests.simulator.duty import on_call as answered

CHANGES = [
    ((3, 8), "America/New_York"),  # forward
    ((3, 8), "America/St_Johns"),
    ((3, 29), "Europe/London"),
    ((10, 4), "Australia/Lord_Howe"),  # by half an hour
    ((4, 5), "Australia/Lord_Howe"),  # and back
    ((10, 25), "Europe/London"),
    ((11, 1), "America/New_York"),
    ((11, 1), "America/St_Johns"),
    ((6, 15), "Asia/Kolkata"),  # nobody does
    ((6, 15), "Asia/Kathmandu"),
]
ZONES = ["UTC", *sorted({zone for _, zone in CHANGES})]
PEOPLE = ("ada", "alan", "grace", "joan")
NEIGHBOURS = {"_previous": -1, "": 0, "_next": 1}

# Midnight, and the hours in which clocks change, come up more often than others.
MINUTES_OF_DAY = st.one_of(st.integers(0, 1439), st.sampled_from([0, 60, 75, 90, 105, 120, 135, 150]))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
HOURS = st.builds(Hours, WEEKDAYS, MINUTES_OF_DAY, MINUTES_OF_DAY)


class Roster(NamedTuple):
    """A rotation around a change of the clocks, and who is away."""

    noon: datetime
    turns: tuple[Turn, ...]
    absences: tuple[Away, ...]

    def instants(self) -> list[datetime]:
        """List when something may begin or end within a day of the change, and the minutes before."""
        found = {self.noon}
        for turn in self.turns:
            found |= {begins for _, begins in handoffs(turn, self.noon + DAY)}
            found |= {end for opening in openings(turn, self.noon) for end in opening}
        found |= {end for away in self.absences for end in (away.start, away.end)}
        return sorted({at for end in found for at in (end - MINUTE, end) if abs(at - self.noon) <= DAY})


@st.composite
def turns(draw: st.DrawFn, noon: datetime, zones: list[str]) -> Turn:
    zone = draw(st.sampled_from(zones))
    midnight = noon.replace(hour=0, tzinfo=None) - draw(st.integers(0, 8)) * DAY
    start = midnight + draw(MINUTES_OF_DAY) * MINUTE
    return Turn(
        zone=zone,
        start=start.replace(tzinfo=ZoneInfo(zone), fold=draw(st.integers(0, 1))).astimezone(timezone.utc),
        days=draw(st.integers(1, 7)),
        members=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=4))),
        hours=tuple(draw(st.lists(HOURS, max_size=2))),
    )


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A shift where clocks change, at times one elsewhere, and absences about what happens then."""
    day, zone = draw(st.sampled_from(CHANGES))
    noon = datetime(2026, *day, 12, tzinfo=timezone.utc)
    here, elsewhere = draw(turns(noon, [zone])), draw(st.lists(turns(noon, ZONES), max_size=1))
    roster = Roster(noon, (here, *elsewhere), ())
    absences = st.builds(
        lambda username, cover, at, before, after: Away(
            username, at - before * MINUTE, at + after * MINUTE, cover if cover != username else None
        ),
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.sampled_from(roster.instants()),
        st.integers(0, 600),
        st.integers(1, 600),
    )
    return roster._replace(absences=tuple(draw(st.lists(absences, max_size=3))))


def furnish(call: Caller, roster: Roster) -> dict[str, str]:
    """Make the roster in the service, and a policy for each way of paging a rotation."""
    call.sim.reset("empty")
    set_clock(call, "2026-01-01T00:00:00Z")
    for username in PEOPLE:
        call.user(username)
    team = call.team("Platform", *PEOPLE)
    rotation = make(call, team, *map(_shift, roster.turns))
    # Nobody else is on call by these policies; the later step only gives all people a row for their covers.
    everybody = {"timeout": 60, "entries": [page_user(username) for username in PEOPLE]}
    policies = {}
    for neighbour in NEIGHBOURS:
        steps = [{"timeout": 0, "entries": [page(rotation, neighbour)]}, everybody]
        body = {"name": f"Page{neighbour}", "teamSlug": team, "steps": steps}
        policies[neighbour] = call.ok("POST", "/api-public/v1/policies", body)["slug"]
    for away in roster.absences:
        override = absent(call, away.username, _iso(away.start), _iso(away.end))
        for policy in policies.values() if away.cover is not None else ():
            cover(call, override, policy, str(away.cover))
    return policies


def _shift(turn: Turn) -> dict[str, Any]:
    masks = {
        f"mask{number if number > 1 else ''}": {
            "day": {day: index in each.weekdays for index, day in enumerate(ALL_DAYS)},
            "time": [{"start": _time(each.opens), "end": _time(each.closes)}],
        }
        for number, each in enumerate(turn.hours, 1)
    }
    return {
        "label": "Shift",
        "timezone": turn.zone,
        "start": _iso(turn.start),
        "duration": turn.days,
        "shifttype": "cstm" if masks else "std",
        "usernames": list(turn.members),
        **masks,
    }


def _time(minutes: int) -> dict[str, int]:
    return {"hour": minutes // 60, "minute": minutes % 60}


def _iso(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


THOROUGH = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@THOROUGH
@given(rosters())
def test_who_is_on_call_is_whom_the_watched_clock_finds(call: Caller, roster: Roster) -> None:
    policies = furnish(call, roster)
    for at in roster.instants():
        found = {way: answered(call, policy, _iso(at)) for way, policy in policies.items()}
        assert found == {
            way: on_call(roster.turns, roster.absences, at, neighbour) for way, neighbour in NEIGHBOURS.items()
        }, _iso(at)


@THOROUGH
@given(rosters())
def test_the_rolls_of_a_schedule_are_when_the_watched_clock_finds_somebody_on_duty(
    call: Caller, roster: Roster
) -> None:
    furnish(call, roster)
    set_clock(call, _iso(roster.noon - DAY))
    team = next(team["slug"] for team in call.ok("GET", "/api-public/v1/team") if team["name"] == "Platform")
    schedules = call.ok("GET", f"/api-public/v2/team/{team}/oncall/schedule?daysForward=3")["schedules"]
    for schedule in schedules:
        neighbour = NEIGHBOURS[schedule["policy"]["name"].removeprefix("Page")]
        for turn, entry in zip(roster.turns, schedule["schedule"], strict=True):
            for at in roster.instants():
                assert _on_roll(entry["rolls"], at) == on_duty(turn, at, neighbour), _iso(at)


def _on_roll(rolls: list[dict[str, Any]], at: datetime) -> str | None:
    found = [roll["onCallUser"]["username"] for roll in rolls if _at(roll["start"]) <= at < _at(roll["end"])]
    assert len(found) <= 1
    return found[0] if found else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


LONDON_NIGHTS = Turn("Europe/London", _at("2026-10-18T21:00:00Z"), 7, ("ada",), (Hours((5,), 22 * 60, 6 * 60),))
LORD_HOWE = Turn("Australia/Lord_Howe", _at("2026-10-03T02:15:00+10:30"), 1, ("ada", "grace", "ada"))
KOLKATA = Turn("Asia/Kolkata", _at("2026-06-14T18:30:00Z"), 1, ("ada", "grace"))


@pytest.mark.parametrize(
    ("turn", "at", "expected"),
    [
        # Saturday's night runs from 22:00 summer time to 06:00 winter time.
        (LONDON_NIGHTS, "2026-10-24T20:59:00Z", None),
        (LONDON_NIGHTS, "2026-10-24T21:00:00Z", "ada"),
        (LONDON_NIGHTS, "2026-10-25T05:59:00Z", "ada"),
        (LONDON_NIGHTS, "2026-10-25T06:00:00Z", None),
        # 02:15 is skipped on 4 October; clocks show 02:30 at 15:30 UTC on the third.
        (LORD_HOWE, "2026-10-03T15:29:00Z", "ada"),
        (LORD_HOWE, "2026-10-03T15:30:00Z", "grace"),
        (LORD_HOWE, "2026-10-04T15:14:00Z", "grace"),
        (LORD_HOWE, "2026-10-04T15:15:00Z", "ada"),
        # Midnight in Kolkata is half past six in the evening in UTC.
        (KOLKATA, "2026-06-15T18:29:00Z", "ada"),
        (KOLKATA, "2026-06-15T18:30:00Z", "grace"),
    ],
)
def test_the_watched_clock_agrees_with_what_was_worked_out_by_hand(turn: Turn, at: str, expected: str | None) -> None:
    assert on_duty(turn, _at(at)) == expected
