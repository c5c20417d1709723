"""What an org knows of alerts and incidents, with the index that saves a search."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_victorops.simulator.records import Snapshot
    from pulumi_victorops.simulator.records_response import (
        Alert,
        AlertRule,
        Incident,
        MaintenanceMode,
        Message,
    )

KEPT_MESSAGES: Final = 5_000
"""How many messages are kept; older ones are forgotten."""

_LONGEST_NUMBER = 18


class Desk:
    """The incident part of an org. Incidents are added and closed here, so that the index holds."""

    def __init__(self) -> None:
        """Begin with nothing in it."""
        self.rules: list[AlertRule] = []
        self.maintenance_modes: dict[str, MaintenanceMode] = {}
        self.incidents: dict[int, Incident] = {}
        self.alerts: dict[str, Alert] = {}
        self.messages: deque[Message] = deque(maxlen=KEPT_MESSAGES)
        self._open_by_entity: dict[str, Incident] = {}

    @classmethod
    def of(cls, snapshot: Snapshot) -> Desk:
        """Take over what a snapshot has, or say by `ValueError` where it contradicts itself."""
        desk = cls()
        for alert in snapshot.alerts:
            _need(alert.id not in desk.alerts, f"alert {alert.id!r} stands in it twice")
            desk.alerts[alert.id] = alert
        for rule in snapshot.alert_rules:
            _need(all(other.id != rule.id for other in desk.rules), f"alert rule {rule.id} stands in it twice")
            desk.rules.append(rule)
        desk.rules.sort(key=lambda each: each.rank)
        for mode in snapshot.maintenance_modes:
            desk.maintenance_modes[mode.instance_id] = mode
        for incident in snapshot.incidents:
            number = incident.number
            _need(number not in desk.incidents, f"incident {number} stands in it twice")
            for alert_id in incident.alerts:
                _need(alert_id in desk.alerts, f"incident {number} has the unknown alert {alert_id!r}")
            if incident.phase != "RESOLVED":
                open_one = desk.open_incident_of(incident.entity_id)
                _need(open_one is None, f"two open incidents have the entity {incident.entity_id!r}")
            desk.add_incident(incident)
        desk.messages.extend(snapshot.messages)
        return desk

    # Alert rules

    def add_rule(self, rule: AlertRule) -> None:
        """Take a rule in at its rank; if that is taken, the rules from there on give way by one."""
        if any(other.rank == rule.rank for other in self.rules):
            for other in self.rules:
                if other.rank >= rule.rank:
                    other.rank += 1
        self.rules.append(rule)
        self.rules.sort(key=lambda each: each.rank)

    def last_rank(self) -> int:
        """Give the rank of the last rule, 0 if there is none."""
        return max((rule.rank for rule in self.rules), default=0)

    # Maintenance

    def mutes(self, routing_key: str) -> bool:
        """Say whether alerts with a routing key page nobody at present."""
        return any(
            not mode.names or routing_key.lower() in map(str.lower, mode.names)
            for mode in self.maintenance_modes.values()
        )

    # Incidents

    def next_number(self) -> int:
        """Give the number of the next incident."""
        return max(self.incidents, default=0) + 1

    def incident(self, number: str) -> Incident | None:
        """Find an incident by its number as callers write it."""
        if not (number.isascii() and number.isdigit()) or len(number) > _LONGEST_NUMBER:
            return None
        return self.incidents.get(int(number))

    def add_incident(self, incident: Incident) -> None:
        """Take an incident in."""
        self.incidents[incident.number] = incident
        if incident.phase != "RESOLVED":
            self._open_by_entity[incident.entity_id] = incident

    def close_incident(self, incident: Incident) -> None:
        """Let no more alerts join an incident."""
        self._open_by_entity.pop(incident.entity_id)

    def open_incident_of(self, entity_id: str) -> Incident | None:
        """Find the incident that an alert of an entity joins."""
        return self._open_by_entity.get(entity_id)

    def open_incidents(self) -> Iterable[Incident]:
        """Give the incidents that are not resolved."""
        return self._open_by_entity.values()


def _need(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(otherwise)
