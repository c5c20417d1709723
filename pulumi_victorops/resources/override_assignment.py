"""The `OverrideAssignment` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class OverrideAssignment(VictorOpsResource, provider=providers.OverrideAssignment):
    """Who covers for somebody who is away, in one escalation policy.

    The service has a place for a cover in each policy that pages the person; this puts somebody there. Its id is
    `override/policy`. API operations: `PUT`, `DELETE` `/api-public/v1/overrides/{publicId}/assignments/{policySlug}`
    and `GET /api-public/v1/overrides/{publicId}`.

    Example:
        vo.OverrideAssignment("holiday-cover", override=holiday.id, policy=page.slug, username="grace")
    """

    override: pulumi.Output[str]
    """The override's id."""
    policy: pulumi.Output[str]
    """The escalation policy's slug."""
    username: pulumi.Output[str]
    """The username of who covers, in lower case."""
    accept_overlap: pulumi.Output[bool | None]
    """Whether somebody may cover who is away then too, as the program says."""
    override_end: pulumi.Output[str]
    """When the override is over, in UTC: `yyyy-MM-ddTHH:mm:ssZ`."""

    def __init__(
        self,
        resource_name: str,
        *,
        override: pulumi.Input[str],
        policy: pulumi.Input[str],
        username: pulumi.Input[str],
        accept_overlap: pulumi.Input[bool] | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an assignment.

        Args:
            resource_name: the name of the resource in the program.
            override: the override's id, as `override.id` gives it. A change replaces the assignment.
            policy: the slug of an escalation policy that pages the person who is away, as `policy.slug` gives it. A
                change replaces the assignment.
            username: the username of who covers, in any case. A change puts another person in the same place.
            accept_overlap: let somebody cover who is away in that time too; False where not given. Counts only when
                somebody is put in the place; a later change has no effect on the service.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path. A policy that doesn't page
            the person who is away, and a cover who is away too, fail the update.
        """
        self._register(
            resource_name,
            {"override": override, "policy": policy, "username": username, "accept_overlap": accept_overlap},
            opts,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> OverrideAssignment:
        """Look up an assignment that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `override/policy`, with the override's id and the policy's slug.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return OverrideAssignment._look_up(resource_name, id, opts, profile)
