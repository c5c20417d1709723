"""The page about functions says what the functions are, take, answer and call."""

from __future__ import annotations

import importlib
import inspect
import re
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api.models import ApiModel
from pulumi_victorops.api.operations import OPERATIONS
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.docs.pages import ROOT, code, codes, section, table, tables
from tests.functions.conftest import Org

PAGE = (ROOT / "docs" / "functions.md").read_text(encoding="utf-8")
ROWS = [row for rows in tables(PAGE) for row in rows if "function" in row and "API operations" in row]
FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: value for name, value in vars(vo).items() if name in vo.__all__ and inspect.isfunction(value)
}
PLAIN = {name: function for name, function in FUNCTIONS.items() if not name.endswith("_output")}

CALLS: dict[str, list[Callable[[Org], object]]] = {
    "get_user": [lambda org: vo.get_user("ada")],
    "get_users": [lambda org: vo.get_users()],
    "get_users_v1": [lambda org: vo.get_users_v1()],
    "get_user_teams": [lambda org: vo.get_user_teams("ada")],
    "get_team": [lambda org: vo.get_team(org.team), lambda org: vo.get_team(name="Platform")],
    "get_teams": [lambda org: vo.get_teams()],
    "get_team_members": [lambda org: vo.get_team_members(org.team)],
    "get_team_admins": [lambda org: vo.get_team_admins(org.team)],
    "get_team_policies": [lambda org: vo.get_team_policies(org.team)],
    "get_escalation_policy": [lambda org: vo.get_escalation_policy(name="Page Platform")],
    "get_escalation_policies": [lambda org: vo.get_escalation_policies()],
    "get_routing_key": [lambda org: vo.get_routing_key("database")],
    "get_routing_keys": [lambda org: vo.get_routing_keys()],
    "get_rotation": [lambda org: vo.get_rotation("Weekly", team=org.team)],
    "get_rotations": [lambda org: vo.get_rotations(org.team)],
    "get_scheduled_user": [lambda org: vo.get_scheduled_user(org.team, group_id=org.group, shift_id=org.shift)],
    "get_override": [lambda org: vo.get_override(org.override)],
    "get_overrides": [lambda org: vo.get_overrides()],
    "get_override_assignments": [lambda org: vo.get_override_assignments(org.override)],
    "get_override_assignment": [lambda org: vo.get_override_assignment(org.override, policy=org.policy)],
    "get_contact_methods": [lambda org: vo.get_contact_methods("ada")],
    "get_contact_emails": [lambda org: vo.get_contact_emails("ada")],
    "get_contact_email": [lambda org: vo.get_contact_email("ada", ext_id=org.email)],
    "get_contact_phones": [lambda org: vo.get_contact_phones("ada")],
    "get_contact_phone": [lambda org: vo.get_contact_phone("ada", ext_id=org.phone)],
    "get_contact_devices": [lambda org: vo.get_contact_devices("oncall-lead")],
    "get_contact_device": [lambda org: vo.get_contact_device("oncall-lead", ext_id=org.device)],
    "get_paging_policy": [lambda org: vo.get_paging_policy("ada")],
    "get_paging_policies": [lambda org: vo.get_paging_policies("ada")],
    "get_paging_step": [lambda org: vo.get_paging_step("ada", step=0)],
    "get_paging_rule": [lambda org: vo.get_paging_rule("ada", step=0, rule=0)],
    "get_user_paging_summary": [lambda org: vo.get_user_paging_summary("ada")],
    "get_notification_types": [lambda org: vo.get_notification_types()],
    "get_contact_types": [lambda org: vo.get_contact_types()],
    "get_timeout_types": [lambda org: vo.get_timeout_types()],
    "get_current_on_call": [lambda org: vo.get_current_on_call()],
    "get_user_schedule": [lambda org: vo.get_user_schedule("ada")],
    "get_user_schedule_v1": [lambda org: vo.get_user_schedule_v1("ada")],
    "get_team_schedule_v1": [lambda org: vo.get_team_schedule_v1(org.team)],
    "get_team_schedule": [lambda org: vo.get_team_schedule(org.team)],
    "get_on_call_log": [lambda org: vo.get_on_call_log(org.team)],
    "get_incident": [lambda org: vo.get_incident(org.incident)],
    "get_incidents": [lambda org: vo.get_incidents()],
    "get_incident_notes": [lambda org: vo.get_incident_notes(org.incident)],
    "get_alert": [lambda org: vo.get_alert(org.alert)],
    "search_incidents": [lambda org: list(vo.search_incidents())],
    "get_alert_rules": [lambda org: vo.get_alert_rules()],
    "get_webhook": [lambda org: vo.get_webhook("Status page")],
    "get_webhooks": [lambda org: vo.get_webhooks()],
    "get_maintenance_mode": [lambda org: vo.get_maintenance_mode()],
    "create_incident": [lambda org: vo.create_incident("Slow", username="ada", users="grace")],
    "acknowledge_incidents": [lambda org: vo.acknowledge_incidents(org.incident, username="ada")],
    "resolve_incidents": [lambda org: vo.resolve_incidents(org.incident, username="ada")],
    "acknowledge_by_user": [lambda org: vo.acknowledge_by_user("ada")],
    "resolve_by_user": [lambda org: vo.resolve_by_user("ada")],
    "reroute_incidents": [lambda org: vo.reroute_incidents(org.incident, username="ada", users="grace")],
    "take_on_call": [lambda org: vo.take_on_call(org.policy, from_user="ada", to_user="grace")],
    "take_on_call_v1": [lambda org: vo.take_on_call_v1(org.team, from_user="ada", to_user="grace")],
    "send_chat": [lambda org: vo.send_chat("Looking", username="ada", monitoring_tool="API")],
    "send_stakeholder_message": [
        lambda org: vo.send_stakeholder_message("Down", title="Outage", incident=org.incident, users="ada")
    ],
    "end_maintenance": [lambda org: vo.end_maintenance(org.maintenance)],
    "add_users": [
        lambda org: vo.add_users(
            [UserPayload(username="joan", first_name="Joan", last_name="Clarke", email="joan@example.com")]
        )
    ],
    "delete_contact_device": [lambda org: vo.delete_contact_device("oncall-lead", ext_id=org.device)],
    "add_paging_rule": [lambda org: vo.add_paging_rule("ada", step=0, type="push")],
    "update_paging_rule": [lambda org: vo.update_paging_rule("ada", step=0, rule=0, type="push")],
}


def written(function: Callable[..., Any]) -> str:
    """The signature as the page writes it: without types, and without what all have."""
    parts: list[str] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "profile":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
        parts.append(parameter.name + default)
    return f"{function.__name__}({', '.join(parts)})"


def answer(function: Callable[..., Any]) -> str:
    return str(inspect.signature(function).return_annotation)


def test_every_function_is_on_the_page_as_it_is() -> None:
    listed = [(code(row["function"]), code(row["answer"]).replace(" or ", " | ")) for row in ROWS]
    assert sorted(listed) == sorted((written(function), answer(function)) for function in PLAIN.values())


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_takes_a_profile_by_name(name: str) -> None:
    profile = inspect.signature(FUNCTIONS[name]).parameters["profile"]
    assert (profile.kind, profile.default, profile.annotation) == (profile.KEYWORD_ONLY, None, "str | None")


def test_every_question_has_an_output_form_with_the_same_parameters() -> None:
    questions = {name for name in PLAIN if name.startswith(("get_", "search_"))}
    assert {name.removesuffix("_output") for name in FUNCTIONS if name.endswith("_output")} == questions
    for name in questions:
        form = FUNCTIONS[f"{name}_output"]
        assert answer(form) == f"pulumi.Output[{answer(PLAIN[name]).replace('Iterator', 'list')}]"
        plain, lifted = (inspect.signature(one).parameters for one in (PLAIN[name], form))
        assert [*plain, "opts"] == list(lifted), name
        for parameter in plain.values():
            other = lifted[parameter.name]
            assert (parameter.kind, parameter.default) == (other.kind, other.default), f"{name}({parameter.name})"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: code(row["function"]).partition("(")[0])
def test_a_function_makes_the_calls_that_the_page_and_its_docstring_name(
    row: dict[str, str], org: Org, script: Simulator
) -> None:
    name = code(row["function"]).partition("(")[0]
    before = script.requests()["by_operation"]
    for call in CALLS[name]:
        call(org)
    after = script.requests()["by_operation"]
    made = {operation for operation, count in after.items() if count != before.get(operation, 0)}
    assert made == set(codes(row["API operations"]))
    assert made == set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]+)`", PLAIN[name].__doc__ or ""))


def test_every_read_operation_is_asked_by_a_function() -> None:
    asked = {operation for row in ROWS for operation in codes(row["API operations"])}
    assert {str(operation) for operation in OPERATIONS.values() if operation.method == "GET"} - asked == set()


def models() -> Iterator[type[ApiModel]]:
    """The models that functions answer with, and those within them."""
    waiting: list[Any] = []
    for name, function in PLAIN.items():
        module = importlib.import_module(function.__module__)
        source = inspect.getsource(module)
        for word in re.findall(r"[A-Z]\w+", answer(function)):
            found = re.search(rf"from (pulumi_victorops\.(?:api|functions)\.\w+) import [^\n]*\b{word}\b", source)
            if found:
                waiting.append(getattr(importlib.import_module(found[1]), word))
            else:
                assert word in {"None", "Iterator"}, f"{name}: {word}"
    seen: set[type[ApiModel]] = set()
    while waiting:
        kind = waiting.pop()
        waiting.extend(typing.get_args(kind))
        if inspect.isclass(kind) and issubclass(kind, ApiModel) and kind not in seen:
            seen.add(kind)
            waiting.extend(field.annotation for field in kind.model_fields.values())
            yield kind


def spelled(name: str, annotation: Any) -> str:
    """A member as the page writes it: with the model that it is, or is a list of."""
    if inspect.isclass(annotation) and issubclass(annotation, ApiModel):
        return f"{name}: {annotation.__name__}"
    arguments = [spelled(name, argument) for argument in typing.get_args(annotation)]
    [inner] = [text for text in arguments if ":" in text] or [name]
    of = inner.partition(": ")[2]
    return f"{name}: [{of}]" if of and typing.get_origin(annotation) in {list, tuple} else inner


def test_every_answer_is_on_the_page_with_its_members() -> None:
    listed = {code(row["model"]): codes(row["members"]) for row in table(section(PAGE, "Answers"), "model")}
    assert listed == {
        kind.__name__: [spelled(name, field.annotation) for name, field in kind.model_fields.items()]
        for kind in models()
    }
