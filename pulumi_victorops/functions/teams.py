"""Teams, their members, their admins and their escalation policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.teams import Team, TeamMember, TeamReference


def get_team(slug: str | None = None, *, name: str | None = None, profile: str | None = None) -> Team:
    """Get one team, by its slug or by its name.

    By slug it's `GET /api-public/v1/team/{team}`; by name it's picked from `GET /api-public/v1/team`.

    Args:
        slug: the slug, `team-...`.
        name: the name, in the right case.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.

    Raises:
        NotFoundError: there is no such team; by name, the message lists the teams that there are.
    """
    from pulumi_victorops.api.teams import Team
    from pulumi_victorops.functions._look_up import either, only

    def call(client: Client) -> Team:
        either("get_team", slug=slug, name=name)
        if slug is not None:
            return client.teams.get(slug)
        teams = client.teams.all()
        named = ((team.slug, team) for team in teams if team.name == name)
        return only(named, f"team named {name!r}", (team.name for team in teams))

    return ask("getTeam", Team.model_validate, call, slug=slug, name=name, profile=profile)


def get_team_output(
    slug: pulumi.Input[str] | None = None,
    *,
    name: pulumi.Input[str] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[Team]:
    """The output form of `get_team`."""
    return output(get_team, opts, slug=slug, name=name, profile=profile)


def get_teams(*, profile: str | None = None) -> list[Team]:
    """Get all teams: `GET /api-public/v1/team`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.teams import Team

    return ask("getTeams", many(Team), lambda client: client.teams.all(), profile=profile)


def get_teams_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Team]]:
    """The output form of `get_teams`."""
    return output(get_teams, opts, profile=profile)


def get_team_members(team: str, *, profile: str | None = None) -> list[TeamMember]:
    """Get the people in a team: `GET /api-public/v1/team/{team}/members`.

    Args:
        team: the team's slug.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.teams import TeamMember

    return ask(
        "getTeamMembers", many(TeamMember), lambda client: client.teams.members(team), team=team, profile=profile
    )


def get_team_members_output(
    team: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[TeamMember]]:
    """The output form of `get_team_members`."""
    return output(get_team_members, opts, team=team, profile=profile)


def get_team_admins(team: str, *, profile: str | None = None) -> list[TeamMember]:
    """Get the admins of a team, whom only the web console appoints: `GET /api-public/v1/team/{team}/admins`.

    Args:
        team: the team's slug.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.teams import TeamMember

    return ask("getTeamAdmins", many(TeamMember), lambda client: client.teams.admins(team), team=team, profile=profile)


def get_team_admins_output(
    team: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[TeamMember]]:
    """The output form of `get_team_admins`."""
    return output(get_team_admins, opts, team=team, profile=profile)


def get_team_policies(team: str, *, profile: str | None = None) -> list[TeamReference]:
    """Get name and slug of each escalation policy of a team: `GET /api-public/v1/team/{team}/policies`.

    Args:
        team: the team's slug.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.teams import TeamReference

    return ask(
        "getTeamPolicies", many(TeamReference), lambda client: client.teams.policies(team), team=team, profile=profile
    )


def get_team_policies_output(
    team: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[TeamReference]]:
    """The output form of `get_team_policies`."""
    return output(get_team_policies, opts, team=team, profile=profile)
