"""A whole program on a service that answers in the other way wherever sources disagree about one."""

from __future__ import annotations

from pathlib import Path

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

pytestmark = pytest.mark.engine


def program(label: str = "Weekly") -> None:
    """Whatever is answered, sent or listed in more than one way."""
    ada = vo.User("ada", username="ada", first_name="Ada", last_name="Lovelace", email="ada@example.com")
    platform = vo.Team("platform", name="Platform")
    member = vo.TeamMembership("ada-platform", team=platform.slug, username=ada.username)
    weekly = vo.Rotation(
        "weekly",
        team=platform.slug,
        label=label,
        shifts=[
            vo.Shift.around_the_clock(
                "primary",
                timezone="Europe/London",
                start="2026-01-05T09:00",
                handoff_days=7,
                usernames=[ada.username, "admin"],
            )
        ],
        opts=pulumi.ResourceOptions(depends_on=member),
    )
    vo.RotationShiftAssignment("turn", rotation=weekly.id, shift="primary", username="admin")
    page = vo.EscalationPolicy(
        "page",
        team=platform.slug,
        name="Page Platform",
        steps=[vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug)])],
    )
    key = vo.RoutingKey("database", routing_key="database", targets=[page.slug])
    vo.AlertRule("rule", alert_field="host_name", alert_value_match="db-*", route_key=key.routing_key)
    mobile = vo.ContactPhone("mobile", username=ada.username, label="Mobile", phone="+44 20 7946 0958")
    vo.PagingPolicy(
        "ada",
        username=ada.username,
        steps=[
            vo.PagingStep(timeout=5, rules=[vo.Page.push()]),
            vo.PagingStep(timeout=10, rules=[vo.Page.phone(mobile.contact_id)]),
        ],
    )
    away = vo.Override(
        "away", username=ada.username, timezone="Europe/London", start="2100-01-04T09:00", end="2100-01-11T09:00"
    )
    in_place = pulumi.ResourceOptions(depends_on=page)
    vo.OverrideAssignment("cover", override=away.id, policy=page.slug, username="admin", opts=in_place)


def test_a_program_lives_on_a_service_that_answers_otherwise(tmp_path: Path) -> None:
    otherwise = Simulator(
        seed="empty",
        schedule_envelope=True,
        joda_dates_only=True,
        rotation_lag_ms=400,
        routing_key_alias=True,
        keep_empty_paging_steps=True,
        verified_phones=True,
        drop_used_rotations=True,
        plain_gateway_errors=True,
        rate_limit="20/s",
        rate_limit_status=403,
    )
    with otherwise as service:
        stack = Stack(tmp_path, service)
        stack.configure(defaultReplacement="admin")

        assert stack.must_up(program).changes == {"create": 13}
        assert stack.refresh(program).changes == {"same": 13}
        assert stack.must_up(program).changes == {"same": 13}

        changed = stack.must_up(lambda: program("Every week"))
        assert changed.changes == {"replace": 5, "same": 8}
        assert stack.must_up(lambda: program("Every week")).changes == {"same": 13}

        gone = stack.destroy()
        assert not gone.failed, gone.output
        left = service.snapshot()
    assert [user["username"] for user in left["users"]] == ["admin"]
    assert [team["name"] for team in left["teams"]] == ["Default Team"]
    kinds = ("rotations", "overrides", "alert_rules")
    assert {kind: left[kind] for kind in kinds} == {kind: [] for kind in kinds}
