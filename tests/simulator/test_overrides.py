from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops.simulator import Simulator
from tests.simulator.conftest import NOW, Caller, page_user
from tests.simulator.duty import absent, cover, make, on_call, page, set_clock, shift, take

START, END = "2026-01-06T09:00:00Z", "2026-01-08T09:00:00Z"
BODY = {"username": "ada", "timezone": "Europe/London", "start": START, "end": END}
PATH = "/api-public/v1/overrides"


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


@pytest.fixture
def policy(org: Caller) -> str:
    return org.policy("Page", org.team("Platform"), page_user("ada"))


def rows(call: Caller, override: str) -> dict[str, str | None]:
    listed = call.ok("GET", f"{PATH}/{override}/assignments")
    return {row["policy"]: row.get("user") for row in listed}


def test_an_absence_has_a_row_for_each_policy_that_pages_the_user(org: Caller, policy: str) -> None:
    team = org.ok("GET", "/api-public/v1/policies")["policies"][1]["team"]["slug"]
    created = org.ok("POST", PATH, BODY | {"username": "Ada"})
    public_id = created["override"]["publicId"]
    assert public_id.startswith("ovrprd-")
    assert len(public_id) == 23
    override = {
        "publicId": public_id,
        "user": {"username": "ada", "firstName": "Ada", "lastName": "Lovelace"},
        "timezone": "Europe/London",
        "start": START,
        "end": END,
        "assignments": [
            {
                "_selfUrl": f"{PATH}/{public_id}/assignments/{policy}",
                "team": team,
                "policy": policy,
                "assigned": False,
            }
        ],
    }
    wrapped = {"override": override, "_selfUrl": f"{PATH}/{public_id}"}
    assert created == wrapped
    assert org.ok("GET", f"{PATH}/{public_id}") == wrapped
    assert org.ok("GET", PATH) == {"overrides": [override], "_selfUrl": PATH}
    assert org.ok("GET", f"{PATH}/{public_id}/assignments") == override["assignments"]
    assert org.ok("GET", f"{PATH}/{public_id}/assignments/{policy}") == override["assignments"][0]
    assert org.ok("DELETE", f"{PATH}/{public_id}") == wrapped
    assert org.ok("GET", PATH)["overrides"] == []
    assert org.refusal("GET", f"{PATH}/{public_id}") == (404, {"error": f"No override '{public_id}' found"})


def test_a_service_can_answer_under_another_name() -> None:
    with Simulator(seed="empty", schedule_envelope=True) as sim:
        call = Caller(sim)
        set_clock(call, NOW)
        created = call.ok("POST", PATH, BODY | {"username": "admin"})
        assert set(created) == {"schedule", "_selfUrl"}
        public_id = created["schedule"]["publicId"]
        assert call.ok("GET", f"{PATH}/{public_id}")["override"] == created["schedule"]


def test_instants_come_back_in_utc_to_the_second_and_the_zone_is_kept(org: Caller) -> None:
    times = {"start": "2026-06-01T09:00:00.900+02:00", "end": "2026-06-01T17:00:00-0400", "timezone": "US/Pacific"}
    override = org.ok("POST", PATH, BODY | times)["override"]
    assert (override["start"], override["end"]) == ("2026-06-01T07:00:00Z", "2026-06-01T21:00:00Z")
    assert override["timezone"] == "US/Pacific"


@pytest.mark.parametrize(
    ("changes", "status", "text"),
    [
        ({"end": START}, 400, "end: has to be after start"),
        ({"end": "2026-01-06T10:59:00+02:00"}, 400, "end: has to be after start"),
        ({"start": "2026-01-08T08:59:59Z", "end": "2026-01-08T08:59:59.999Z"}, 400, "end: has to be after start"),
        ({"start": "2026-01-06T09:00:00"}, 400, "start: Input should have timezone info"),
        ({"end": "soon"}, 400, "end: Input should be a valid datetime, input is too short"),
        ({"end": "9999-12-31T23:59:59-12:00"}, 400, "end: is at the end of the calendar"),
        ({"start": 1_767_600_000_000}, 400, "start: Input should be a valid datetime"),
        ({"timezone": "Mars/Olympus"}, 400, "timezone: 'Mars/Olympus' is no time zone"),
        ({"timezone": None}, 400, "timezone: Input should be a valid string"),
        ({"username": ""}, 400, "username: must not be blank"),
        ({"username": "nobody"}, 422, "No user 'nobody' found"),
    ],
)
def test_an_override_is_not_made_when(org: Caller, changes: dict[str, Any], status: int, text: str) -> None:
    assert org.refusal("POST", PATH, BODY | changes) == (status, {"error": text})
    assert org.ok("GET", PATH)["overrides"] == []


def test_rows_follow_what_pages_the_user(org: Caller, policy: str) -> None:
    team = org.team("Other")
    rotation = make(org, team, shift(NOW, "grace"), shift("2027-01-01T00:00:00Z", "ada"))
    override = absent(org, "ada", START, END)
    mails = {"executionType": "email", "email": {"address": "ada@example.com"}}
    org.policy("Elsewhere", team, page_user("grace"), mails)
    by_rotation = org.policy("By rotation", team, page(rotation, "_next"))
    taken = org.policy("Taken", team, page_user("grace"))
    take(org, taken, "grace", "ada")
    assert rows(org, override) == {policy: None, by_rotation: None, taken: None}
    take(org, taken, "ada", "grace")
    org.ok("DELETE", f"/api-public/v1/policies/{by_rotation}")
    assert rows(org, override) == {policy: None}
    assert org.refusal("GET", f"{PATH}/{override}/assignments/{taken}") == (
        404,
        {"error": f"No assignment '{taken}' found in override '{override}'"},
    )


def test_a_cover_is_put_in_a_row_and_taken_out_again(org: Caller, policy: str) -> None:
    override = absent(org, "ada", START, END)
    row = f"{PATH}/{override}/assignments/{policy}"
    open_row = org.ok("GET", row)
    covered = open_row | {"assigned": True, "user": "grace"}
    assert org.ok("PUT", row, {"policy": "whatever", "username": "Grace"}) == covered
    assert org.ok("GET", row) == covered
    assert org.ok("GET", f"{PATH}/{override}")["override"]["assignments"] == [covered]
    assert org.ok("PUT", row, {"username": "alan"}) == open_row | {"assigned": True, "user": "alan"}
    for _ in range(2):
        assert org.ok("DELETE", row) == open_row
    assert org.ok("GET", row) == open_row


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({}, 400, "username: Field required"),
        (None, 400, "The request has no body, a JSON object is needed"),
        ({"username": "nobody"}, 422, "No user 'nobody' found"),
        ({"username": "ada"}, 422, "ada cannot cover their own absence"),
    ],
)
def test_a_cover_is_refused_when(org: Caller, policy: str, body: Any, status: int, text: str) -> None:
    override = absent(org, "ada", START, END)
    row = f"{PATH}/{override}/assignments/{policy}"
    assert org.refusal("PUT", row, body) == (status, {"error": text})
    assert org.ok("GET", row)["assigned"] is False


def test_a_cover_who_is_absent_too_has_to_be_accepted(org: Caller, policy: str) -> None:
    override = absent(org, "ada", START, END)
    absent(org, "grace", "2026-01-08T08:59:59Z", "2026-01-09T00:00:00Z")
    absent(org, "alan", END, "2026-01-09T00:00:00Z")
    row = f"{PATH}/{override}/assignments/{policy}"
    assert org.refusal("PUT", row, {"username": "grace", "acceptOverlap": False}) == (
        422,
        {"error": "grace is absent in that time too; acceptOverlap permits it"},
    )
    assert org.ok("PUT", row, {"username": "grace", "acceptOverlap": True})["user"] == "grace"
    # One who leaves when the other is back does not overlap.
    assert org.ok("PUT", row, {"username": "alan"})["user"] == "alan"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/assignments"),
        ("GET", "/assignments/x"),
        ("PUT", "/assignments/x"),
        ("DELETE", "/assignments/x"),
    ],
)
def test_an_unknown_override_is_not_found(org: Caller, method: str, path: str) -> None:
    assert org.refusal(method, f"{PATH}/ovrprd-x{path}", {"username": "ada"}) == (
        404,
        {"error": "No override 'ovrprd-x' found"},
    )


def test_what_is_past_drops_out(org: Caller, policy: str) -> None:
    override = absent(org, "ada", START, END)
    set_clock(org, "2026-01-08T08:59:59Z")
    assert [row["publicId"] for row in org.ok("GET", PATH)["overrides"]] == [override]
    set_clock(org, END)
    assert org.ok("GET", PATH)["overrides"] == []
    assert org.send("GET", f"{PATH}/{override}").status_code == 404
    assert org.send("GET", f"{PATH}/{override}/assignments/{policy}").status_code == 404


def test_the_cover_is_paged_in_the_time_of_the_absence(org: Caller, policy: str) -> None:
    cover(org, absent(org, "ada", START, END), policy, "grace")
    assert on_call(org, policy, "2026-01-06T08:59:59Z") == ["ada"]
    assert on_call(org, policy, START) == ["grace"]
    assert on_call(org, policy, "2026-01-08T08:59:59Z") == ["grace"]
    assert on_call(org, policy, END) == ["ada"]


def test_a_cover_counts_in_their_policy_only_and_without_one_the_user_is_paged_still(org: Caller, policy: str) -> None:
    other = org.policy("Other", org.team("Other"), page_user("ada"))
    cover(org, absent(org, "ada", START, END), policy, "grace")
    assert on_call(org, policy, START) == ["grace"]
    assert on_call(org, other, START) == ["ada"]


def test_a_cover_is_paged_for_the_member_of_a_rotation(org: Caller) -> None:
    team = org.team("Platform")
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "alan"), shift(NOW, "ada", "grace"))))
    cover(org, absent(org, "ada", START, END), policy, "alan")
    assert on_call(org, policy, NOW) == ["alan", "ada"]
    assert on_call(org, policy, START) == ["alan"]


@pytest.mark.parametrize(
    ("away", "paged"),
    [
        ("ada", ["ada", "alan", "alan", "grace", "grace", "grace"]),
        ("grace", ["ada", "ada", "ada", "alan", "alan", "grace"]),
    ],
)
def test_an_absence_over_a_handoff_counts_in_the_turn_of_the_absent_only(
    org: Caller, away: str, paged: list[str]
) -> None:
    team = org.team("Platform")
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "ada", "grace"))))
    cover(org, absent(org, away, "2026-01-12T08:00:00Z", "2026-01-12T10:00:00Z"), policy, "alan")
    times = ("07:59:59", "08:00:00", "08:59:59", "09:00:00", "09:59:59", "10:00:00")
    assert [who for time in times for who in on_call(org, policy, f"2026-01-12T{time}Z")] == paged


def test_an_absent_cover_is_followed_once_more(org: Caller, policy: str) -> None:
    cover(org, absent(org, "ada", START, END), policy, "grace")
    cover(org, absent(org, "grace", START, END), policy, "alan")
    assert on_call(org, policy, START) == ["alan"]


def test_the_second_cover_is_paged_though_absent_too(org: Caller, policy: str) -> None:
    for user, substitute in (("ada", "grace"), ("grace", "alan"), ("alan", "admin")):
        cover(org, absent(org, user, START, END), policy, substitute)
    assert on_call(org, policy, START) == ["alan"]


def test_covers_never_lead_in_a_circle(org: Caller, policy: str) -> None:
    cover(org, absent(org, "ada", START, END), policy, "grace")
    cover(org, absent(org, "grace", START, END), policy, "ada")
    assert on_call(org, policy, START) == ["grace"]


def test_a_cover_whom_nobody_covers_is_paged_though_absent(org: Caller, policy: str) -> None:
    cover(org, absent(org, "ada", START, END), policy, "grace")
    absent(org, "grace", START, END)
    assert on_call(org, policy, START) == ["grace"]


def test_of_two_absences_the_one_made_first_counts(org: Caller, policy: str) -> None:
    first, second = absent(org, "ada", START, END), absent(org, "ada", NOW, "2026-01-09T09:00:00Z")
    cover(org, second, policy, "alan")
    assert on_call(org, policy, NOW) == ["alan"]
    assert on_call(org, policy, START) == ["ada"]  # the first says that nobody covers
    cover(org, first, policy, "grace")
    assert on_call(org, policy, START) == ["grace"]
    assert on_call(org, policy, END) == ["alan"]
