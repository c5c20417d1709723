"""Overrides and their assignments through the plugin's own protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import Plugin, PluginError
from tests.provider.test_protocol import ADA, default_team

GRACE = {"username": "grace", "first_name": "Grace", "last_name": "Oyelowe", "email": "grace@example.com"}
HOLIDAY = {
    "username": "ada",
    "timezone": "Europe/London",
    "start": "2099-08-03T08:00:00Z",
    "end": "2099-08-17T08:00:00Z",
}
ENDED = {**HOLIDAY, "start": "2020-08-03T08:00:00Z", "end": "2020-08-17T08:00:00Z"}


@contextmanager
def clock_at(simulator: Simulator, now: str) -> Iterator[None]:
    """The service's clock; ours goes on as it is."""

    def put(instant: str | None) -> None:
        requests.put(f"{simulator.url}/_simulator/clock", json={"now": instant}, timeout=10).raise_for_status()

    put(now)
    try:
        yield
    finally:
        put(None)


@pytest.fixture
def policy(plugin: Plugin, client: Client) -> str:
    """A policy that pages ada; grace is there too."""
    for person in (ADA, GRACE):
        plugin.create(providers.User, person)
    steps = [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}]
    inputs = {"team": default_team(client), "name": "Page", "steps": steps}
    return plugin.create(providers.EscalationPolicy, inputs).id


@pytest.mark.usefixtures("policy")
def test_an_override_lives(plugin: Plugin, client: Client) -> None:
    program = {"username": "ADA", "timezone": "Europe/London", "start": "2099-08-03T09:00", "end": "2099-08-17T09:00"}
    checked = plugin.check(providers.Override, program)
    assert (checked.failures, checked.inputs) == ([], HOLIDAY)
    made = plugin.create(providers.Override, checked.inputs)
    assert made.id.startswith("ovrprd-")
    assert made.properties == HOLIDAY
    there = client.overrides.get(made.id)
    assert (there.user.username, there.timezone, there.start, there.end) == tuple(HOLIDAY.values())

    read = plugin.read(providers.Override, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, HOLIDAY, HOLIDAY)
    assert plugin.read(providers.Override, made.id).inputs == HOLIDAY, "looked up, it's the same"
    assert not plugin.diff(providers.Override, made.id, made.properties, checked.inputs).changes

    plugin.delete(providers.Override, made.id, made.properties)
    assert client.overrides.all() == []
    assert plugin.read(providers.Override, made.id, made.properties).id == ""
    plugin.delete(providers.Override, made.id, made.properties)


@pytest.mark.usefixtures("policy")
def test_a_service_that_answers_under_schedule_is_understood() -> None:
    with Simulator(seed="demo", schedule_envelope=True) as simulator:
        plugin = Plugin(config_of(simulator))
        try:
            inputs = {**HOLIDAY, "username": "oncall-lead"}
            assert plugin.create(providers.Override, inputs).properties == inputs
        finally:
            plugin.stop()


def test_an_assignment_lives(plugin: Plugin, client: Client, simulator: Simulator, policy: str) -> None:
    override = plugin.create(providers.Override, HOLIDAY).id
    program = {"override": override, "policy": policy, "username": "GRACE"}
    checked = plugin.check(providers.OverrideAssignment, program)
    wanted = {**program, "username": "grace", "accept_overlap": False}
    assert (checked.failures, checked.inputs) == ([], wanted)
    made = plugin.create(providers.OverrideAssignment, checked.inputs)
    assert made.id == f"{override}/{policy}"
    assert made.properties == {**wanted, "override_end": "2099-08-17T08:00:00Z"}
    assert client.overrides.assignment(override, policy).user == "grace"
    read = plugin.read(providers.OverrideAssignment, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, made.properties, wanted)
    looked_up = plugin.read(providers.OverrideAssignment, made.id)
    assert looked_up.inputs == {"override": override, "policy": policy, "username": "grace"}
    assert looked_up.properties == {**looked_up.inputs, "override_end": "2099-08-17T08:00:00Z"}

    new = {**wanted, "username": "admin"}
    assert plugin.update(providers.OverrideAssignment, made.id, made.properties, new) == {
        **made.properties,
        "username": "admin",
    }
    assert client.overrides.assignment(override, policy).user == "admin"
    assert plugin.read(providers.OverrideAssignment, made.id, made.properties).inputs["username"] == "admin"

    plugin.delete(providers.OverrideAssignment, made.id, made.properties)
    assert client.overrides.assignment(override, policy).assigned is False
    assert plugin.read(providers.OverrideAssignment, made.id, made.properties).id == ""
    plugin.delete(providers.OverrideAssignment, made.id, made.properties)
    plugin.delete(providers.Override, override, HOLIDAY)
    assert plugin.read(providers.OverrideAssignment, made.id, made.properties).id == ""
    plugin.delete(providers.OverrideAssignment, made.id, made.properties)


def test_a_policy_that_no_longer_pages_the_person_has_no_place_for_a_cover(plugin: Plugin, policy: str) -> None:
    override = plugin.create(providers.Override, HOLIDAY).id
    made = plugin.create(providers.OverrideAssignment, {"override": override, "policy": policy, "username": "grace"})
    plugin.delete(providers.EscalationPolicy, policy, {})
    assert plugin.read(providers.OverrideAssignment, made.id, made.properties).id == ""
    plugin.delete(providers.OverrideAssignment, made.id, made.properties)


def test_what_ended_by_itself_is_no_change_and_what_was_deleted_is_gone(
    plugin: Plugin, client: Client, simulator: Simulator, policy: str
) -> None:
    with clock_at(simulator, "2020-08-01T00:00:00Z"):
        over = plugin.create(providers.Override, ENDED)
        assignment = {"override": over.id, "policy": policy, "username": "grace", "accept_overlap": False}
        covered = plugin.create(providers.OverrideAssignment, assignment)
    assert client.overrides.all() == []
    kept = plugin.read(providers.Override, over.id, over.properties)
    assert (kept.id, kept.properties, kept.inputs) == (over.id, ENDED, ENDED)
    cover = plugin.read(providers.OverrideAssignment, covered.id, covered.properties)
    assert (cover.id, cover.properties, cover.inputs) == (covered.id, covered.properties, assignment)
    plugin.delete(providers.OverrideAssignment, covered.id, covered.properties)
    plugin.delete(providers.Override, over.id, over.properties)

    with pytest.raises(PluginError, match="there is no Override with the id"):
        plugin.read(providers.Override, over.id)
    with pytest.raises(PluginError, match="there is no OverrideAssignment with the id"):
        plugin.read(providers.OverrideAssignment, covered.id)


def test_overlaps_are_accepted_only_where_the_program_says_so(
    plugin: Plugin, client: Client, simulator: Simulator, policy: str
) -> None:
    override = plugin.create(providers.Override, HOLIDAY).id
    plugin.create(providers.Override, {**HOLIDAY, "username": "grace"})
    program = {"override": override, "policy": policy, "username": "grace", "accept_overlap": False}
    with pytest.raises(PluginError, match="422: grace is absent in that time too; acceptOverlap permits it"):
        plugin.create(providers.OverrideAssignment, program)
    made = plugin.create(providers.OverrideAssignment, {**program, "accept_overlap": True})
    assert client.overrides.assignment(override, policy).user == "grace"
    before = simulator.requests()["total"]
    assert plugin.update(providers.OverrideAssignment, made.id, made.properties, program) == {
        **made.properties,
        "accept_overlap": False,
    }
    assert simulator.requests()["total"] == before, "nobody is put in the place anew"


@pytest.mark.parametrize("made_before", [True, False])
def test_overrides_are_read_once_however_many_assignments_they_have(
    plugin: Plugin, client: Client, simulator: Simulator, policy: str, made_before: bool
) -> None:
    second = plugin.create(
        providers.EscalationPolicy,
        {
            "team": default_team(client),
            "name": "Second",
            "steps": [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}],
        },
    ).id
    override = (
        client.overrides.create(**HOLIDAY).public_id if made_before else plugin.create(providers.Override, HOLIDAY).id
    )
    before = simulator.requests()["by_operation"]
    made = [
        plugin.create(providers.OverrideAssignment, {"override": override, "policy": slug, "username": "grace"})
        for slug in (policy, second)
    ]
    assert calls_since(simulator, before) == {
        "PUT /api-public/v1/overrides/{publicId}/assignments/{policySlug}": 2,
        **({"GET /api-public/v1/overrides/{publicId}": 1} if made_before else {}),
    }
    assert [one.properties["override_end"] for one in made] == [HOLIDAY["end"]] * 2
    before = simulator.requests()["by_operation"]
    plugin.read(providers.Override, override, HOLIDAY)
    for one in made:
        assert plugin.read(providers.OverrideAssignment, one.id, one.properties).id == one.id
    assert calls_since(simulator, before) == {"GET /api-public/v1/overrides/{publicId}": 1}


def calls_since(simulator: Simulator, before: dict[str, int]) -> dict[str, int]:
    after: dict[str, int] = simulator.requests()["by_operation"]
    return {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}
