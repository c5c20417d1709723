"""What the simulator keeps of the response to alerts: rules, maintenance modes, incidents, alerts, messages."""

from __future__ import annotations

import re
import warnings
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from pulumi_victorops.simulator.record import Record
from pulumi_victorops.simulator.records_oncall import Instant

MessageType = Literal["INFO", "WARNING", "ACKNOWLEDGEMENT", "CRITICAL", "RECOVERY"]
MatchType = Literal["WILDCARD", "REGEX"]
Phase = Literal["UNACKED", "ACKED", "RESOLVED"]
MessageKind = Literal["chat", "stakeholder", "push", "email", "sms", "phone", "webhook"]


class Annotation(Record):
    """What a rule does to an alert: adds a note, link or image, or writes over a field of it."""

    id: int
    type: Literal["i", "u", "s"]
    field: str
    value: str
    transforms: bool


def pattern_of(match_type: MatchType, text: str) -> re.Pattern[str]:
    """Read what a rule looks for; the wildcard `*` stands for any text."""
    if match_type == "WILDCARD":
        return re.compile(".*".join(map(re.escape, text.split("*"))), re.DOTALL)
    try:
        with warnings.catch_warnings():
            # Python warns of what it may read in another way one day, such as a bracket within brackets.
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(text)
    except (re.error, OverflowError, RecursionError):
        raise ValueError(f"{text!r} is no regular expression") from None


class AlertRule(Record):
    """A rule that alerts meet in the order of the ranks; without `route_key` all alerts do."""

    id: int
    alert_field: str
    alert_value_match: str
    match_type: MatchType
    rank: Annotated[int, Field(ge=1)]
    stop: bool
    notes: str | None = None
    route_key: str | None = None
    annotations: list[Annotation]
    updated_at: Instant
    updated_by: str

    @model_validator(mode="after")
    def _can_be_matched(self) -> AlertRule:
        pattern_of(self.match_type, self.alert_value_match)
        return self

    def match(self, value: str) -> re.Match[str] | None:
        """Match a whole value with what the rule looks for."""
        return pattern_of(self.match_type, self.alert_value_match).fullmatch(value)


class MaintenanceMode(Record):
    """A maintenance mode that is active; one that names no routing key is for the whole org."""

    instance_id: str
    started_by: str
    started_at: Instant
    purpose: str
    names: list[str]


class Message(Record):
    """Something that the service would have sent, or was sent to be read in it."""

    kind: MessageKind
    at: Instant
    incident: int | None
    sender: str | None = None
    username: str | None = None
    to: list[str]
    title: str
    text: str
    details: dict[str, Any] = Field(default_factory=dict)


class Alert(Record):
    """An alert as it was after the rules, with all its fields."""

    id: str
    received_at: Instant
    message_type: MessageType
    entity_id: str
    fields: dict[str, Any]


class Transition(Record):
    """A change of an incident's phase and what brought it."""

    phase: Phase
    at: Instant
    manually: bool
    by: str | None = None
    message: str | None = None
    alert_id: str | None = None


class PagedPolicy(Record):
    """A policy that an incident has been given to, by its names of then."""

    slug: str
    name: str
    team_slug: str
    team_name: str


class Escalation(Record):
    """A policy that is being gone through: its next step and when that begins."""

    policy_slug: str
    step: int
    due: Instant


class Paging(Record):
    """A user who is being reached: the next step of their paging policy and when that begins."""

    username: str
    step: int
    due: Instant


class Note(Record):
    """A document that is attached to an incident."""

    name: str
    display_name: str
    json_value: dict[str, Any]


class Incident(Record):
    """An incident, from its first alert on; `begun` are the policies that cannot be routed to again."""

    number: Annotated[int, Field(ge=1)]
    entity_id: str
    entity_display_name: str
    entity_state: MessageType
    routing_key: str | None
    host: str | None
    service: str
    monitor_name: str
    monitor_type: str
    started_at: Instant
    phase: Phase = "UNACKED"
    muted: bool = False
    alerts: Annotated[list[str], Field(min_length=1)]
    paged_users: list[str] = Field(default_factory=list)
    paged_policies: list[PagedPolicy] = Field(default_factory=list)
    transitions: Annotated[list[Transition], Field(min_length=1)]
    notes: list[Note] = Field(default_factory=list)
    begun: list[str] = Field(default_factory=list)
    escalations: list[Escalation] = Field(default_factory=list)
    pagings: list[Paging] = Field(default_factory=list)

    def next_event(self) -> Escalation | Paging | None:
        """Give what is due first; of several at one instant, steps of policies come before those of users."""
        events: list[Escalation | Paging] = [*self.escalations, *self.pagings]
        return min(events, key=lambda event: event.due, default=None)

    def fall_silent(self) -> None:
        """Stop paging."""
        self.escalations.clear()
        self.pagings.clear()
