from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import NOW, Caller, page_user
from tests.simulator.duty import absent, cover, make, mask, on_call, page, set_clock, shift, take

NEXT = "2026-01-12T09:00:00Z"


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


@pytest.fixture
def team(org: Caller) -> str:
    return org.team("Platform")


def test_a_place_of_a_shift_is_held_until_its_next_handoff(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "ada", "grace"))))
    take(org, policy, "Ada", "Alan")
    assert on_call(org, policy) == ["alan"]
    assert on_call(org, policy, "2026-01-12T08:59:59Z") == ["alan"]
    assert on_call(org, policy, NEXT) == ["grace"]
    assert on_call(org, policy, "2026-01-19T09:00:00Z") == ["ada"]


def test_it_is_held_past_the_end_of_a_window(org: Caller, team: str) -> None:
    masked = shift(NOW, "ada", "grace", shifttype="pho", mask=mask("09:00", "17:00"))
    policy = org.policy("Page", team, page(make(org, team, masked)))
    take(org, policy, "ada", "alan")
    assert on_call(org, policy, "2026-01-05T17:00:00Z") == []
    assert on_call(org, policy, "2026-01-06T09:00:00Z") == ["alan"]


def test_a_place_by_name_is_held_until_it_is_taken_back(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page_user("ada"))
    take(org, policy, "ada", "grace")
    assert on_call(org, policy, "2027-01-05T09:00:00Z") == ["grace"]
    take(org, policy, "grace", "ada")
    assert on_call(org, policy) == ["ada"]


def test_a_place_can_be_passed_on(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "ada", "admin"))))
    take(org, policy, "ada", "grace")
    take(org, policy, "grace", "alan")
    assert on_call(org, policy) == ["alan"]
    take(org, policy, "alan", "ada")
    assert on_call(org, policy) == ["ada"]


def test_it_counts_from_the_moment_on(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page_user("ada"))
    set_clock(org, "2026-01-05T10:00:00Z")
    take(org, policy, "ada", "grace")
    set_clock(org, "2026-01-05T11:00:00Z")
    take(org, policy, "grace", "ada")
    found = [on_call(org, policy, f"2026-01-05T{time}Z") for time in ("09:59:59", "10:00:00", "10:59:59", "11:00:00")]
    assert found == [["ada"], ["grace"], ["grace"], ["ada"]]


def test_all_places_of_the_user_in_the_policy_are_taken_and_no_other(org: Caller, team: str) -> None:
    daily = make(org, team, shift(NOW, "ada", "admin", duration=1), label="Daily")
    weekly = make(org, team, shift(NOW, "grace", "ada"), shift(NOW, "ada"), label="Weekly")
    first = [page_user("ada"), page(daily), page(weekly)]
    # The second step pages Ada by name again, and twice as the next of the weekly rotation.
    second = [page_user("ada"), page(weekly, "_next"), page_user("grace")]
    steps = [{"timeout": 0, "entries": first}, {"timeout": 5, "entries": second}]
    policy = org.ok("POST", "/api-public/v1/policies", {"name": "Page", "teamSlug": team, "steps": steps})["slug"]
    mirror = org.policy("Second step", team, *second)
    other = org.policy("Other", team, page_user("ada"))
    take(org, policy, "ada", "alan")
    assert on_call(org, policy) == ["alan", "grace"]
    assert on_call(org, other) == ["ada"]
    assert on_call(org, mirror) == ["ada", "grace"]
    schedule = org.ok("GET", f"/api-public/v2/team/{team}/oncall/schedule?step=1")["schedules"][0]["schedule"]
    assert [line["onCallUser"]["username"] for line in schedule] == ["alan", "alan", "alan", "grace"]
    # The daily shift hands over to the admin; what Ada gains later is hers.
    assert on_call(org, policy, "2026-01-06T09:00:00Z") == ["alan", "admin", "grace"]
    assert on_call(org, policy, NEXT) == ["alan", "admin", "ada"]


def test_a_neighbours_place_is_held_until_the_handoff_of_the_shift(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "ada", "grace", "alan")), "_next"))
    take(org, policy, "grace", "admin")
    assert on_call(org, policy, "2026-01-12T08:59:59Z") == ["admin"]
    assert on_call(org, policy, NEXT) == ["alan"]


def test_a_taker_who_is_absent_is_covered(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page_user("ada"))
    take(org, policy, "ada", "grace")
    cover(org, absent(org, "grace", NOW, NEXT), policy, "alan")
    assert on_call(org, policy) == ["alan"]
    assert on_call(org, policy, NEXT) == ["grace"]


def test_a_cover_can_be_relieved(org: Caller, team: str) -> None:
    policy = org.policy("Page", team, page_user("ada"))
    cover(org, absent(org, "ada", NOW, NEXT), policy, "grace")
    path = f"/api-public/v1/policies/{policy}/oncall/user"
    assert org.refusal("PATCH", path, {"fromUser": "ada", "toUser": "alan"}) == (
        404,
        {"error": "ada is not on call now"},
    )
    take(org, policy, "grace", "alan")
    assert on_call(org, policy) == ["alan"]
    # Given back to the cover, the place is Ada's again once she is back.
    take(org, policy, "alan", "grace")
    assert on_call(org, policy) == ["grace"]
    assert on_call(org, policy, NEXT) == ["ada"]


def test_on_call_is_taken_in_all_policies_of_a_team_that_have_the_user_on_call(org: Caller, team: str) -> None:
    first, second, third = (org.policy("Page", team, page_user(username)) for username in ("ada", "grace", "ada"))
    elsewhere = org.policy("Page", org.team("Other"), page_user("ada"))
    path = f"/api-public/v1/team/{team}/oncall/user"
    assert org.ok("PATCH", path, {"fromUser": "ada", "toUser": "alan"}) == {"result": "ok"}
    found = [on_call(org, policy) for policy in (first, second, third, elsewhere)]
    assert found == [["alan"], ["grace"], ["alan"], ["ada"]]


def test_who_is_paged_by_a_later_step_is_not_on_call(org: Caller, team: str) -> None:
    steps = [{"timeout": 0, "entries": [page_user("grace")]}, {"timeout": 5, "entries": [page_user("ada")]}]
    policy = org.ok("POST", "/api-public/v1/policies", {"name": "Page", "teamSlug": team, "steps": steps})["slug"]
    path = f"/api-public/v1/policies/{policy}/oncall/user"
    assert org.refusal("PATCH", path, {"fromUser": "ada", "toUser": "alan"})[0] == 404


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({"fromUser": "ada"}, 400, "toUser: Field required"),
        ({"toUser": "ada"}, 400, "fromUser: Field required"),
        ({"fromUser": "nobody", "toUser": "ada"}, 404, "team or user(s) not found"),
        ({"fromUser": "ada", "toUser": "nobody"}, 404, "team or user(s) not found"),
        ({"fromUser": "grace", "toUser": "alan"}, 404, "grace is not on call now"),
        (None, 400, "The request has no body, a JSON object is needed"),
    ],
)
def test_on_call_is_not_taken_when(org: Caller, team: str, body: Any, status: int, text: str) -> None:
    policy = org.policy("Page", team, page_user("ada"))
    for path in (f"/api-public/v1/policies/{policy}", f"/api-public/v1/team/{team}"):
        assert org.refusal("PATCH", f"{path}/oncall/user", body) == (status, {"error": text})
    assert on_call(org, policy) == ["ada"]


@pytest.mark.parametrize(("path", "text"), [("policies", "No policy 'x' found"), ("team", "No team 'x' found")])
def test_there_is_nothing_to_take_in_what_is_unknown(org: Caller, path: str, text: str) -> None:
    body = {"fromUser": "ada", "toUser": "grace"}
    assert org.refusal("PATCH", f"/api-public/v1/{path}/x/oncall/user", body) == (404, {"error": text})
