"""Each resource has a page whose tables say what the code has."""

from __future__ import annotations

import inspect
from typing import Any, get_args

import pytest

import pulumi_victorops as vo
from pulumi_victorops.handlers.alert_rule import AlertRuleInputs
from pulumi_victorops.handlers.contact_device import ContactDeviceInputs
from pulumi_victorops.handlers.contact_email import ContactEmailInputs
from pulumi_victorops.handlers.contact_phone import ContactPhoneInputs
from pulumi_victorops.handlers.escalation_policy import EscalationPolicyInputs
from pulumi_victorops.handlers.incident_note import IncidentNoteInputs
from pulumi_victorops.handlers.maintenance_mode import MaintenanceModeInputs
from pulumi_victorops.handlers.override import OverrideInputs
from pulumi_victorops.handlers.override_assignment import OverrideAssignmentInputs
from pulumi_victorops.handlers.paging_policy import PagingPolicyInputs
from pulumi_victorops.handlers.rotation import RotationInputs
from pulumi_victorops.handlers.rotation_shift_assignment import RotationShiftAssignmentInputs
from pulumi_victorops.handlers.routing_key import RoutingKeyInputs
from pulumi_victorops.handlers.team import TeamInputs
from pulumi_victorops.handlers.team_membership import TeamMembershipInputs
from pulumi_victorops.handlers.user import UserInputs
from pulumi_victorops.lifecycle.inputs import REPLACES, REPLACES_UNLESS_EXTENDED, WRITE_ONLY, Inputs, fields_of
from pulumi_victorops.resources.base import VictorOpsResource
from tests.docs.pages import RESOURCE_PAGES, ROOT, code, codes, resource_page, section, table

MODELS: dict[str, type[Inputs]] = {
    "User": UserInputs,
    "Team": TeamInputs,
    "TeamMembership": TeamMembershipInputs,
    "EscalationPolicy": EscalationPolicyInputs,
    "RoutingKey": RoutingKeyInputs,
    "Rotation": RotationInputs,
    "RotationShiftAssignment": RotationShiftAssignmentInputs,
    "AlertRule": AlertRuleInputs,
    "ContactEmail": ContactEmailInputs,
    "ContactPhone": ContactPhoneInputs,
    "ContactDevice": ContactDeviceInputs,
    "PagingPolicy": PagingPolicyInputs,
    "Override": OverrideInputs,
    "OverrideAssignment": OverrideAssignmentInputs,
    "MaintenanceMode": MaintenanceModeInputs,
    "IncidentNote": IncidentNoteInputs,
}
RESOURCES = sorted(MODELS)


def public_resources() -> dict[str, type[VictorOpsResource]]:
    public = {name: getattr(vo, name) for name in vo.__all__}
    return {
        name: item for name, item in public.items() if inspect.isclass(item) and issubclass(item, VictorOpsResource)
    }


def parameters(resource: str) -> dict[str, inspect.Parameter]:
    found = inspect.signature(public_resources()[resource].__init__).parameters
    return {name: one for name, one in found.items() if name not in {"self", "resource_name", "opts"}}


def behaviour(resource: str, name: str) -> str:
    if name in {"adopt", "profile"}:
        return {"adopt": "no call", "profile": "replaces"}[name]
    facts = fields_of(MODELS[resource])[name].facts
    if REPLACES_UNLESS_EXTENDED in facts:
        return "replaces, unless `victorops:extendedApi`"
    return "replaces" if REPLACES in facts else "no call" if WRITE_ONLY in facts else "in place"


def properties(cls: type[Any]) -> set[str]:
    return {name for name, item in vars(cls).items() if isinstance(item, property)}


def test_every_resource_has_a_page_and_every_page_a_resource() -> None:
    assert set(public_resources()) == set(RESOURCE_PAGES) == set(MODELS)
    assert {path.name for path in (ROOT / "docs" / "resources").iterdir()} == set(RESOURCE_PAGES.values())


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_inputs_are_those_of_the_constructor_in_its_order(resource: str) -> None:
    rows = table(section(resource_page(resource), "Inputs"), "name")
    assert [code(row["name"]) for row in rows] == list(parameters(resource))
    assert [row["default"] == "required" for row in rows] == [
        one.default is inspect.Parameter.empty for one in parameters(resource).values()
    ]


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_a_change_does_is_what_the_handler_says(resource: str) -> None:
    rows = table(section(resource_page(resource), "Inputs"), "name")
    assert {code(row["name"]): row["a change"] for row in rows} == {
        name: behaviour(resource, name) for name in parameters(resource)
    }


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_outputs_are_those_of_the_class_beyond_its_inputs(resource: str) -> None:
    cls = public_resources()[resource]
    rows = table(section(resource_page(resource), "Outputs"), "name")
    further = set(inspect.get_annotations(cls)) - set(parameters(resource))
    assert {code(row["name"]) for row in rows} == {"id"} | further | properties(cls)


def test_steps_and_entries_have_the_properties_of_their_types() -> None:
    inputs = section(resource_page("EscalationPolicy"), "Inputs")
    assert {code(row["property of a step"]) for row in table(inputs, "property of a step")} == set(
        inspect.get_annotations(vo.Step)
    )
    methods = table(inputs, "method")
    assert {code(row["`type`"]) for row in methods} == set(get_args(vo.EntryType))
    assert {code(row["property"]) for row in methods} | {"type"} == set(inspect.get_annotations(vo.Entry))
    for row in methods:
        made = getattr(vo.Notify, code(row["method"]).removeprefix("vo.Notify."))("x")
        assert made == {"type": code(row["`type`"]), code(row["property"]): "x"}
    made_by = {code(row["method"]) for row in methods}
    assert made_by == {f"vo.Notify.{name}" for name, item in vars(vo.Notify).items() if isinstance(item, staticmethod)}


def test_shifts_and_windows_have_the_properties_of_their_types() -> None:
    inputs = section(resource_page("Rotation"), "Inputs")
    assert {code(row["property of a shift"]) for row in table(inputs, "property of a shift")} == set(
        inspect.get_annotations(vo.ShiftArgs)
    )
    windows = {code(row["property of a window"]): row for row in table(inputs, "property of a window")}
    assert set(windows) == set(inspect.get_annotations(vo.WindowArgs))
    assert set(get_args(vo.Weekday)) <= set(codes(windows["days"]["meaning"]))
    methods = table(inputs, "method")
    assert {code(row["`type`"]) for row in methods} == set(get_args(vo.ShiftType))
    for row in methods:
        method = getattr(vo.Shift, code(row["method"]).removeprefix("vo.Shift."))
        given = {name: name for name in inspect.signature(method).parameters}
        made = method(**given)
        window = {name: made["windows"][0][name] for name in windows} if row["windows"] == "1" else {}
        taken = set(given) - set(window)
        assert made["type"] == code(row["`type`"])
        assert {name: made[name] for name in taken} == {name: name for name in taken}
        assert ("windows" in made) is (row["windows"] != "none")
        assert window == {name: name for name in window}
    made_by = {code(row["method"]).removeprefix("vo.Shift.") for row in methods}
    public = {name for name, item in vars(vo.Shift).items() if isinstance(item, staticmethod)}
    assert made_by == public - {"window"}
    assert vo.Shift.window(days=["m"], start_time="a", end_time="b") == {
        "days": ["m"],
        "start_time": "a",
        "end_time": "b",
    }


def test_the_readme_lists_every_resource_with_what_changes_in_place() -> None:
    rows = table(section((ROOT / "README.md").read_text(encoding="utf-8"), "Resources"), "resource")
    listed = {codes(row["resource"])[0]: row for row in rows}
    for_all = {"profile"}
    assert set(listed) == set(public_resources())
    for resource, row in listed.items():
        for column, wanted in (("changes in place", "in place"), ("a change replaces", "replaces")):
            names = {name for name in parameters(resource) if behaviour(resource, name).startswith(wanted)}
            names -= for_all
            assert set(codes(row[column])) == names, f"{resource}, {column}"


def test_the_makers_of_rules_and_annotations_make_what_their_pages_say() -> None:
    for resource, maker in (("PagingPolicy", vo.Page), ("AlertRule", vo.Annotate)):
        rows = table(section(resource_page(resource), "Inputs"), "method")
        assert {code(row["method"]) for row in rows} == {
            f"vo.{maker.__name__}.{name}" for name, item in vars(maker).items() if isinstance(item, staticmethod)
        }
        for row in rows:
            made = getattr(maker, code(row["method"]).rpartition(".")[2])
            arguments = [7] * len(inspect.signature(made).parameters)
            for column in (name for name in row if name.startswith("`")):
                value = made(*arguments).get(code(column), False)
                assert code(row[column]) == str(value)
    steps = table(section(resource_page("PagingPolicy"), "Inputs"), "property of a step")
    assert {code(row["property of a step"]) for row in steps} == set(inspect.get_annotations(vo.PagingStep))
