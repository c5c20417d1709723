"""Counting calls: each resource is made, read, changed and deleted through the engine's protocol, and that is counted.

As with the engine, each operation is a plugin process of its own, so that nothing is known from the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.simulator import Simulator
from tools.calls.samples import Inputs, Sample, samples
from tools.plugin import Found, Plugin

Calls = dict[str, int]
"""How often each operation is called."""


@dataclass
class Life:
    """The calls in the life of one kind of resource; `update` is None where every change makes a new object."""

    create: Calls = field(default_factory=dict)
    read: Calls = field(default_factory=dict)
    read_of_another: Calls = field(default_factory=dict)
    update: Calls | None = None
    delete: Calls = field(default_factory=dict)


def measured() -> dict[str, Life]:
    """The life of each kind of resource, by its name."""
    with Simulator(seed="empty", random_seed=1) as simulator:
        client = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
        given = samples(simulator, client)
        client.close()
        return _Measurement(simulator, given).run()


class _Measurement:
    def __init__(self, simulator: Simulator, given: dict[str, Sample]) -> None:
        self._simulator = simulator
        self._given = given
        self._lives = {name: Life() for name in given}
        self._first: dict[str, Found] = {}
        self._second: dict[str, Found] = {}

    def run(self) -> dict[str, Life]:
        with self._plugin() as plugin:
            for name, sample in self._given.items():
                self._lives[name].create, self._first[name] = self._counted(_create, plugin, name, sample.first)
        with self._plugin() as plugin:
            for name, sample in self._given.items():
                self._second[name] = _create(plugin, name, sample.second)
        with self._plugin() as plugin:
            for name, life in self._lives.items():
                life.read, _ = self._counted(_read, plugin, name, self._first[name])
                life.read_of_another, _ = self._counted(_read, plugin, name, self._second[name])
        with self._plugin() as plugin:
            for name, sample in self._given.items():
                calls, changed = self._counted(_update, plugin, name, self._first[name], sample)
                self._lives[name].update = calls if changed else None
        with self._plugin() as plugin:
            for name, life in self._lives.items():
                life.delete, _ = self._counted(_delete, plugin, name, self._first[name])
        return self._lives

    @contextmanager
    def _plugin(self) -> Iterator[Plugin]:
        simulator = self._simulator
        plugin = Plugin(
            {
                "victorops:baseUrl": simulator.url,
                "victorops:apiId": simulator.api_id,
                "victorops:apiKey": simulator.api_key,
                "victorops:rateLimit": "off",
            }
        )
        try:
            yield plugin
        finally:
            plugin.stop()

    def _counted(self, do: Callable[..., Any], *arguments: Any) -> tuple[Calls, Any]:
        before = self._simulator.requests()["by_operation"]
        answer = do(*arguments)
        after = self._simulator.requests()["by_operation"]
        return {name: n - before.get(name, 0) for name, n in after.items() if n > before.get(name, 0)}, answer


def _provider(name: str) -> Any:
    return getattr(providers, name)


def _checked(plugin: Plugin, name: str, inputs: Inputs, old: Inputs) -> Inputs:
    checked = plugin.check(_provider(name), inputs, old)
    if checked.failures:
        raise ValueError(f"{name}: {checked.failures}")
    return checked.inputs


def _create(plugin: Plugin, name: str, inputs: Inputs) -> Found:
    return plugin.create(_provider(name), _checked(plugin, name, inputs, {}))


def _read(plugin: Plugin, name: str, found: Found) -> None:
    if not plugin.read(_provider(name), found.id, found.properties).id:
        raise ValueError(f"{name}: it is gone")


def _update(plugin: Plugin, name: str, found: Found, sample: Sample) -> bool:
    """Change it in place, or say that it would be replaced."""
    new = _checked(plugin, name, {**sample.first, **sample.change}, found.properties)
    diff = plugin.diff(_provider(name), found.id, found.properties, new)
    if diff.replaces:
        return False
    plugin.update(_provider(name), found.id, found.properties, new)
    return True


def _delete(plugin: Plugin, name: str, found: Found) -> None:
    plugin.delete(_provider(name), found.id, found.properties)
