"""What somebody changed by hand in any field of any resource: a refresh shows it, and the next preview says the rest.

One stack has a resource for each case. All of them are changed at once, refreshed at once and previewed at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.resources.base import VictorOpsResource
from pulumi_victorops.simulator import Simulator
from tests.e2e.drift.alerts import ALERTS
from tests.e2e.drift.duty import DUTY
from tests.e2e.drift.edits import GONE, Case, given, managed
from tests.e2e.drift.ground import Ground
from tests.e2e.drift.kinds import KINDS, Arguments
from tests.e2e.drift.people import PEOPLE
from tests.e2e.harness import Planned, Program, Stack

CASES: dict[str, list[Case]] = {**PEOPLE, **DUTY, **ALERTS}
ALL = {f"{kind}.{case.path or 'itself'}": (kind, case) for kind, cases in CASES.items() for case in cases}
REFUSED = [name for name, (_, case) in ALL.items() if case.planned == "refuse"]


@dataclass
class Drifted:
    """A stack before and after all has drifted."""

    ground: Ground
    stack: Stack
    program_with_refused: Program
    before: dict[str, dict[str, Any]]
    after: dict[str, dict[str, Any]]
    plan: dict[str, Planned]


def of(arguments: Mapping[str, Arguments], names: Collection[str]) -> Program:
    """A program with these resources."""

    def program() -> None:
        for name in names:
            KINDS[ALL[name][0]].resource(name, **arguments[name])

    return program


@pytest.fixture(scope="module")
def drifted(running_simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Drifted:
    simulator = running_simulator
    simulator.reset("empty")
    client = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
    ground = Ground(simulator, client)
    arguments = {name: KINDS[kind].arguments(ground, name) for name, (kind, _) in ALL.items()}
    client.close()
    stack = Stack(tmp_path_factory.mktemp("drift"), simulator)
    stack.must_up(of(arguments, ALL))
    before = stack.resources()

    document = ground.snapshot()
    for name, (kind, case) in ALL.items():
        case.edit(KINDS[kind].find(document, before[name]["id"]), document, ground)
    ground.put(document)

    refreshed = stack.refresh(of(arguments, ALL))
    assert not refreshed.failed, refreshed.output
    plan = stack.plan(of(arguments, [name for name in ALL if name not in REFUSED]))
    return Drifted(ground, stack, of(arguments, REFUSED), before, stack.resources(), plan)


def test_every_kind_of_resource_is_here() -> None:
    public = {name for name in vo.__all__ if isinstance(getattr(vo, name), type)}
    resources = {name for name in public if issubclass(getattr(vo, name), VictorOpsResource)}
    assert set(CASES) == set(KINDS) == resources
    assert len(resources) == 16


@pytest.mark.parametrize("kind", CASES)
def test_every_managed_field_has_a_case_and_so_has_the_object_itself(kind: str) -> None:
    assert sorted(case.path for case in CASES[kind]) == sorted({"", *managed(kind)})


@pytest.mark.parametrize("name", ALL)
def test_what_drifted_is_seen(drifted: Drifted, name: str) -> None:
    _, case = ALL[name]
    if case.shown is GONE:
        assert name not in drifted.after
    else:
        was, is_now = (flat(state[name]["inputs"]) for state in (drifted.before, drifted.after))
        changed = {path: is_now.get(path) for path in {*was, *is_now} if is_now.get(path) != was.get(path)}
        assert changed == {path: given(value, drifted.ground) for path, value in case.shown.items()}


@pytest.mark.parametrize("name", [name for name in ALL if name not in REFUSED])
def test_the_next_preview_mends_it(drifted: Drifted, name: str) -> None:
    _, case = ALL[name]
    planned = drifted.plan[name]
    assert planned.operation == case.planned
    if case.shown:
        assert planned.properties == {path.partition("[")[0].partition(".")[0] for path in case.shown}


def test_a_routing_key_that_was_led_elsewhere_is_told(drifted: Drifted) -> None:
    refused = drifted.stack.preview(drifted.program_with_refused)
    assert refused.failed
    [problem] = refused.errors
    assert f"'RoutingKey.targets' stays as it is while {drifted.ground.other_policy} exists" in problem


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """The plain values in a tree by their paths, without the provider."""
    if isinstance(value, dict):
        inner = [(f"{path}.{name}" if path else name, item) for name, item in value.items() if name != "__provider"]
    elif isinstance(value, list):
        inner = [(f"{path}[{index}]", item) for index, item in enumerate(value)]
    else:
        return {path: value}
    return {where: leaf for at, item in inner for where, leaf in flat(item, at).items()}
