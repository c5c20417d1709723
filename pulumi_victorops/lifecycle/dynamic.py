"""A handler as one of Pulumi's dynamic resource providers.

Programs import this module, so it imports nothing that only the engine's plugin process needs.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.output import UNKNOWN as PULUMI_UNKNOWN
from pulumi.output import Unknown as PulumiUnknown

from pulumi_victorops.lifecycle import cancelling

if TYPE_CHECKING:
    from pulumi.dynamic import Config

    from pulumi_victorops.api.settings import Settings
    from pulumi_victorops.lifecycle.cycle import Cycle, Snapshot
    from pulumi_victorops.lifecycle.org import Org

_PROVIDER = "__provider"


class Provider(ResourceProvider):
    """What the engine calls. One subclass for each kind of resource, all of them in `pulumi_victorops.providers`.

    An instance has no state until `configure` is called in the plugin process, and so is pickled as a reference
    to its class: a few bytes in each resource's state, the same from release to release.
    """

    serialize_as_secret_always = False
    handler: ClassVar[str]

    _config: Config | None = None
    _cycle_made: Cycle[Any] | None = None
    _settings_read: dict[str | None, Settings] | None = None

    def __init_subclass__(cls, *, handler: str = "") -> None:
        """Name the handler as `module:Class`; it's imported when the engine first needs it."""
        cls.handler = handler

    def configure(self, req: ConfigureRequest) -> None:
        """Called once in each plugin process. Problems are reported by the first call that needs the settings."""
        from pulumi_victorops.lifecycle.engine_log import show_in_the_engine
        from pulumi_victorops.lifecycle.outliving import end_with_the_engine

        self._config = req.config
        cancelling.listen()
        _show_messages_without_tracebacks()
        show_in_the_engine(sys.argv)
        end_with_the_engine(sys.argv)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Called at preview and at update: the inputs with defaults filled in, and all that is wrong with them."""
        from pulumi_victorops.api.errors import ConfigurationError

        old, new = _from_engine(_olds), _from_engine(news)
        try:
            org = self._org(new)
            # What is made again in another org has no past there.
            before = old if old and self._is_in(org, old) else {}
        except ConfigurationError as error:
            path = "profile" if "profile" in {*old, *new} else ""
            return CheckResult(_for_engine(new), [CheckFailure(path, str(error))])
        inputs, failures = self._cycle().check(org, before, new)
        if org.settings.audit and not old and not failures:
            self._cycle().audit_new(org, inputs)
        return CheckResult(_for_engine(inputs), [CheckFailure(one.path, one.reason) for one in failures])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Called at preview and at update, with the state and the checked inputs."""
        old, new = _from_engine(_olds), _from_engine(_news)
        org = self._org(new)
        moves = not self._is_in(org, old)
        org = self._org(old) if moves else org
        difference = self._cycle().diff(org, _id, old, new, moves=moves)
        if org.settings.audit:
            self._cycle().audit(org, _id, old, new, difference)
        return DiffResult(
            changes=bool(difference.changed),
            replaces=difference.replaces,
            delete_before_replace=difference.deletes_first,
        )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Called at update only."""
        new = _from_engine(props)
        made = self._cycle().create(self._org(new), new)
        return CreateResult(made.id, made.properties)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Called at refresh, and to look up an object that the program only uses."""
        from pulumi_victorops.api.errors import NotFoundError
        from pulumi_victorops.lifecycle.meta import split

        state = _from_engine(props)
        found: Snapshot | None = self._cycle().read(self._org(state), id_, state)
        _, known = split(state)
        if found is None and not known:
            # A look-up knows nothing of the object. The engine would take an empty answer for one.
            raise NotFoundError(f"there is no {type(self).__name__} with the id {id_[:80]!r}")
        if found is None:
            return ReadResult("", {}, None)
        return ReadResult(found.id, found.properties, found.inputs)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Called at update, when `diff` found a change that doesn't replace the object."""
        new = _from_engine(_news)
        changed = self._cycle().update(self._org(new), _id, _from_engine(_olds), new)
        return UpdateResult(changed.properties)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Called when the object leaves the program, and for the old one when it's replaced."""
        state = _from_engine(_props)
        self._cycle().delete(self._org(state), _id, state)

    def _cycle(self) -> Cycle[Any]:
        if self._cycle_made is None:
            from pulumi_victorops.lifecycle.cycle import Cycle

            module, _, name = self.handler.partition(":")
            self._cycle_made = Cycle(getattr(importlib.import_module(module), name)())
        return self._cycle_made

    def _org(self, properties: Mapping[str, Any]) -> Org:
        """The org that a resource is in."""
        from pulumi_victorops.lifecycle.org import org_for

        return org_for(self._settings(properties))

    def _is_in(self, org: Org, properties: Mapping[str, Any]) -> bool:
        from pulumi_victorops.lifecycle.meta import Meta

        same_profile = Meta.of(properties).profile == org.settings.profile
        return same_profile or org.is_of(self._settings(properties))

    def _settings(self, properties: Mapping[str, Any]) -> Settings:
        from pulumi_victorops.api.profiles import settings_for
        from pulumi_victorops.lifecycle.meta import Meta

        if self._settings_read is None:
            self._settings_read = {}
        profile = Meta.of(properties).profile
        if profile not in self._settings_read:
            # They stay the same as long as the process lives, and are wanted by each call.
            config = self._config
            self._settings_read[profile] = settings_for(config.get if config else lambda _: None, os.environ, profile)
        return self._settings_read[profile]


def _from_engine(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties as the life cycle knows them: no provider among them, and our own sign for the unknown."""
    from pulumi_victorops.lifecycle.unknown import UNKNOWN

    return {name: _exchanged(value, PulumiUnknown, UNKNOWN) for name, value in properties.items() if name != _PROVIDER}


def _for_engine(properties: Mapping[str, Any]) -> dict[str, Any]:
    from pulumi_victorops.lifecycle.unknown import Unknown

    return {name: _exchanged(value, Unknown, PULUMI_UNKNOWN) for name, value in properties.items()}


def _exchanged(value: Any, sign: type[Any], other: object) -> Any:
    """The same tree with `other` wherever a `sign` stands."""
    if isinstance(value, dict):
        return {name: _exchanged(item, sign, other) for name, item in value.items()}
    if isinstance(value, list):
        return [_exchanged(item, sign, other) for item in value]
    return other if isinstance(value, sign) else value


class _Tracebacks:
    """Stands in for the `traceback` module in the plugin's own module."""

    @staticmethod
    def format_exc() -> str:
        from pulumi_victorops.api.errors import VictorOpsError

        error = sys.exc_info()[1]
        return str(error) if isinstance(error, VictorOpsError) else traceback.format_exc()


def _show_messages_without_tracebacks() -> None:
    """Make the plugin report our errors by their message.

    It reports every exception by its traceback, which buries the one line that a person needs. Other exceptions
    keep theirs, and where the plugin is built differently nothing happens.
    """
    plugin = sys.modules.get("__main__")
    if hasattr(plugin, "DynamicResourceProviderServicer") and getattr(plugin, "traceback", None) is traceback:
        plugin.traceback = _Tracebacks  # type: ignore[union-attr]  # a module has no declared attributes
