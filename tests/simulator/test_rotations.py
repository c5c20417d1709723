from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import Caller
from tests.simulator.duty import WEEKDAYS, make, mask, set_clock, shift

WHOLE_WEEK = {
    "day": {"m": True, "t": True, "w": True, "th": True, "f": True, "sa": True, "su": True},
    "time": [{"start": {"hour": 0, "minute": 0}, "end": {"hour": 0, "minute": 0}}],
}
START = "2026-01-05T08:00:00.000+0000"


@pytest.fixture
def team(call: Caller) -> str:
    for username in ("ada", "grace"):
        call.user(username)
    return call.team("Platform")


def rotations(team: str) -> str:
    return f"/api-public/v1/teams/{team}/rotations"


def test_a_created_rotation_is_answered_in_names_of_its_own_and_without_slug(call: Caller, team: str) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, "ada", "Grace", timezone="Europe/Vienna")]}
    created = call.ok("POST", rotations(team) + "?count=1", body)
    group_id, [made] = created["id"], created["shifts"]
    ada, grace = made["shiftMembers"]
    assert ada["slug"].startswith("rtm-")
    assert len(ada["slug"]) == 24
    current = {
        "start": "2026-01-05T08:00:00Z",
        "end": "2026-01-12T08:00:00Z",
        "username": "ada",
        "isRoll": True,
        "memberSlug": ada["slug"],
    }
    assert created == {
        "orgslug": "simulated-org",
        "teamslug": team,
        "id": group_id,
        "label": "Weekly",
        "shifts": [
            {
                "org_slug": "simulated-org",
                "team_slug": team,
                "rot_id": made["rot_id"],
                "group_id": group_id,
                "label": "Primary",
                "timezone": "Europe/Vienna",
                "start": 1_767_600_000_000,
                "duration": 7,
                "shifttype": "std",
                "mask": WHOLE_WEEK,
                "oncall": "ada",
                "usernames": ["ada", "grace"],
                "periods": [current],
                "current": current,
                "next": {
                    "start": "2026-01-12T08:00:00Z",
                    "end": "2026-01-19T08:00:00Z",
                    "username": "grace",
                    "isRoll": True,
                    "memberSlug": grace["slug"],
                },
                "shiftMembers": [
                    {"slug": ada["slug"], "username": "ada"},
                    {"slug": grace["slug"], "username": "grace"},
                ],
            }
        ],
    }
    assert isinstance(group_id, int)
    assert isinstance(made["rot_id"], int)


def test_only_the_first_version_of_the_list_has_the_slug(call: Caller, team: str) -> None:
    made = make(call, team, shift(START, "ada"))
    assert made.slug.startswith("rtg-")
    assert len(made.slug) == 20
    assert call.ok("GET", rotations(team)) == {
        "rotationGroups": [{"teamSlug": team, "slug": made.slug, "label": "Weekly", "groupId": made.id}]
    }
    [listed] = call.ok("GET", f"/api-public/v2/team/{team}/rotations")["rotations"]
    assert set(listed) == {"groupId", "label", "totalMembersInRotation", "shifts"}
    assert (listed["groupId"], listed["label"], listed["totalMembersInRotation"]) == (made.id, "Weekly", 1)


def test_the_second_version_of_the_list_has_the_shifts(call: Caller, team: str) -> None:
    office = mask("09:00", "17:30", WEEKDAYS)
    nights = mask("22:00", "06:00", ("sa", "su"))
    sent = [
        shift(START, "ada", "grace", "ada"),
        shift(START, "ada", shifttype="cstm", label="Second", mask=office, mask2=None, mask3=nights, duration=1),
    ]
    made = make(call, team, *sent)
    set_clock(call, "2026-01-20T12:00:00Z")
    [listed] = call.ok("GET", f"/api-public/v2/team/{team}/rotations")["rotations"]
    first, second = listed["shifts"]
    assert listed["totalMembersInRotation"] == 2
    ada, grace, again = first.pop("shiftMembers")
    assert [member["username"] for member in (ada, grace, again)] == ["ada", "grace", "ada"]
    assert ada["slug"] != again["slug"]
    periods = first.pop("periods")
    assert first == {
        "shiftId": made.shifts[0],
        "label": "Primary",
        "timezone": "UTC",
        "start": "2026-01-05T08:00:00Z",
        "duration": 7,
        "shifttype": "std",
        "mask": WHOLE_WEEK,
        "current": {
            "start": "2026-01-19T08:00:00Z",
            "end": "2026-01-26T08:00:00Z",
            "username": "ada",
            "isRoll": True,
            "memberSlug": again["slug"],
        },
        "next": {
            "start": "2026-01-26T08:00:00Z",
            "end": "2026-02-02T08:00:00Z",
            "username": "ada",
            "isRoll": True,
            "memberSlug": ada["slug"],
        },
    }
    assert periods[:2] == [first["current"], first["next"]]
    assert [period["username"] for period in periods] == ["ada", "ada", "grace"] * 3 + ["ada"]
    # No hole is left between the masks.
    assert second["mask"] == office
    assert second["mask2"] == nights
    assert "mask3" not in second


@pytest.mark.parametrize(
    ("query", "starts"),
    [
        ("?skip=2&count=3", ["2026-01-19T08:00:00Z", "2026-01-26T08:00:00Z", "2026-02-02T08:00:00Z"]),
        ("?count=0", []),
        ("?skip=1000&count=1", ["2045-03-06T08:00:00Z"]),
    ],
)
def test_the_periods_of_the_answer_are_paged(call: Caller, team: str, query: str, starts: list[str]) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, "ada")]}
    [made] = call.ok("POST", rotations(team) + query, body)["shifts"]
    assert [period["start"] for period in made["periods"]] == starts


@pytest.mark.parametrize("query", ["skip=-1", "skip=1001", "count=101", "count=x", "count=1.5", "count="])
def test_paging_by_nonsense_is_a_bad_request(call: Caller, team: str, query: str) -> None:
    status, answer = call.refusal("POST", f"{rotations(team)}?{query}", {"label": "Weekly"})
    name, highest = ("skip", 1000) if query.startswith("skip") else ("count", 100)
    assert (status, answer) == (400, {"error": f"{name} has to be a whole number from 0 to {highest}"})
    assert call.ok("GET", rotations(team)) == {"rotationGroups": []}


@pytest.mark.parametrize(
    "start",
    [
        1_767_600_000_000,
        "2026-01-05T08:00:00.000+0000",
        "2026-01-05T08:00:00Z",
        "2026-01-05T03:00:00-05:00",
    ],
)
def test_a_start_is_a_number_of_milliseconds_or_a_text_with_an_offset(call: Caller, team: str, start: Any) -> None:
    body = {"label": "Weekly", "shifts": [shift(start)]}
    [made] = call.ok("POST", rotations(team), body)["shifts"]
    assert made["start"] == 1_767_600_000_000


@pytest.mark.parametrize(
    "start",
    [
        "2026-01-05T08:00:00",
        "2026-01-05",
        "1767600000000",
        "2026-02-30T08:00:00Z",
        "soon",
        "",
        -1,
        7_258_118_400_000,
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59Z",
    ],
)
def test_a_start_that_is_no_instant_of_our_time_is_a_bad_date(call: Caller, team: str, start: Any) -> None:
    body = {"label": "Weekly", "shifts": [shift(START), shift(start)]}
    assert call.refusal("POST", rotations(team), body) == (400, {"error": "error.expected.jodadate.format"})
    assert call.ok("GET", rotations(team)) == {"rotationGroups": []}


def test_members_may_come_under_either_name_and_usernames_win(call: Caller, team: str) -> None:
    shifts = [
        shift(START, usernames=None, shiftMembers=["Ada"]),
        shift(START, "grace", shiftMembers=["ada"]),
        shift(START, usernames=None),
    ]
    created = call.ok("POST", rotations(team), {"label": "Weekly", "shifts": shifts})["shifts"]
    assert [made["usernames"] for made in created] == [["ada"], ["grace"], []]


@pytest.mark.parametrize("shifts", [{}, {"shifts": None}, {"shifts": []}])
def test_a_rotation_needs_no_shift(call: Caller, team: str, shifts: dict[str, Any]) -> None:
    assert call.ok("POST", rotations(team), {"label": "Weekly"} | shifts)["shifts"] == []


def test_two_rotations_of_a_team_may_have_one_label(call: Caller, team: str) -> None:
    first, second = make(call, team), make(call, team)
    assert first.id != second.id
    assert first.slug != second.slug


@pytest.mark.parametrize("kind", ["pho", "cstm", "fts"])
def test_a_shift_that_is_not_round_the_clock_needs_a_mask(call: Caller, team: str, kind: str) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, "ada", shifttype=kind)]}
    assert call.refusal("POST", rotations(team), body) == (
        400,
        {"error": f"shifts.0: a shift of type {kind} needs a mask"},
    )
    body["shifts"] = [shift(START, "ada", shifttype=kind, mask=mask("09:00", "17:00"))]
    [made] = call.ok("POST", rotations(team), body)["shifts"]
    assert (made["shifttype"], made["mask"]) == (kind, mask("09:00", "17:00"))


@pytest.mark.parametrize("ignored", [mask("10:00", "11:00"), {}, None])
def test_the_mask_of_a_shift_round_the_clock_counts_for_nothing(call: Caller, team: str, ignored: Any) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, "ada", mask=ignored)]}
    [made] = call.ok("POST", rotations(team), body)["shifts"]
    assert (made["mask"], made["oncall"]) == (WHOLE_WEEK, "ada")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"label": " "}, "shifts.0.label: must not be blank"),
        ({"timezone": "Mars/Olympus"}, "shifts.0.timezone: 'Mars/Olympus' is no time zone"),
        ({"timezone": "../etc/passwd"}, "shifts.0.timezone: '../etc/passwd' is no time zone"),
        ({"duration": 0}, "shifts.0.duration: Input should be greater than or equal to 1"),
        ({"duration": 366}, "shifts.0.duration: Input should be less than or equal to 365"),
        ({"duration": 7.5}, "shifts.0.duration: Input should be a valid integer"),
        ({"shifttype": "24x7"}, "shifts.0.shifttype: Input should be 'std', 'pho', 'cstm' or 'fts'"),
        ({"usernames": "ada"}, "shifts.0.usernames: Input should be a valid array"),
        (
            {"shifttype": "pho", "mask": {"day": {}, "time": []}},
            "shifts.0.mask.time: List should have at least 1 item after validation, not 0",
        ),
        (
            {"shifttype": "pho", "mask": mask("24:00", "06:00")},
            "shifts.0.mask.time.0.start.hour: Input should be less than or equal to 23",
        ),
        (
            {"shifttype": "pho", "mask": mask("06:00", "06:00"), "mask3": mask("23:60", "06:00")},
            "shifts.0.mask3.time.0.start.minute: Input should be less than or equal to 59",
        ),
    ],
)
def test_a_shift_that_is_wrong_in_itself_is_a_bad_request(
    call: Caller, team: str, changes: dict[str, Any], text: str
) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, "ada", **changes)]}
    assert call.refusal("POST", rotations(team), body) == (400, {"error": text})


def test_a_rotation_needs_a_label(call: Caller, team: str) -> None:
    assert call.refusal("POST", rotations(team), {}) == (400, {"error": "label: Field required"})
    assert call.refusal("POST", rotations(team), {"label": ""}) == (400, {"error": "label: must not be blank"})


def test_an_unknown_member_is_refused(call: Caller, team: str) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, "ada", "nobody")]}
    assert call.refusal("POST", rotations(team), body) == (422, {"error": "No user 'nobody' found"})


def test_a_legacy_name_of_a_time_zone_is_kept(call: Caller, team: str) -> None:
    body = {"label": "Weekly", "shifts": [shift(START, timezone="US/Pacific")]}
    assert call.ok("POST", rotations(team), body)["shifts"][0]["timezone"] == "US/Pacific"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api-public/v1/teams/nowhere/rotations"),
        ("GET", "/api-public/v2/team/nowhere/rotations"),
        ("POST", "/api-public/v1/teams/nowhere/rotations"),
        ("DELETE", "/api-public/v1/teams/nowhere/rotations/1"),
    ],
)
def test_an_unknown_team_has_no_rotations(call: Caller, method: str, path: str) -> None:
    assert call.refusal(method, path) == (404, {"error": "No team 'nowhere' found"})


def test_a_service_can_be_told_to_refuse_dates_as_numbers() -> None:
    with Simulator(seed="empty", joda_dates_only=True) as sim:
        call = Caller(sim)
        path = rotations(call.default_team())
        body = {"label": "Weekly", "shifts": [shift(1_767_600_000_000)]}
        assert call.refusal("POST", path, body) == (400, {"error": "error.expected.jodadate.format"})
        call.ok("POST", path, {"label": "Weekly", "shifts": [shift(START)]})
