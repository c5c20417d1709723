"""Whose turn it is, seen through the plugin's own protocol: a difference while the turn lasts that was given."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.provider.plugin import Plugin

_NEW_YEAR_2024 = 1_704_067_200_000


@pytest.fixture
def rotation(client: Client) -> str:
    """A rotation with one shift, in which ada stands first and last and admin between, by its id."""
    client.users.create(UserPayload(username="ada", first_name="Ada", last_name="Byron", email="ada@example.com"))
    team = client.teams.create(TeamPayload(name="Platform")).slug
    shift = ShiftPayload(
        label="primary",
        timezone="UTC",
        start=_NEW_YEAR_2024,
        duration=7,
        shift_type="std",
        usernames=["ada", "admin", "ada"],
    )
    return f"{team}/{client.rotations.create(team, RotationPayload(label='Weekly', shifts=[shift])).group_id}"


def by_hand(client: Client, assignment: str, username: str, position: int) -> None:
    team, group, shift = assignment.split("/")
    client.rotations.set_scheduled_user(team, int(group), int(shift), username=username, position=position)


def made_for(plugin: Plugin, rotation: str, **said: Any) -> tuple[str, dict[str, Any]]:
    """The id of an assignment and its state."""
    inputs = {"rotation": rotation, "shift": "primary", **said}
    made = plugin.create(providers.RotationShiftAssignment, inputs)
    return made.id, made.properties


@pytest.mark.parametrize(
    ("said", "done", "seen"),
    [
        ({"username": "ada"}, ("admin", 1), {"username": "admin"}),
        ({"username": "ada", "position": 0.0}, ("admin", 1), {"username": "admin", "position": 1}),
        ({"username": "ada", "position": 0.0}, ("ada", 2), {"position": 2}),
        ({"username": "ada"}, ("ada", 2), {}),
        ({"username": "ada", "position": 0.0}, ("ada", 0), {}),
    ],
)
def test_a_turn_that_was_changed_while_it_lasts_is_seen(
    plugin: Plugin, client: Client, rotation: str, said: dict[str, Any], done: tuple[str, int], seen: dict[str, Any]
) -> None:
    assignment, state = made_for(plugin, rotation, **said)
    by_hand(client, assignment, *done)
    found = plugin.read(providers.RotationShiftAssignment, assignment, state)
    assert found.inputs == {"rotation": rotation, "shift": "primary", **said, **seen}
    assert found.properties == {**found.inputs, "assigned_at": state["assigned_at"]}


@pytest.mark.parametrize("assigned_at", ["2024-02-01T00:00:00Z", "2199-01-01T00:00:00Z", None])
def test_whose_turn_it_is_at_another_time_is_no_difference(
    plugin: Plugin, client: Client, rotation: str, assigned_at: str | None
) -> None:
    assignment, state = made_for(plugin, rotation, username="ada")
    by_hand(client, assignment, "admin", 1)
    older = {**state, "assigned_at": assigned_at} if assigned_at else {"username": "ada"}
    found = plugin.read(providers.RotationShiftAssignment, assignment, older)
    assert found.inputs["username"] == "ada"


def test_a_shift_that_was_given_another_label_is_seen_by_its_label_only(
    plugin: Plugin, simulator: Simulator, rotation: str
) -> None:
    assignment, state = made_for(plugin, rotation, username="ada")
    number = float(assignment.rpartition("/")[2])
    document = simulator.snapshot()
    document["rotations"][0]["shifts"][0]["label"] = "edited"
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()
    by_label = plugin.read(providers.RotationShiftAssignment, assignment, state)
    assert by_label.inputs["shift"] == "edited"
    by_number = plugin.read(providers.RotationShiftAssignment, assignment, {**state, "shift": number})
    assert by_number.inputs["shift"] == number
