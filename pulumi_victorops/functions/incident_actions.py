"""What people do with incidents. For scripts: a preview refuses them, and an update repeats them each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pulumi_victorops.functions._calls import act, listed, many

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.incidents import CommandResult, CreatedIncident, IncidentTarget, RerouteStatus


def create_incident(
    summary: str,
    *,
    username: str,
    details: str = "",
    users: str | Sequence[str] = (),
    policies: str | Sequence[str] = (),
    is_multi_responder: bool | None = None,
    profile: str | None = None,
) -> CreatedIncident:
    """Make an incident, which pages people at once: `POST /api-public/v1/incidents`.

    Args:
        summary: what it's about, in one line.
        username: who makes it.
        details: what there is to say.
        users: the usernames of whom it pages.
        policies: the slugs of escalation policies that it starts.
        is_multi_responder: whether everybody who is paged has to acknowledge.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import CreatedIncident

    def call(client: Client) -> CreatedIncident:
        return client.incidents.create(
            username=username,
            summary=summary,
            details=details,
            targets=_targets(users, policies),
            is_multi_responder=is_multi_responder,
        )

    return act(
        "createIncident",
        CreatedIncident.model_validate,
        call,
        summary=summary,
        username=username,
        details=details,
        users=listed(users),
        policies=listed(policies),
        is_multi_responder=is_multi_responder,
        profile=profile,
    )


def acknowledge_incidents(
    incidents: int | str | Sequence[int | str], *, username: str, message: str | None = None, profile: str | None = None
) -> list[CommandResult]:
    """Acknowledge incidents: `PATCH /api-public/v1/incidents/ack`.

    An incident that can't be acknowledged is no error: its result says so.

    Args:
        incidents: the number of one incident, or of several.
        username: who acknowledges.
        message: what the timeline tells about it.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import CommandResult

    numbers = listed(incidents)
    return act(
        "acknowledgeIncidents",
        many(CommandResult),
        lambda client: client.incidents.acknowledge(username=username, incidents=numbers, message=message),
        incidents=numbers,
        username=username,
        message=message,
        profile=profile,
    )


def resolve_incidents(
    incidents: int | str | Sequence[int | str], *, username: str, message: str | None = None, profile: str | None = None
) -> list[CommandResult]:
    """Resolve incidents: `PATCH /api-public/v1/incidents/resolve`.

    An incident that can't be resolved is no error: its result says so.

    Args:
        incidents: the number of one incident, or of several.
        username: who resolves.
        message: what the timeline tells about it.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import CommandResult

    numbers = listed(incidents)
    return act(
        "resolveIncidents",
        many(CommandResult),
        lambda client: client.incidents.resolve(username=username, incidents=numbers, message=message),
        incidents=numbers,
        username=username,
        message=message,
        profile=profile,
    )


def acknowledge_by_user(
    username: str, *, message: str | None = None, profile: str | None = None
) -> list[CommandResult]:
    """Acknowledge every incident that paged a person: `PATCH /api-public/v1/incidents/byUser/ack`.

    Args:
        username: who was paged, and acknowledges.
        message: what the timeline tells about it.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import CommandResult

    return act(
        "acknowledgeByUser",
        many(CommandResult),
        lambda client: client.incidents.acknowledge_all_of(username, message=message),
        username=username,
        message=message,
        profile=profile,
    )


def resolve_by_user(username: str, *, message: str | None = None, profile: str | None = None) -> list[CommandResult]:
    """Resolve every incident that paged a person: `PATCH /api-public/v1/incidents/byUser/resolve`.

    Args:
        username: who was paged, and resolves.
        message: what the timeline tells about it.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import CommandResult

    return act(
        "resolveByUser",
        many(CommandResult),
        lambda client: client.incidents.resolve_all_of(username, message=message),
        username=username,
        message=message,
        profile=profile,
    )


def reroute_incidents(
    incidents: int | str | Sequence[int | str],
    *,
    username: str,
    users: str | Sequence[str] = (),
    policies: str | Sequence[str] = (),
    add_targets: bool | None = None,
    profile: str | None = None,
) -> list[RerouteStatus]:
    """Send incidents to other people or policies: `POST /api-public/v1/incidents/reroute`.

    An incident that can't be rerouted is no error: its status says so.

    Args:
        incidents: the number of one incident, or of several.
        username: who reroutes.
        users: the usernames of whom they are to page.
        policies: the slugs of escalation policies that they are to start.
        add_targets: whether those who were paged before stay.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import Reroute, RerouteStatus

    numbers = listed(incidents)

    def call(client: Client) -> list[RerouteStatus]:
        targets = _targets(users, policies)
        reroutes = [
            Reroute(incident_number=str(number), targets=targets, add_targets=add_targets) for number in numbers
        ]
        return client.incidents.reroute(username=username, reroutes=reroutes)

    return act(
        "rerouteIncidents",
        many(RerouteStatus),
        call,
        incidents=numbers,
        username=username,
        users=listed(users),
        policies=listed(policies),
        add_targets=add_targets,
        profile=profile,
    )


def _targets(users: str | Sequence[str], policies: str | Sequence[str]) -> list[IncidentTarget]:
    from pulumi_victorops.api.incidents import IncidentTarget

    people = [IncidentTarget(type="User", slug=username) for username in listed(users)]
    return people + [IncidentTarget(type="EscalationPolicy", slug=slug) for slug in listed(policies)]
