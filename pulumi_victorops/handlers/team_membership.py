"""Team memberships: a person's place in a team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.handlers.forms import TeamSlug, UserReference
from pulumi_victorops.handlers.ids import split_id
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.handlers.replacement import Leaver, Strategy, audit, hand_over
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, WRITE_ONLY, Input, Inputs
from pulumi_victorops.lifecycle.org import Org


class TeamMembershipInputs(Inputs):
    """What the program says of a membership."""

    team: Annotated[Input[TeamSlug], REPLACES]
    username: Annotated[Input[UserReference], REPLACES]
    replacement_user: Annotated[Input[UserReference | None], WRITE_ONLY] = None


class TeamMembershipHandler(Handler[TeamMembershipInputs]):
    """The id is `team/username`."""

    model = TeamMembershipInputs

    def create(self, org: Org, inputs: TeamMembershipInputs) -> Live:
        """One call."""
        org.client.teams.add_member(inputs.team, inputs.username)
        org.directory.member_came(inputs.team, inputs.username)
        return _live(inputs.team, inputs.username)

    def place(self, inputs: TeamMembershipInputs) -> str | None:
        """Everybody may be a member of any team."""
        return f"{inputs.team}/{inputs.username.lower()}"

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all members of a team."""
        team, username = split_id(object_id, "team/username")
        try:
            member = org.directory.members(team).get(username.lower())
        except NotFoundError:
            return None
        return _live(team, member.username) if member else None

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call that names who takes the person's place, and reads before and after it of what the team has."""
        member = leaver(org, object_id, known)
        with removing(org):
            hand_over(org, member)
        org.directory.member_went(str(member.team), member.username)

    def audit(self, org: Org, object_id: str, known: Mapping[str, Any], new: Mapping[str, Any], replaced: bool) -> str:
        """Who would take the member's place, and where; or where nobody would."""
        return audit(org, leaver(org, object_id, known if replaced else new), replaced=replaced)


def leaver(org: Org, object_id: str, known: Mapping[str, Any]) -> Leaver:
    """Who is removed with the object, given its properties."""
    team, member = split_id(object_id, "team/username")
    named = known.get("replacement_user")

    def remove(replacement: str | None, _strategy: Strategy | None) -> None:
        org.client.teams.remove_member(team, member.lower(), replacement=replacement)

    return Leaver(member.lower(), team, named if isinstance(named, str) else None, None, remove)


def _live(team: str, username: str) -> Live:
    return Live(id=f"{team}/{username.lower()}", inputs={"team": team, "username": username})
