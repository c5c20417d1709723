"""The examples on the real engine: they come up, stay as they are, do what they say, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.simulator import Simulator
from tests.docs.test_programs import demo_org, program, what_is_there
from tests.e2e.harness import Ran, Stack

pytestmark = pytest.mark.engine

__all__ = ["demo_org"]


class Trial:
    """An example that is up, and hasn't been different when it was brought up again."""

    def __init__(self, name: str, folder: Path, org: Simulator) -> None:
        self._stack = Stack(folder, org)
        self._org = org
        self._before = what_is_there(org)
        self.made: Ran = self._stack.must_up(program(f"examples/{name}/__main__.py"))
        self.again: Ran = self._stack.must_up(program(f"examples/{name}/__main__.py"))
        self.outputs: dict[str, Any] = self.made.outputs

    def created(self) -> int:
        """How many resources there are, all of them made by the first run and the same in the second."""
        [(kind, count)] = self.made.changes.items()
        assert (kind, self.again.changes) == ("create", {"same": count})
        return count

    def goes_without_a_trace(self) -> bool:
        """Take it down, and compare the org with what it was."""
        gone = self._stack.destroy()
        assert not gone.failed, gone.output
        return what_is_there(self._org) == self._before


@pytest.fixture
def api(demo_org: Simulator) -> Iterator[Client]:
    """What the org says of itself."""
    made = Client(Settings(demo_org.api_id, demo_org.api_key, demo_org.url, rate_limit=None))
    yield made
    made.close()


def set_clock(org: Simulator, now: str) -> None:
    requests.put(f"{org.url}/_simulator/clock", json={"now": now}, timeout=30).raise_for_status()


def on_call(client: Client) -> dict[str, list[str]]:
    """Who is on call, by the names of policies."""
    return {
        row.escalation_policy.name: [user.on_call_user.username for user in row.users]
        for team in client.on_call.current()
        for row in team.on_call_now
    }


def test_a_company_from_yaml(tmp_path: Path, demo_org: Simulator, api: Client) -> None:
    set_clock(demo_org, "2026-01-13T12:00:00Z")  # in the second week
    trial = Trial("company_from_yaml", tmp_path, demo_org)
    assert trial.created() == 47
    assert trial.again.calls == {}
    assert trial.outputs == {"teams": ["Customs", "Payments", "Platform", "Tracking", "Warehouse"]}
    assert on_call(api) == {
        "Default Policy": ["oncall-lead"],
        "Page Platform": ["bao"],
        "Page Payments": ["emil"],
        "Page Tracking": ["hugo"],
        "Page Warehouse": ["kaya"],
        "Page Customs": ["maren"],
    }
    assert {key.routing_key: key.targets[0].policy_name for key in api.routing_keys.all()} == {
        ".+": "Default Policy",
        "billing": "Page Payments",
        "customer-portal": "Page Tracking",
        "database": "Page Platform",
        "declarations": "Page Customs",
        "gps": "Page Tracking",
        "network": "Page Platform",
        "scanners": "Page Warehouse",
    }
    assert trial.goes_without_a_trace()


def test_follow_the_sun(tmp_path: Path, demo_org: Simulator, api: Client) -> None:
    set_clock(demo_org, "2026-01-12T00:30:00Z")
    trial = Trial("follow_the_sun", tmp_path, demo_org)
    assert trial.created() == 17
    assert trial.again.calls == {}
    paged = {}
    for now in (
        "2026-01-14T00:30:00Z",
        "2026-01-14T04:00:00Z",
        "2026-01-14T12:00:00Z",
        "2026-01-14T17:30:00Z",
        "2026-01-14T22:00:00Z",
        "2026-07-14T07:30:00Z",
        "2026-07-14T16:30:00Z",
        "2026-10-27T16:30:00Z",
    ):
        set_clock(demo_org, now)
        paged[now] = on_call(api)["Page Operations"]
    assert paged == {
        "2026-01-14T00:30:00Z": ["farah", "kaya"],
        "2026-01-14T04:00:00Z": ["farah"],
        "2026-01-14T12:00:00Z": ["hugo"],
        "2026-01-14T17:30:00Z": ["hugo", "kaya"],
        "2026-01-14T22:00:00Z": ["kaya"],
        "2026-07-14T07:30:00Z": ["farah", "hugo"],
        "2026-07-14T16:30:00Z": ["hugo", "kaya"],
        "2026-10-27T16:30:00Z": ["ada", "inez"],
    }
    assert trial.goes_without_a_trace()


def test_data_sources_for_another_stack(tmp_path: Path, demo_org: Simulator, api: Client) -> None:
    trial = Trial("data_sources_for_another_stack", tmp_path, demo_org)
    assert trial.created() == 3
    assert trial.outputs == trial.again.outputs == {"team_members": ["oncall-lead"], "paged_through": ["Checkout"]}
    assert set(trial.again.calls) == {
        "GET /api-public/v1/team",
        "GET /api-public/v1/policies",
        "GET /api-public/v1/policies/{policy}",
        "GET /api-public/v1/webhooks",
        "GET /api-public/v1/team/{team}/members",
        "GET /api-public/v1/org/routing-keys",
    }
    [slug] = [row.policy.slug for row in api.policies.all() if row.policy.name == "Checkout"]
    first, second = api.policies.get(slug).steps
    assert [entry.execution_type for entry in first.entries + second.entries] == ["user", "webhook", "policy_routing"]
    assert trial.goes_without_a_trace()
