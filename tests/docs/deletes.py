"""Removals of people in an org where one thing or another names them, and what becomes of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.errors import VictorOpsError
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator

Row = dict[str, str]
REMEDY = (
    "name who takes over: replacement_user on the resource (and bring that up first), "
    "or victorops:defaultReplacement for the stack"
)


@dataclass
class Org:
    """Ada, Grace and Linus; the team Platform with the first two in it; the team Data with nobody."""

    client: Client
    simulator: Simulator
    platform: str = ""
    data: str = ""

    def __post_init__(self) -> None:
        for name in ("ada", "grace", "linus"):
            person = UserPayload(username=name, first_name=name, last_name="Byron", email=f"{name}@example.com")
            self.client.users.create(person)
        self.platform, self.data = (
            self.client.teams.create(TeamPayload(name=name)).slug for name in ("Platform", "Data")
        )
        for name in ("ada", "grace"):
            self.client.teams.add_member(self.platform, name)

    def policy(self, *usernames: str, team: str = "") -> str:
        entries = [{"executionType": "user", "user": {"username": name}} for name in usernames]
        entries = entries or [{"executionType": "email", "email": {"address": "noc@example.com"}}]
        step = PolicyStep.model_validate({"timeout": 0, "entries": entries})
        return self.client.policies.create(
            PolicyPayload(name="Page", team_slug=team or self.platform, steps=[step])
        ).slug

    def rotation(self, *usernames: str) -> None:
        shift = ShiftPayload.model_validate(
            {
                "label": "Primary",
                "timezone": "UTC",
                "start": 1_767_600_000_000,
                "duration": 7,
                "shifttype": "std",
                "usernames": list(usernames),
            }
        )
        self.client.rotations.create(self.platform, RotationPayload(label="Weekly", shifts=[shift]))

    def override(self, username: str) -> str:
        return self.client.overrides.create(
            username=username, timezone="UTC", start="2096-01-01T00:00:00Z", end="2096-01-08T00:00:00Z"
        ).public_id

    def cover(self) -> None:
        policy = self.policy("grace")
        self.client.overrides.assign(self.override("grace"), policy, username="ada")

    def alone(self) -> None:
        self.client.teams.remove_member(self.platform, "grace")
        self.policy()

    def policy_with_admin(self) -> None:
        self.policy("ada")
        self.admin("grace")

    def only_admin(self) -> None:
        self.policy("grace")
        self.admin("ada")

    def admin(self, username: str) -> None:
        """No call makes one."""
        document = self.simulator.snapshot()
        for team in document["teams"]:
            if team["slug"] == self.platform:
                team["members"][username] = True
        self.put(document)

    def nobody_else(self) -> None:
        document = self.simulator.snapshot()
        document |= {
            "policies": [],
            "routing_keys": [],
            "users": [u for u in document["users"] if u["username"] == "ada"],
        }
        document["teams"] = [team | {"members": {}} for team in document["teams"]]
        self.put(document)

    def put(self, document: dict[str, Any]) -> None:
        requests.put(f"{self.simulator.url}/_simulator/snapshot", json=document, timeout=30).raise_for_status()


def _nothing(_org: Org) -> None:
    pass


NAMED_BY: dict[str, Callable[[Org], object]] = {
    "nothing": _nothing,
    "a step of a policy": lambda org: org.policy("ada", "grace"),
    "a step of a policy of another team": lambda org: org.policy("ada", team=org.data),
    "a shift": lambda org: org.rotation("ada", "grace"),
    "a shift, alone": lambda org: org.rotation("ada"),
    "an override, as absent": lambda org: org.override("ada"),
    "an override, as cover": lambda org: org.cover(),
    "nothing; last member of a team with a policy": lambda org: org.alone(),
    "nothing; last admin of a team with a policy": lambda org: org.only_admin(),
    "nothing; last user": lambda org: org.nobody_else(),
}
REPLACEMENTS: dict[str, dict[str, str]] = {
    "none": {},
    "`grace`": {"replacement_user": "grace"},
    "`nobody`, who isn't there": {"replacement_user": "nobody"},
}
STRATEGIES: list[tuple[str, Callable[[Org], object], str]] = [
    ("a step of a policy", lambda org: org.policy("ada"), "globalAdmin"),
    ("a step of a policy; the team has an admin", lambda org: org.policy_with_admin(), "teamAdmin"),
    ("a step of a policy; the team has no admin", lambda org: org.policy("ada"), "teamAdmin"),
    ("a step of a policy", lambda org: org.policy("ada"), "findReplacement"),
    ("nothing; last member of a team with a policy", lambda org: org.alone(), "findReplacement"),
    ("a step of a policy", lambda org: org.policy("ada"), "specifiedUser"),
]


def user_rows(org: Callable[[], Org], caplog: pytest.LogCaptureFixture) -> Iterator[Row]:
    """What becomes of a user: what names them, who takes over, the outcome, and what is said."""
    for named_by, arrange in NAMED_BY.items():
        for given, state in REPLACEMENTS.items():
            if named_by in {"nothing; last user"} and given != "none":
                continue
            if given.endswith("there") and named_by not in {"nothing", "a step of a policy"}:
                continue
            made = org()
            arrange(made)
            yield _row(named_by, given, _delete(made, "User", "ada", state, caplog))
    for named_by, arrange, strategy in STRATEGIES:
        made = org()
        arrange(made)
        state = {"replacement_strategy": strategy}
        if strategy == "specifiedUser":
            state["replacement_user"] = "grace"
        yield _row(named_by, f"`{strategy}`", _delete(made, "User", "ada", state, caplog))


def membership_rows(org: Callable[[], Org], caplog: pytest.LogCaptureFixture) -> Iterator[Row]:
    """The same for a member of Platform."""
    for named_by, arrange in NAMED_BY.items():
        for given, state in REPLACEMENTS.items():
            if "override" in named_by or "last user" in named_by or given.endswith("there"):
                continue
            made = org()
            arrange(made)
            object_id = f"{made.platform}/ada"
            yield _row(named_by, given, _delete(made, "TeamMembership", object_id, state, caplog))


def _delete(
    org: Org, resource: str, object_id: str, state: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> tuple[str, str]:
    caplog.clear()
    before = org.simulator.requests()["by_operation"]
    try:
        getattr(providers, resource)().delete(object_id, state)
    except VictorOpsError as error:
        after = org.simulator.requests()["by_operation"]
        called = any(after[name] != before.get(name) for name in after if name.startswith("DELETE"))
        return "refused by the service" if called else "refused before the call", str(error)
    told = [record.getMessage() for record in caplog.records if record.name.endswith(".told")]
    return "handed over" if told else "deleted", "; ".join(told)


def _row(named_by: str, given: str, found: tuple[str, str]) -> Row:
    outcome, message = found
    message = re.sub(r"\b(team|pol|ovrprd)-[A-Za-z0-9]{16}\b", r"\1-...", message)
    message = re.sub(r"\(\d{6}\)", "(...)", message).replace(REMEDY, "[remedy]")
    return {"named by": named_by, "who takes over": given, "outcome": outcome, "message": message}


def printed(rows: Iterator[Row]) -> str:
    """The rows as the page has them."""
    lines = [(row | {"message": f"`{row['message']}`" if row["message"] else ""}).values() for row in rows]
    head = ["| named by | who takes over | outcome | message |", "|---|---|---|---|"]
    return "\n".join([*head, *(f"| {' | '.join(line)} |" for line in lines)])


__all__ = ["Org", "membership_rows", "printed", "user_rows"]
