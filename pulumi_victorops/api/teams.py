"""Teams, their members and their admins."""

from __future__ import annotations

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse, parse_list
from pulumi_victorops.api.transport import Transport


class TeamReference(ApiModel):
    """A team as other objects mention it."""

    name: str = ""
    slug: str


class Team(TeamReference):
    """A team, as the service describes one."""

    description: str | None = None
    member_count: int | None = None
    version: int | None = None
    is_default_team: bool | None = None


class TeamMember(ApiModel):
    """A person in a team, or an admin of one."""

    username: str
    first_name: str = ""
    last_name: str = ""
    verified: bool | str | None = None


class TeamPayload(ApiModel):
    """What is sent to create or to change a team."""

    name: str
    description: str | None = None


class Teams:
    """The calls about teams."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, payload: TeamPayload) -> Team:
        """`POST /api-public/v1/team`."""
        return parse(Team, self._transport.call(op.ADD_TEAM, body=payload.to_json()), op.ADD_TEAM)

    def get(self, team: str) -> Team:
        """`GET /api-public/v1/team/{team}`."""
        return parse(Team, self._transport.call(op.GET_TEAM, team=team), op.GET_TEAM)

    def all(self) -> list[Team]:
        """`GET /api-public/v1/team`."""
        return parse_list(Team, self._transport.call(op.LIST_TEAMS), op.LIST_TEAMS)

    def update(self, team: str, payload: TeamPayload) -> Team:
        """`PUT /api-public/v1/team/{team}`: the slug stays."""
        data = self._transport.call(op.UPDATE_TEAM, body=payload.to_json(), team=team)
        return parse(Team, data, op.UPDATE_TEAM)

    def delete(self, team: str) -> None:
        """`DELETE /api-public/v1/team/{team}`."""
        self._transport.call(op.DELETE_TEAM, team=team)

    def members(self, team: str) -> list[TeamMember]:
        """`GET /api-public/v1/team/{team}/members`."""
        data = self._transport.call(op.LIST_TEAM_MEMBERS, team=team)
        return parse_list(TeamMember, member(data, "members", op.LIST_TEAM_MEMBERS), op.LIST_TEAM_MEMBERS)

    def add_member(self, team: str, username: str) -> None:
        """`POST /api-public/v1/team/{team}/members`: no harm where the person is a member already."""
        self._transport.call(op.ADD_TEAM_MEMBER, body={"username": username}, team=team)

    def remove_member(self, team: str, username: str, *, replacement: str | None = None) -> None:
        """`DELETE /api-public/v1/team/{team}/members/{user}`: `replacement` takes the person's place."""
        body = {} if replacement is None else {"replacement": replacement}
        self._transport.call(op.DELETE_TEAM_MEMBER, body=body, team=team, user=username)

    def admins(self, team: str) -> list[TeamMember]:
        """`GET /api-public/v1/team/{team}/admins`."""
        data = self._transport.call(op.LIST_TEAM_ADMINS, team=team)
        return parse_list(TeamMember, member(data, "teamAdmins", op.LIST_TEAM_ADMINS), op.LIST_TEAM_ADMINS)

    def policies(self, team: str) -> list[TeamReference]:
        """`GET /api-public/v1/team/{team}/policies`: name and slug of each escalation policy."""
        data = self._transport.call(op.LIST_TEAM_POLICIES, team=team)
        rows = member(data, "policies", op.LIST_TEAM_POLICIES)
        return parse_list(TeamReference, rows, op.LIST_TEAM_POLICIES)
