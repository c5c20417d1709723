"""The providers: one line for each kind of resource.

The engine keeps `pulumi_victorops.providers.<Name>` in each resource's state and finds the provider by it. So these
names stay where they are for good; a handler may move.
"""

from __future__ import annotations

from pulumi_victorops.lifecycle.dynamic import Provider

_HANDLERS = "pulumi_victorops.handlers"


class User(Provider, handler=f"{_HANDLERS}.user:UserHandler"):
    """A person."""


class Team(Provider, handler=f"{_HANDLERS}.team:TeamHandler"):
    """A team."""


class TeamMembership(Provider, handler=f"{_HANDLERS}.team_membership:TeamMembershipHandler"):
    """A person's place in a team."""


class EscalationPolicy(Provider, handler=f"{_HANDLERS}.escalation_policy:EscalationPolicyHandler"):
    """An escalation policy."""


class RoutingKey(Provider, handler=f"{_HANDLERS}.routing_key:RoutingKeyHandler"):
    """A routing key."""


class Rotation(Provider, handler=f"{_HANDLERS}.rotation:RotationHandler"):
    """A rotation."""


class RotationShiftAssignment(
    Provider, handler=f"{_HANDLERS}.rotation_shift_assignment:RotationShiftAssignmentHandler"
):
    """Whose turn it is in a shift."""


class AlertRule(Provider, handler=f"{_HANDLERS}.alert_rule:AlertRuleHandler"):
    """An alert rule."""


class ContactEmail(Provider, handler=f"{_HANDLERS}.contact_email:ContactEmailHandler"):
    """An e-mail address of a user."""


class ContactPhone(Provider, handler=f"{_HANDLERS}.contact_phone:ContactPhoneHandler"):
    """A telephone number of a user."""


class ContactDevice(Provider, handler=f"{_HANDLERS}.contact_device:ContactDeviceHandler"):
    """A device of a user."""


class PagingPolicy(Provider, handler=f"{_HANDLERS}.paging_policy:PagingPolicyHandler"):
    """A user's primary paging policy."""


class Override(Provider, handler=f"{_HANDLERS}.override:OverrideHandler"):
    """Somebody's absence."""


class OverrideAssignment(Provider, handler=f"{_HANDLERS}.override_assignment:OverrideAssignmentHandler"):
    """Who covers in a policy while somebody is away."""


class MaintenanceMode(Provider, handler=f"{_HANDLERS}.maintenance_mode:MaintenanceModeHandler"):
    """Alerts that page nobody for a while."""


class IncidentNote(Provider, handler=f"{_HANDLERS}.incident_note:IncidentNoteHandler"):
    """A note on an incident."""
