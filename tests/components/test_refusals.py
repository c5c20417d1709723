"""What makes no sense is refused before anything is registered, in a line for people."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

import pulumi_victorops as vo
from tests.components.programs import engineer
from tests.docs.pages import ROOT, code, section, table

TEAMS: list[tuple[dict[str, Any], str]] = [
    ({"roster": []}, "platform: the roster is empty, so nobody would be paged"),
    (
        {"roster": ["ada", pulumi.Output.from_input("grace")]},
        "platform: number 2 of the roster is of type Output: give the engineer or user itself, or a username as text",
    ),
    (
        {"handoff_day": "Monday"},
        "platform: handoff_day is 'Monday': expected one of monday, tuesday, wednesday, thursday, friday, "
        "saturday, sunday",
    ),
    ({"handoff_hour": 24}, "platform: handoff_hour is 24: expected a whole number, 0 to 23"),
    (
        {"steps": lambda rotation: [], "last_resort_user": "admin"},
        "platform: where steps are given, they say who is the last resort",
    ),
]
NO_SUCH_PHONE = "ada: verified_phones names 'Home', which is not among phones"


@pytest.mark.parametrize(("arguments", "message"), TEAMS)
def test_a_team_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(pulumi.RunError) as refusal:
        vo.OnCallTeam("platform", **{"name": "Platform", "roster": ["ada"], **arguments})
    assert str(refusal.value) == message


def test_a_verified_telephone_is_one_of_the_telephones() -> None:
    with pytest.raises(pulumi.RunError) as refusal:
        engineer("ada", phones={"Mobile": "+44 20 7946 0958"}, verified_phones=["Home"])
    assert str(refusal.value) == NO_SUCH_PHONE


def test_the_page_explains_these_messages() -> None:
    page = (ROOT / "docs" / "components.md").read_text(encoding="utf-8")
    explained = {code(row["message"]) for row in table(section(page, "What can go wrong"), "message")}
    assert explained == {message for _, message in TEAMS} | {NO_SUCH_PHONE}
