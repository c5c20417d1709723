"""Short ways to set up on-call duty in a simulator."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.simulator.conftest import Caller

ALL_DAYS = ("m", "t", "w", "th", "f", "sa", "su")
WEEKDAYS = ALL_DAYS[:5]


class Made(NamedTuple):
    """A rotation that was made, and where it is found."""

    team: str
    id: int
    slug: str
    shifts: list[int]

    @property
    def path(self) -> str:
        return f"/api-public/v1/teams/{self.team}/rotations/{self.id}"

    def scheduled(self, shift: int = 0) -> str:
        return f"{self.path}/{self.shifts[shift]}/scheduled"


def mask(start: str, end: str, days: tuple[str, ...] = ALL_DAYS) -> dict[str, Any]:
    def parts(text: str) -> dict[str, int]:
        hour, minute = text.split(":")
        return {"hour": int(hour), "minute": int(minute)}

    return {"day": {day: day in days for day in ALL_DAYS}, "time": [{"start": parts(start), "end": parts(end)}]}


def shift(start: str | int, *usernames: str, **changes: Any) -> dict[str, Any]:
    """A shift of a week round the clock in UTC, but for what is changed."""
    return {
        "label": "Primary",
        "timezone": "UTC",
        "start": start,
        "duration": 7,
        "shifttype": "std",
        "usernames": list(usernames),
    } | changes


def make(call: Caller, team: str, *shifts: dict[str, Any], label: str = "Weekly") -> Made:
    created = call.ok("POST", f"/api-public/v1/teams/{team}/rotations", {"label": label, "shifts": list(shifts)})
    listed = call.ok("GET", f"/api-public/v1/teams/{team}/rotations")["rotationGroups"]
    slug = next(row["slug"] for row in listed if row["groupId"] == created["id"])
    return Made(team, created["id"], slug, [made["rot_id"] for made in created["shifts"]])


def page(rotation: Made, neighbour: str = "") -> dict[str, Any]:
    return {"executionType": f"rotation_group{neighbour}", "rotationGroup": {"slug": rotation.slug}}


def set_clock(call: Caller, now: str) -> None:
    call.ok("PUT", "/_simulator/clock", {"now": now})


def on_call(call: Caller, policy: str, now: str | None = None) -> list[str]:
    """Tell whom the service says to be on call in a policy, at an instant if one is given."""
    if now is not None:
        set_clock(call, now)
    teams = call.ok("GET", "/api-public/v1/oncall/current")["teamsOnCall"]
    return [
        user["onCallUser"]["username"]
        for team in teams
        for row in team["onCallNow"]
        if row["escalationPolicy"]["slug"] == policy
        for user in row["users"]
    ]


def absent(call: Caller, username: str, start: str, end: str, timezone: str = "UTC") -> str:
    body = {"username": username, "timezone": timezone, "start": start, "end": end}
    public_id: str = call.ok("POST", "/api-public/v1/overrides", body)["override"]["publicId"]
    return public_id


def cover(call: Caller, override: str, policy: str, username: str) -> None:
    path = f"/api-public/v1/overrides/{override}/assignments/{policy}"
    call.ok("PUT", path, {"policy": policy, "username": username, "acceptOverlap": True})


def take(call: Caller, policy: str, relieved: str, taker: str) -> None:
    path = f"/api-public/v1/policies/{policy}/oncall/user"
    assert call.ok("PATCH", path, {"fromUser": relieved, "toUser": taker}) == {"result": "ok"}
