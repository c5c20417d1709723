"""The calls for a whole org, four at a time and in the order of what refers to what, as the engine does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reference_org import Item, Ref, reference_org, resolved
from pulumi_victorops import providers
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import UNKNOWN, Found, Plugin

API = "/api-public"


class Stack:
    """The org's resources and their state. Each operation has a plugin process of its own."""

    def __init__(self, simulator: Simulator, journal: Path) -> None:
        self._simulator = simulator
        self._config = {**config_of(simulator), "victorops:journal": str(journal)}
        self._items = {item.name: item for item in reference_org()}
        self._state: dict[str, Found] = {}

    def preview(self) -> list[str]:
        """What the service is asked."""
        return self._run(self._items, lambda plugin, item: self._checked(plugin, item))

    def create(self) -> list[str]:
        def work(plugin: Plugin, item: Item) -> None:
            self._state[item.name] = plugin.create(_provider(item), self._checked(plugin, item))

        return self._run(self._items, work)

    def update(self) -> list[str]:
        """A second `up`, for which nothing has changed."""

        def work(plugin: Plugin, item: Item) -> None:
            found = self._state[item.name]
            new = self._checked(plugin, item, found.properties)
            assert not plugin.diff(_provider(item), found.id, found.properties, new).changes, item.name

        return self._run(self._items, work)

    def refresh(self) -> list[str]:
        def work(plugin: Plugin, item: Item) -> None:
            found = self._state[item.name]
            read = plugin.read(_provider(item), found.id, found.properties)
            assert read.id == found.id
            self._state[item.name] = read

        # A refresh goes by no order.
        return self._run(self._items, work, needed=lambda _: set())

    def destroy(self) -> list[str]:
        users: dict[str, set[str]] = {name: set() for name in self._items}
        for item in self._items.values():
            for name in _needs(item):
                users[name].add(item.name)

        def work(plugin: Plugin, item: Item) -> None:
            found = self._state.pop(item.name)
            plugin.delete(_provider(item), found.id, found.properties)

        return self._run(self._items, work, needed=lambda item: users[item.name])

    def _checked(self, plugin: Plugin, item: Item, old: dict[str, Any] | None = None) -> dict[str, Any]:
        inputs = {**resolved(item.inputs, self._look), "__identity": f"dev:{item.name}"}
        checked = plugin.check(_provider(item), inputs, old or {})
        assert checked.failures == []
        return checked.inputs

    def _look(self, ref: Ref) -> Any:
        found = self._state.get(ref.of)
        if found is None:
            return UNKNOWN
        return found.id if ref.property == "id" else found.properties[ref.property]

    def _run(
        self,
        items: dict[str, Item],
        work: Callable[[Plugin, Item], object],
        needed: Callable[[Item], set[str]] | None = None,
    ) -> list[str]:
        before = self._simulator.requests()["total"]
        order = TopologicalSorter({item.name: (needed or _needs)(item) for item in items.values()})
        order.prepare()
        running: dict[Future[object], str] = {}
        with self._plugin() as plugin, ThreadPoolExecutor(4) as pool:
            while order.is_active():
                running |= {pool.submit(work, plugin, items[name]): name for name in order.get_ready()}
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
                    order.done(running.pop(future))
        requests = self._simulator.requests()["requests"][before:]
        return [f"{request['method']} {request['path']} {request['operation']}" for request in requests]

    @contextmanager
    def _plugin(self) -> Iterator[Plugin]:
        plugin = Plugin(self._config)
        try:
            yield plugin
        finally:
            plugin.stop()


def _provider(item: Item) -> type[Provider]:
    provider: type[Provider] = getattr(providers, item.kind)
    return provider


def _needs(item: Item) -> set[str]:
    found: set[str] = set()
    resolved(item.inputs, lambda ref: found.add(ref.of))
    return found


def by_operation(requests: list[str]) -> Counter[str]:
    return Counter(request.split(" ", 2)[2] for request in requests)


def reads(requests: list[str]) -> list[str]:
    return [request for request in requests if request.startswith("GET")]


@pytest.fixture
def stack(simulator: Simulator, tmp_path: Path) -> Stack:
    return Stack(simulator, tmp_path)


def test_a_whole_org_takes_as_few_calls_as_the_api_allows(stack: Stack) -> None:
    assert stack.preview() == []

    created = by_operation(stack.create())
    # Users who are made at the same time go in batches, each with a list of what was made.
    in_batches = created.pop(f"POST {API}/v1/user/batch", 0) + created.pop(f"GET {API}/v2/user", 0)
    assert created.pop(f"POST {API}/v1/user", 0) + in_batches <= 100
    assert created == {
        f"POST {API}/v1/team": 20,
        f"POST {API}/v1/team/{{team}}/members": 200,
        f"POST {API}/v1/teams/{{team}}/rotations": 20,
        # No other call tells a rotation's slug.
        f"GET {API}/v1/teams/{{team}}/rotations": 20,
        f"POST {API}/v1/policies": 30,
        f"POST {API}/v1/org/routing-keys": 40,
        f"POST {API}/v1/alertRules": 20,
        f"POST {API}/v1/user/{{user}}/contact-methods/phones": 100,
        f"POST {API}/v1/overrides": 10,
    }

    assert stack.preview() == []
    assert stack.update() == []

    refreshed = stack.refresh()
    assert by_operation(refreshed) == {
        f"GET {API}/v2/user": 1,
        f"GET {API}/v1/team": 1,
        f"GET {API}/v1/team/{{team}}/members": 20,
        f"GET {API}/v2/team/{{team}}/rotations": 20,
        f"GET {API}/v1/policies": 1,
        # The list has no steps.
        f"GET {API}/v1/policies/{{policy}}": 30,
        f"GET {API}/v1/org/routing-keys": 1,
        f"GET {API}/v1/alertRules": 1,
        f"GET {API}/v1/user/{{user}}/contact-methods": 100,
        f"GET {API}/v1/overrides": 1,
    }
    assert len(refreshed) == 1 + 1 + 20 + 20 + 1 + 30 + 1 + 1 + 100 + 1 == 176
    assert len(set(refreshed)) == 176
    assert stack.update() == []

    destroyed = stack.destroy()
    calls = by_operation(destroyed)
    # The steps of policies that aren't gone yet when somebody leaves their team, and of the org's own one.
    assert 1 <= calls.pop(f"GET {API}/v1/policies/{{policy}}", 0) <= 31
    assert calls == {
        f"DELETE {API}/v1/user/{{user}}": 100,
        f"DELETE {API}/v1/team/{{team}}": 20,
        f"DELETE {API}/v1/team/{{team}}/members/{{user}}": 200,
        f"DELETE {API}/v1/teams/{{team}}/rotations/{{groupId}}": 20,
        f"DELETE {API}/v1/policies/{{policy}}": 30,
        f"DELETE {API}/v1/alertRules/{{ruleId}}": 20,
        f"DELETE {API}/v1/user/{{user}}/contact-methods/phones/{{contactId}}": 100,
        f"DELETE {API}/v1/overrides/{{publicId}}": 10,
        # What the deletions look at first; the org has a team of its own.
        f"GET {API}/v1/org/routing-keys": 1,
        f"GET {API}/v1/policies": 1,
        f"GET {API}/v1/team": 1,
        f"GET {API}/v2/team/{{team}}/rotations": 21,
        f"GET {API}/v1/overrides": 1,
    }
    assert Counter(reads(destroyed)).most_common(1)[0][1] == 1
