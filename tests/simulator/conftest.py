from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from pulumi_victorops.simulator import Simulator

NOW = "2026-01-05T09:00:00Z"

ADA = {"firstName": "Ada", "lastName": "Lovelace", "username": "ada", "email": "ada@example.com"}
GRACE = {"firstName": "Grace", "lastName": "Hopper", "username": "grace", "email": "grace@example.com"}


class Caller:
    """Calls a simulator as a client with the right key would."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.session = requests.Session()
        self.session.headers.update({"X-VO-Api-Id": sim.api_id, "X-VO-Api-Key": sim.api_key})

    def send(self, method: str, path: str, body: Any = None, **settings: Any) -> requests.Response:
        if body is not None:
            settings["json"] = body
        return self.session.request(method, self.sim.url + path, timeout=30, **settings)

    def ok(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.send(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.send(method, path, body)
        return answer.status_code, answer.json()

    def team(self, name: str, *members: str) -> str:
        slug: str = self.ok("POST", "/api-public/v1/team", {"name": name})["slug"]
        for username in members:
            self.ok("POST", f"/api-public/v1/team/{slug}/members", {"username": username})
        return slug

    def user(self, username: str) -> None:
        body = {**ADA, "username": username, "email": f"{username}@example.com"}
        self.ok("POST", "/api-public/v1/user", body)

    def policy(self, name: str, team: str, *entries: dict[str, Any]) -> str:
        body = {"name": name, "teamSlug": team, "steps": [{"timeout": 0, "entries": list(entries)}]}
        slug: str = self.ok("POST", "/api-public/v1/policies", body)["slug"]
        return slug

    def paged_by(self, policy: str) -> list[str]:
        steps = self.ok("GET", f"/api-public/v1/policies/{policy}")["steps"]
        return [entry["user"]["username"] for step in steps for entry in step["entries"] if "user" in entry]

    def routing_keys(self) -> dict[str, list[str]]:
        keys = self.ok("GET", "/api-public/v1/org/routing-keys")["routingKeys"]
        return {key["routingKey"]: [target["policySlug"] for target in key["targets"]] for key in keys}

    def default_team(self) -> str:
        teams = self.ok("GET", "/api-public/v1/team")
        slug: str = next(team["slug"] for team in teams if team["isDefaultTeam"])
        return slug


def page_user(username: str) -> dict[str, Any]:
    return {"executionType": "user", "user": {"username": username}}


@pytest.fixture(scope="module")
def running() -> Iterator[Caller]:
    with Simulator(seed="empty", random_seed=1) as sim:
        yield Caller(sim)


@pytest.fixture
def call(running: Caller) -> Caller:
    """A brand-new org, whose clock stands at a known instant."""
    running.ok("PUT", "/_simulator/clock", {"now": NOW})
    running.sim.put_faults([])
    running.sim.reset("empty")
    running.ok("DELETE", "/_simulator/requests")
    return running
