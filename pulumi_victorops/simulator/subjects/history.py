"""The report on incidents: operation E87."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from pulumi_victorops.simulator.queries import instant, listed, whole_number
from pulumi_victorops.simulator.refusals import bad_request
from pulumi_victorops.simulator.subjects.incident_views import WORDS, report_json

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records_response import Incident, Phase

_SHOWN: Final = 20
_MOST_SHOWN: Final = 100
_MOST_SKIPPED: Final = 999_999_999
_BEGINNING = datetime.min.replace(tzinfo=timezone.utc)
_END = datetime.max.replace(tzinfo=timezone.utc)


def _phases(call: Call) -> set[Phase]:
    """Read the phases asked for, in the words of the reports or in those of the API."""
    wanted = listed(call, "currentPhase") or {WORDS["RESOLVED"]}
    known: dict[str, Phase] = {name: phase for phase, word in WORDS.items() for name in (word, phase.lower())}
    for name in sorted(wanted - set(known)):
        raise bad_request(f"currentPhase: {name!r} is none of {', '.join(WORDS.values())}")
    return {known[name] for name in wanted}


def _numbers(call: Call) -> list[range] | None:
    """Read numbers and ranges of them, as in `4,5,20:50`."""
    wanted = listed(call, "incidentNumber")
    if wanted is None:
        return None
    ranges = []
    for part in wanted:
        found = re.fullmatch(r"([0-9]{1,9})(?::([0-9]{1,9}))?", part)
        if found is None:
            raise bad_request(f"incidentNumber: {part!r} is neither a number nor a range of numbers")
        ranges.append(range(int(found[1]), int(found[2] or found[1]) + 1))
    return ranges


def _search(call: Call) -> list[Incident]:
    phases, numbers = _phases(call), _numbers(call)
    after, before = instant(call, "startedAfter", _BEGINNING), instant(call, "startedBefore", _END)
    hosts, services, keys = (listed(call, name) for name in ("host", "service", "routingKey"))
    entity_id = call.query.get("entityId")
    return [
        incident
        for incident in call.org.desk.incidents.values()
        if incident.phase in phases
        and after <= incident.started_at < before
        and (numbers is None or any(incident.number in wanted for wanted in numbers))
        and entity_id in (None, incident.entity_id)
        and (hosts is None or (incident.host or "").lower() in hosts)
        and (services is None or incident.service.lower() in services)
        and (keys is None or (incident.routing_key or "").lower() in keys)
    ]


def _report(call: Call) -> dict[str, Any]:
    offset = whole_number(call, "offset", 0, 0, _MOST_SKIPPED)
    limit = whole_number(call, "limit", _SHOWN, 1, _MOST_SHOWN)
    found = _search(call)
    return {
        "offset": offset,
        "limit": limit,
        "total": len(found),
        "incidents": [report_json(call.org, incident) for incident in found[offset : offset + limit]],
    }


RULES: dict[str, Rule] = {"GET /api-reporting/v2/incidents": _report}
"""What answers the operation on past incidents."""
