"""The plan of a preview, as `pulumi preview --json` prints it: what of ours goes, and what comes or changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from pulumi_victorops.lifecycle.inputs import inputs_in
from pulumi_victorops.stack.errors import MisuseError, NotDoneError
from pulumi_victorops.stack.kinds import KINDS, Kind

_KINDS = {kind.type_token: kind for kind in KINDS.values()}
_DELETES = {"delete": "delete", "replace": "replace", "delete-replaced": "replace"}
_MAKES = {"create", "replace", "create-replacement", "update", "import", "import-replacement"}
_NO_PLAN = "that is no plan: expected what `pulumi preview --json` prints"


@dataclass(frozen=True)
class Going:
    """An object that is to be deleted.

    Attributes:
        kind: what it is.
        name: what the program called it.
        id: its id.
        operation: `delete`, or `replace` where another one is made for it.
        profile: the name of the profile that says which org it's in; None for the stack's own.
        known: its properties.
    """

    kind: Kind
    name: str
    id: str
    operation: str
    profile: str | None = None
    known: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def replaced(self) -> bool:
        """Whether another one is made for it."""
        return self.operation == "replace"


@dataclass(frozen=True)
class Coming:
    """A resource that is to be made or changed.

    Attributes:
        kind: what it is.
        name: what the program calls it.
        id: the id of what is there by now; empty for a new one.
        profile: the name of the profile that says which org it's in; None for the stack's own.
        inputs: what the program gives, as far as it's known.
    """

    kind: Kind
    name: str
    id: str
    profile: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Plan:
    """A plan.

    Args:
        text: what the preview printed.

    Attributes:
        stack: the stack's name.
        project: the project's name.
        going: what is to be deleted, in the order of the plan. What another resource has from then on stays.
        coming: what is to be made or changed.

    Raises:
        MisuseError: it's no plan.
        NotDoneError: the preview failed, so the plan isn't whole.
    """

    def __init__(self, text: str) -> None:
        try:
            document = json.loads(text)
            steps = [_Step(step) for step in document["steps"]]
            failed = [str(one["message"]) for one in document.get("diagnostics") or [] if one["severity"] == "error"]
            self.stack, self.project = steps[0].stack_and_project
            self.coming = list(_coming(steps))
            kept = set(_kept(self.coming))
            self.going = [one for one in _going(steps) if (one.kind, one.id, one.profile) not in kept]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise MisuseError(_NO_PLAN) from None
        if failed:
            raise NotDoneError(f"the preview failed, so its plan isn't whole: {' '.join(failed[0].split())}")

    def within(self, profiles: Collection[str | None]) -> Plan:
        """The part of the plan that is about one org, given the profiles that lead there."""
        part = copy.copy(self)
        part.going = [one for one in self.going if one.profile in profiles]
        part.coming = [one for one in self.coming if one.profile in profiles]
        return part

    def gone(self, kind: str) -> set[str]:
        """The ids of what goes, of one kind."""
        return {one.id for one in self.going if one.kind.name == kind}

    def changed(self, kind: str) -> set[str]:
        """The ids of what goes or is changed in place, of one kind: it won't be as the org has it now."""
        return self.gone(kind) | {one.id for one in self.coming if one.kind.name == kind}


class _Step:
    """A step of the plan, with the state before and after it."""

    def __init__(self, step: Mapping[str, Any]) -> None:
        self.operation: str = step["op"]
        self.urn: str = step["urn"]
        self.old: Mapping[str, Any] = step.get("oldState") or {}
        self.new: Mapping[str, Any] = step.get("newState") or {}
        stack, project, types, self.name = self.urn.removeprefix("urn:pulumi:").split("::", 3)
        self.stack_and_project = stack, project
        self.kind = _KINDS.get(types.rpartition("$")[2])


def _going(steps: list[_Step]) -> Iterator[Going]:
    deleted = {step.urn for step in steps if step.operation in _DELETES}
    # With engines that list the parts of a replacement, one object goes in several steps.
    objects: dict[tuple[str, str], _Step] = {}
    for step in steps:
        if step.operation in _DELETES and "id" in step.old:
            objects.setdefault((step.urn, step.old["id"]), step)
    for (_, object_id), step in objects.items():
        forgotten = step.old.get("retainOnDelete") or step.old.get("external")
        # What goes with another resource has no deletion of its own.
        if step.kind and not forgotten and step.old.get("deletedWith") not in deleted:
            known = step.old.get("outputs") or step.old.get("inputs") or {}
            yield Going(step.kind, step.name, object_id, _DELETES[step.operation], known.get("profile"), known)


def _kept(coming: list[Coming]) -> Iterator[tuple[Kind, str, str | None]]:
    """The objects that new resources have, of kinds that everybody who could have one has: under a new name, mostly."""
    for one in coming:
        if not one.id:
            try:
                place = one.kind.handler().place(one.kind.model.model_validate(inputs_in(one.kind.model, one.inputs)))
            except ValidationError:
                continue  # the preview says so itself
            if place is not None:
                yield one.kind, place, one.profile


def _coming(steps: list[_Step]) -> Iterator[Coming]:
    for step in steps:
        if step.kind and step.operation in _MAKES:
            inputs, old = step.new.get("inputs") or {}, step.old.get("inputs") or {}
            # What is made again in another org isn't there by now.
            stays = inputs.get("profile") == old.get("profile")
            object_id = step.old.get("id", "") if stays else ""
            yield Coming(step.kind, step.name, object_id, inputs.get("profile"), inputs)
