"""What is refused at preview of rotations and of whose turn it is, with the exact property path and words.

The rows that the pages explain are held to them in `tests/docs/test_messages.py`.
"""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

SHIFT: dict[str, Any] = {
    "label": "primary",
    "type": "std",
    "timezone": "Europe/London",
    "start": "2026-01-05T09:00",
    "handoff_days": 7,
    "usernames": ["ada"],
}
WINDOW = {"days": ["m"], "start_time": "09:00", "end_time": "17:00"}
NO_DATE = "is not a date and time: expected 'YYYY-MM-DDTHH:MM', as a clock in 'timezone' shows it"
NO_TIME = "is not a time of day: expected 'HH:MM', 00:00 to 23:59; midnight is 00:00"


def rotation(*shifts: Any) -> dict[str, Any]:
    return {"team": "team-a", "label": "Weekly", "shifts": list(shifts)}


def shift(**changed: Any) -> dict[str, Any]:
    return rotation({**SHIFT, **changed})


def window(**changed: Any) -> dict[str, Any]:
    return shift(type="cstm", windows=[WINDOW, {**WINDOW, **changed}])


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("inputs", "failures"),
    [
        ({}, [(name, "is required") for name in ("team", "label", "shifts")]),
        (rotation(UNKNOWN, "primary"), [("shifts[1]", "expected a dict, got 'primary'")]),
        (
            rotation({}),
            [
                (f"shifts[0].{name}", "is required")
                for name in ("label", "type", "timezone", "start", "handoff_days", "usernames")
            ],
        ),
        (
            shift(handoff_hours=7),
            [("shifts[0].handoff_hours", "there is no such property; did you mean 'handoff_days'?")],
        ),
        (
            window(start="09:00"),
            [("shifts[0].windows[1].start", "there is no such property; did you mean 'start_time'?")],
        ),
        (
            shift(timezone="europe/london"),
            [("shifts[0].timezone", "'europe/london' is not a time zone: did you mean 'Europe/London'?")],
        ),
        (
            shift(timezone="../../etc/passwd"),
            [("shifts[0].timezone", "'../../etc/passwd' is not a time zone: expected a name such as 'Europe/London'")],
        ),
        (shift(timezone=1), [("shifts[0].timezone", "expected text, got 1")]),
        (shift(start="2026-01-05"), [("shifts[0].start", f"'2026-01-05' {NO_DATE}")]),
        (shift(start="2026-01-05 09:00"), [("shifts[0].start", f"'2026-01-05 09:00' {NO_DATE}")]),
        (shift(start="2026-02-30T09:00"), [("shifts[0].start", f"'2026-02-30T09:00' {NO_DATE}")]),
        (shift(start="2026-01-05T24:00"), [("shifts[0].start", f"'2026-01-05T24:00' {NO_DATE}")]),
        (shift(start="2026-01-05T09:00+25:00"), [("shifts[0].start", f"'2026-01-05T09:00+25:00' {NO_DATE}")]),
        (shift(start="9999-12-31T23:00-12:00"), [("shifts[0].start", f"'9999-12-31T23:00-12:00' {NO_DATE}")]),
        (shift(start="2026-01-05T09:00\n"), [("shifts[0].start", f"'2026-01-05T09:00\\n' {NO_DATE}")]),
        (shift(start=1767603600000), [("shifts[0].start", "expected text, got 1767603600000")]),
        (
            shift(timezone=UNKNOWN, start="tomorrow"),
            [("shifts[0].start", f"'tomorrow' {NO_DATE}")],
        ),
        (
            shift(timezone="America/New_York", start="2026-03-08T02:30"),
            [
                (
                    "shifts[0].start",
                    "'2026-03-08T02:30' doesn't exist in America/New_York: the clocks are put forward over it",
                )
            ],
        ),
        (
            shift(timezone="Pacific/Apia", start="2011-12-30T12:00"),
            [
                (
                    "shifts[0].start",
                    "'2011-12-30T12:00' doesn't exist in Pacific/Apia: the clocks are put forward over it",
                )
            ],
        ),
        (
            shift(handoff_days=366),
            [("shifts[0].handoff_days", "366 is not a time between hand-offs: expected days, 1 to 365")],
        ),
        (shift(handoff_days="7"), [("shifts[0].handoff_days", "expected a whole number, got '7'")]),
        (shift(handoff_days=0.5), [("shifts[0].handoff_days", "expected a whole number, got 0.5")]),
        (shift(usernames="ada"), [("shifts[0].usernames", "expected a list, got 'ada'")]),
        (
            shift(windows=[]),
            [("shifts[0]", "a shift of type 'std' is always on duty and has no 'windows'")],
        ),
        (
            shift(type="pho", windows=[WINDOW, UNKNOWN]),
            [("shifts[0]", "a shift of type 'pho' needs 'windows': one window")],
        ),
        (
            shift(type="fts", windows=[WINDOW] * 4),
            [("shifts[0]", "a shift of type 'fts' needs 'windows': 1 to 3 windows")],
        ),
        (window(start_time="9:00"), [("shifts[0].windows[1].start_time", f"'9:00' {NO_TIME}")]),
        (window(end_time="17:60"), [("shifts[0].windows[1].end_time", f"'17:60' {NO_TIME}")]),
        (window(end_time="5pm"), [("shifts[0].windows[1].end_time", f"'5pm' {NO_TIME}")]),
        (window(end_time=17), [("shifts[0].windows[1].end_time", "expected text, got 17")]),
        (
            rotation(UNKNOWN, {**SHIFT, "label": UNKNOWN, "usernames": [UNKNOWN, "b c"]}),
            [
                (
                    "shifts[1].usernames[1]",
                    "'b c' is not a username: expected 1 to 128 letters, digits or . _ - + @, with no blanks",
                )
            ],
        ),
    ],
)
def test_a_rotation_is_refused(plugin: Plugin, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(providers.Rotation, inputs).failures == failures


@pytest.mark.parametrize(
    "inputs",
    [
        rotation(SHIFT, {**SHIFT, "label": "Primary"}),
        rotation({**SHIFT, "label": UNKNOWN}, {**SHIFT, "label": UNKNOWN}),
        shift(handoff_days=1, usernames=["ada", "ada", "bao"]),
        shift(handoff_days=365, timezone="US/Pacific"),
        shift(type="pho", windows=[{**WINDOW, "start_time": "23:59", "end_time": "00:00"}]),
        shift(type=UNKNOWN, windows=[WINDOW] * 5),
        shift(type="cstm", windows=UNKNOWN),
    ],
)
def test_a_rotation_is_accepted_as_it_stands(plugin: Plugin, inputs: dict[str, Any]) -> None:
    checked = plugin.check(providers.Rotation, inputs)
    assert checked.failures == []
    assert checked.inputs == inputs


TURN: dict[str, Any] = {"rotation": "team-a/4242", "shift": "primary", "username": "ada"}
NO_SHIFT = "expected a shift's label or its number"


@pytest.mark.parametrize(
    ("inputs", "failures"),
    [
        ({}, [(name, "is required") for name in ("rotation", "shift", "username")]),
        *(
            (
                {**TURN, "rotation": ill},
                [
                    (
                        "rotation",
                        f"{ill!r} is not a rotation's id: expected 'team-.../number', as `rotation.id` gives it",
                    )
                ],
            )
            for ill in ("rtg-abc", "team-a", "team-a/rtg-b", "team-a/1/2", "team-a/../b/1")
        ),
        ({**TURN, "shift": 1.5}, [("shift", f"{NO_SHIFT}, got 1.5")]),
        ({**TURN, "shift": ["primary"]}, [("shift", f"{NO_SHIFT}, got a list")]),
        ({**TURN, "shift": " "}, [("shift", "must not be blank")]),
        ({**TURN, "position": "1"}, [("position", "expected a whole number, got '1'")]),
        (
            {**TURN, "rotation": UNKNOWN, "shift": UNKNOWN, "username": UNKNOWN, "position": -2},
            [("position", "-2 is not a place among the members: the first is 0")],
        ),
    ],
)
def test_an_assignment_is_refused(plugin: Plugin, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(providers.RotationShiftAssignment, inputs).failures == failures


def test_an_assignment_is_accepted(plugin: Plugin) -> None:
    for inputs in (TURN, {**TURN, "shift": 77.0, "position": 0.0}, dict.fromkeys([*TURN, "position"], UNKNOWN)):
        checked = plugin.check(providers.RotationShiftAssignment, inputs)
        assert (checked.failures, checked.inputs) == ([], inputs)
