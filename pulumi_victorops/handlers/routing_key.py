"""Routing keys: which alerts lead to which escalation policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from typing import Annotated, Any

from pydantic import AfterValidator

from pulumi_victorops.api.errors import ConflictError, NotFoundError, VictorOpsError
from pulumi_victorops.api.extended import RoutingKeyChange
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.handlers.consequences import policies_that_keep
from pulumi_victorops.handlers.forms import NameSuffix, PolicySlug, check_routing_key
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import (
    REPLACES,
    REPLACES_UNLESS_EXTENDED,
    SUFFIXED,
    UNORDERED,
    Input,
    Inputs,
    known,
)
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.telling import TOLD
from pulumi_victorops.lifecycle.unknown import has_unknown
from pulumi_victorops.lifecycle.validation import Failure, shown


def _check_targets(targets: list[str]) -> list[str]:
    if not targets:
        raise ValueError("must name at least one escalation policy, or alerts with this key page nobody")
    seen: set[str] = set()
    for target in known(targets):
        if target in seen:
            raise ValueError(f"{shown(target)} stands here twice")
        seen.add(target)
    return targets


class RoutingKeyInputs(Inputs):
    """What the program says of a routing key. The documented calls can't change one."""

    routing_key: Annotated[Input[Annotated[str, AfterValidator(check_routing_key)]], REPLACES, SUFFIXED]
    targets: Annotated[
        Input[Annotated[list[Input[PolicySlug]], AfterValidator(_check_targets)]], REPLACES_UNLESS_EXTENDED, UNORDERED
    ]
    name_suffix: NameSuffix = None


class RoutingKeyHandler(Handler[RoutingKeyInputs]):
    """The key is its own id."""

    model = RoutingKeyInputs
    unique_by = ("routing_key",)

    def create(self, org: Org, inputs: RoutingKeyInputs) -> Live:
        """One call."""
        payload = RoutingKeyPayload(routing_key=inputs.routing_key, targets=inputs.targets)
        made = org.client.routing_keys.create(payload)
        org.directory.routing_key_told(made.routing_key, inputs.targets)
        org.key_paths.led(made.routing_key, inputs.targets)
        return Live(id=made.routing_key, inputs=made.model_dump(include={"routing_key", "targets"}))

    def candidates(self, org: Org, inputs: RoutingKeyInputs) -> Iterable[str]:
        """The key of this name, in any case."""
        name = inputs.routing_key.casefold()
        return [key for key in org.directory.routing_keys() if key.casefold() == name]

    def without(self, org: Org, inputs: RoutingKeyInputs) -> str:
        """Where its alerts go, if it went with its policy and nobody else has made it meanwhile."""
        with suppress(VictorOpsError):
            if inputs.routing_key in org.directory.routing_keys():
                return ""
        return org.key_paths.without(inputs.routing_key)

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all keys of the org."""
        key = org.directory.routing_keys().get(object_id)
        if key is None:
            return None
        targets = [target.policy_slug for target in key.targets]
        return Live(id=key.routing_key, inputs={"routing_key": key.routing_key, "targets": targets})

    def update(self, org: Org, object_id: str, inputs: RoutingKeyInputs, changed: Set[str]) -> Live:
        """One call, which newer services have."""
        made = org.client.extended.update_routing_key(object_id, RoutingKeyChange(targets=inputs.targets))
        org.directory.routing_key_told(object_id, inputs.targets)
        org.key_paths.led(object_id, inputs.targets)
        return Live(id=made.routing_key)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """No write, unless newer calls may be used: the key goes with the last of its policies. That is told."""
        org.key_paths.claim(object_id)
        org.key_paths.check_delete_of_key(object_id)
        if org.settings.extended_api:
            _delete(org, object_id)
            return
        staying = policies_that_keep(org, object_id)
        if staying:
            TOLD.info(
                "the routing key %r stays in the org, since the API can't delete one, until the last policy that it "
                "leads to is deleted: %s",
                object_id,
                ", ".join(staying),
            )

    def deletes_first(self, org: Org, object_id: str, known: Mapping[str, Any], changed: Set[str]) -> bool:
        """Two keys of one name can't be. Where only the name changes for sure, the new one comes first."""
        org.key_paths.claim(object_id)
        return not org.settings.extended_api

    def check_change(self, org: Org, old: Mapping[str, Any], new: RoutingKeyInputs) -> list[Failure]:
        """A key that exists can't be led elsewhere, so its old policies must all go in the same update."""
        if org.settings.extended_api:
            return []
        if isinstance(new.routing_key, str):
            try:
                org.key_paths.check_delete_of_key(new.routing_key)
            except ConflictError as lost:
                return [Failure("targets", str(lost))]
        renamed = old.get("routing_key", new.routing_key) != new.routing_key
        staying = [] if renamed else _staying(org, old.get("targets"), new)
        return [
            Failure(
                "targets",
                f"the API can't change where a routing key leads, and {shown(new.routing_key)} stays as it is while "
                f"{slug} exists: use another key, or take the key and its policies out of the program, bring "
                "that up, and put them in again",
            )
            for slug in staying[:1]
        ]


def _delete(org: Org, routing_key: str) -> None:
    """Delete a key by the newer call. Where there is no such thing, either the key is gone or the call isn't there."""
    try:
        org.client.extended.delete_routing_key(routing_key)
    except NotFoundError:
        org.directory.routing_keys_changed()
        if routing_key in org.directory.routing_keys():
            raise
    finally:
        org.directory.routing_keys_changed()


def _staying(org: Org, before: list[str] | None, new: RoutingKeyInputs) -> list[str]:
    """The policies that keep the key alive although its targets change. Asks the service only where that may be so."""
    after = new.targets
    if not isinstance(after, list) or has_unknown(new.routing_key):
        return []
    certain = set(known(after))
    if before is None:
        # A new key, or one that is made again since policies of it are replaced: the engine forgets the old one then.
        return sorted(certain & _live_targets(org, new.routing_key)) if 0 < len(certain) < len(after) else []
    if not has_unknown(after) and set(before) == certain:
        return []
    return sorted(_live_targets(org, new.routing_key))


def _live_targets(org: Org, routing_key: str) -> set[str]:
    live = org.directory.routing_keys().get(routing_key)
    return {target.policy_slug for target in live.targets} if live else set()
