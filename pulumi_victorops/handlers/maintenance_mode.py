"""Maintenance modes: alerts of some routing keys, or of all, page nobody for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Annotated, Any

from pydantic import AfterValidator, model_validator
from typing_extensions import Self

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.errors import UnexpectedResponseError
from pulumi_victorops.api.maintenance import MaintenanceInstance, MaintenanceState
from pulumi_victorops.handlers.forms import Text, check_routing_key
from pulumi_victorops.handlers.moments import from_milliseconds
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import CASELESS, REPLACES, UNORDERED, Input, Inputs, known
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import shown


def _some_each_once(routing_keys: list[str]) -> list[str]:
    if not routing_keys:
        # The service takes an empty list for the whole org, which is too easily said by accident.
        raise ValueError(
            "must name at least one routing key; to mute the whole org, set all_routing_keys=True and leave this out"
        )
    seen: set[str] = set()
    for name in known(routing_keys):
        if name.casefold() in seen:
            raise ValueError(f"{shown(name)} stands here twice")
        seen.add(name.casefold())
    return routing_keys


_RoutingKeys = Annotated[
    list[Input[Annotated[str, AfterValidator(check_routing_key)]]], AfterValidator(_some_each_once)
]


class MaintenanceModeInputs(Inputs):
    """What the program says of a maintenance mode. The API can't change one."""

    routing_keys: Annotated[Input[_RoutingKeys | None], REPLACES, UNORDERED, CASELESS] = None
    all_routing_keys: Annotated[Input[bool], REPLACES] = False
    purpose: Annotated[Input[Text], REPLACES] = ""

    @model_validator(mode="after")
    def _mutes_some_or_all(self) -> Self:
        if self.routing_keys is None and self.all_routing_keys is False:
            raise ValueError("name routing_keys, or set all_routing_keys=True to mute the whole org")
        if isinstance(self.routing_keys, list) and self.all_routing_keys is True:
            raise ValueError("routing_keys and all_routing_keys=True exclude each other: leave one out")
        return self


class MaintenanceModeHandler(Handler[MaintenanceModeInputs]):
    """The service's instance id is the id."""

    model = MaintenanceModeInputs
    unique_by = ("routing_keys", "all_routing_keys")

    def create(self, org: Org, inputs: MaintenanceModeInputs) -> Live:
        """One call."""
        try:
            state = org.client.maintenance.start(routing_keys=inputs.routing_keys or [], purpose=inputs.purpose or None)
        finally:
            org.directory.maintenance_changed()
        return _live(_started(state, inputs), {})

    def candidates(self, org: Org, inputs: MaintenanceModeInputs) -> Iterable[str]:
        """Those that mute the same keys."""
        return [one.instance_id for one in _alike(org.directory.maintenance().values(), inputs)]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all maintenance modes of the org."""
        instance = org.directory.maintenance().get(object_id)
        return _live(instance, known) if instance else None

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call."""
        with removing(org):
            org.client.maintenance.end(object_id)
        org.directory.maintenance_changed()

    def deletes_first(self, org: Org, object_id: str, known: Mapping[str, Any], changed: Set[str]) -> bool:
        """The whole org can be muted once only, and where nothing but the purpose changes, that may be the case."""
        return changed == {"purpose"}


def _started(state: MaintenanceState, inputs: MaintenanceModeInputs) -> MaintenanceInstance:
    """The newest of those that are as wanted, since the answer holds all that are active."""
    alike = [one for one in _alike(state.active_instances, inputs) if one.purpose in {None, inputs.purpose}]
    if not alike:
        raise UnexpectedResponseError(
            f"{op.START_MAINTENANCE_MODE}: unexpected answer: the new maintenance mode is not in it",
            operation=op.START_MAINTENANCE_MODE,
            status=200,
        )
    # The last of those that began in one millisecond.
    return max(reversed(alike), key=lambda one: one.started_at if isinstance(one.started_at, int) else 0)


def _alike(active: Iterable[MaintenanceInstance], inputs: MaintenanceModeInputs) -> list[MaintenanceInstance]:
    wanted = _caseless(inputs.routing_keys or [])
    return [
        one
        for one in active
        if one.is_global is inputs.all_routing_keys and (one.is_global or _caseless(_keys(one)) == wanted)
    ]


def _keys(instance: MaintenanceInstance) -> list[str]:
    return [name for target in instance.targets for name in target.names]


def _caseless(names: list[str]) -> set[str]:
    return {name.casefold() for name in names}


def _live(instance: MaintenanceInstance, known: Mapping[str, Any]) -> Live:
    at = instance.started_at
    # An empty list takes the place of names that are there no more; None would leave them in the state.
    none: list[str] | None = [] if known.get("routing_keys") else None
    return Live(
        id=instance.instance_id,
        inputs={
            "routing_keys": none if instance.is_global else _keys(instance),
            "all_routing_keys": instance.is_global,
            "purpose": instance.purpose,
        },
        outputs={
            "started_at": at if at is None or isinstance(at, str) else from_milliseconds(at),
            "started_by": instance.started_by,
        },
    )
