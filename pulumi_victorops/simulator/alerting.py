"""What an alert goes through: the rules in the order of their ranks, then the incident that it opens or joins.

A maintenance mode keeps alerts from paging: an incident is recorded, and nobody is told. It is for the alerts that come
while it is active: what pages already goes on, and the first alert of an incident after its end pages.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast, get_args

from pulumi_victorops.simulator.incidents import acknowledge, open_incident, page_policies, resolve
from pulumi_victorops.simulator.records_response import Alert, MessageType
from pulumi_victorops.simulator.refusals import bad_request

if TYPE_CHECKING:
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Policy
    from pulumi_victorops.simulator.records_response import AlertRule, Incident

_ANNOTATION = "vo_annotate"

_REFERENCE = re.compile(r"\$\{\{\s*(?P<name>[\w.-]+|\\[0-9]{1,2})\s*\}\}")

_LONGEST_EXPANSION = 100_000
"""Rules that refer to what rules before them made would otherwise grow an alert beyond all bounds."""


def receive(org: Org, sent: dict[str, Any], routing_key: str, at: datetime) -> Alert:
    """Take an alert in, or refuse it with 400."""
    fields = sent | {"routing_key": routing_key}
    fields["entity_id"] = str(fields.get("entity_id") or org.new_uuid())
    apply_rules(org.desk.rules, fields)
    alert = Alert(
        id=org.new_uuid(),
        received_at=at,
        message_type=_message_type(fields),
        entity_id=str(fields["entity_id"]),
        fields=fields,
    )
    org.desk.alerts[alert.id] = alert
    incident = org.desk.open_incident_of(alert.entity_id)
    if incident is not None and alert.message_type != "INFO":
        incident.alerts.append(alert.id)
    match alert.message_type:
        case "CRITICAL" | "WARNING":
            _raise(org, incident, alert)
        case "ACKNOWLEDGEMENT" if incident is not None:
            acknowledge(incident, at, _said(fields, "ack_author"), _said(fields, "ack_msg"), alert.id)
        case "RECOVERY" if incident is not None:
            incident.entity_state = "RECOVERY"
            resolve(org, incident, at, None, None, alert.id)
    return alert


def apply_rules(rules: list[AlertRule], fields: dict[str, Any]) -> None:
    """Let the rules change an alert one after the other; each sees what those before it wrote."""
    for rule in rules:
        if rule.route_key is not None and rule.route_key.lower() != str(fields["routing_key"]).lower():
            continue
        value = fields.get(rule.alert_field)
        match = None if value is None else rule.match(str(value))
        if match is None:
            continue
        for annotation in rule.annotations:
            name = annotation.field if annotation.transforms else f"{_ANNOTATION}.{annotation.type}.{annotation.field}"
            fields[name] = _expanded(annotation.value, fields, match)
        if rule.stop:
            return


def _expanded(text: str, fields: dict[str, Any], match: re.Match[str]) -> str:
    """Put in what stands in fields, for `${{field}}`, and in groups of the expression, for `${{\\1}}`."""
    values = {**fields, **{f"\\{number}": group for number, group in enumerate((match[0], *match.groups()))}}
    room = _LONGEST_EXPANSION

    def value_of(reference: re.Match[str]) -> str:
        nonlocal room
        value = values.get(reference["name"])
        if value is None:
            return reference[0]
        text = str(value)[:room]
        room -= len(text)
        return text

    return _REFERENCE.sub(value_of, text)


def policies_for(org: Org, routing_key: str) -> list[Policy]:
    """List the policies that a routing key leads to; one that nobody made leads where the default key does."""
    key = org.routing_key(routing_key) or next((key for key in org.routing_keys.values() if key.is_default), None)
    return [org.policies[slug] for slug in key.targets] if key is not None else []


def _raise(org: Org, incident: Incident | None, alert: Alert) -> None:
    routing_key = str(alert.fields["routing_key"])
    if incident is None:
        tool = str(alert.fields.get("monitoring_tool") or "")
        incident = open_incident(org, alert, tool, tool or "API")
        pages = True
    else:
        incident.entity_state = alert.message_type
        pages = incident.muted and incident.phase == "UNACKED"
    if pages:
        incident.muted = org.desk.mutes(routing_key)
        if not incident.muted:
            page_policies(org, incident, policies_for(org, routing_key), alert.received_at)


def _message_type(fields: dict[str, Any]) -> MessageType:
    given = fields.get("message_type")
    known = get_args(MessageType)
    if str(given).upper() not in known:
        raise bad_request(f"message_type: {given!r} is none of {', '.join(known)}")
    return cast("MessageType", str(given).upper())


def _said(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value)
