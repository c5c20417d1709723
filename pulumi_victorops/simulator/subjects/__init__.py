"""The subjects of the API: one file each, with what its operations answer and the rules behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_victorops.simulator.subjects import (
    alert_rules,
    alerts,
    catalogues,
    contacts,
    extended,
    history,
    incidents,
    maintenance,
    messages,
    notes,
    oncall,
    oncall_log,
    overrides,
    paging,
    policies,
    rotations,
    routing_keys,
    scheduled,
    schedules,
    teams,
    users,
    webhooks,
)

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Rule

RULES: dict[str, Rule] = {
    operation: rule
    for subject in (
        users,
        teams,
        contacts,
        catalogues,
        policies,
        routing_keys,
        extended,
        oncall,
        webhooks,
        paging,
        rotations,
        scheduled,
        overrides,
        schedules,
        alert_rules,
        maintenance,
        notes,
        messages,
        incidents,
        alerts,
        history,
        oncall_log,
    )
    for operation, rule in subject.RULES.items()
}
"""What answers each operation that the simulator has."""
