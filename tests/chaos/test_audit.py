"""The comparison of an org with a program finds what a campaign is to find."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.contacts import Contact
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tools.chaos.audit import compare

PROGRAM: dict[str, Any] = {
    "User-1": {
        "kind": "User",
        "inputs": {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"},
    },
    "Team-1": {"kind": "Team", "inputs": {"name": "Platform", "description": ""}},
    "EscalationPolicy-1": {
        "kind": "EscalationPolicy",
        "inputs": {
            "team": {"of": "Team-1", "take": "slug"},
            "name": "Page",
            "steps": [
                {"timeout": 0, "entries": [{"type": "user", "username": {"of": "User-1", "take": "username"}}]},
            ],
        },
    },
    "ContactPhone-1": {
        "kind": "ContactPhone",
        "inputs": {"username": {"of": "User-1", "take": "username"}, "label": "Mobile", "phone": "+442079461234"},
    },
}
POLICY = 'policy ["Platform", "Page", [[0, [["user", "ada"]]]]]'


@pytest.fixture
def org(simulator: Simulator, client: Client) -> tuple[Any, Any]:
    """What the org was like at first, and when somebody had made by hand what the program says."""
    seed = simulator.snapshot()
    client.users.create(UserPayload(username="ada", first_name="Ada", last_name="Byron", email="ada@example.com"))
    team = client.teams.create(TeamPayload(name="Platform")).slug
    entry = PolicyEntry.model_validate({"executionType": "user", "user": {"username": "ada"}})
    client.policies.create(PolicyPayload(name="Page", team_slug=team, steps=[PolicyStep(timeout=0, entries=[entry])]))
    phone: Contact = client.contacts.add_phone("ada", label="Mobile", phone="+442079461234", rank=None)
    assert phone.value == "+44 20-7946-1234"
    return seed, simulator.snapshot()


def test_what_is_as_the_program_says_is_no_finding(org: tuple[Any, Any]) -> None:
    seed, after = org
    assert compare(PROGRAM, after, seed) == {"duplicate": [], "lost": [], "orphan": [], "dangling": []}


def test_a_second_one_is_a_duplicate(org: tuple[Any, Any]) -> None:
    seed, after = org
    after["policies"].append({**after["policies"][-1], "slug": "pol-other"})
    assert compare(PROGRAM, after, seed)["duplicate"] == [POLICY]


def test_one_that_is_missing_is_lost_and_what_leads_to_it_dangles(org: tuple[Any, Any]) -> None:
    seed, after = org
    slug = after["policies"].pop()["slug"]
    after["routing_keys"][0]["targets"].append(slug)
    found = compare(PROGRAM, after, seed)
    assert POLICY in found["lost"]
    assert found["dangling"] == [f"key .+ leads to {slug}"]


def test_what_the_program_does_not_have_is_an_orphan(org: tuple[Any, Any]) -> None:
    seed, after = org
    without = copy.deepcopy(PROGRAM)
    del without["ContactPhone-1"]
    assert compare(without, after, seed)["orphan"] == ['phone ["ada", "Mobile", "442079461234"]']


def test_what_was_there_before_must_not_get_lost(org: tuple[Any, Any]) -> None:
    seed, after = org
    gone = next(user for user in after["users"] if user["username"] == "admin")
    after["users"].remove(gone)
    assert [fact.split()[0] for fact in compare(PROGRAM, after, seed)["lost"]] == ["user", "paging"]
