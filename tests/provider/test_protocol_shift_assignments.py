"""Whose turn a program makes it, through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import UNKNOWN, Plugin, PluginError
from tests.provider.rotations import DAYTIME, PRIMARY, make


def test_an_assignment_lives(plugin: Plugin, client: Client, simulator: Simulator, team: str) -> None:
    rotation = make(plugin, team, PRIMARY, DAYTIME)
    group_id, shift_id = int(rotation.properties["group_id"]), int(rotation.properties["shift_ids"]["daytime"])

    def whose_turn() -> str | None:
        user = client.rotations.scheduled_user(team, group_id, shift_id)
        return user.username if user else None

    other = "ada" if whose_turn() == "admin" else "admin"
    checked = plugin.check(
        providers.RotationShiftAssignment, {"rotation": rotation.id, "shift": "daytime", "username": other.upper()}
    )
    assert checked.failures == []
    made = plugin.create(providers.RotationShiftAssignment, checked.inputs)
    said = {"rotation": rotation.id, "shift": "daytime", "username": other}
    assert (made.id, made.properties) == (
        f"{rotation.id}/{shift_id}",
        {**said, "assigned_at": made.properties["assigned_at"]},
    )
    assert whose_turn() == other

    looked_up = plugin.read(providers.RotationShiftAssignment, made.id)
    assert looked_up.properties == said
    new = {**said, "username": "ada", "position": 2.0}
    assert plugin.diff(providers.RotationShiftAssignment, made.id, made.properties, new).replaces == []
    changed = plugin.update(providers.RotationShiftAssignment, made.id, made.properties, new)
    assert (changed, whose_turn()) == ({**new, "assigned_at": changed["assigned_at"]}, "ada")
    turn = next(one for one in simulator.snapshot()["rotations"][0]["shifts"] if one["id"] == shift_id)["turn"]

    read = plugin.read(providers.RotationShiftAssignment, made.id, changed)
    assert (read.inputs, read.properties) == (new, changed)

    client.rotations.set_scheduled_user(team, group_id, shift_id, username="admin")
    plugin.delete(providers.RotationShiftAssignment, made.id, changed)
    assert whose_turn() == "admin", "a turn that was given isn't taken back"
    assert plugin.update(providers.RotationShiftAssignment, made.id, changed, {**new, "position": 0.0})
    again = next(one for one in simulator.snapshot()["rotations"][0]["shifts"] if one["id"] == shift_id)["turn"]
    assert (turn - again) % 3 == 2, "the first place is two before the third"

    plugin.delete(providers.Rotation, rotation.id, rotation.properties)
    assert plugin.read(providers.RotationShiftAssignment, made.id, changed).id == ""
    client.teams.delete(team)
    plugin.delete(providers.Rotation, rotation.id, rotation.properties)
    assert plugin.read(providers.RotationShiftAssignment, made.id, changed).id == ""


def test_an_assignment_by_the_shifts_number_makes_no_reads(shared: Plugin, simulator: Simulator, team: str) -> None:
    rotation = make(shared, team, PRIMARY)
    before = simulator.requests()["total"]
    shift = rotation.properties["shift_ids"]["primary"]
    inputs = {"rotation": rotation.id, "shift": shift, "username": "admin", "position": 1.0}
    made = shared.create(providers.RotationShiftAssignment, inputs)
    assert made.id == f"{rotation.id}/{shift:.0f}"
    assert made.properties == {**inputs, "assigned_at": made.properties["assigned_at"]}
    assert simulator.requests()["total"] == before + 1


def test_a_shift_that_has_not_begun_is_looked_up_without_anybody(shared: Plugin, team: str) -> None:
    rotation = make(shared, team, {**PRIMARY, "start": "2190-01-01T09:00"})
    shift = rotation.properties["shift_ids"]["primary"]
    found = shared.read(providers.RotationShiftAssignment, f"{rotation.id}/{shift:.0f}")
    assert found.properties == {"rotation": rotation.id, "shift": "primary"}


def test_a_shift_that_is_not_there_is_an_error_that_names_those_that_are(shared: Plugin, team: str) -> None:
    rotation = make(shared, team, PRIMARY, DAYTIME)
    with pytest.raises(PluginError) as refused:
        shared.create(providers.RotationShiftAssignment, {"rotation": rotation.id, "shift": "night", "username": "ada"})
    assert str(refused.value) == (
        f"the rotation {rotation.id} has no shift 'night'; its shifts are 'primary', 'daytime'"
    )


@pytest.mark.parametrize(
    ("changed", "replaces"),
    [
        ({"rotation": "team-a/2"}, ["rotation"]),
        ({"rotation": UNKNOWN}, ["rotation"]),
        ({"shift": 7.0}, ["shift"]),
        ({"username": "bao"}, []),
        ({"username": UNKNOWN}, []),
        ({"position": 0.0}, []),
    ],
)
def test_what_a_change_of_an_assignment_replaces(shared: Plugin, changed: dict[str, Any], replaces: list[str]) -> None:
    state = {"rotation": "team-a/1", "shift": "primary", "username": "ada"}
    found = shared.diff(providers.RotationShiftAssignment, "team-a/1/7", state, {**state, **changed})
    assert (found.changes, found.replaces, found.deletes_first) == (True, replaces, False)


@pytest.mark.parametrize(
    ("provider", "form", "ids"),
    [
        (providers.Rotation, "team/groupId", ["team-a", "team-a/rtg-b", "team-a/1/2", "/1", "team-a/\u0661"]),
        (providers.RotationShiftAssignment, "team/groupId/shiftId", ["team-a/1", "team-a/1/primary", "team-a//2"]),
    ],
)
def test_an_ill_formed_id_is_an_error(shared: Plugin, provider: Any, form: str, ids: list[str]) -> None:
    for ill in ids:
        with pytest.raises(PluginError) as refused:
            shared.read(provider, ill)
        assert str(refused.value) == f"{ill!r} is not an id of the form {form}"
