"""Rotations through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.rotations import Mask, MaskDays, MaskWindow, TimeOfDay
from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import UNKNOWN, Plugin, PluginError
from tests.provider.rotations import ALL_DAY, DAYTIME, NIGHT, ODD_HOURS, OFFICE, PRIMARY, SUN, make


def test_a_rotation_lives_with_all_four_types_of_shifts(plugin: Plugin, client: Client, team: str) -> None:
    inputs = {"team": team, "label": "Weekly", "shifts": [PRIMARY, DAYTIME, ODD_HOURS, SUN]}
    made = make(plugin, team, PRIMARY, DAYTIME, ODD_HOURS, SUN)
    [group] = client.rotations.groups(team)
    [rotation] = client.rotations.all(team)
    assert made.id == f"{team}/{group.group_id}"
    assert made.properties == {
        **inputs,
        "slug": group.slug,
        "group_id": group.group_id,
        "shift_ids": {shift.label: shift.shift_id for shift in rotation.shifts},
    }
    assert set(made.properties["shift_ids"]) == {"primary", "daytime", "odd hours", "sun"}
    assert [
        (shift.label, shift.shift_type, shift.timezone, shift.start, shift.duration) for shift in rotation.shifts
    ] == [
        ("primary", "std", "Europe/London", "2024-01-01T09:00:00Z", 7),
        ("daytime", "pho", "Europe/London", "2024-01-01T09:00:00Z", 7),
        ("odd hours", "cstm", "Europe/London", "2024-01-01T09:00:00Z", 7),
        ("sun", "fts", "Asia/Tokyo", "2024-01-01T00:00:00Z", 7),
    ]
    assert [member.username for member in rotation.shifts[0].shift_members] == ["ada", "admin", "ada"]
    assert rotation.shifts[2].mask == Mask(
        day=MaskDays(m=True, t=True, w=True, th=True, f=True),
        time=[MaskWindow(start=TimeOfDay(hour=9), end=TimeOfDay(hour=17, minute=30))],
    )
    assert rotation.shifts[2].mask2 == Mask(
        day=MaskDays(sa=True), time=[MaskWindow(start=TimeOfDay(hour=22), end=TimeOfDay(hour=6))]
    )
    assert rotation.shifts[2].mask3 == Mask(
        day=MaskDays(su=True), time=[MaskWindow(start=TimeOfDay(), end=TimeOfDay())]
    )

    read = plugin.read(providers.Rotation, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, made.properties, inputs)
    looked_up = plugin.read(providers.Rotation, made.id)
    assert looked_up.properties == made.properties
    assert not plugin.diff(providers.Rotation, made.id, looked_up.properties, inputs).changes

    plugin.delete(providers.Rotation, made.id, made.properties)
    assert client.rotations.all(team) == []
    assert plugin.read(providers.Rotation, made.id, made.properties).id == ""
    plugin.delete(providers.Rotation, made.id, made.properties)
    client.teams.delete(team)
    assert plugin.read(providers.Rotation, made.id, made.properties).id == ""
    plugin.delete(providers.Rotation, made.id, made.properties)


def test_a_rotation_is_one_write_and_read_in_two_lists_for_its_team(
    plugin: Plugin, client: Client, simulator: Simulator, team: str
) -> None:
    before = simulator.requests()["by_operation"]
    made = [make(plugin, team, PRIMARY) for _ in range(2)]
    for one in made:
        assert plugin.read(providers.Rotation, one.id, one.properties).properties == one.properties
    after = simulator.requests()["by_operation"]
    assert {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)} == {
        "POST /api-public/v1/teams/{team}/rotations": 2,
        "GET /api-public/v1/teams/{team}/rotations": 2,
        "GET /api-public/v2/team/{team}/rotations": 1,
    }


@pytest.mark.parametrize(
    ("zone", "start", "reading", "instant"),
    [
        ("Europe/London", "2026-07-06T09:00", "2026-07-06T09:00", "2026-07-06T08:00:00Z"),
        ("Europe/London", "2026-07-06T09:00:00", "2026-07-06T09:00", "2026-07-06T08:00:00Z"),
        ("Europe/London", "2026-07-06T09:00Z", "2026-07-06T10:00", "2026-07-06T09:00:00Z"),
        ("America/New_York", "2026-01-05T09:00:00.000+01:00", "2026-01-05T03:00", "2026-01-05T08:00:00Z"),
        ("Asia/Kathmandu", "2026-01-05T00:00", "2026-01-05T00:00", "2026-01-04T18:15:00Z"),
        ("US/Pacific", "2026-01-05T09:00", "2026-01-05T09:00", "2026-01-05T17:00:00Z"),
        # The clock shows it twice; the first time counts.
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T01:30", "2026-10-25T00:30:00Z"),
        ("Europe/London", "2026-10-25T01:30+00:00", "2026-10-25T01:30", "2026-10-25T00:30:00Z"),
        ("UTC", "2026-01-05T09:00:30", "2026-01-05T09:00:30", "2026-01-05T09:00:30Z"),
    ],
)
def test_a_start_is_the_reading_of_the_clock_in_the_shifts_own_zone(
    shared: Plugin, client: Client, team: str, zone: str, start: str, reading: str, instant: str
) -> None:
    made = make(shared, team, {**PRIMARY, "timezone": zone, "start": start})
    assert made.properties["shifts"][0]["start"] == reading
    assert client.rotations.all(team)[0].shifts[0].start == instant
    assert shared.read(providers.Rotation, made.id).properties == made.properties


@pytest.mark.parametrize(
    "changed",
    [
        {"team": "team-b"},
        {"label": "Monthly"},
        {"shifts": UNKNOWN},
        {"shifts": [UNKNOWN, DAYTIME]},
        *(
            {"shifts": [PRIMARY, {**DAYTIME, name: value}]}
            for name, value in {
                "label": "day",
                "type": "cstm",
                "timezone": "Europe/Dublin",
                "start": "2024-01-01T10:00",
                "handoff_days": 1,
                "usernames": ["admin", "ada", "ada"],
                "windows": [{**OFFICE, "days": ["m"]}],
            }.items()
        ),
        {"shifts": [PRIMARY, {**DAYTIME, "windows": [{**OFFICE, "start_time": "08:00"}]}]},
        {"shifts": [PRIMARY, {**DAYTIME, "windows": [{**OFFICE, "end_time": UNKNOWN}]}]},
        {"shifts": [PRIMARY]},
    ],
)
def test_every_change_replaces_a_rotation_and_the_new_one_is_made_first(
    shared: Plugin, changed: dict[str, Any]
) -> None:
    state = {"team": "team-a", "label": "Weekly", "shifts": [PRIMARY, DAYTIME], "slug": "rtg-a", "group_id": 1}
    found = shared.diff(providers.Rotation, "team-a/1", state, {**state, **changed})
    assert (found.changes, found.replaces, found.deletes_first) == (True, list(changed), False)


def test_what_means_the_same_is_no_change(shared: Plugin) -> None:
    state = {"team": "team-a", "label": "Weekly", "shifts": [PRIMARY, ODD_HOURS]}
    loud = {**PRIMARY, "usernames": ["ADA", "Admin", "ada"], "start": "2024-01-01T10:00+01:00"}
    shuffled = {**ODD_HOURS, "windows": [ALL_DAY, NIGHT, {**OFFICE, "days": ["f", "th", "w", "t", "m"]}]}
    checked = shared.check(providers.Rotation, {**state, "shifts": [shuffled, loud]})
    assert checked.failures == []
    assert not shared.diff(providers.Rotation, "team-a/1", state, checked.inputs).changes


def test_what_is_not_known_yet_comes_back_unknown(shared: Plugin) -> None:
    inputs = {
        "team": UNKNOWN,
        "label": UNKNOWN,
        "shifts": [
            UNKNOWN,
            {**DAYTIME, "timezone": UNKNOWN, "start": "2026-01-05T09:00+01:00", "usernames": [UNKNOWN, "ada"]},
            {**ODD_HOURS, "type": UNKNOWN, "label": UNKNOWN, "start": UNKNOWN, "windows": [UNKNOWN] * 4},
            {**SUN, "windows": [{"days": [UNKNOWN, "m"], "start_time": UNKNOWN, "end_time": UNKNOWN}]},
        ],
    }
    checked = shared.check(providers.Rotation, inputs)
    assert checked.failures == []
    assert checked.inputs == inputs


def test_a_rotation_that_a_policy_pages_is_not_deleted(shared: Plugin, client: Client, team: str) -> None:
    made = make(shared, team, PRIMARY)
    entries = [{"type": "rotation_group", "rotation_group": made.properties["slug"]}]
    policy = {"team": team, "name": "Page", "steps": [{"timeout": 0, "entries": entries}]}
    page = shared.create(providers.EscalationPolicy, policy)
    with pytest.raises(PluginError) as refused:
        shared.delete(providers.Rotation, made.id, made.properties)
    assert str(refused.value) == (
        f"DELETE /api-public/v1/teams/{team}/rotations/{made.properties['group_id']:.0f}: 422: Rotation Weekly is used "
        "by policy Page; where an escalation policy still pages it, let that page somebody else first"
    )
    shared.delete(providers.EscalationPolicy, page.id, page.properties)
    shared.delete(providers.Rotation, made.id, made.properties)
    assert client.rotations.all(team) == []
