"""The catalogue: one row for each of the API's 96 operations.

The path templates name their segments as the service's own documentation does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pulumi_victorops.api.paths import fill


class RateClass(Enum):
    """How often the service allows an operation."""

    STANDARD = "2/s"
    BATCH = "1/s"
    REPORTING = "1/m"


class Repeat(Enum):
    """Whether a call whose answer was lost may simply be made again."""

    SAFE = "safe"
    """Reads, whole replacements, and deletes by a name or id that never comes back."""

    UNSAFE = "unsafe"
    """A second call would make a second object, page somebody twice, or hit what moved to a freed index."""


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    name: str
    method: str
    path: str
    rate: RateClass
    repeat: Repeat

    @property
    def segments(self) -> tuple[str, ...]:
        """The names of the path's variable segments, in order."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    def path_for(self, **values: str | int) -> str:
        """The path of one object; raises InvalidArgumentError where a value can't be part of a path."""
        return fill(self.path, values)

    def __str__(self) -> str:
        """Method and path template, as the service's documentation writes them."""
        return f"{self.method} {self.path}"


OPERATIONS: dict[str, Operation] = {}
"""Every operation by its name."""


def _operation(
    name: str, method: str, path: str, *, rate: RateClass = RateClass.STANDARD, repeat: Repeat | None = None
) -> Operation:
    by_method = Repeat.SAFE if method in {"GET", "PUT", "DELETE"} else Repeat.UNSAFE
    operation = Operation(name, method, path, rate, repeat or by_method)
    OPERATIONS[name] = operation
    return operation


_V1 = "/api-public/v1"
_V2 = "/api-public/v2"

# Users
ADD_USER = _operation("add_user", "POST", f"{_V1}/user")
LIST_USERS_V1 = _operation("list_users_v1", "GET", f"{_V1}/user")
LIST_USERS = _operation("list_users", "GET", f"{_V2}/user")
ADD_USERS = _operation("add_users", "POST", f"{_V1}/user/batch", rate=RateClass.BATCH)
GET_USER = _operation("get_user", "GET", f"{_V1}/user/{{user}}")
UPDATE_USER = _operation("update_user", "PUT", f"{_V1}/user/{{user}}")
DELETE_USER = _operation("delete_user", "DELETE", f"{_V1}/user/{{user}}")
LIST_USER_TEAMS = _operation("list_user_teams", "GET", f"{_V1}/user/{{user}}/teams")

# What a person may be told by, and after how long
LIST_NOTIFICATION_TYPES = _operation("list_notification_types", "GET", f"{_V1}/policies/types/notifications")
LIST_CONTACT_TYPES = _operation("list_contact_types", "GET", f"{_V1}/policies/types/contacts")
LIST_TIMEOUT_TYPES = _operation("list_timeout_types", "GET", f"{_V1}/policies/types/timeouts")

# Personal paging policies
_PROFILE = f"{_V1}/profile/{{username}}/policies"
GET_PAGING_POLICY = _operation("get_paging_policy", "GET", _PROFILE, rate=RateClass.BATCH)
ADD_PAGING_STEP = _operation("add_paging_step", "POST", _PROFILE)
GET_PAGING_STEP = _operation("get_paging_step", "GET", f"{_PROFILE}/{{step}}")
UPDATE_PAGING_STEP = _operation("update_paging_step", "PUT", f"{_PROFILE}/{{step}}")
ADD_PAGING_RULE = _operation("add_paging_rule", "POST", f"{_PROFILE}/{{step}}")
GET_PAGING_RULE = _operation("get_paging_rule", "GET", f"{_PROFILE}/{{step}}/{{rule}}")
UPDATE_PAGING_RULE = _operation("update_paging_rule", "PUT", f"{_PROFILE}/{{step}}/{{rule}}")
DELETE_PAGING_RULE = _operation("delete_paging_rule", "DELETE", f"{_PROFILE}/{{step}}/{{rule}}", repeat=Repeat.UNSAFE)
LIST_PAGING_POLICIES = _operation("list_paging_policies", "GET", f"{_V2}/profile/{{username}}/policies")

# Contact methods
_CONTACTS = f"{_V1}/user/{{user}}/contact-methods"
LIST_CONTACTS = _operation("list_contacts", "GET", _CONTACTS)
LIST_DEVICES = _operation("list_devices", "GET", f"{_CONTACTS}/devices")
GET_DEVICE = _operation("get_device", "GET", f"{_CONTACTS}/devices/{{contactId}}")
UPDATE_DEVICE = _operation("update_device", "PUT", f"{_CONTACTS}/devices/{{contactId}}")
DELETE_DEVICE = _operation("delete_device", "DELETE", f"{_CONTACTS}/devices/{{contactId}}")
LIST_EMAILS = _operation("list_emails", "GET", f"{_CONTACTS}/emails")
ADD_EMAIL = _operation("add_email", "POST", f"{_CONTACTS}/emails")
GET_EMAIL = _operation("get_email", "GET", f"{_CONTACTS}/emails/{{contactId}}")
DELETE_EMAIL = _operation("delete_email", "DELETE", f"{_CONTACTS}/emails/{{contactId}}")
LIST_PHONES = _operation("list_phones", "GET", f"{_CONTACTS}/phones")
ADD_PHONE = _operation("add_phone", "POST", f"{_CONTACTS}/phones")
GET_PHONE = _operation("get_phone", "GET", f"{_CONTACTS}/phones/{{contactId}}")
DELETE_PHONE = _operation("delete_phone", "DELETE", f"{_CONTACTS}/phones/{{contactId}}")
LIST_USER_POLICIES = _operation("list_user_policies", "GET", f"{_V1}/user/{{user}}/policies")

# Who is on call
GET_USER_SCHEDULE_V1 = _operation("get_user_schedule_v1", "GET", f"{_V1}/user/{{user}}/oncall/schedule")
GET_USER_SCHEDULE = _operation("get_user_schedule", "GET", f"{_V2}/user/{{user}}/oncall/schedule")
GET_TEAM_SCHEDULE_V1 = _operation("get_team_schedule_v1", "GET", f"{_V1}/team/{{team}}/oncall/schedule")
GET_TEAM_SCHEDULE = _operation("get_team_schedule", "GET", f"{_V2}/team/{{team}}/oncall/schedule")
GET_CURRENT_ON_CALL = _operation("get_current_on_call", "GET", f"{_V1}/oncall/current")
TAKE_ON_CALL_V1 = _operation("take_on_call_v1", "PATCH", f"{_V1}/team/{{team}}/oncall/user")
TAKE_ON_CALL = _operation("take_on_call", "PATCH", f"{_V1}/policies/{{policy}}/oncall/user")

# Incidents, their notes and alerts
GET_INCIDENT = _operation("get_incident", "GET", f"{_V1}/incidents/{{incidentNumber}}")
LIST_INCIDENTS = _operation("list_incidents", "GET", f"{_V1}/incidents")
CREATE_INCIDENT = _operation("create_incident", "POST", f"{_V1}/incidents")
ACKNOWLEDGE_INCIDENTS = _operation("acknowledge_incidents", "PATCH", f"{_V1}/incidents/ack")
REROUTE_INCIDENTS = _operation("reroute_incidents", "POST", f"{_V1}/incidents/reroute")
RESOLVE_INCIDENTS = _operation("resolve_incidents", "PATCH", f"{_V1}/incidents/resolve")
ACKNOWLEDGE_BY_USER = _operation("acknowledge_by_user", "PATCH", f"{_V1}/incidents/byUser/ack")
RESOLVE_BY_USER = _operation("resolve_by_user", "PATCH", f"{_V1}/incidents/byUser/resolve")
LIST_NOTES = _operation("list_notes", "GET", f"{_V1}/incidents/{{incidentNumber}}/notes")
ADD_NOTE = _operation("add_note", "POST", f"{_V1}/incidents/{{incidentNumber}}/notes")
UPDATE_NOTE = _operation("update_note", "PUT", f"{_V1}/incidents/{{incidentNumber}}/notes/{{noteName}}")
DELETE_NOTE = _operation("delete_note", "DELETE", f"{_V1}/incidents/{{incidentNumber}}/notes/{{noteName}}")
GET_ALERT = _operation("get_alert", "GET", f"{_V1}/alerts/{{uuid}}")

# Routing keys
LIST_ROUTING_KEYS = _operation("list_routing_keys", "GET", f"{_V1}/org/routing-keys")
ADD_ROUTING_KEY = _operation("add_routing_key", "POST", f"{_V1}/org/routing-keys")

# Scheduled overrides
_ASSIGNMENTS = f"{_V1}/overrides/{{publicId}}/assignments"
LIST_OVERRIDES = _operation("list_overrides", "GET", f"{_V1}/overrides")
ADD_OVERRIDE = _operation("add_override", "POST", f"{_V1}/overrides")
GET_OVERRIDE = _operation("get_override", "GET", f"{_V1}/overrides/{{publicId}}")
DELETE_OVERRIDE = _operation("delete_override", "DELETE", f"{_V1}/overrides/{{publicId}}")
LIST_ASSIGNMENTS = _operation("list_assignments", "GET", _ASSIGNMENTS)
GET_ASSIGNMENT = _operation("get_assignment", "GET", f"{_ASSIGNMENTS}/{{policySlug}}")
UPDATE_ASSIGNMENT = _operation("update_assignment", "PUT", f"{_ASSIGNMENTS}/{{policySlug}}")
DELETE_ASSIGNMENT = _operation("delete_assignment", "DELETE", f"{_ASSIGNMENTS}/{{policySlug}}")

# Rotations
_ROTATIONS = f"{_V1}/teams/{{team}}/rotations"
_SCHEDULED = f"{_ROTATIONS}/{{groupId}}/{{shiftId}}/scheduled"
LIST_ROTATION_GROUPS = _operation("list_rotation_groups", "GET", _ROTATIONS)
ADD_ROTATION = _operation("add_rotation", "POST", _ROTATIONS)
DELETE_ROTATION = _operation("delete_rotation", "DELETE", f"{_ROTATIONS}/{{groupId}}")
GET_SCHEDULED_USER = _operation("get_scheduled_user", "GET", _SCHEDULED)
SET_SCHEDULED_USER = _operation("set_scheduled_user", "PUT", _SCHEDULED)
LIST_ROTATIONS = _operation("list_rotations", "GET", f"{_V2}/team/{{team}}/rotations")

# Webhooks
LIST_WEBHOOKS = _operation("list_webhooks", "GET", f"{_V1}/webhooks")

# Escalation policies
LIST_POLICIES = _operation("list_policies", "GET", f"{_V1}/policies")
ADD_POLICY = _operation("add_policy", "POST", f"{_V1}/policies")
GET_POLICY = _operation("get_policy", "GET", f"{_V1}/policies/{{policy}}")
DELETE_POLICY = _operation("delete_policy", "DELETE", f"{_V1}/policies/{{policy}}")

# Teams
ADD_TEAM = _operation("add_team", "POST", f"{_V1}/team")
LIST_TEAMS = _operation("list_teams", "GET", f"{_V1}/team")
GET_TEAM = _operation("get_team", "GET", f"{_V1}/team/{{team}}")
UPDATE_TEAM = _operation("update_team", "PUT", f"{_V1}/team/{{team}}")
DELETE_TEAM = _operation("delete_team", "DELETE", f"{_V1}/team/{{team}}")
LIST_TEAM_POLICIES = _operation("list_team_policies", "GET", f"{_V1}/team/{{team}}/policies")
LIST_TEAM_ADMINS = _operation("list_team_admins", "GET", f"{_V1}/team/{{team}}/admins")
LIST_TEAM_MEMBERS = _operation("list_team_members", "GET", f"{_V1}/team/{{team}}/members")
ADD_TEAM_MEMBER = _operation("add_team_member", "POST", f"{_V1}/team/{{team}}/members")
DELETE_TEAM_MEMBER = _operation("delete_team_member", "DELETE", f"{_V1}/team/{{team}}/members/{{user}}")

# Maintenance mode
GET_MAINTENANCE_MODE = _operation("get_maintenance_mode", "GET", f"{_V1}/maintenancemode")
START_MAINTENANCE_MODE = _operation("start_maintenance_mode", "POST", f"{_V1}/maintenancemode/start")
END_MAINTENANCE_MODE = _operation("end_maintenance_mode", "PUT", f"{_V1}/maintenancemode/{{maintenancemodeid}}/end")

# Messages
SEND_CHAT = _operation("send_chat", "POST", f"{_V1}/chat")
SEND_STAKEHOLDER_MESSAGE = _operation("send_stakeholder_message", "POST", f"{_V1}/stakeholders/sendMessage")

# Alert rules
LIST_ALERT_RULES = _operation("list_alert_rules", "GET", f"{_V1}/alertRules")
ADD_ALERT_RULE = _operation("add_alert_rule", "POST", f"{_V1}/alertRules")
UPDATE_ALERT_RULE = _operation("update_alert_rule", "PUT", f"{_V1}/alertRules/{{ruleId}}")
DELETE_ALERT_RULE = _operation("delete_alert_rule", "DELETE", f"{_V1}/alertRules/{{ruleId}}")

# Reporting
GET_ON_CALL_LOG = _operation("get_on_call_log", "GET", "/api-reporting/v1/team/{team}/oncall/log")
SEARCH_INCIDENTS = _operation("search_incidents", "GET", "/api-reporting/v2/incidents", rate=RateClass.REPORTING)
