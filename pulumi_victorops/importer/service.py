"""The objects as the service has them: read by the code that a refresh runs, and described as a program would."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi.dynamic import CheckResult, Config, ConfigureRequest

from pulumi_victorops.api import VictorOpsError
from pulumi_victorops.api.errors import InvalidArgumentError, NotFoundError
from pulumi_victorops.api.profiles import settings_for
from pulumi_victorops.handlers.contact import DEFAULT_LABEL
from pulumi_victorops.importer.errors import UnfitError
from pulumi_victorops.lifecycle.comparison import changed_properties
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.lifecycle.org import Org, org_for
from pulumi_victorops.stack.errors import MisuseError, NotDoneError
from pulumi_victorops.stack.kinds import Kind


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for.

    Attributes:
        kind: what it is.
        id: which.
        name: what the resource is to be called; None for a name made of the object's own.
        place: where it was asked for, such as `people.csv:3`; empty for the command line.
    """

    kind: Kind
    id: str
    name: str | None = None
    place: str = ""

    def __str__(self) -> str:
        """As a message names it."""
        return f"{f'{self.place}: ' if self.place else ''}{self.kind.spelling} {self.id!r}"


@dataclass(frozen=True)
class Found:
    """An object, as a program and as the state would have it.

    Attributes:
        wanted: what it was asked for as.
        id: its id, as the service spells it.
        given: what a program has to give, and no more.
        inputs: the same, with what the provider fills in.
        outputs: the inputs, and what the service decides.
    """

    wanted: Wanted
    id: str
    given: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.wanted.kind


class Service:
    """The service that a stack's configuration names, for the stack itself or for one of its profiles."""

    def __init__(self, config: Mapping[str, str], project: str, profile: str | None = None) -> None:
        self._beside = {} if profile is None else {"profile": profile}
        try:
            self._settings = settings_for(config.get, os.environ, profile)
        except VictorOpsError as error:
            raise NotDoneError(str(error)) from None
        self._config = ConfigureRequest(Config(dict(config), project))

    @property
    def org(self) -> Org:
        """The org, with the lists that have been read of it."""
        return org_for(self._settings)

    def find(self, wanted: Wanted) -> Found:
        """Read an object. Makes the calls of a look-up, none of which writes.

        Raises:
            MisuseError: the id hasn't the form of one.
            UnfitError: no program can describe the object.
            NotDoneError: it isn't there, or can't be read.
        """
        provider = wanted.kind.provider()
        provider.configure(self._config)
        try:
            read = provider.read(wanted.id, self._beside)
            live = {name: value for name, value in (read.inputs or {}).items() if name in wanted.kind.parameters}
            if wanted.kind.name == "PagingPolicy":
                live = self._with_default_address(live)
        except InvalidArgumentError as error:
            raise MisuseError(f"{wanted}: {error}") from None
        except NotFoundError as error:
            raise NotDoneError(f"{wanted}: {error} (ids are of the form {wanted.kind.id_form})") from None
        except VictorOpsError as error:
            raise NotDoneError(f"{wanted}: {error}") from None
        given = self._as_given(wanted, provider, live)
        inputs = provider.check({}, given).inputs
        decided = {name: value for name, value in (read.outs or {}).items() if name not in wanted.kind.parameters}
        return Found(wanted, read.id or wanted.id, given, inputs, {**decided, **inputs})

    def _as_given(self, wanted: Wanted, provider: Provider, live: dict[str, Any]) -> dict[str, Any]:
        """What a program has to say for its object to be as the live one is."""

        def checked(given: dict[str, Any]) -> CheckResult:
            return provider.check({}, given)

        def means_the_same(given: dict[str, Any]) -> bool:
            result = checked(given)
            # What the service doesn't tell can't differ.
            state = {**given, **live}
            return not result.failures and not changed_properties(wanted.kind.model, state, result.inputs)

        for failure in checked(live).failures or []:
            path = f"{failure.property}: " if failure.property else ""
            raise UnfitError(f"{wanted}: no program can manage it: {path}{failure.reason}")
        given = self._without_suffix(wanted.kind, live, means_the_same)
        if not means_the_same(given):
            raise UnfitError(f"{wanted}: no program can manage it: it would be changed at once")
        for name, required in wanted.kind.parameters.items():
            fewer = {one: value for one, value in given.items() if one != name}
            if not required and name in given and name not in self._beside and means_the_same(fewer):
                given = fewer
        return given

    def _without_suffix(self, kind: Kind, live: dict[str, Any], means_the_same: Any) -> dict[str, Any]:
        """The names without the stack's suffix, which the provider puts behind them again."""
        suffix = self._settings.name_suffix
        if not suffix or "name_suffix" not in kind.parameters:
            return live
        for name, value in live.items():
            if isinstance(value, str) and value.endswith(suffix):
                shorter = {**live, name: value.removesuffix(suffix)}
                if means_the_same(shorter):
                    return shorter
        return live if means_the_same(live) else {**live, "name_suffix": ""}

    def _with_default_address(self, live: dict[str, Any]) -> dict[str, Any]:
        """A paging policy whose rules name the address that comes with the user as a program does: not at all."""
        emails = self.org.directory.contacts(live["username"]).emails
        default = next((one.id for one in emails if one.label == DEFAULT_LABEL), None)

        def rule(rule: dict[str, Any]) -> dict[str, Any]:
            is_default = rule["type"] == "email" and rule.get("contact_id") == default
            return {"type": "email"} if is_default else rule

        return {
            **live,
            "steps": [{**step, "rules": [rule(one) for one in step["rules"]]} for step in live["steps"]],
        }
