"""VictorOps (Splunk On-Call) as code for Pulumi."""

from pulumi_victorops._version import __version__
from pulumi_victorops.resources.escalation_policy import Entry, EntryType, EscalationPolicy, Notify, Step
from pulumi_victorops.resources.routing_key import RoutingKey
from pulumi_victorops.resources.team import Team
from pulumi_victorops.resources.team_membership import TeamMembership
from pulumi_victorops.resources.user import User

__all__ = [
    "Entry",
    "EntryType",
    "EscalationPolicy",
    "Notify",
    "RoutingKey",
    "Step",
    "Team",
    "TeamMembership",
    "User",
    "__version__",
]
