"""What somebody changed in a rotation by hand, seen through the plugin's own protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import Plugin
from tests.provider.rotations import DAYTIME, NIGHT, OFFICE, PRIMARY, make


def edit(simulator: Simulator, change: Callable[[dict[str, Any]], object]) -> None:
    document = simulator.snapshot()
    change(document["rotations"][0])
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda shift: shift.update(label="edited"), {"label": "edited"}),
        (lambda shift: shift.update(type="fts"), {"type": "fts"}),
        (lambda shift: shift.update(type="std"), {"type": "std", "windows": None}),
        (lambda shift: shift.update(timezone="Europe/Paris"), {"timezone": "Europe/Paris"}),
        (lambda shift: shift.update(start="2024-01-02T09:00:00"), {"start": "2024-01-02T09:00"}),
        (lambda shift: shift.update(duration=14), {"handoff_days": 14}),
        (lambda shift: shift["members"].reverse(), {"usernames": ["admin", "ada"]}),
        (lambda shift: shift["members"].clear(), {"usernames": []}),
        (
            lambda shift: shift["masks"][0]["weekdays"].remove(4),
            {"windows": [{**OFFICE, "days": ["m", "t", "w", "th"]}]},
        ),
        (
            lambda shift: shift["masks"][0]["windows"][0].update(start="08:00:00"),
            {"windows": [{**OFFICE, "start_time": "08:00"}]},
        ),
        (
            lambda shift: shift["masks"][0]["windows"][0].update(end="06:15:00"),
            {"windows": [{**OFFICE, "end_time": "06:15"}]},
        ),
        (
            lambda shift: shift["masks"][0]["windows"].append({"start": "20:00:00", "end": "22:00:00"}),
            {"windows": [OFFICE, {**OFFICE, "start_time": "20:00", "end_time": "22:00"}]},
        ),
        (
            lambda shift: shift["masks"].append(
                {"weekdays": [5], "windows": [{"start": "22:00:00", "end": "06:00:00"}]}
            ),
            {"windows": [OFFICE, NIGHT]},
        ),
    ],
)
def test_what_somebody_changed_in_a_shift_is_seen(
    shared: Plugin,
    simulator: Simulator,
    team: str,
    change: Callable[[dict[str, Any]], object],
    seen: dict[str, Any],
) -> None:
    shift = {**DAYTIME, "usernames": ["ada", "admin"]}
    made = make(shared, team, shift)
    inputs = {"team": team, "label": "Weekly", "shifts": [shift]}
    edit(simulator, lambda rotation: change(rotation["shifts"][0]))
    read = shared.read(providers.Rotation, made.id, made.properties)
    expected = {name: value for name, value in {**shift, **seen}.items() if value is not None}
    assert read.inputs == {**inputs, "shifts": [expected]}
    assert shared.diff(providers.Rotation, made.id, read.properties, inputs).replaces == ["shifts"]


def test_other_changes_by_hand_are_seen_and_what_time_brings_is_not(
    plugin: Plugin, client: Client, simulator: Simulator, team: str
) -> None:
    made = make(plugin, team, PRIMARY)
    [rotation] = client.rotations.all(team)
    client.rotations.set_scheduled_user(team, rotation.group_id, rotation.shifts[0].shift_id or 0, username="admin")
    assert plugin.read(providers.Rotation, made.id, made.properties).properties == made.properties

    def relabel_and_double(rotation: dict[str, Any]) -> None:
        rotation["label"] = "Edited"
        rotation["shifts"].append({**rotation["shifts"][0], "id": 424242, "label": "second"})

    edit(simulator, relabel_and_double)
    again = Plugin(config_of(simulator))
    try:
        read = again.read(providers.Rotation, made.id, made.properties)
    finally:
        again.stop()
    assert read.inputs == {"team": team, "label": "Edited", "shifts": [PRIMARY, {**PRIMARY, "label": "second"}]}
    assert read.properties["shift_ids"] == {**made.properties["shift_ids"], "second": 424242}
    assert read.properties["slug"] == made.properties["slug"]
