"""The `Team` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class Team(VictorOpsResource, provider=providers.Team):
    """A team: people who share escalation policies and rotations.

    Its id is the slug that the service gives it, which stays when the team is renamed. API operations:
    `POST /api-public/v1/team` and `GET`, `PUT`, `DELETE` `/api-public/v1/team/{team}`.

    Example:
        platform = vo.Team("platform", name="Platform")
    """

    name: pulumi.Output[str]
    """The name."""
    description: pulumi.Output[str]
    """What the team is for; empty where nobody said."""
    is_default_team: pulumi.Output[bool]
    """Whether it's the team that every org has from the start."""
    name_suffix: pulumi.Output[str | None]
    """What goes behind the name, as the program says."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        description: pulumi.Input[str] | None = None,
        name_suffix: pulumi.Input[str] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a team.

        Args:
            resource_name: the name of the resource in the program.
            name: one line, unique in the org. A change renames the team.
            description: what the team is for; empty where not given.
            name_suffix: what goes behind the name, so that several stacks can share an org; the stack's
                `victorops:nameSuffix` where not given, "" for nothing.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and a name that another team
            has fails the update.
        """
        self._register(
            resource_name,
            {"name": name, "description": description, "name_suffix": name_suffix},
            opts,
            adopt=adopt,
            profile=profile,
        )

    @property
    def slug(self) -> pulumi.Output[str]:
        """The slug, by which other resources refer to the team: `team-...`. It's the id, so previews know it."""
        return self.id

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> Team:
        """Look up a team that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the slug, `team-...`.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return Team._look_up(resource_name, id, opts, profile)
