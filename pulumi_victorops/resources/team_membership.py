"""The `TeamMembership` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource
from pulumi_victorops.resources.rosters import joins


class TeamMembership(VictorOpsResource, provider=providers.TeamMembership):
    """A person's place in a team.

    Its id is `team/username`. API operations: `POST` and `GET` `/api-public/v1/team/{team}/members` and
    `DELETE /api-public/v1/team/{team}/members/{user}`.

    Example:
        vo.TeamMembership("ada-platform", team=platform.slug, username=ada.username)
    """

    team: pulumi.Output[str]
    """The team's slug."""
    username: pulumi.Output[str]
    """The person's username, in lower case."""
    replacement_user: pulumi.Output[str | None]
    """Who takes the person's place when the membership ends, as the program says."""

    def __init__(
        self,
        resource_name: str,
        *,
        team: pulumi.Input[str],
        username: pulumi.Input[str],
        replacement_user: pulumi.Input[str] | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a membership.

        Args:
            resource_name: the name of the resource in the program.
            team: the team's slug, as `team.slug` gives it. A change replaces the membership.
            username: the person's username, in any case. A change replaces the membership.
            replacement_user: the username of who takes the person's place in the team's rotations and escalation
                policies when the membership ends. Without one, `victorops:defaultReplacement` does; without either,
                a member who is named there isn't removed. Kept in the stack only.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and an unknown team or person
            fails the update.
        """
        self._register(
            resource_name,
            {"team": team, "username": username, "replacement_user": replacement_user},
            opts,
            profile=profile,
        )
        joins(team, self)

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> TeamMembership:
        """Look up a membership that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `team/username`, with the team's slug.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return TeamMembership._look_up(resource_name, id, opts, profile)
