"""Incidents: operations E63 to E70."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.escalation import page_user, settle
from pulumi_victorops.simulator.incidents import acknowledge, open_incident, page_policies, reroute, resolve
from pulumi_victorops.simulator.records_response import Alert
from pulumi_victorops.simulator.refusals import not_found
from pulumi_victorops.simulator.subjects.incident_views import incident_json
from pulumi_victorops.simulator.subjects.users import find_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import Policy
    from pulumi_victorops.simulator.records_response import Incident

    # Does something to an open incident in the name of a user, who may have said something.
    _Command = Callable[[Call, Incident, str, str | None], None]

RECENT: Final = timedelta(days=1)
"""How long a resolved incident stays in the list; the service says `recently` and no more."""

_BY_HAND = "Manual"


class _Target(Body):
    type: Literal["User", "EscalationPolicy"]
    slug: Text


_Targets = Annotated[list[_Target], Field(min_length=1)]


class _IncidentBody(Body):
    summary: Text
    details: str = ""
    user_name: Text
    targets: _Targets
    is_multi_responder: bool | None = None


class _CommandBody(Body):
    user_name: Text
    incident_names: list[str]
    message: str | None = None


class _ByUserBody(Body):
    user_name: Text
    message: str | None = None


class _Reroute(Body):
    incident_number: Text
    targets: _Targets
    add_targets: bool | None = None


class _RerouteBody(Body):
    user_name: Text
    reroutes: list[_Reroute]


def find_incident(org: Org, number: str) -> Incident:
    """Give the incident that a path names, or refuse with 404."""
    incident = org.desk.incident(number)
    if incident is None:
        raise not_found(f"No incident '{number}' found")
    return incident


def _list(call: Call) -> dict[str, Any]:
    shown = [
        incident
        for incident in call.org.desk.incidents.values()
        if incident.phase != "RESOLVED" or call.now - incident.transitions[-1].at < RECENT
    ]
    return {"incidents": [incident_json(call.org, incident) for incident in shown]}


def _read(call: Call) -> dict[str, Any]:
    return incident_json(call.org, find_incident(call.org, call.params["incidentNumber"]))


def _unknown(org: Org, target: _Target) -> str | None:
    """Say what is wrong with a target, if anything."""
    if target.type == "User":
        return None if target.slug.lower() in org.users else f"No user '{target.slug}' found"
    return None if target.slug in org.policies else f"No policy '{target.slug}' found"


def _resolve_targets(org: Org, targets: Iterable[_Target]) -> tuple[list[Policy], list[str]]:
    policies = [org.policies[target.slug] for target in targets if target.type == "EscalationPolicy"]
    return policies, [target.slug.lower() for target in targets if target.type == "User"]


def _create(call: Call) -> dict[str, str]:
    org, body = call.org, call.body(_IncidentBody)
    creator = org.users.get(body.user_name.lower())
    problems = [] if creator is not None else [f"No user '{body.user_name}' found"]
    problems += [problem for target in body.targets if (problem := _unknown(org, target)) is not None]
    if creator is None or problems:
        return {"error": problems[0]}  # with status 200, which is how the service says it
    fields = {"entity_display_name": body.summary, "state_message": body.details, "monitoring_tool": _BY_HAND}
    alert = Alert(
        id=org.new_uuid(), received_at=call.now, message_type="CRITICAL", entity_id=org.new_uuid(), fields=fields
    )
    org.desk.alerts[alert.id] = alert
    incident = open_incident(org, alert, f"vouser-{creator.username}", _BY_HAND, creator.username)
    policies, usernames = _resolve_targets(org, body.targets)
    page_policies(org, incident, policies, call.now)
    for username in usernames:
        page_user(org, incident, username, call.now)
    settle(org, call.now)
    return {"incidentNumber": str(incident.number), "entityId": incident.entity_id}


def _commander(command: _Command) -> Rule:
    """Make the operation that does something to the incidents of a list."""

    def answer(call: Call) -> dict[str, Any]:
        body = call.body(_CommandBody)
        username = find_user(call.org, body.user_name).username
        return _results(call, command, body.incident_names, username, body.message)

    return answer


def _commander_by_user(command: _Command, phases: set[str]) -> Rule:
    """Make the operation that does something to the incidents that paged a user."""

    def answer(call: Call) -> dict[str, Any]:
        body = call.body(_ByUserBody)
        username = find_user(call.org, body.user_name).username
        concerned = [
            str(incident.number)
            for incident in call.org.desk.open_incidents()
            if username in incident.paged_users and incident.phase in phases
        ]
        return _results(call, command, concerned, username, body.message)

    return answer


def _results(call: Call, command: _Command, numbers: list[str], username: str, message: str | None) -> dict[str, Any]:
    rows = []
    for number in numbers:
        incident = call.org.desk.incident(number)
        problem = _not_open(number, incident)
        if incident is not None and problem is None:
            command(call, incident, username, message)
        rows.append(
            {
                "incidentNumber": number,
                "entityId": "" if incident is None else incident.entity_id,
                "cmdAccepted": problem is None,
                "message": problem or "",
            }
        )
    return {"results": rows}


def _not_open(number: str, incident: Incident | None) -> str | None:
    """Say why nothing can be done to an incident, if so."""
    if incident is None:
        return f"No incident '{number}' found"
    return f"Incident {number} is resolved already" if incident.phase == "RESOLVED" else None


def _acknowledge(call: Call, incident: Incident, username: str, message: str | None) -> None:
    acknowledge(incident, call.now, username, message)


def _resolve(call: Call, incident: Incident, username: str, message: str | None) -> None:
    resolve(call.org, incident, call.now, username, message)


def _reroute(call: Call) -> dict[str, Any]:
    body = call.body(_RerouteBody)
    username = find_user(call.org, body.user_name).username
    statuses = [_reroute_one(call, each, username) for each in body.reroutes]
    settle(call.org, call.now)
    return {"statuses": statuses}


def _reroute_one(call: Call, wish: _Reroute, username: str) -> dict[str, Any]:
    org, number, incident = call.org, wish.incident_number, call.org.desk.incident(wish.incident_number)
    closed = _not_open(number, incident)
    if incident is None or closed is not None:
        return {"incidentNumber": number, "success": False, "message": closed, "targetStatus": []}
    add = bool(wish.add_targets)
    statuses: list[dict[str, Any]] = []
    good = []
    for target in wish.targets:
        problem = _unknown(org, target)
        if add and target.slug in incident.begun:
            problem = f"Policy '{target.slug}' is paged already"
        if problem is None:
            good.append(target)
        statuses.append({"slug": target.slug, "success": problem is None} | ({"message": problem} if problem else {}))
    if good:
        policies, usernames = _resolve_targets(org, good)
        reroute(org, incident, policies, usernames, call.now, username, add=add)
    return {"incidentNumber": number, "success": len(good) == len(statuses), "targetStatus": statuses}


_ALL = "/api-public/v1/incidents"

RULES: dict[str, Rule] = {
    f"GET {_ALL}": _list,
    f"GET {_ALL}/{{incidentNumber}}": _read,
    f"POST {_ALL}": _create,
    f"PATCH {_ALL}/ack": _commander(_acknowledge),
    f"PATCH {_ALL}/resolve": _commander(_resolve),
    f"PATCH {_ALL}/byUser/ack": _commander_by_user(_acknowledge, {"UNACKED"}),
    f"PATCH {_ALL}/byUser/resolve": _commander_by_user(_resolve, {"UNACKED", "ACKED"}),
    f"POST {_ALL}/reroute": _reroute,
}
"""What answers each operation on incidents."""
