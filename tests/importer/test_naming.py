"""What resources and their variables are called."""

from __future__ import annotations

import keyword
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_victorops.importer.naming import logical_name, variable_name
from pulumi_victorops.importer.wiring import Handle
from pulumi_victorops.stack.kinds import KINDS, kind_called
from tests.importer.objects import found

NAMES: dict[str, tuple[str, dict[str, Any]]] = {
    "platform-team": ("Team", {"name": "Platform  Team!"}),
    "café-24-7": ("Team", {"name": "Café (24/7)"}),
    "team": ("Team", {"name": "???"}),
    "ada-lovelace": ("User", {"username": "ada.lovelace"}),
    "ada-home": ("ContactEmail", {"username": "ada", "label": "Home", "email": "ada@home.example.com"}),
    "ada-mobile": ("ContactPhone", {"username": "ada", "label": "Mobile", "phone": "+44 20 7946 0958"}),
    "ada-pixel-9": ("ContactDevice", {"username": "ada", "label": "Pixel 9", "device": "3f1d"}),
    "ada": ("PagingPolicy", {"username": "ada", "steps": []}),
    "ada-platform": ("TeamMembership", {"team": "team-a", "username": "ada"}),
    "ada-team-b": ("TeamMembership", {"team": "team-b", "username": "ada"}),
    "weekly": ("Rotation", {"team": "team-a", "label": "Weekly", "shifts": []}),
    "ada-primary": ("RotationShiftAssignment", {"rotation": "team-a/1", "shift": "primary", "username": "ada"}),
    "page-platform": ("EscalationPolicy", {"team": "team-a", "name": "Page Platform", "steps": []}),
    "database": ("RoutingKey", {"routing_key": "database", "targets": []}),
    "routing-key": ("RoutingKey", {"routing_key": ".+", "targets": []}),
    "host-name-db": ("AlertRule", {"alert_field": "host_name", "alert_value_match": "db-*"}),
    "ada-2099-08-03": ("Override", {"username": "ada", "start": "2099-08-03T08:00:00Z"}),
    "grace-pol-a": ("OverrideAssignment", {"override": "ovrprd-a", "policy": "pol-a", "username": "grace"}),
    "upgrade-database-web": ("MaintenanceMode", {"purpose": "Upgrade", "routing_keys": ["database", "web"]}),
    "maintenance-mode": ("MaintenanceMode", {"all_routing_keys": True}),
    "17-review": ("IncidentNote", {"incident": "17", "name": "review"}),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_of_the_objects_own(name: str) -> None:
    kind, given_by_the_program = NAMES[name]

    def name_of(handle: Handle) -> str | None:
        return "platform" if handle == Handle("Team", "slug", "team-a") else None

    assert logical_name(found(kind, "id", given_by_the_program), name_of, ()) == name


def test_every_kind_has_a_name_of_its_own() -> None:
    assert {kind for kind, _ in NAMES.values()} == set(KINDS)


def test_a_name_that_is_taken_gets_a_number_and_a_long_one_is_cut() -> None:
    platform = found("Team", "team-a", {"name": "Platform"})
    assert logical_name(platform, lambda _: None, {"platform", "platform-2"}) == "platform-3"
    assert logical_name(found("Team", "team-a", {"name": "ab " * 100}), lambda _: None, ()) == "ab-" * 19 + "ab"


@pytest.mark.parametrize(
    ("name", "taken", "variable"),
    [
        ("ada-platform", (), "ada_platform"),
        ("Ada.Platform", (), "ada_platform"),
        ("platform", ("platform",), "platform_escalation_policy"),
        ("platform", ("platform", "platform_escalation_policy"), "platform_escalation_policy_2"),
        ("24x7", (), "escalation_policy_24x7"),
        ("???", (), "escalation_policy"),
        ("class", (), "class_escalation_policy"),
        ("list", (), "list_escalation_policy"),
        ("vo", (), "vo_escalation_policy"),
        ("café", (), "café"),
        ("x²", (), "x2"),
    ],
)
def test_a_variable_is_the_name_as_python_has_it(name: str, taken: tuple[str, ...], variable: str) -> None:
    assert variable_name(name, "escalation_policy", taken) == variable


@given(st.text(), st.sets(st.text()))
def test_whatever_the_name_the_variable_is_one_and_free(name: str, taken: set[str]) -> None:
    variable = variable_name(name, "team", taken)
    assert variable.isidentifier()
    assert not keyword.iskeyword(variable)
    assert variable not in taken


@pytest.mark.parametrize(
    "text", ["routing-key", "routing_key", "RoutingKey", "routingkey", "ROUTING KEY", "vo.RoutingKey"]
)
def test_a_kind_is_known_in_any_usual_spelling(text: str) -> None:
    assert kind_called(text).name == "RoutingKey"
    assert kind_called("pulumi-python:dynamic/victorops:RoutingKey").name == "RoutingKey"
