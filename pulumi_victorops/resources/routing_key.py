"""The `RoutingKey` resource."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class RoutingKey(VictorOpsResource, provider=providers.RoutingKey):
    """A routing key: leads the alerts that carry it to escalation policies.

    Its id is the key itself. The API can neither change nor delete one; the service drops a key when the last policy
    it leads to is deleted. So a key whose policies are all replaced is made again, pointing at the new ones; any other
    change of its targets is refused at preview; and destroying a key alone leaves it in the org. With
    `victorops:extendedApi` its targets change in place, and it's deleted. API operations: `POST` and `GET`
    `/api-public/v1/org/routing-keys`.

    Example:
        vo.RoutingKey("database", routing_key="database", targets=[page.slug])
    """

    routing_key: pulumi.Output[str]
    """The key, as alerts carry it."""
    targets: pulumi.Output[Sequence[str]]
    """The slugs of the escalation policies that it leads to."""
    name_suffix: pulumi.Output[str | None]
    """What goes behind the key, as the program says."""

    def __init__(
        self,
        resource_name: str,
        *,
        routing_key: pulumi.Input[str],
        targets: pulumi.Input[Sequence[pulumi.Input[str]]],
        name_suffix: pulumi.Input[str] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a routing key.

        Args:
            resource_name: the name of the resource in the program.
            routing_key: 1 to 255 characters without blanks, / \\ ? # or %; unique in the org. A change replaces the
                key.
            targets: the slugs of escalation policies, as `policy.slug` gives them; at least one, none twice, in any
                order. A change replaces the key, and is possible only where all its old policies go; with
                `victorops:extendedApi` it's made in place.
            name_suffix: what goes behind the key, so that several stacks can share an org; the stack's
                `victorops:nameSuffix` where not given, "" for nothing.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and a key that exists fails
            the update.
        """
        self._register(
            resource_name,
            {"routing_key": routing_key, "targets": targets, "name_suffix": name_suffix},
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
    ) -> RoutingKey:
        """Look up a routing key that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the key itself.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return RoutingKey._look_up(resource_name, id, opts, profile)
