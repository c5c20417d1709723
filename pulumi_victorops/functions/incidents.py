"""Incidents of now and of the past, their notes, and the alerts behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pulumi

from pulumi_victorops.functions._calls import ask, errors_in_one_line, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.alerts import Alert
    from pulumi_victorops.api.incidents import Incident
    from pulumi_victorops.api.notes import Note
    from pulumi_victorops.api.reporting import IncidentFilters, IncidentPage


def get_incident(incident: int | str, *, profile: str | None = None) -> Incident:
    """Get one incident, also one that is long resolved: `GET /api-public/v1/incidents/{incidentNumber}`.

    Args:
        incident: the incident's number.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import Incident

    return ask(
        "getIncident",
        Incident.model_validate,
        lambda client: client.incidents.get(incident),
        incident=incident,
        profile=profile,
    )


def get_incident_output(
    incident: pulumi.Input[int | str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[Incident]:
    """The output form of `get_incident`."""
    return output(get_incident, opts, incident=incident, profile=profile)


def get_incidents(*, profile: str | None = None) -> list[Incident]:
    """Get the open, the acknowledged and the recently resolved incidents: `GET /api-public/v1/incidents`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.incidents import Incident

    return ask("getIncidents", many(Incident), lambda client: client.incidents.all(), profile=profile)


def get_incidents_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Incident]]:
    """The output form of `get_incidents`."""
    return output(get_incidents, opts, profile=profile)


def get_incident_notes(incident: int | str, *, profile: str | None = None) -> list[Note]:
    """Get the notes on an incident: `GET /api-public/v1/incidents/{incidentNumber}/notes`.

    Args:
        incident: the incident's number.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.notes import Note

    return ask(
        "getIncidentNotes", many(Note), lambda client: client.notes.all(incident), incident=incident, profile=profile
    )


def get_incident_notes_output(
    incident: pulumi.Input[int | str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Note]]:
    """The output form of `get_incident_notes`."""
    return output(get_incident_notes, opts, incident=incident, profile=profile)


def get_alert(uuid: str, *, profile: str | None = None) -> Alert:
    """Get one alert: `GET /api-public/v1/alerts/{uuid}`.

    Args:
        uuid: the alert's id, which incidents tell as `last_alert_id` and in their transitions.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.alerts import Alert

    return ask("getAlert", Alert.model_validate, lambda client: client.alerts.get(uuid), uuid=uuid, profile=profile)


def get_alert_output(
    uuid: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[Alert]:
    """The output form of `get_alert`."""
    return output(get_alert, opts, uuid=uuid, profile=profile)


def search_incidents(
    *,
    page_size: int = 100,
    entity_id: str | None = None,
    incident_number: str | None = None,
    started_after: str | None = None,
    started_before: str | None = None,
    host: str | None = None,
    service: str | None = None,
    current_phase: str | None = None,
    routing_key: str | None = None,
    profile: str | None = None,
) -> Iterator[IncidentPage]:
    """Search the history of incidents, page by page: `GET /api-reporting/v2/incidents`.

    The service is up to a quarter of an hour behind, and allows one call a minute: each page after the first comes a
    minute after the one before. A page is asked for when the loop gets to it.

    Args:
        page_size: incidents in a page, 100 at most.
        entity_id: the entity that they are about.
        incident_number: numbers and ranges, such as `4,5,20:50`.
        started_after: ISO 8601.
        started_before: ISO 8601.
        host: the host that they are about.
        service: the service that they are about.
        current_phase: `triggered`, `acknowledged` and `resolved`, with commas between; `resolved` where it isn't given.
        routing_key: the routing key that they came by.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.reporting import IncidentPage

    texts = {
        "entity_id": entity_id,
        "incident_number": incident_number,
        "started_after": started_after,
        "started_before": started_before,
        "host": host,
        "service": service,
        "current_phase": current_phase,
        "routing_key": routing_key,
    }
    filters = cast("IncidentFilters", {name: text for name, text in texts.items() if text is not None})

    def read(answer: object) -> Iterator[IncidentPage]:
        return iter([IncidentPage.model_validate(answer)])

    def call(client: Client) -> Iterator[IncidentPage]:
        return client.reporting.incident_pages(page_size=page_size, **filters)

    with errors_in_one_line():
        yield from ask("searchIncidents", read, call, page_size=page_size, **texts, profile=profile)


def search_incidents_output(
    *,
    page_size: pulumi.Input[int] = 100,
    entity_id: pulumi.Input[str] | None = None,
    incident_number: pulumi.Input[str] | None = None,
    started_after: pulumi.Input[str] | None = None,
    started_before: pulumi.Input[str] | None = None,
    host: pulumi.Input[str] | None = None,
    service: pulumi.Input[str] | None = None,
    current_phase: pulumi.Input[str] | None = None,
    routing_key: pulumi.Input[str] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[list[IncidentPage]]:
    """The output form of `search_incidents`: all pages, so it takes a minute for each after the first."""
    return output(
        _all_pages,
        opts,
        page_size=page_size,
        entity_id=entity_id,
        incident_number=incident_number,
        started_after=started_after,
        started_before=started_before,
        host=host,
        service=service,
        current_phase=current_phase,
        routing_key=routing_key,
        profile=profile,
    )


def _all_pages(**given: Any) -> list[IncidentPage]:
    return list(search_incidents(**given))
