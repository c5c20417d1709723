"""The `MaintenanceMode` resource."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class MaintenanceMode(VictorOpsResource, provider=providers.MaintenanceMode):
    """A maintenance mode: alerts of some routing keys, or of all, page nobody while it lasts.

    It begins when the resource is made, ends when it's deleted, and never ends by itself. Its id is the instance id
    that the service gives it. The API can't change one, so every change replaces it. API operations:
    `GET /api-public/v1/maintenancemode`, `POST /api-public/v1/maintenancemode/start` and
    `PUT /api-public/v1/maintenancemode/{maintenancemodeid}/end`.

    Example:
        vo.MaintenanceMode("database-upgrade", routing_keys=["database"], purpose="Upgrade to version 18")
    """

    routing_keys: pulumi.Output[Sequence[str] | None]
    """The routing keys that are muted; None where all are."""
    all_routing_keys: pulumi.Output[bool]
    """Whether the whole org is muted."""
    purpose: pulumi.Output[str]
    """What it's for; empty where nobody said."""
    started_at: pulumi.Output[str]
    """When it began, in UTC: `yyyy-MM-ddTHH:mm:ssZ`."""
    started_by: pulumi.Output[str]
    """The username of who began it: for a program, whom the API key belongs to."""

    def __init__(
        self,
        resource_name: str,
        *,
        routing_keys: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        all_routing_keys: pulumi.Input[bool] | None = None,
        purpose: pulumi.Input[str] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a maintenance mode. Either `routing_keys` or `all_routing_keys` has to be given.

        Args:
            resource_name: the name of the resource in the program.
            routing_keys: the routing keys to mute; at least one, none twice, in any order and case. A change replaces
                the maintenance mode; the new one begins first.
            all_routing_keys: True mutes the whole org, which can be muted once only; False where not given. A change
                replaces the maintenance mode; the new one begins first.
            purpose: what it's for; empty where not given. A change of the purpose alone replaces the maintenance
                mode, and ends the old one first.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path; an unknown routing key, and
            a second maintenance mode for the whole org, fail the update.
        """
        self._register(
            resource_name,
            {"routing_keys": routing_keys, "all_routing_keys": all_routing_keys, "purpose": purpose},
            opts,
            adopt=adopt,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> MaintenanceMode:
        """Look up a maintenance mode that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the instance id, `mm-...`.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return MaintenanceMode._look_up(resource_name, id, opts, profile)
