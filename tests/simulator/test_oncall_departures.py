"""Who takes over rotations, covers and takes when a user leaves the org or a team."""

from __future__ import annotations

import pytest

from tests.simulator.conftest import NOW, Caller, page_user
from tests.simulator.duty import Made, absent, cover, make, on_call, page, shift, take

END = "2026-02-01T00:00:00Z"


@pytest.fixture
def org(call: Caller) -> Caller:
    for username in ("ada", "grace", "alan"):
        call.user(username)
    return call


def members(call: Caller, made: Made) -> list[str]:
    listed = call.ok("GET", f"/api-public/v2/team/{made.team}/rotations")["rotations"]
    shifts = next(row["shifts"] for row in listed if row["groupId"] == made.id)
    return [member["username"] for member in shifts[0]["shiftMembers"]]


def test_the_member_of_a_rotation_needs_a_replacement(org: Caller) -> None:
    team = org.team("Platform", "ada")
    make(org, team, shift(NOW, "ada"))
    for path in ("/api-public/v1/user/ada", f"/api-public/v1/team/{team}/members/ada"):
        assert org.refusal("DELETE", path, {}) == (422, {"error": "A replacement for ada is required"})


def test_a_replacement_takes_every_place_in_every_rotation(org: Caller) -> None:
    first = make(org, org.team("First"), shift(NOW, "ada", "grace", "ada"))
    second = make(org, org.team("Second"), shift(NOW, "alan", "ada"))
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "grace"})
    assert members(org, first) == ["grace", "grace", "grace"]
    assert members(org, second) == ["alan", "grace"]


def test_a_member_who_leaves_a_team_is_replaced_in_its_rotations_only(org: Caller) -> None:
    team = org.team("Platform", "ada")
    own, other = make(org, team, shift(NOW, "ada")), make(org, org.team("Other"), shift(NOW, "ada"))
    org.ok("DELETE", f"/api-public/v1/team/{team}/members/ada", {"replacement": "grace"})
    assert members(org, own) == ["grace"]
    assert members(org, other) == ["ada"]


def test_a_member_in_a_rotation_of_another_team_only_may_leave_without_replacement(org: Caller) -> None:
    team = org.team("Platform", "ada")
    make(org, org.team("Other"), shift(NOW, "ada"))
    assert org.ok("DELETE", f"/api-public/v1/team/{team}/members/ada", {})["members"] == []


def test_the_admin_of_the_rotations_team_takes_over(org: Caller) -> None:
    made = make(org, org.default_team(), shift(NOW, "ada"))
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "teamAdmin"})
    assert members(org, made) == ["admin"]


def test_a_refused_departure_leaves_all_places_as_they_are(org: Caller) -> None:
    made = make(org, org.default_team(), shift(NOW, "ada"))
    unmanaged = make(org, org.team("Unmanaged"), shift(NOW, "ada"))
    assert org.refusal("DELETE", "/api-public/v1/user/ada", {"replacementStrategy": "teamAdmin"}) == (
        422,
        {"error": "Team Unmanaged has no admin who could replace ada"},
    )
    assert members(org, made) == members(org, unmanaged) == ["ada"]


def test_a_replacement_takes_over_covers_and_takes(org: Caller) -> None:
    covered = org.policy("Covered", org.team("First"), page_user("alan"))
    taken = org.policy("Taken", org.team("Second"), page_user("alan"))
    cover(org, absent(org, "alan", NOW, END), covered, "ada")
    take(org, taken, "alan", "ada")
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "grace"})
    assert on_call(org, covered) == ["grace"]
    assert on_call(org, taken) == ["grace"]


def test_who_only_covers_or_stands_in_may_go_without_replacement(org: Caller) -> None:
    policy = org.policy("Page", org.team("Platform"), page_user("alan"))
    override = absent(org, "alan", NOW, END)
    cover(org, override, policy, "ada")
    take(org, policy, "ada", "grace")
    org.ok("DELETE", "/api-public/v1/user/ada", {})
    assert org.ok("GET", f"/api-public/v1/overrides/{override}/assignments/{policy}")["assigned"] is False
    assert on_call(org, policy) == ["grace"]
    org.ok("DELETE", "/api-public/v1/user/grace", {})
    assert on_call(org, policy) == ["alan"]


def test_nobody_is_made_to_cover_their_own_absence(org: Caller) -> None:
    policy = org.policy("Page", org.team("Platform"), page_user("alan"))
    override = absent(org, "alan", NOW, END)
    cover(org, override, policy, "ada")
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "alan"})
    assert org.ok("GET", f"/api-public/v1/overrides/{override}/assignments/{policy}")["assigned"] is False
    assert on_call(org, policy) == ["alan"]


def test_the_absences_of_a_user_go_with_them(org: Caller) -> None:
    policy = org.policy("Page", org.team("Platform"), page_user("ada"))
    gone, stays = absent(org, "ada", NOW, END), absent(org, "grace", NOW, END)
    cover(org, gone, policy, "alan")
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "grace"})
    listed = org.ok("GET", "/api-public/v1/overrides")["overrides"]
    assert [override["publicId"] for override in listed] == [stays]
    assert on_call(org, policy) == ["grace"]


def test_a_cover_in_another_teams_policy_stays_when_a_membership_ends(org: Caller) -> None:
    team = org.team("Platform", "ada")
    own, other = org.policy("Own", team, page_user("alan")), org.policy("Other", org.team("Other"), page_user("alan"))
    override = absent(org, "alan", NOW, END)
    for policy in (own, other):
        cover(org, override, policy, "ada")
    org.ok("DELETE", f"/api-public/v1/team/{team}/members/ada", {"replacement": "grace"})
    assert (on_call(org, own), on_call(org, other)) == (["grace"], ["ada"])


def test_a_replacement_gets_the_place_that_another_had_taken(org: Caller) -> None:
    policy = org.policy("Page", org.team("Platform"), page_user("ada"))
    take(org, policy, "ada", "alan")
    org.ok("DELETE", "/api-public/v1/user/ada", {"replacement": "grace"})
    assert on_call(org, policy) == ["grace"]


def test_a_deleted_policy_takes_its_rows_and_takes_along(org: Caller) -> None:
    team = org.team("Platform")
    policy = org.policy("Page", team, page(make(org, team, shift(NOW, "ada"))))
    cover(org, absent(org, "ada", NOW, END), policy, "grace")
    take(org, policy, "grace", "alan")
    org.ok("DELETE", f"/api-public/v1/policies/{policy}")
    document = org.sim.snapshot()
    assert document["takes"] == []
    assert document["overrides"][0]["covers"] == {}
