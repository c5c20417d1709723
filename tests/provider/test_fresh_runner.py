"""A stack that was brought up elsewhere, on a machine that has no journal of it: nothing is made twice in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of, plugins
from tests.provider.plugin import Plugin, PluginError

TEAM = {"name": "Platform", "__identity": "dev:1111111111111111"}
STEPS = [{"timeout": 0, "entries": [{"type": "email", "email": "noc@example.com"}]}]
PAGE = {"name": "Page", "steps": STEPS, "__identity": "dev:2222222222222222"}


@pytest.fixture
def runner(simulator: Simulator, tmp_path: Path) -> Iterator[Callable[[str], Plugin]]:
    """Starts plugins on machines that share nothing, by their names."""
    with plugins() as start:
        yield lambda machine: start(config_of(simulator) | {"victorops:journal": str(tmp_path / machine)})


@pytest.fixture
def left_behind(runner: Callable[[str], Plugin]) -> tuple[str, str]:
    """A team, which the state has, and a policy whose run was killed before the state was saved."""
    first = runner("first")
    team = first.create(providers.Team, TEAM).id
    policy = first.create(providers.EscalationPolicy, {"team": team, **PAGE}).id
    first.kill_now()
    return team, policy


def go_on(plugin: Plugin, team: str, **more: Any) -> str:
    """The team is unchanged, and the policy is to be made."""
    assert not plugin.diff(providers.Team, team, TEAM, TEAM).changes
    checked = plugin.check(providers.EscalationPolicy, {"team": team, **PAGE, **more})
    return plugin.create(providers.EscalationPolicy, checked.inputs).id


def lists_of_policies(simulator: Simulator) -> int:
    calls: int = simulator.requests()["by_operation"].get("GET /api-public/v1/policies", 0)
    return calls


def test_what_a_run_elsewhere_may_have_made_is_not_made_again(
    runner: Callable[[str], Plugin], client: Client, left_behind: tuple[str, str]
) -> None:
    team, policy = left_behind
    with pytest.raises(PluginError) as refused:
        go_on(runner("second"), team)

    assert str(refused.value).endswith(
        f"EscalationPolicy {policy} is just like this one, and an interrupted run on another machine may have made it: "
        "take it over with adopt=True or victorops:adopt: exact, bring it into the stack: pulumi-victorops import "
        f"EscalationPolicy {policy} NAME, or make another with adopt=False"
    )
    assert [row.policy.slug for row in client.policies.all() if row.team.slug == team] == [policy]
    assert go_on(runner("third"), team, adopt=True) == policy


@pytest.mark.parametrize(
    ("machine", "more", "looks"),
    [("second", {"adopt": False}, 0), ("second", {"name": "Page others"}, 1), ("first", {"__identity": "dev:3"}, 0)],
    ids=["asked for", "another name", "known to the journal"],
)
def test_another_is_made_where_it_is_meant(
    machine: str,
    more: dict[str, Any],
    looks: int,
    runner: Callable[[str], Plugin],
    simulator: Simulator,
    client: Client,
    left_behind: tuple[str, str],
) -> None:
    team, policy = left_behind
    before = lists_of_policies(simulator)
    made = go_on(runner(machine), team, **more)

    assert lists_of_policies(simulator) - before == looks
    assert {row.policy.slug for row in client.policies.all() if row.team.slug == team} == {policy, made}
    assert made != policy
