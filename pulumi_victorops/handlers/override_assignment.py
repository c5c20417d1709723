"""Override assignments: who covers for somebody who is away, in one escalation policy."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Annotated, Any

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.handlers.forms import OverrideId, PolicySlug, UserReference
from pulumi_victorops.handlers.ids import split_id
from pulumi_victorops.handlers.moments import has_passed
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, WRITE_ONLY, Input, Inputs
from pulumi_victorops.lifecycle.org import Org


class OverrideAssignmentInputs(Inputs):
    """What the program says of an assignment."""

    override: Annotated[Input[OverrideId], REPLACES]
    policy: Annotated[Input[PolicySlug], REPLACES]
    username: Input[UserReference]
    accept_overlap: Annotated[Input[bool], WRITE_ONLY] = False


class OverrideAssignmentHandler(Handler[OverrideAssignmentInputs]):
    """The id is `override/policy`. The service has the row; the resource is who stands in it."""

    model = OverrideAssignmentInputs

    def create(self, org: Org, inputs: OverrideAssignmentInputs) -> Live:
        """One write, and one call for each override that isn't made in the same operation, to know when it is over."""
        _assign(org, inputs)
        end = org.directory.override_end(inputs.override)
        return Live(f"{inputs.override}/{inputs.policy}", outputs={"override_end": end})

    def place(self, inputs: OverrideAssignmentInputs) -> str | None:
        """The service has a row for each policy."""
        return f"{inputs.override}/{inputs.policy}"

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for the only override that is wanted, or one for all of the org.

        What went with an override that is over is no change.
        """
        override, policy = _parts(object_id)
        try:
            live = org.directory.override(override)
        except NotFoundError:
            return Live(object_id) if has_passed(known.get("override_end")) else None
        covers = {row.policy: row.user for row in live.assignments}
        if not covers.get(policy):
            return None
        return Live(
            object_id,
            inputs={"override": override, "policy": policy, "username": covers[policy]},
            outputs={"override_end": live.end},
        )

    def update(self, org: Org, object_id: str, inputs: OverrideAssignmentInputs, changed: Set[str]) -> Live:
        """One call."""
        _assign(org, inputs)
        return Live(object_id)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call. The row stays, with nobody in it."""
        override, policy = _parts(object_id)
        org.key_paths.check_delete(policy)
        with removing(org):
            org.client.overrides.unassign(override, policy)
        org.directory.override_changed(override)


def _parts(object_id: str) -> list[str]:
    return split_id(object_id, "override/policy")


def _assign(org: Org, inputs: OverrideAssignmentInputs) -> None:
    org.client.overrides.assign(
        inputs.override, inputs.policy, username=inputs.username, accept_overlap=inputs.accept_overlap
    )
    org.directory.override_changed(inputs.override)
