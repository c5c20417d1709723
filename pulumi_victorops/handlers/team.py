"""Teams: people who share escalation policies and rotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Annotated, Any

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.teams import Team, TeamPayload
from pulumi_victorops.handlers.consequences import all_along
from pulumi_victorops.handlers.forms import Name, NameSuffix, Text
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import SUFFIXED, Input, Inputs
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.telling import TOLD


class TeamInputs(Inputs):
    """What the program says of a team."""

    name: Annotated[Input[Name], SUFFIXED]
    description: Input[Text] = ""
    name_suffix: NameSuffix = None


class TeamHandler(Handler[TeamInputs]):
    """The slug is the id: it stays when the team is renamed."""

    model = TeamInputs
    unique_by = ("name",)

    def create(self, org: Org, inputs: TeamInputs) -> Live:
        """One call."""
        # Older deployments know no description, so it's sent only where there is one.
        made = org.client.teams.create(TeamPayload(name=inputs.name, description=inputs.description or None))
        org.directory.team_told(made)
        return _live(made)

    def candidates(self, org: Org, inputs: TeamInputs) -> Iterable[str]:
        """The team of this name."""
        return [team.slug for team in org.directory.teams().values() if team.name == inputs.name]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for the only one that is wanted, or one for all teams of the org."""
        try:
            return _live(org.directory.team(object_id))
        except NotFoundError:
            return None

    def update(self, org: Org, object_id: str, inputs: TeamInputs, changed: Set[str]) -> Live:
        """One call."""
        description = inputs.description if inputs.description or "description" in changed else None
        changed_team = org.client.teams.update(object_id, TeamPayload(name=inputs.name, description=description))
        org.directory.team_told(changed_team)
        return _live(changed_team)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call. The team's policies and rotations go with it, and routing keys, all of which is told."""
        along = all_along(org, object_id)
        with removing(org):
            org.client.teams.delete(object_id)
        org.directory.team_went(object_id)
        if along:
            TOLD.info("the team %r (%s) took along %s", known.get("name"), object_id, ", ".join(along))


def _live(team: Team) -> Live:
    return Live(
        id=team.slug,
        inputs={"name": team.name, "description": team.description},
        outputs={"is_default_team": team.is_default_team},
    )
