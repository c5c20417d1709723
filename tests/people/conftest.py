from __future__ import annotations

from dataclasses import dataclass

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload

JANUARY_2026 = 1_767_600_000_000
"""2026-01-05T08:00:00Z, a Monday, in milliseconds."""


@dataclass(frozen=True)
class SmallOrg:
    """Ada and Grace in the team Platform; Ada in its rotation and its policy, and in a policy of the team Data."""

    platform: str
    data: str
    rotation: int
    page: str
    elsewhere: str


def add_user(client: Client, username: str) -> None:
    client.users.create(
        UserPayload(
            username=username, first_name=username.title(), last_name="Example", email=f"{username}@example.com"
        )
    )


def page_user(username: str) -> PolicyEntry:
    return PolicyEntry(execution_type="user", user={"username": username})


def add_policy(client: Client, team: str, name: str, *entries: PolicyEntry) -> str:
    steps = [
        PolicyStep(timeout=0, entries=[PolicyEntry(execution_type="email", email={"address": "noc@example.com"})]),
        PolicyStep(timeout=15, entries=list(entries)),
    ]
    return client.policies.create(PolicyPayload(name=name, team_slug=team, steps=steps)).slug


@pytest.fixture
def org(client: Client) -> SmallOrg:
    for username in ("ada", "grace"):
        add_user(client, username)
    platform = client.teams.create(TeamPayload(name="Platform")).slug
    data = client.teams.create(TeamPayload(name="Data")).slug
    for username in ("ada", "grace"):
        client.teams.add_member(platform, username)
    shift = ShiftPayload(
        label="Primary",
        timezone="Europe/London",
        start=JANUARY_2026,
        duration=7,
        shift_type="std",
        usernames=["ada", "ada"],
    )
    made = client.rotations.create(platform, RotationPayload(label="Weekly", shifts=[shift]))
    assert made.group_id is not None
    page = add_policy(client, platform, "Page Platform", page_user("ada"))
    elsewhere = add_policy(client, data, "Page Data", page_user("ada"), page_user("grace"))
    return SmallOrg(platform, data, made.group_id, page, elsewhere)
