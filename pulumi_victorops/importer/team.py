"""A team with all that belongs to it."""

from __future__ import annotations

from pulumi_victorops.api import VictorOpsError
from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.importer.service import Service, Wanted
from pulumi_victorops.stack.errors import MisuseError, NotDoneError
from pulumi_victorops.stack.kinds import KINDS


def all_of(service: Service, text: str, *, with_users: bool) -> list[Wanted]:
    """A team, its members, rotations and escalation policies, and the routing keys that lead to these.

    Args:
        service: where to look.
        text: `team/` and the team's slug.
        with_users: whether its members' users are wanted too.

    Raises:
        MisuseError: `text` names no team.
        NotDoneError: the team isn't there, or can't be read.
    """
    kind, _, slug = text.partition("/")
    if kind.casefold() != "team" or not slug or "/" in slug:
        raise MisuseError(f"--all-of {text!r} names no team: expected team/SLUG, such as team/team-abc123")
    directory = service.org.directory
    try:
        service.org.client.teams.get(slug)
        members = sorted(directory.members(slug))
        rotations = sorted(directory.rotations(slug))
        policies = sorted(policy for policy, team in directory.policy_teams().items() if team == slug)
        keys = [
            name
            for name, key in sorted(directory.routing_keys().items())
            if any(target.policy_slug in policies for target in key.targets)
        ]
    except NotFoundError:
        raise NotDoneError(f"--all-of {text!r}: there is no Team with the id {slug!r}") from None
    except VictorOpsError as error:
        raise NotDoneError(f"--all-of {text!r}: {error}") from None
    wanted = {
        "Team": [slug],
        "User": members if with_users else [],
        "TeamMembership": [f"{slug}/{member}" for member in members],
        "Rotation": [f"{slug}/{number}" for number in rotations],
        "EscalationPolicy": policies,
        "RoutingKey": keys,
    }
    return [Wanted(KINDS[name], object_id) for name, ids in wanted.items() for object_id in ids]
