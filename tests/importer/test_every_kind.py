"""One of each kind, made by one stack and imported into another, on the real engine."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Program, Stack
from tests.importer.command import Project, writes

pytestmark = pytest.mark.engine

_VALUES = ("inputs", "outputs")
TOKEN = "pulumi-python:dynamic/victorops:"


def one_of_each(incident: int, device: str, webhook: str) -> Program:
    """All 16 kinds, with each of the forms that their parts can have."""

    def program() -> None:
        ada = vo.User("ada", username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")
        grace = vo.User("grace", username="grace", first_name="Grace", last_name="O'Hara", email="grace@example.com")
        home = vo.ContactEmail("home", username=ada.username, email="ada@home.example.com", label="Home")
        mobile = vo.ContactPhone("mobile", username=ada.username, phone="+44 20 7946 0958", label='Mobile "new"')
        vo.ContactDevice("pixel", username="oncall-lead", device=device, label="Pixel 10")
        vo.PagingPolicy(
            "ada-pages",
            username=ada.username,
            steps=[
                vo.PagingStep(timeout=5, rules=[vo.Page.default_email(), vo.Page.push()]),
                vo.PagingStep(timeout=10, rules=[vo.Page.email(home.contact_id), vo.Page.sms(mobile.contact_id)]),
            ],
        )
        platform = vo.Team("platform", name="Platform", description="Keeps it running, day & night: “24/7”")
        vo.TeamMembership("ada-platform", team=platform.slug, username=ada.username)
        vo.TeamMembership("grace-platform", team=platform.slug, username=grace.username)
        zone, start = "Europe/London", "2024-01-01T09:00"
        weekly = vo.Rotation(
            "weekly",
            team=platform.slug,
            label="Weekly",
            shifts=[
                vo.Shift.around_the_clock(
                    "primary", timezone=zone, start=start, handoff_days=7, usernames=[ada.username, grace.username]
                ),
                vo.Shift.partial_day(
                    "office",
                    timezone=zone,
                    start=start,
                    handoff_days=1,
                    usernames=[grace.username],
                    days=["m", "t"],
                    start_time="09:00",
                    end_time="17:30",
                ),
                vo.Shift.multi_day(
                    "weekend",
                    timezone="Asia/Kolkata",
                    start=start,
                    handoff_days=2,
                    usernames=["oncall-lead"],
                    windows=[
                        vo.Shift.window(days=["sa"], start_time="00:00", end_time="00:00"),
                        vo.Shift.window(days=["su", "f"], start_time="20:00", end_time="06:00"),
                    ],
                ),
            ],
        )
        vo.RotationShiftAssignment("grace-begins", rotation=weekly.id, shift="primary", username=grace.username)
        last = vo.EscalationPolicy(
            "last",
            team=platform.slug,
            name="Last resort",
            ignore_custom_paging_policies=True,
            steps=[vo.Step(timeout=0, entries=[vo.Notify.user("oncall-lead"), vo.Notify.webhook(webhook)])],
        )
        page = vo.EscalationPolicy(
            "page",
            team=platform.slug,
            name="Page Platform",
            steps=[
                vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug), vo.Notify.user(ada.username)]),
                vo.Step(timeout=5, entries=[vo.Notify.next_on_duty(weekly.slug), vo.Notify.email("noc@example.com")]),
                vo.Step(timeout=15, entries=[vo.Notify.policy(last.slug), vo.Notify.previous_on_duty(weekly.slug)]),
            ],
        )
        database = vo.RoutingKey("database", routing_key="database", targets=[page.slug, last.slug])
        vo.AlertRule(
            "runbook",
            alert_field="host_name",
            alert_value_match="^db-\\d+$",
            match_type="REGEX",
            stop_flag=True,
            notes='first line\nsecond "line"',
            route_key=database.routing_key,
            annotations=[
                vo.Annotate.url("Runbook", "https://wiki.example.com/db?host=${{host_name}}"),
                vo.Annotate.image("Graph", "https://graphs.example.com/db.png"),
                vo.Annotate.note("Note", "call first"),
                vo.Annotate.transform("routing_key", "database"),
                {
                    "annotation_type": "url",
                    "field_name": "service",
                    "field_value": "db",
                    "transformation": True,
                },
            ],
        )
        vo.AlertRule("all-hosts", alert_field="host_name", alert_value_match="*")
        holiday = vo.Override(
            "holiday", username=ada.username, timezone=zone, start="2099-08-03T09:00", end="2099-08-17T09:00"
        )
        vo.OverrideAssignment("holiday-cover", override=holiday.id, policy=page.slug, username=grace.username)
        vo.MaintenanceMode("upgrade", routing_keys=[database.routing_key], purpose="Upgrade of the database")
        vo.IncidentNote(
            "review",
            incident=str(incident),
            name="review",
            display_name="Review",
            json_value={"username": "ada", "hours": 3, "share": 0.5, "open": None, "tags": ["a", True]},
        )

    return program


def test_each_kind_is_imported_as_if_the_stack_had_made_it(tmp_path: Path, full_service: Simulator) -> None:
    client = Client(Settings(full_service.api_id, full_service.api_key, full_service.url, rate_limit=None))
    lead = IncidentTarget(type="User", slug="oncall-lead")
    incident = client.incidents.create(username="oncall-lead", summary="Disk", details="full", targets=[lead])
    device = client.contacts.devices("oncall-lead")[0].ext_id
    program = one_of_each(int(incident.incident_number), str(device), client.webhooks.all()[0].slug)
    maker = Stack(tmp_path / "maker", full_service)
    maker.must_up(program)
    made = {name: one for name, one in maker.resources().items() if one["type"].startswith(TOKEN)}
    assert {one["type"].removeprefix(TOKEN) for one in made.values()} == set(vo_resources())

    project = Project(Stack(tmp_path / "into", full_service), tmp_path / "into" / "work")
    with (project.folder / "org.csv").open("w", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["kind", "id", "name"])
        # Backwards, so that nothing stands behind what it refers to.
        rows.writerows(reversed([(one["type"].rpartition(":")[2], one["id"], name) for name, one in made.items()]))
    org, calls = full_service.snapshot(), full_service.requests()["by_operation"]
    imported = project.must_run("--from", "org.csv")
    assert imported.said == f"Imported into test: {len(made)}. With this in the program, a preview says unchanged.\n"

    stack = project.stack
    entries = stack.resources()
    # Nobody knows when it was made their turn.
    del made["grace-begins"]["outputs"]["assigned_at"]
    for name, one in made.items():
        if name == "mobile":
            # The service writes numbers in its own way, and tells no other.
            one["inputs"]["phone"] = one["outputs"]["phone"] = "+44 20-7946-0958"
        assert as_compared(entries[name]) == as_compared(one), name

    unchanged = {"same": len(made) + 1}
    assert stack.preview(imported.program).changes == unchanged
    assert stack.preview(program).changes == unchanged, "the program that made it all says the same"
    assert stack.refresh(imported.program).changes == unchanged
    assert stack.must_up(imported.program).changes == unchanged
    after = full_service.requests()["by_operation"]
    assert writes({name: count - calls.get(name, 0) for name, count in after.items() if count != calls.get(name)}) == {}
    assert full_service.snapshot() == org


def as_compared(entry: dict[str, Any]) -> dict[str, Any]:
    kept = ("urn", "type", "id", "custom", "parent")
    # Which resource it is tells a creation alone, and an import creates nothing.
    values = {key: {name: item for name, item in entry[key].items() if name != "__identity"} for key in _VALUES}
    # What names members goes before them: a program orders that, and an entry needn't.
    dependencies = sorted(urn for urn in entry.get("dependencies", []) if "TeamMembership" not in urn)
    by_property = {name: sorted(urns) for name, urns in entry["propertyDependencies"].items() if urns}
    return {**{key: entry.get(key) for key in kept}, **values, "dependencies": dependencies, "by property": by_property}


def vo_resources() -> list[str]:
    kinds = [getattr(vo, name) for name in vo.__all__]
    return [one.__name__ for one in kinds if isinstance(one, type) and hasattr(one, "_look_up")]
