"""The examples on the real engine: they come up, stay as they are, do what they say, and leave nothing behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.people import offboard, roster_drift
from pulumi_victorops.simulator import Simulator
from tests.docs.pages import ROOT
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

    def goes(self) -> None:
        """Take it down."""
        gone = self._stack.destroy()
        assert not gone.failed, gone.output

    def goes_without_a_trace(self) -> bool:
        """Take it down, and compare the org with what it was."""
        self.goes()
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


def test_an_alert_rule_library(tmp_path: Path, demo_org: Simulator, api: Client) -> None:
    trial = Trial("alert_rule_library", tmp_path, demo_org)
    assert trial.created() == 7
    assert trial.again.calls == {}
    assert [(rule.rank, rule.alert_field, rule.alert_value_match) for rule in api.alert_rules.all()] == [
        (1, "entity_id", "(staging|sandbox)-.*"),
        (2, "host_name", "db-*"),
        (3, "host_name", "switch-*"),
        (4, "service", "postgres"),
        (5, "service", "parcel-tracking"),
        (6, "host_name", "db-*"),
    ]

    def incidents_after(entity: str) -> dict[str, Any]:
        """The fields of the last alert of each incident, by its entity, after one more alert."""
        alert = {"message_type": "CRITICAL", "entity_id": entity, "host_name": "db-1", "service": "postgres"}
        url = f"{demo_org.url}/integrations/generic/demo-integration/alert/anything"
        requests.post(url, json=alert, timeout=30).raise_for_status()
        return {
            str(one.entity_id): json.loads(api.alerts.get(one.last_alert_id or "").raw or "")
            for one in api.incidents.all()
        }

    assert incidents_after("staging-disk") == {}
    assert incidents_after("disk") == {
        "disk": {
            "message_type": "CRITICAL",
            "entity_id": "disk",
            "host_name": "db-1",
            "service": "postgres",
            "routing_key": "database",
            "vo_annotate.u.Runbook": "https://wiki.larkspur-freight.example/databases/postgres",
            "vo_annotate.i.Last hours": "https://graphs.larkspur-freight.example/disks.png?host=db-1",
        }
    }
    trial.goes()
    assert api.alert_rules.all() == []


def test_onboarding_and_offboarding(tmp_path: Path, demo_org: Simulator, api: Client) -> None:
    trial = Trial("onboarding_and_offboarding", tmp_path, demo_org)
    assert trial.created() == 20
    assert trial.again.calls == {}
    assert trial.outputs["turns"] == ["ada", "bao", "chidi"]
    roster = ROOT / "examples" / "onboarding_and_offboarding" / "people.csv"
    assert [person.username for person in roster_drift(roster, client=api).extra] == ["oncall-lead"]

    api.users.create(UserPayload(username="temp", first_name="A", last_name="Temp", email="temp@example.com"))
    [team] = [team.slug for team in api.teams.all() if team.name == "Platform"]
    api.teams.add_member(team, "temp")
    assert [person.username for person in roster_drift(roster, client=api).extra] == ["oncall-lead", "temp"]
    assert offboard("temp", replacement="oncall-lead", client=api).complete

    assert trial.goes_without_a_trace()


def test_holiday_overrides(tmp_path: Path, demo_org: Simulator, api: Client) -> None:
    set_clock(demo_org, "2026-12-01T12:00:00Z")
    trial = Trial("holiday_overrides", tmp_path, demo_org)
    assert trial.created() == 17
    assert trial.again.calls == {}
    paged = {}
    for now in (
        "2026-12-23T14:00:00Z",
        "2026-12-23T16:00:00Z",
        "2026-12-28T07:30:00Z",
        "2026-12-31T23:00:00Z",
        "2027-01-04T07:30:00Z",
    ):
        set_clock(demo_org, now)
        paged[now] = on_call(api)["On call"]
    assert paged == {
        "2026-12-23T14:00:00Z": ["chidi"],
        "2026-12-23T16:00:00Z": ["ada"],
        "2026-12-28T07:30:00Z": ["chidi"],
        "2026-12-31T23:00:00Z": ["bao"],
        "2027-01-04T07:30:00Z": ["ada"],
    }
    assert trial.goes_without_a_trace()
