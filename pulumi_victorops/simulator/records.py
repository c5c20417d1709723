"""What the simulator keeps of an org, as it stands in a snapshot."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from pulumi_victorops.simulator.record import Record
from pulumi_victorops.simulator.records_oncall import Override, Rotation, Take
from pulumi_victorops.simulator.records_response import Alert, AlertRule, Incident, MaintenanceMode, Message

SNAPSHOT_VERSION: Final = 1
"""Goes up when a snapshot of before can no longer be read."""

DEFAULT_LABEL: Final = "Default"
"""The label of the e-mail contact that every user has; the first with it is that contact."""

ExecutionType = Literal[
    "rotation_group",
    "rotation_group_next",
    "rotation_group_previous",
    "webhook",
    "user",
    "email",
    "policy_routing",
]


class Contact(Record):
    """An e-mail address or a telephone number of a user."""

    id: int
    ext_id: str
    kind: Literal["email", "phone"]
    label: str
    value: str
    rank: int
    verified: bool


class Device(Record):
    """A mobile device on which a user has the app."""

    id: int
    ext_id: str
    device_type: str
    label: str
    escalation_notification_sound: str | None = None
    chat_escalation_sound: str | None = None
    resolved_notification_sound: str | None = None


class PagingRule(Record):
    """One way of reaching a user; `contact_id` 0 stands for all devices."""

    type: Literal["push", "email", "sms", "phone"]
    contact_id: int


class PagingStep(Record):
    """A step of a user's paging policy; `timeout` is in minutes."""

    timeout: int
    rules: list[PagingRule]


class User(Record):
    """A user with the ways to reach them."""

    id: int
    username: str
    first_name: str
    last_name: str
    email: str
    created_at: str
    password_last_updated: str
    verified: bool
    global_admin: bool = False
    version: int = 0
    contacts: list[Contact]
    devices: list[Device] = Field(default_factory=list)
    paging_steps: list[PagingStep]

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def default_contact(self) -> Contact | None:
        """The contact that follows the user's e-mail address: an e-mail, since a phone may have any label."""
        return next(
            (contact for contact in self.contacts if contact.kind == "email" and contact.label == DEFAULT_LABEL), None
        )


class Team(Record):
    """A team; `members` says of each username whether they are an admin of the team."""

    slug: str
    name: str
    description: str = ""
    version: int = 0
    is_default: bool = False
    members: dict[str, bool] = Field(default_factory=dict)


class Entry(Record):
    """Whom or what a step pages: `target` is a username, an address or a slug, as the type says."""

    execution_type: ExecutionType
    target: str


class Step(Record):
    """A step of an escalation policy; `timeout` is in minutes since the step before began."""

    timeout: int
    entries: list[Entry]


class Policy(Record):
    """An escalation policy."""

    slug: str
    name: str
    team_slug: str
    ignore_custom_paging_policies: bool = False
    steps: list[Step]


class RoutingKey(Record):
    """A routing key and the slugs of the policies that it leads to."""

    name: str
    targets: list[str]
    is_default: bool = False
    is_multi_responder: bool = False


class Webhook(Record):
    """An outgoing webhook; made in the web interface only."""

    slug: str
    label: str
    url: str


class Snapshot(Record):
    """A whole org; `serial` is the number of identifiers handed out so far."""

    version: Literal[1] = SNAPSHOT_VERSION
    company: str
    serial: int
    users: list[User]
    teams: list[Team]
    policies: list[Policy]
    routing_keys: list[RoutingKey]
    webhooks: list[Webhook]
    rotations: list[Rotation] = Field(default_factory=list)
    overrides: list[Override] = Field(default_factory=list)
    takes: list[Take] = Field(default_factory=list)
    alert_rules: list[AlertRule] = Field(default_factory=list)
    maintenance_modes: list[MaintenanceMode] = Field(default_factory=list)
    incidents: list[Incident] = Field(default_factory=list)
    alerts: list[Alert] = Field(default_factory=list)
    messages: list[Message] = Field(default_factory=list)
