"""What is refused of overrides and their assignments at preview, and what a change of them does."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

HOLIDAY = {
    "username": "ada",
    "timezone": "Europe/London",
    "start": "2099-08-03T08:00:00Z",
    "end": "2099-08-17T08:00:00Z",
}
COVER = {"override": "ovrprd-a", "policy": "pol-a", "username": "grace", "accept_overlap": False}
_MOMENT = (
    "is not a moment: expected '2026-08-01T09:00' (in `timezone`), '2026-08-01T09:00+02:00' or '2026-08-01T07:00Z'"
)


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("provider", "inputs", "failures"),
    [
        (providers.Override, {}, [(name, "is required") for name in ("username", "timezone", "start", "end")]),
        (
            providers.Override,
            {**HOLIDAY, "username": "Ada Byron"},
            [
                (
                    "username",
                    "'Ada Byron' is not a username: expected 1 to 128 letters, digits or . _ - + @, with no blanks",
                )
            ],
        ),
        (
            providers.Override,
            {**HOLIDAY, "timezone": "Europe/Londen"},
            [("timezone", "'Europe/Londen' is not a time zone: did you mean 'Europe/London'?")],
        ),
        (providers.Override, {**HOLIDAY, "start": "2099-08-03"}, [("start", f"'2099-08-03' {_MOMENT}")]),
        (providers.Override, {**HOLIDAY, "start": "2099-02-30T09:00"}, [("start", f"'2099-02-30T09:00' {_MOMENT}")]),
        (providers.Override, {**HOLIDAY, "start": 4089513600}, [("start", "expected text, got 4089513600")]),
        (
            providers.Override,
            {**HOLIDAY, "end": "9999-12-31T23:59-01:00"},
            [("end", f"'9999-12-31T23:59-01:00' {_MOMENT}")],
        ),
        (
            providers.Override,
            {**HOLIDAY, "start": "2026-03-29T01:30"},
            [("start", "'2026-03-29T01:30' doesn't exist in Europe/London: the clocks are put forward over it")],
        ),
        (
            providers.Override,
            {**HOLIDAY, "end": "2099-08-03T09:00"},
            [
                (
                    "end",
                    "the override ends at 2099-08-03T08:00:00Z and begins at 2099-08-03T08:00:00Z: the end must be "
                    "later",
                )
            ],
        ),
        (
            providers.Override,
            {**HOLIDAY, "username": UNKNOWN, "timezone": UNKNOWN, "end": "2099-08-03T07:00Z"},
            [
                (
                    "end",
                    "the override ends at 2099-08-03T07:00:00Z and begins at 2099-08-03T08:00:00Z: the end must be "
                    "later",
                )
            ],
        ),
        (
            providers.Override,
            {**HOLIDAY, "timezone": "Mars", "end": "2099-08-03T07:00"},
            [("timezone", "'Mars' is not a time zone: expected a name such as 'Europe/London'")],
        ),
        (
            providers.OverrideAssignment,
            {**COVER, "override": "holiday"},
            [("override", "'holiday' is not an override's id: expected 'ovrprd-...', as `override.id` gives it")],
        ),
        (
            providers.OverrideAssignment,
            {**COVER, "policy": "Page Platform", "username": UNKNOWN},
            [
                (
                    "policy",
                    "'Page Platform' is not an escalation policy's slug: expected 'pol-...' or 'team-...', "
                    "as `policy.slug` gives it",
                )
            ],
        ),
        (
            providers.OverrideAssignment,
            {**COVER, "accept_overlap": "yes"},
            [("accept_overlap", "expected True or False, got 'yes'")],
        ),
    ],
)
def test_is_refused(plugin: Plugin, provider: Any, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(provider, inputs).failures == failures


@pytest.mark.parametrize(
    ("timezone", "start", "in_utc"),
    [
        ("Europe/London", "2099-01-05T09:00", "2099-01-05T09:00:00Z"),
        ("Europe/London", "2099-07-06T09:00:30", "2099-07-06T08:00:30Z"),
        ("Asia/Kolkata", "2099-07-06T00:00", "2099-07-05T18:30:00Z"),
        ("Europe/London", "2099-07-06T09:00Z", "2099-07-06T09:00:00Z"),
        ("Europe/London", "2099-07-06T09:00:00.999+02:00", "2099-07-06T07:00:00Z"),
        # The hour from 1 to 2 comes twice that night: once in summer time, once in winter time.
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30:00Z"),
        ("Europe/London", "2026-10-25T01:30+00:00", "2026-10-25T01:30:00Z"),
        (UNKNOWN, "2099-07-06T09:00", "2099-07-06T09:00"),
        (UNKNOWN, "2099-07-06T09:00+02:00", "2099-07-06T07:00:00Z"),
        ("Europe/London", UNKNOWN, UNKNOWN),
    ],
)
def test_moments_are_kept_in_utc(plugin: Plugin, timezone: str, start: str, in_utc: str) -> None:
    checked = plugin.check(
        providers.Override, {"username": "ada", "timezone": timezone, "start": start, "end": "2199-01-01T00:00Z"}
    )
    assert checked.failures == []
    assert checked.inputs["start"] == in_utc


@pytest.mark.parametrize(
    ("provider", "state", "new", "replaces"),
    [
        (providers.Override, HOLIDAY, {"username": "grace"}, ["username"]),
        (providers.Override, HOLIDAY, {"timezone": "Europe/Paris"}, ["timezone"]),
        (providers.Override, HOLIDAY, {"start": UNKNOWN}, ["start"]),
        (providers.Override, HOLIDAY, {"start": "2099-08-04T08:00:00Z", "end": UNKNOWN}, ["start", "end"]),
        (providers.OverrideAssignment, COVER, {"override": UNKNOWN}, ["override"]),
        (providers.OverrideAssignment, COVER, {"policy": "pol-b"}, ["policy"]),
        (providers.OverrideAssignment, COVER, {"username": "admin", "accept_overlap": True}, []),
    ],
)
def test_what_a_change_replaces(
    plugin: Plugin, provider: Any, state: dict[str, Any], new: dict[str, Any], replaces: list[str]
) -> None:
    found = plugin.diff(provider, "id", state, {**state, **new})
    assert found.changes
    assert found.replaces == replaces
    assert found.deletes_first is False, "somebody covers all the time"
