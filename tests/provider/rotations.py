"""Rotations that tests make, with a shift of each type."""

from __future__ import annotations

from typing import Any

from pulumi_victorops import providers
from tests.provider.plugin import Found, Plugin

PRIMARY: dict[str, Any] = {
    "label": "primary",
    "type": "std",
    "timezone": "Europe/London",
    "start": "2024-01-01T09:00",
    "handoff_days": 7.0,
    "usernames": ["ada", "admin", "ada"],
}
OFFICE: dict[str, Any] = {"days": ["m", "t", "w", "th", "f"], "start_time": "09:00", "end_time": "17:30"}
NIGHT: dict[str, Any] = {"days": ["sa"], "start_time": "22:00", "end_time": "06:00"}
ALL_DAY: dict[str, Any] = {"days": ["su"], "start_time": "00:00", "end_time": "00:00"}
DAYTIME = {**PRIMARY, "label": "daytime", "type": "pho", "windows": [OFFICE]}
ODD_HOURS = {**PRIMARY, "label": "odd hours", "type": "cstm", "windows": [OFFICE, NIGHT, ALL_DAY]}
SUN = {**PRIMARY, "label": "sun", "type": "fts", "timezone": "Asia/Tokyo", "windows": [OFFICE, NIGHT]}


def make(plugin: Plugin, team: str, *shifts: dict[str, Any]) -> Found:
    """A new rotation with these shifts."""
    checked = plugin.check(providers.Rotation, {"team": team, "label": "Weekly", "shifts": list(shifts)})
    assert checked.failures == []
    return plugin.create(providers.Rotation, checked.inputs)
