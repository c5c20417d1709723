from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.conftest import NOW, Caller
from tests.simulator.duty import Made, make, mask, on_call, page, set_clock, shift, take


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


@pytest.fixture
def weekly(org: Caller) -> Made:
    return make(org, org.team("Platform"), shift(NOW, "ada", "grace", "ada", "alan"))


def scheduled(call: Caller, made: Made, now: str | None = None) -> str:
    if now is not None:
        set_clock(call, now)
    username: str = call.ok("GET", made.scheduled())["username"]
    return username


def member_slugs(call: Caller, made: Made) -> list[str]:
    [listed] = call.ok("GET", f"/api-public/v2/team/{made.team}/rotations")["rotations"]
    return [member["slug"] for member in listed["shifts"][0]["shiftMembers"]]


def test_whose_turn_it_is(org: Caller, weekly: Made) -> None:
    assert org.ok("GET", weekly.scheduled()) == {
        "username": "ada",
        "firstName": "Ada",
        "lastName": "Lovelace",
        "displayName": "Ada Lovelace",
        "version": 0,
        "verified": False,
    }
    assert scheduled(org, weekly, "2026-01-12T09:00:00Z") == "grace"


def test_it_is_somebodys_turn_outside_windows_too(org: Caller) -> None:
    masked = shift(NOW, "ada", shifttype="pho", mask=mask("10:00", "11:00"))
    made = make(org, org.team("Platform"), masked)
    assert scheduled(org, made, "2026-01-05T12:00:00Z") == "ada"


@pytest.mark.parametrize("members", [["ada"], []])
def test_before_the_start_or_without_members_it_is_nobodys_turn(org: Caller, members: list[str]) -> None:
    start = "2026-02-02T09:00:00Z" if members else NOW
    made = make(org, org.team("Platform"), shift(start, *members))
    nobody = (404, {"error": f"Nobody is scheduled in shift '{made.shifts[0]}'"})
    assert org.refusal("GET", made.scheduled()) == nobody
    assert org.refusal("PUT", made.scheduled(), {"username": "ada"})[0] == 422


def test_the_cycle_is_turned_and_goes_on_from_there(org: Caller, weekly: Made) -> None:
    assert org.ok("PUT", weekly.scheduled(), {"username": "Grace"})["username"] == "grace"
    weeks = ("1-05", "1-12", "1-19", "1-26", "2-02")
    found = [scheduled(org, weekly, f"2026-0{day}T09:00:00Z") for day in weeks]
    assert found == ["grace", "ada", "alan", "ada", "grace"]


def test_the_neighbours_turn_along(org: Caller, weekly: Made) -> None:
    policies = [org.policy("Page", weekly.team, page(weekly, neighbour)) for neighbour in ("_previous", "", "_next")]
    set_clock(org, "2026-01-12T09:00:00Z")
    org.ok("PUT", weekly.scheduled(), {"username": "alan"})
    assert [on_call(org, policy) for policy in policies] == [["ada"], ["alan"], ["ada"]]


def test_of_several_places_the_next_counts_and_the_present_one_is_the_nearest(org: Caller, weekly: Made) -> None:
    set_clock(org, "2026-01-12T09:00:00Z")
    for _ in range(2):
        org.ok("PUT", weekly.scheduled(), {"username": "ada"})
        # The third member's turn: the fourth, Alan, follows.
        assert scheduled(org, weekly, "2026-01-12T09:00:00Z") == "ada"
        assert scheduled(org, weekly, "2026-01-19T09:00:00Z") == "alan"
        set_clock(org, "2026-01-12T09:00:00Z")


@pytest.mark.parametrize(("position", "follower"), [(0, "grace"), (2, "alan")])
def test_the_position_says_which_place(org: Caller, weekly: Made, position: int, follower: str) -> None:
    org.ok("PUT", weekly.scheduled(), {"username": "ada", "position": position})
    assert scheduled(org, weekly) == "ada"
    assert scheduled(org, weekly, "2026-01-12T09:00:00Z") == follower


@pytest.mark.parametrize(("position", "follower"), [(0, "grace"), (2, "alan")])
def test_the_slug_of_the_member_says_which_place(org: Caller, weekly: Made, position: int, follower: str) -> None:
    slug = member_slugs(org, weekly)[position]
    org.ok("PUT", weekly.scheduled(), {"username": "ada", "memberSlug": slug})
    assert scheduled(org, weekly, "2026-01-12T09:00:00Z") == follower


def test_turning_twice_adds_up(org: Caller, weekly: Made) -> None:
    org.ok("PUT", weekly.scheduled(), {"username": "alan"})
    org.ok("PUT", weekly.scheduled(), {"username": "grace"})
    assert scheduled(org, weekly) == "grace"
    assert scheduled(org, weekly, "2026-01-12T09:00:00Z") == "ada"
    assert scheduled(org, weekly, "2026-01-19T09:00:00Z") == "alan"


def test_a_turn_ends_what_was_taken_in_the_shift(org: Caller, weekly: Made) -> None:
    policy = org.policy("Page", weekly.team, page(weekly))
    take(org, policy, "ada", "alan")
    org.ok("PUT", weekly.scheduled(), {"username": "ada"})
    assert on_call(org, policy) == ["alan"]  # nothing was turned
    org.ok("PUT", weekly.scheduled(), {"username": "grace"})
    assert on_call(org, policy) == ["grace"]


@pytest.mark.parametrize(
    "body",
    [
        {"username": "admin"},
        {"username": "nobody"},
        {"username": "ada", "position": 1},
        {"username": "ada", "position": 4},
        {"username": "ada", "memberSlug": "rtm-x"},
        {"username": "ada", "memberSlug": "rtm-x", "position": 0},
    ],
)
def test_only_a_member_at_their_place_gets_the_turn(org: Caller, weekly: Made, body: dict[str, Any]) -> None:
    text = f"{body['username']} is not in shift Primary, or not at that place"
    assert org.refusal("PUT", weekly.scheduled(), body) == (422, {"error": text})
    assert scheduled(org, weekly) == "ada"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "username: Field required"),
        ({"username": "ada", "position": -1}, "position: Input should be greater than or equal to 0"),
        (None, "The request has no body, a JSON object is needed"),
    ],
)
def test_a_turn_that_is_wrong_in_itself_is_a_bad_request(org: Caller, weekly: Made, body: Any, text: str) -> None:
    assert org.refusal("PUT", weekly.scheduled(), body) == (400, {"error": text})


def test_a_shift_that_has_not_begun_cannot_be_turned(org: Caller) -> None:
    made = make(org, org.team("Platform"), shift("2026-02-02T09:00:00Z", "ada"))
    refusal = org.refusal("PUT", made.scheduled(), {"username": "ada"})
    assert refusal == (422, {"error": "Shift Primary has not begun"})


def test_unknown_rotations_and_shifts_are_not_found(org: Caller, weekly: Made) -> None:
    for method, body in (("GET", None), ("PUT", {"username": "ada"})):
        assert org.refusal(method, f"{weekly.path}/1/scheduled", body) == (
            404,
            {"error": f"No shift '1' found in rotation '{weekly.id}'"},
        )
        path = f"/api-public/v1/teams/{weekly.team}/rotations/1/{weekly.shifts[0]}/scheduled"
        assert org.refusal(method, path, body) == (404, {"error": f"No rotation '1' found in team '{weekly.team}'"})
