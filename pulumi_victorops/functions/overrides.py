"""Scheduled overrides: who is absent, and who covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api.overrides import Assignment, Override


def get_override(public_id: str) -> Override:
    """Get one scheduled override: `GET /api-public/v1/overrides/{publicId}`.

    Args:
        public_id: its id, `ovrprd-...`.
    """
    from pulumi_victorops.api.overrides import Override

    return ask(
        "getOverride", Override.model_validate, lambda client: client.overrides.get(public_id), public_id=public_id
    )


def get_override_output(
    public_id: pulumi.Input[str], *, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[Override]:
    """The output form of `get_override`."""
    return output(get_override, opts, public_id=public_id)


def get_overrides() -> list[Override]:
    """Get all scheduled overrides that aren't over: `GET /api-public/v1/overrides`."""
    from pulumi_victorops.api.overrides import Override

    return ask("getOverrides", many(Override), lambda client: client.overrides.all())


def get_overrides_output(*, opts: pulumi.InvokeOutputOptions | None = None) -> pulumi.Output[list[Override]]:
    """The output form of `get_overrides`."""
    return output(get_overrides, opts)


def get_override_assignments(public_id: str) -> list[Assignment]:
    """Get who covers in each policy that would page the absent: `GET /api-public/v1/overrides/{publicId}/assignments`.

    Args:
        public_id: the override's id, `ovrprd-...`.
    """
    from pulumi_victorops.api.overrides import Assignment

    return ask(
        "getOverrideAssignments",
        many(Assignment),
        lambda client: client.overrides.assignments(public_id),
        public_id=public_id,
    )


def get_override_assignments_output(
    public_id: pulumi.Input[str], *, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Assignment]]:
    """The output form of `get_override_assignments`."""
    return output(get_override_assignments, opts, public_id=public_id)


def get_override_assignment(public_id: str, *, policy: str) -> Assignment:
    """Get who covers in one policy: `GET /api-public/v1/overrides/{publicId}/assignments/{policySlug}`.

    Args:
        public_id: the override's id, `ovrprd-...`.
        policy: the slug of the escalation policy.
    """
    from pulumi_victorops.api.overrides import Assignment

    return ask(
        "getOverrideAssignment",
        Assignment.model_validate,
        lambda client: client.overrides.assignment(public_id, policy),
        public_id=public_id,
        policy=policy,
    )


def get_override_assignment_output(
    public_id: pulumi.Input[str], *, policy: pulumi.Input[str], opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[Assignment]:
    """The output form of `get_override_assignment`."""
    return output(get_override_assignment, opts, public_id=public_id, policy=policy)
