"""A change or a deletion that was cut off, and that the program takes back: the state is as before, the org isn't."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import Diffed, Found, Plugin, PluginError
from tests.provider.rotations import PRIMARY

GONE = Diffed(changes=True, replaces=["id"], deletes_first=True)
NOTHING = Diffed(changes=False, replaces=[], deletes_first=False)
SHIFT = {**PRIMARY, "usernames": ["ada"]}


@dataclass(frozen=True)
class Kind:
    provider: type[Provider]
    inputs: dict[str, Any]
    change: dict[str, Any]


KINDS = {
    "user": Kind(
        providers.User,
        {"username": "eve", "first_name": "E", "last_name": "V", "email": "eve@example.com"},
        {"last_name": "W"},
    ),
    "team": Kind(providers.Team, {"name": "Platform"}, {"description": "All of it"}),
    "policy": Kind(
        providers.EscalationPolicy,
        {"team": "base", "name": "Page", "steps": [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}]},
        {},
    ),
    "rotation": Kind(
        providers.Rotation,
        {"team": "base", "label": "Weekly", "shifts": [SHIFT]},
        {},
    ),
    "rule": Kind(providers.AlertRule, {"alert_field": "host", "alert_value_match": "db-*"}, {"notes": "Databases"}),
    "email": Kind(
        providers.ContactEmail,
        {"username": "ada", "label": "Home", "email": "ada@home.example.com"},
        {},
    ),
    "paging": Kind(
        providers.PagingPolicy,
        {"username": "ada", "steps": [{"timeout": 15, "rules": [{"type": "email"}]}]},
        {"steps": [{"timeout": 1, "rules": [{"type": "email"}]}]},
    ),
    "membership": Kind(providers.TeamMembership, {"team": "base", "username": "bob"}, {}),
    "override": Kind(
        providers.Override,
        {"username": "ada", "timezone": "UTC", "start": "2030-01-01T00:00:00Z", "end": "2030-01-02T00:00:00Z"},
        {},
    ),
}
CHANGED = [name for name, kind in KINDS.items() if kind.change]
DELETED = [name for name in KINDS if name != "paging"]


@pytest.fixture
def team(client: Client) -> str:
    """An org with two people, and a team of one of them."""
    for name in ("ada", "bob"):
        client.users.create(UserPayload(username=name, first_name="A", last_name="B", email=f"{name}@example.com"))
    slug = client.teams.create(TeamPayload(name="Base")).slug
    client.teams.add_member(slug, "ada")
    return slug


class Runs:
    """Runs of one stack on one machine, each with a plugin of its own, for one resource."""

    def __init__(self, kind: Kind, team: str, simulator: Simulator, folder: Path) -> None:
        self._provider, self._simulator = kind.provider, simulator
        self._config = {**config_of(simulator), "victorops:journal": str(folder / "journal")}
        self._plugin = Plugin(self._config)
        named = {"team": team} if "team" in kind.inputs else {}
        self.inputs = {**kind.inputs, **named, "__identity": "dev:0123456789abcdef"}
        self.changed = {**self.inputs, **kind.change}

    def create(self) -> Found:
        return self._plugin.create(self._provider, self._checked(self.inputs))

    def update(self, made: Found, inputs: dict[str, Any]) -> dict[str, Any]:
        return self._plugin.update(self._provider, made.id, made.properties, self._checked(inputs))

    def delete(self, made: Found) -> None:
        self._plugin.delete(self._provider, made.id, made.properties)

    def diff(self, made: Found, state: dict[str, Any], inputs: dict[str, Any]) -> Diffed:
        return self._plugin.diff(self._provider, made.id, state, self._checked(inputs))

    def read(self, made: Found) -> Found:
        return self._plugin.read(self._provider, made.id, made.properties)

    def calls(self) -> int:
        return int(self._simulator.requests()["total"])

    def cut_off(self) -> None:
        """What runs is killed, and another run begins."""
        self._plugin.kill()
        self._plugin = Plugin(self._config)

    def end(self) -> None:
        self._plugin.kill()

    def _checked(self, inputs: dict[str, Any]) -> dict[str, Any]:
        checked = self._plugin.check(self._provider, inputs, {})
        assert checked.failures == []
        return checked.inputs


@pytest.fixture
def runs_of(simulator: Simulator, team: str, tmp_path: Path) -> Iterator[Callable[[str], Runs]]:
    begun: list[Runs] = []

    def begin(name: str) -> Runs:
        begun.append(Runs(KINDS[name], team, simulator, tmp_path))
        return begun[-1]

    yield begin
    for runs in begun:
        runs.end()


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_that_was_cut_off_and_taken_back_is_undone(name: str, runs_of: Callable[[str], Runs]) -> None:
    runs = runs_of(name)
    made = runs.create()
    runs.update(made, runs.changed)
    runs.cut_off()
    assert runs.diff(made, made.properties, runs.inputs).changes
    runs.update(made, runs.inputs)
    runs.cut_off()
    found = runs.read(made)
    assert {key: found.properties.get(key) for key in runs.inputs} == {
        key: made.properties.get(key) for key in runs.inputs
    }
    assert runs.diff(made, made.properties, runs.inputs) == NOTHING


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_that_was_saved_costs_the_next_run_no_call(name: str, runs_of: Callable[[str], Runs]) -> None:
    runs = runs_of(name)
    made = runs.create()
    saved = runs.update(made, runs.changed)
    runs.cut_off()
    before = runs.calls()
    assert runs.diff(made, saved, runs.changed) == NOTHING
    assert runs.diff(made, saved, runs.inputs).changes
    assert runs.calls() == before


@pytest.mark.parametrize("verb", ["PUT", "DELETE"])
def test_what_was_never_done_costs_the_next_run_one_look(
    verb: str, runs_of: Callable[[str], Runs], simulator: Simulator
) -> None:
    runs = runs_of("team")
    made = runs.create()
    fault = {"operation": f"{verb} /api-public/v1/team/{{team}}", "kind": "status", "status": 503}
    simulator.put_faults([fault])
    with pytest.raises(PluginError):
        runs.update(made, runs.changed) if verb == "PUT" else runs.delete(made)
    simulator.put_faults([])
    for looks in (1, 0):
        runs.cut_off()
        before = runs.calls()
        assert runs.diff(made, made.properties, runs.inputs) == NOTHING
        assert runs.calls() == before + looks


@pytest.mark.parametrize("name", DELETED)
def test_a_deletion_that_was_cut_off_and_taken_back_makes_the_object_again(
    name: str, runs_of: Callable[[str], Runs]
) -> None:
    runs = runs_of(name)
    made = runs.create()
    runs.cut_off()
    runs.delete(made)
    runs.cut_off()
    assert runs.diff(made, made.properties, runs.inputs) == GONE
    runs.delete(made)
    again = runs.create()
    assert runs.diff(again, again.properties, runs.inputs) == NOTHING
    assert runs.read(again).id == again.id


def test_what_is_gone_by_the_time_of_the_update_is_refused(runs_of: Callable[[str], Runs]) -> None:
    runs = runs_of("team")
    made = runs.create()
    runs.delete(made)
    runs.cut_off()
    with pytest.raises(PluginError, match="isn't in the org any more"):
        runs.update(made, runs.inputs)


def test_what_everybody_has_is_changed_back_when_its_deletion_is_taken_back(runs_of: Callable[[str], Runs]) -> None:
    runs = runs_of("paging")
    made = runs.create()
    runs.cut_off()
    runs.delete(made)
    runs.cut_off()
    assert runs.diff(made, made.properties, runs.inputs) == Diffed(changes=True, replaces=[], deletes_first=False)
    runs.update(made, runs.inputs)
    assert runs.read(made).properties["steps"] == [{"timeout": 15, "rules": [{"type": "email"}]}]
