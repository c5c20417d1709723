"""The engine's protocol without the engine: what the plugin alone takes, also for more than the engine does quickly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from pulumi.dynamic import ResourceProvider

from benchmarks.echo import EchoProvider
from benchmarks.processes import cpu_seconds, peak_mib
from benchmarks.reference_org import Item, Ref, Size, reference_org, resolved
from pulumi_victorops import providers
from pulumi_victorops.simulator import Simulator
from tools.plugin import Found, Plugin

THREADS = 4
"""So many calls of the engine does the plugin serve at a time."""


@dataclass(frozen=True)
class Took:
    """What one operation took in the plugin's process."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


class Stack(AbstractContextManager["Stack"]):
    """The reference org at some size, and what the engine would keep of it."""

    def __init__(self, resources: int, simulator: Simulator, *, echo: bool = False) -> None:
        self._items = reference_org(Size.of(resources))
        self._found: dict[str, Found] = {}
        self._echo = echo
        self._home = TemporaryDirectory(prefix="bench-")
        self._config = {
            "victorops:baseUrl": simulator.url,
            "victorops:apiId": simulator.api_id,
            "victorops:apiKey": simulator.api_key,
            "victorops:rateLimit": "off",
            "victorops:journal": str(Path(self._home.name) / "journal"),
        }

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._home.cleanup()

    @property
    def resources(self) -> int:
        """How many there are."""
        return len(self._items)

    def create(self) -> Took:
        """Check and make everything."""
        return self._operation(self._items, self._create)

    def unchanged(self) -> Took:
        """Check and compare everything, and find it as it is."""
        return self._operation(self._items, self._compare)

    def refresh(self) -> Took:
        """Read everything."""
        return self._operation(self._items, self._read)

    def delete(self) -> Took:
        """Take everything away, the last first."""
        return self._operation(list(reversed(self._items)), self._delete)

    def _operation(self, items: list[Item], do: Callable[[Plugin, Item], None]) -> Took:
        """A plugin process of its own, as the engine starts one. Kinds wait for each other, as references make them."""
        plugin = Plugin(self._config)
        try:
            began = time.monotonic()
            with ThreadPoolExecutor(THREADS) as threads:
                for _, alike in groupby(items, key=lambda item: item.kind):
                    _all(threads.map(lambda item: do(plugin, item), alike))
            return Took(time.monotonic() - began, cpu_seconds(plugin.pid), peak_mib(plugin.pid))
        finally:
            plugin.stop()

    def _create(self, plugin: Plugin, item: Item) -> None:
        self._found[item.name] = plugin.create(self._provider(item), self._checked(plugin, item))

    def _compare(self, plugin: Plugin, item: Item) -> None:
        found = self._found[item.name]
        diff = plugin.diff(self._provider(item), found.id, found.properties, self._checked(plugin, item))
        if diff.changes:
            raise ValueError(f"{item.name} isn't as it was made")

    def _read(self, plugin: Plugin, item: Item) -> None:
        found = self._found[item.name]
        if plugin.read(self._provider(item), found.id, found.properties).id != found.id:
            raise ValueError(f"{item.name} is gone")

    def _delete(self, plugin: Plugin, item: Item) -> None:
        found = self._found[item.name]
        plugin.delete(self._provider(item), found.id, found.properties)

    def _checked(self, plugin: Plugin, item: Item) -> dict[str, Any]:
        inputs = resolved(item.inputs, self._look) | {"__identity": f"bench:{item.name}"}
        checked = plugin.check(self._provider(item), inputs)
        if checked.failures:
            raise ValueError(f"{item.name}: {checked.failures}")
        return checked.inputs

    def _look(self, ref: Ref) -> Any:
        found = self._found[ref.of]
        return found.id if ref.property == "id" else found.properties[ref.property]

    def _provider(self, item: Item) -> type[ResourceProvider]:
        return EchoProvider if self._echo else getattr(providers, item.kind)


def _all(results: Iterable[None]) -> None:
    """Have everything done, and raise what went wrong."""
    for _ in results:
        pass
