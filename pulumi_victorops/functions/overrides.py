"""Scheduled overrides: who is absent, and who covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api.overrides import Assignment, Override


def get_override(public_id: str, *, profile: str | None = None) -> Override:
    """Get one scheduled override: `GET /api-public/v1/overrides/{publicId}`.

    Args:
        public_id: its id, `ovrprd-...`.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.overrides import Override

    return ask(
        "getOverride",
        Override.model_validate,
        lambda client: client.overrides.get(public_id),
        public_id=public_id,
        profile=profile,
    )


def get_override_output(
    public_id: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[Override]:
    """The output form of `get_override`."""
    return output(get_override, opts, public_id=public_id, profile=profile)


def get_overrides(*, profile: str | None = None) -> list[Override]:
    """Get all scheduled overrides that aren't over: `GET /api-public/v1/overrides`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.overrides import Override

    return ask("getOverrides", many(Override), lambda client: client.overrides.all(), profile=profile)


def get_overrides_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Override]]:
    """The output form of `get_overrides`."""
    return output(get_overrides, opts, profile=profile)


def get_override_assignments(public_id: str, *, profile: str | None = None) -> list[Assignment]:
    """Get who covers in each policy that would page the absent: `GET /api-public/v1/overrides/{publicId}/assignments`.

    Args:
        public_id: the override's id, `ovrprd-...`.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.overrides import Assignment

    return ask(
        "getOverrideAssignments",
        many(Assignment),
        lambda client: client.overrides.assignments(public_id),
        public_id=public_id,
        profile=profile,
    )


def get_override_assignments_output(
    public_id: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Assignment]]:
    """The output form of `get_override_assignments`."""
    return output(get_override_assignments, opts, public_id=public_id, profile=profile)


def get_override_assignment(public_id: str, *, policy: str, profile: str | None = None) -> Assignment:
    """Get who covers in one policy: `GET /api-public/v1/overrides/{publicId}/assignments/{policySlug}`.

    Args:
        public_id: the override's id, `ovrprd-...`.
        policy: the slug of the escalation policy.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.overrides import Assignment

    return ask(
        "getOverrideAssignment",
        Assignment.model_validate,
        lambda client: client.overrides.assignment(public_id, policy),
        public_id=public_id,
        policy=policy,
        profile=profile,
    )


def get_override_assignment_output(
    public_id: pulumi.Input[str],
    *,
    policy: pulumi.Input[str],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[Assignment]:
    """The output form of `get_override_assignment`."""
    return output(get_override_assignment, opts, public_id=public_id, policy=policy, profile=profile)
