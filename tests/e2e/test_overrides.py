"""Overrides and who covers, through the real engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pulumi
import requests

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

_OVERRIDE = "/api-public/v1/overrides/{publicId}"
_COVER = f"{_OVERRIDE}/assignments/{{policySlug}}"


TWO = ("Page", "Wake")
LAST_YEAR = {"start": "2020-08-03T09:00", "end": "2020-08-17T09:00"}


def holiday(
    override: Mapping[str, Any] = {},
    cover: Mapping[str, Any] = {},
    policies: Sequence[str] = TWO,
    last_year: bool = False,
) -> Callable[[], None]:
    """Ada, whom the policies page, is away, and grace covers. The mappings replace arguments."""

    def program() -> None:
        ada, grace, _ = (
            vo.User(name, username=name, first_name=name, last_name="B", email=f"{name}@example.com")
            for name in ("ada", "grace", "jonas")
        )
        team = vo.Team("platform", name="Platform")
        when: dict[str, Any] = {"timezone": "Europe/London", "start": "2099-08-03T09:00", "end": "2099-08-17T09:00"}
        away = vo.Override("holiday", **{"username": ada.username, **when, **override})
        pulumi.export("override", away.id)
        steps = [vo.Step(timeout=0, entries=[vo.Notify.user(ada.username)])]
        for name in policies:
            policy = vo.EscalationPolicy(name, team=team.slug, name=name, steps=steps)
            pulumi.export(name, policy.slug)
            whom = {"override": away.id, "policy": policy.slug, "username": grace.username, **cover}
            covered = vo.OverrideAssignment(f"cover-{name}", **whom)
            pulumi.export(f"end-{name}", covered.override_end)
        if last_year:
            before = vo.Override("before", **{"username": ada.username, **when, **LAST_YEAR})
            vo.OverrideAssignment("cover-before", override=before.id, policy=policy.slug, username=grace.username)

    return program


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


def writes(calls: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in calls.items() if "overrides" in name and not name.startswith("GET ")}


def test_an_absence_and_its_covers_come_change_and_go(stack: Stack, client: Client) -> None:
    made = stack.must_up(holiday())
    assert made.changes == {"create": 10}
    assert writes(made.calls) == {"POST /api-public/v1/overrides": 1, f"PUT {_COVER}": 2}
    first = made.outputs["override"]
    assert made.outputs["end-Page"] == "2099-08-17T08:00:00Z"
    covers = {row.policy: row.user for row in client.overrides.assignments(first)}
    assert covers == {made.outputs["Page"]: "grace", made.outputs["Wake"]: "grace"}

    for again in (stack.preview(holiday()), stack.must_up(holiday())):
        assert (again.changes, again.calls) == ({"same": 10}, {})
    refreshed = stack.refresh(holiday())
    assert refreshed.changes == {"same": 10}
    assert {name: count for name, count in refreshed.calls.items() if "overrides" in name} == {f"GET {_OVERRIDE}": 1}

    # The same moments in other words.
    same = {"username": "ADA", "start": "2099-08-03T08:00Z", "end": "2099-08-17T10:00+02:00"}
    handed = stack.must_up(holiday(same, cover={"username": "jonas"}))
    assert handed.changes == {"update": 2, "same": 8}
    assert writes(handed.calls) == {f"PUT {_COVER}": 2}
    assert {row.user for row in client.overrides.assignments(first)} == {"jonas"}

    longer = stack.must_up(holiday({"end": "2099-08-24T09:00"}, policies=["Page"]))
    assert longer.changes == {"replace": 2, "delete": 2, "same": 6}
    assert writes(longer.calls) == {
        "POST /api-public/v1/overrides": 1,
        f"PUT {_COVER}": 1,
        f"DELETE {_COVER}": 2,
        f"DELETE {_OVERRIDE}": 1,
    }
    [there] = client.overrides.all()
    assert (there.public_id, there.end) == (longer.outputs["override"], "2099-08-24T08:00:00Z")
    assert there.public_id != first
    assert longer.outputs["end-Page"] == "2099-08-24T08:00:00Z"

    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert client.overrides.all() == []


def test_what_was_done_by_hand_is_mended_and_what_ended_by_itself_is_left(
    stack: Stack, simulator: Simulator, client: Client
) -> None:
    program = holiday(last_year=True)
    with clock_at(simulator, "2020-08-01T00:00:00Z"):
        made = stack.must_up(program)
        assert len(client.overrides.all()) == 2
    override, page, wake = made.outputs["override"], made.outputs["Page"], made.outputs["Wake"]
    assert [there.public_id for there in client.overrides.all()] == [override]
    client.overrides.assign(override, page, username="jonas")
    client.overrides.unassign(override, wake)

    refreshed = stack.refresh(program)
    assert refreshed.changes == {"update": 1, "delete": 1, "same": 10}
    assert stack.resources()["cover-Page"]["inputs"]["username"] == "jonas"
    assert {"before", "cover-before"} < set(stack.resources())
    mended = stack.must_up(program)
    assert mended.changes == {"update": 1, "create": 1, "same": 10}
    assert {row.user for row in client.overrides.assignments(override)} == {"grace"}

    client.overrides.delete(override)
    assert stack.refresh(program).changes == {"delete": 3, "same": 9}
    again = stack.must_up(program)
    assert again.changes == {"create": 3, "same": 9}
    assert {row.user for row in client.overrides.assignments(again.outputs["override"])} == {"grace"}

    client.overrides.delete(again.outputs["override"])
    gone = stack.destroy()
    assert not gone.failed, gone.output


def test_absences_are_previewed_whatever_is_not_known_yet(stack: Stack) -> None:
    def program() -> None:
        team = vo.Team("platform", name="Platform")
        later = team.slug.apply(lambda slug: slug)
        away = vo.Override("holiday", username=later, timezone=later, start="2099-08-03T09:00", end=later)
        vo.OverrideAssignment("cover", override=away.id, policy=later, username=later, accept_overlap=later.apply(bool))
        known = vo.Override("other", username=later, timezone="Europe/London", start=later, end="2099-08-03T09:00")
        vo.OverrideAssignment("other-cover", override=known.id, policy=team.slug, username="grace")

    assert stack.preview(program).changes == {"create": 6}


def test_absences_covers_maintenance_and_notes_are_looked_up(stack: Stack, client: Client) -> None:
    override = client.overrides.create(
        username="admin", timezone="UTC", start="2099-01-01T00:00:00Z", end="2099-01-02T00:00:00Z"
    )
    client.users.create(UserPayload(username="ada", first_name="Ada", last_name="B", email="ada@example.com"))
    policy = override.assignments[0].policy
    client.overrides.assign(override.public_id, policy, username="ada")
    [maintenance] = client.maintenance.start(routing_keys=[], purpose="Move").active_instances
    target = IncidentTarget(type="User", slug="admin")
    incident = client.incidents.create(username="admin", summary="Disk", details="full", targets=[target])
    number = str(incident.incident_number)
    client.notes.create(number, name="a/b", display_name="A", json_value={"a": [1]})

    def program() -> None:
        away = vo.Override.get("away", override.public_id)
        pulumi.export("away", pulumi.Output.all(away.username, away.timezone, away.start, away.end))
        cover = vo.OverrideAssignment.get("cover", f"{override.public_id}/{policy}")
        pulumi.export("cover", pulumi.Output.all(cover.override, cover.policy, cover.username, cover.override_end))
        move = vo.MaintenanceMode.get("move", maintenance.instance_id)
        pulumi.export("move", pulumi.Output.all(move.all_routing_keys, move.purpose, move.started_by))
        note = vo.IncidentNote.get("note", f"{number}/a/b")
        pulumi.export("note", pulumi.Output.all(note.incident, note.name, note.display_name, note.json_value))

    assert stack.must_up(program).outputs == {
        "away": ["admin", "UTC", "2099-01-01T00:00:00Z", "2099-01-02T00:00:00Z"],
        "cover": [override.public_id, policy, "ada", "2099-01-02T00:00:00Z"],
        "move": [True, "Move", "admin"],
        "note": [number, "a/b", "A", {"a": [1]}],
    }
