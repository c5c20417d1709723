"""A stand-in for the engine that drives the real plugin over its protocol: one step after another, state on disk.

What it does in which order is the engine's own: replacements that delete first take along what would be replaced with
them, others are deleted at the end, what a program no longer has goes last, in the reverse order of its making.
"""

from __future__ import annotations

import atexit
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pulumi_victorops import providers
from pulumi_victorops.api import Settings
from pulumi_victorops.leftovers.finding import Finder
from pulumi_victorops.leftovers.leftover import Leftover, Outcome
from pulumi_victorops.leftovers.removal import remove
from pulumi_victorops.lifecycle.journal import Journal
from pulumi_victorops.lifecycle.org import Org
from tools.chaos.faults import Service
from tools.chaos.nursery import Nursery, WarmPlugin
from tools.chaos.programs import Program, in_order, references
from tools.plugin import UNKNOWN, Plugin, PluginError


@cache
def _nursery() -> Nursery:
    nursery = Nursery()
    atexit.register(nursery.close)
    return nursery


class KilledError(Exception):
    """The engine is dead."""


class ProtocolStack:
    """A stack whose state is a file."""

    kills: tuple[str, ...] = ("plugin in a call", "engine after an answer, before the state is saved")

    def __init__(self, folder: Path, service: Service, config: Mapping[str, str]) -> None:
        self._folder = folder
        self._file = folder / "state.json"
        self._service = service
        self._journals = folder / "journals"
        self._config = {
            "victorops:journal": str(self._journals),
            "victorops:baseUrl": service.url,
            "victorops:apiId": service.api_id,
            "victorops:apiKey": service.api_key,
            **config,
        }
        self._state: list[dict[str, Any]] = []
        self._plugin: Plugin | None = None
        self._steps_to_live = 0

    def kill_plugin(self) -> None:
        """Kill the plugin that runs."""
        if self._plugin is not None:
            self._plugin.kill_now()

    def arm(self, kind: str, at: int, *, answered: bool) -> None:
        """Have something killed during the next operation, at so many calls or steps."""
        if kind == self.kills[0]:
            self._service.kill_at(at, answered=answered, kill=self.kill_plugin)
        else:
            self._steps_to_live = 1 + at // 4

    def up(self, program: Program) -> str:
        """Bring a program up; returns what went wrong, or nothing."""
        return self._operation(lambda plugin: _Update(self, plugin, program).run())

    def destroy(self) -> str:
        """Take everything down."""
        return self.up({})

    def refresh(self) -> str:
        """Look at everything."""
        return self._operation(self._look)

    def clear(self) -> str:
        """Delete what interrupted runs have left; returns what went wrong, or nothing."""
        known = json.loads(self._file.read_text()) if self._file.exists() else []
        settings = Settings.load(self._config.get, {})
        org = Org(settings)
        try:
            outcomes = [
                outcome for file in self._journals.glob("*.sqlite") for outcome in _cleared(Journal(file), org, known)
            ]
        finally:
            org.client.close()
        self._service.cleared += sum(one.outcome == Outcome.DELETED for one in outcomes)
        return "; ".join(str(one) for one in outcomes if one.outcome != Outcome.DELETED)

    def _look(self, plugin: Plugin) -> None:
        for one in list(self._state):
            if one["recreate"]:
                continue
            found = plugin.read(one_provider(one), one["id"], one["properties"])
            if found.id:
                one.update(properties=found.properties, inputs=found.inputs)
            else:
                self._state.remove(one)
            self.save()

    def _operation(self, run: Any) -> str:
        self._state = json.loads(self._file.read_text()) if self._file.exists() else []
        home = str(self._folder / "home")
        self._plugin = plugin = WarmPlugin(_nursery(), self._config, PULUMI_HOME=home, XDG_STATE_HOME=home)
        try:
            run(plugin)
        except PluginError as error:
            return str(error)
        except KilledError:
            return "the engine was killed"
        finally:
            self._plugin = None
            self._steps_to_live = 0
            plugin.stop()
        return ""

    @property
    def state(self) -> list[dict[str, Any]]:
        """What the engine knows of, in the order of its making."""
        return self._state

    def save(self) -> None:
        """Write the state, unless this is the moment to die."""
        if self._steps_to_live:
            self._steps_to_live -= 1
            if not self._steps_to_live:
                self._service.kills[self.kills[1]] += 1
                raise KilledError
        self._state[:] = _needed_first(self._state)
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps(self._state))
        draft.replace(self._file)


def _cleared(journal: Journal, org: Org, known: Sequence[Mapping[str, Any]]) -> list[Leftover]:
    """What the command does, behind the engine's back."""
    try:
        objects = {(org.key, one["kind"], one["id"]) for one in known}
        found = Finder(journal, {org.key: [(None, org)]}, objects, {}).find()
        for one in found.gone:
            journal.drop(one.number)
        return remove(found.leftovers, lambda _: org, journal)
    finally:
        journal.close()


def _needed_first(state: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, each behind those that it needs, and otherwise in its place."""
    done: list[dict[str, Any]] = []

    def visit(one: dict[str, Any]) -> None:
        if any(one is other for other in done):
            return
        needed = {name for names in one["needs"].values() for name in names}
        for other in state:
            if other["name"] in needed:
                visit(other)
        done.append(one)

    for one in state:
        visit(one)
    return done


def one_provider(one: Mapping[str, Any]) -> Any:
    """The provider of an object in the state."""
    return getattr(providers, one["kind"])


class _Update:
    """One `up`."""

    def __init__(self, stack: ProtocolStack, plugin: Plugin, program: Program) -> None:
        self._stack = stack
        self._plugin = plugin
        self._program = program

    def run(self) -> None:
        """Bring each resource up in turn, then delete what is left over."""
        for name in in_order(self._program):
            self._bring(name, self._program[name])
        going = [one for one in reversed(self._stack.state) if one["name"] not in self._program or one["leaves"]]
        refused = [one for one in going if not self._is_deleted(one)]
        # The engine deletes several at a time, and what waits for another may be done once that has gone.
        for one in refused:
            self._delete(one)

    def _bring(self, name: str, resource: Mapping[str, Any]) -> None:
        provider = one_provider(resource)
        old = self._known(name)
        if old is not None and old["recreate"]:
            self._stack.state.remove(old)
            old = None
        given = {"__identity": f"chaos:{name}", **self._resolved(resource["inputs"])}
        checked = self._checked(provider, given, old["inputs"] if old else {})
        if old is None:
            self._create(name, resource, checked)
            return
        found = self._plugin.diff(provider, old["id"], old["properties"], checked)
        needs = {key: sorted(set(references(value))) for key, value in resource["inputs"].items()}
        if not found.changes:
            old.update(inputs=checked, needs=needs)
        elif not found.replaces:
            properties = self._plugin.update(provider, old["id"], old["properties"], checked)
            old.update(properties=properties, inputs=checked, needs=needs)
        else:
            if found.deletes_first:
                self._delete_with_dependents(old)
            else:
                old["leaves"] = True
            self._create(name, resource, self._checked(provider, given, {}))
            return
        self._stack.save()

    def _create(self, name: str, resource: Mapping[str, Any], inputs: dict[str, Any]) -> None:
        made = self._plugin.create(one_provider(resource), inputs)
        self._stack.state[:] = [one for one in self._stack.state if one["name"] != name or not one["recreate"]]
        needs = {key: sorted(set(references(value))) for key, value in resource["inputs"].items()}
        flags = {"leaves": False, "recreate": False}
        known = {"id": made.id, "properties": made.properties, "inputs": inputs, "needs": needs}
        self._stack.state.append({"name": name, "kind": resource["kind"], **known, **flags})
        self._stack.save()

    def _delete_with_dependents(self, old: dict[str, Any]) -> None:
        """Delete what has to go first, and before it whatever would be replaced with it."""
        going, replaced = [old], {old["name"]}
        for one in self._stack.state[self._stack.state.index(old) + 1 :]:
            unknown = {key: UNKNOWN for key, needs in one["needs"].items() if replaced & set(needs)}
            if not unknown:
                continue
            if one["recreate"]:
                # The engine deletes again what an update that was cut off had deleted already.
                going.append(one)
                replaced.add(one["name"])
                continue
            found = self._plugin.diff(one_provider(one), one["id"], one["properties"], {**one["inputs"], **unknown})
            if found.replaces:
                # Also one that an update which was cut off has left to be deleted: it may name what goes.
                going.append(one)
                replaced.add(one["name"])
        for one in reversed(going):
            self._plugin.delete(one_provider(one), one["id"], one["properties"])
            if one["leaves"]:
                self._stack.state.remove(one)
            one["recreate"] = True
            self._stack.save()

    def _is_deleted(self, one: dict[str, Any]) -> bool:
        try:
            self._delete(one)
        except PluginError as error:
            if "while nobody takes over" in str(error):
                return False
            raise
        return True

    def _delete(self, one: dict[str, Any]) -> None:
        if not one["recreate"]:
            self._plugin.delete(one_provider(one), one["id"], one["properties"])
        self._stack.state.remove(one)
        self._stack.save()

    def _checked(self, provider: Any, given: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
        checked = self._plugin.check(provider, given, old)
        if checked.failures:
            raise PluginError(f"{provider.__name__}: {checked.failures}")
        return checked.inputs

    def _known(self, name: str) -> dict[str, Any] | None:
        return next((one for one in self._stack.state if one["name"] == name and not one["leaves"]), None)

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._resolved(item) for item in value]
        if isinstance(value, dict):
            if "of" in value:
                known = self._known(value["of"])
                assert known is not None
                return known["properties"].get(value["take"], known["id"])
            return {name: self._resolved(item) for name, item in value.items()}
        return value
