"""The org as it will be when all that a plan deletes is gone, but for one person who is about to leave."""

from __future__ import annotations

import copy

from pulumi_victorops.api.overrides import Override
from pulumi_victorops.api.policies import PolicySummary
from pulumi_victorops.api.rotations import Rotation
from pulumi_victorops.api.teams import Team, TeamMember
from pulumi_victorops.api.users import User
from pulumi_victorops.audit.plan import Plan
from pulumi_victorops.lifecycle.directory import Directory
from pulumi_victorops.lifecycle.org import Org


class Afterwards(Directory):
    """The lists of an org without what a plan deletes, and without what it changes, as far as that names anybody.

    Args:
        org: the org as it is. Each of its lists is read once, whoever looks.
        plan: the plan.
        leaver: who counts as being there still, by username in lower case.
    """

    def __init__(self, org: Org, plan: Plan, leaver: str = "") -> None:
        super().__init__(org.client)
        self._now = org.directory
        self._lists = self._now._lists
        self._plan = plan
        self._leaver = leaver

    def users(self) -> dict[str, User]:
        """Those who stay, and the leaver."""
        leaving = {one.lower() for one in self._plan.gone("User")} - {self._leaver}
        return {name: user for name, user in self._now.users().items() if name not in leaving}

    def teams(self) -> dict[str, Team]:
        """Those that stay."""
        gone = self._plan.gone("Team")
        return {slug: team for slug, team in self._now.teams().items() if slug not in gone}

    def members(self, team: str) -> dict[str, TeamMember]:
        """Those who stay in a team or join it, and the leaver."""
        memberships = {one.lower() for one in self._plan.gone("TeamMembership")}
        leaving = {name for name in self._now.members(team) if f"{team}/{name}".lower() in memberships}
        leaving |= {one.lower() for one in self._plan.gone("User")}
        staying = {name: one for name, one in self._now.members(team).items() if name not in leaving - {self._leaver}}
        joining = [
            one.inputs.get("username")
            for one in self._plan.coming
            if one.kind.name == "TeamMembership" and one.inputs.get("team") == team
        ]
        return staying | {name.lower(): TeamMember(username=name) for name in joining if isinstance(name, str)}

    def policies(self) -> dict[str, PolicySummary]:
        """Those that stay as they are."""
        gone, teams = self._plan.changed("EscalationPolicy"), self.teams()
        rows = self._now.policies().items()
        return {slug: row for slug, row in rows if slug not in gone and row.team.slug in teams}

    def rotations(self, team: str) -> dict[int, Rotation]:
        """Those of a team that stay."""
        if team not in self.teams():
            return {}
        gone = self._plan.gone("Rotation")
        return {number: one for number, one in self._now.rotations(team).items() if f"{team}/{number}" not in gone}

    def overrides(self) -> dict[str, Override]:
        """Those that stay, with the covers that stay as they are."""
        gone, covers = self._plan.gone("Override"), self._plan.changed("OverrideAssignment")
        return {
            public_id: one.model_copy(
                update={"assignments": [row for row in one.assignments if f"{public_id}/{row.policy}" not in covers]}
            )
            for public_id, one in self._now.overrides().items()
            if public_id not in gone
        }


def org_afterwards(org: Org, plan: Plan, leaver: str = "") -> Org:
    """The org, whose lists are those of `Afterwards`."""
    view = copy.copy(org)
    view.directory = Afterwards(org, plan, leaver)
    return view
