"""The rules of the policy pack, and how they are handed to Pulumi."""

from __future__ import annotations

import os
import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import pulumi_victorops as vo
from examples.policy_pack.rules import RULES, ends_in_a_person, has_two_steps, nobody_is_alone
from pulumi_victorops.simulator import Simulator
from tests.docs.pages import ROOT
from tests.e2e.harness import Stack

PACK = ROOT / "examples" / "policy_pack"


def policy(*steps: list[vo.Entry]) -> dict[str, Any]:
    return {"name": "Page Platform", "steps": [{"timeout": 0, "entries": entries} for entries in steps]}


def rotation(**members: list[str]) -> dict[str, Any]:
    return {"label": "Weekly", "shifts": [{"label": label, "usernames": names} for label, names in members.items()]}


def test_a_policy_has_two_steps() -> None:
    ada = [vo.Notify.user("ada")]
    assert has_two_steps(policy(ada, ada)) == []
    assert has_two_steps(policy(ada)) == ["'Page Platform' has 1 step: add one for when nobody reacts"]


@pytest.mark.parametrize(
    "last",
    [
        vo.Notify.on_duty("rtg-1234567890123456"),
        vo.Notify.email("noc@example.com"),
        vo.Notify.policy("pol-1234567890123456"),
    ],
    ids=lambda entry: entry["type"],
)
def test_a_policy_ends_in_a_person(last: vo.Entry) -> None:
    ada = vo.Notify.user("ada")
    assert ends_in_a_person(policy([last], [ada])) == []
    assert ends_in_a_person(policy([last], [last, ada])) == []
    assert ends_in_a_person(policy([ada], [last])) == [
        "the last step of 'Page Platform' pages no person by name: add a `Notify.user(...)` to it"
    ]


def test_nobody_is_alone_in_a_shift() -> None:
    assert nobody_is_alone(rotation(days=["ada", "grace"], nights=["hugo", "kaya", "hugo"])) == []
    assert nobody_is_alone(rotation(days=["ada", "grace"], nights=["hugo", "Hugo"], weekends=["kaya"])) == [
        "in 'Weekly' the shift 'nights' has nobody but hugo",
        "in 'Weekly' the shift 'weekends' has nobody but kaya",
    ]


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the pack hands to Pulumi's policy library, which stands in here: no other part needs it."""
    library = ModuleType("pulumi_policy")
    for name in ("ReportViolation", "ResourceValidationArgs", "ResourceValidationPolicy", "PolicyPack"):
        setattr(library, name, SimpleNamespace)
    made: list[SimpleNamespace] = []
    library.PolicyPack = lambda **given: made.append(SimpleNamespace(**given))  # type: ignore[attr-defined]  # a stand-in
    library.EnforcementLevel = SimpleNamespace(MANDATORY="mandatory")  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, "pulumi_policy", library)
    monkeypatch.delitem(sys.modules, "rules", raising=False)
    runpy.run_path(str(PACK), run_name="__main__")
    sys.modules.pop("rules")
    [only] = made
    return only


def test_the_pack_refuses_what_breaks_its_rules(pack: SimpleNamespace) -> None:
    assert (pack.name, pack.enforcement_level) == ("victorops-on-call", "mandatory")
    assert [(one.name, one.description) for one in pack.policies] == [
        ("two-steps", "An escalation policy has at least two steps."),
        ("ends-in-a-person", "An escalation policy ends in a person."),
        ("nobody-alone", "Nobody is alone in a rotation's shift."),
    ]


def test_each_rule_is_for_one_kind_of_resource(pack: SimpleNamespace) -> None:
    wrong = policy([vo.Notify.email("noc@example.com")]) | rotation(nights=["hugo"])

    def reported(validate: Callable[[SimpleNamespace, Callable[[str], None]], None], kind: str) -> list[str]:
        found: list[str] = []
        resource_type = f"pulumi-python:dynamic/victorops:{kind}"
        validate(SimpleNamespace(resource_type=resource_type, props=wrong), found.append)
        return found

    by_rule = {
        one.name: [kind for kind in ("Team", "EscalationPolicy", "Rotation") if reported(one.validate, kind)]
        for one in pack.policies
    }
    assert by_rule == {
        "two-steps": ["EscalationPolicy"],
        "ends-in-a-person": ["EscalationPolicy"],
        "nobody-alone": ["Rotation"],
    }
    assert {rule.resource for rule in RULES} <= set(vo.__all__)


def keeps_the_rules() -> None:
    team = vo.Team("platform", name="Platform")
    steps = [vo.Step(timeout=minutes, entries=[vo.Notify.user("admin")]) for minutes in (0, 15)]
    vo.EscalationPolicy("page", team=team.slug, name="Page Platform", steps=steps)


def breaks_the_rules() -> None:
    team = vo.Team("platform", name="Platform")
    alone = vo.Shift.around_the_clock(
        "Weekly", timezone="UTC", start="2026-01-05T09:00", handoff_days=7, usernames=["admin"]
    )
    weekly = vo.Rotation("weekly", team=team.slug, label="On call", shifts=[alone])
    steps = [vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug)])]
    vo.EscalationPolicy("page", team=team.slug, name="Page Platform", steps=steps)


@pytest.mark.engine
def test_the_engine_runs_the_pack(tmp_path: Path) -> None:
    with Simulator(seed="empty") as simulator:
        stack = Stack(tmp_path, simulator)
        give_the_plugin(stack, tmp_path / "plugin")

        assert stack.must_up(keeps_the_rules, policy_packs=[str(PACK)]).changes == {"create": 3}

        refused = stack.preview(breaks_the_rules, policy_packs=[str(PACK)])
        # A policy that is to be replaced is asked for its keys.
        assert (refused.failed, refused.calls) == (True, {"GET /api-public/v1/org/routing-keys": 1}), refused.output
        for sentence in (
            "'Page Platform' has 1 step: add one for when nobody reacts",
            "the last step of 'Page Platform' pages no person by name: add a `Notify.user(...)` to it",
            "in 'On call' the shift 'Weekly' has nobody but admin",
        ):
            assert sentence in refused.output


def give_the_plugin(stack: Stack, folder: Path) -> None:
    """Stand in for the plugin where an engine was built before set-up knew of it: it starts a module of the SDK."""
    name = "pulumi-analyzer-policy-python"
    if shutil.which(name, path=stack.environment["PATH"]) is not None:
        return
    folder.mkdir()
    plugin = folder / name
    plugin.write_text(f'#!/bin/sh\nexec {sys.executable} -u -m pulumi.policy "$@"\n')
    plugin.chmod(0o755)
    stack.environment["PATH"] += os.pathsep + str(folder)
