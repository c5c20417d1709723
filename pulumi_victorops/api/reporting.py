"""Reporting: who was on call, and which incidents there were. It lags behind by up to a quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field
from pydantic.alias_generators import to_camel
from typing_extensions import TypedDict, Unpack

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.incidents import Incident
from pulumi_victorops.api.models import ApiModel, parse
from pulumi_victorops.api.policies import PolicyReference
from pulumi_victorops.api.transport import Transport

_LARGEST_PAGE = 100


class Span(ApiModel):
    """A length of time."""

    hours: int | float = 0
    minutes: int | float = 0


class OnCallInterval(ApiModel):
    """One stretch that somebody was on call."""

    on: str
    off: str | None = None
    duration: Span | None = None
    escalation_policy: PolicyReference | None = None


class UserLog(ApiModel):
    """One person's time on call."""

    user_id: str
    total: Span | None = None
    adjusted_total: Span | None = None
    log: list[OnCallInterval] = Field(default_factory=list)


class OnCallLog(ApiModel):
    """A team's time on call."""

    team_slug: str | None = None
    start: str | None = None
    end: str | None = None
    user_logs: list[UserLog] = Field(default_factory=list)


class IncidentFilters(TypedDict, total=False):
    """Which incidents to look for.

    `incident_number` takes lists and ranges such as `4,5,20:50`. `current_phase` takes a list of `triggered`,
    `acknowledged` and `resolved`; where it isn't given, the service looks for the resolved ones only.
    """

    entity_id: str
    incident_number: str
    started_after: str
    started_before: str
    host: str
    service: str
    current_phase: str
    routing_key: str


class IncidentPage(ApiModel):
    """Some of the incidents that were looked for; `total` is how many there are."""

    offset: int | None = None
    limit: int | None = None
    total: int | None = None
    incidents: list[Incident]


class Reporting:
    """The calls about the past."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def on_call_log(
        self, team: str, *, start: str | None = None, end: str | None = None, username: str | None = None
    ) -> OnCallLog:
        """`GET /api-reporting/v1/team/{team}/oncall/log`: today's where no `start` and `end` (ISO 8601) are given."""
        query = {"start": start, "end": end, "userName": username}
        given = {name: value for name, value in query.items() if value is not None}
        return parse(OnCallLog, self._transport.call(op.GET_ON_CALL_LOG, query=given, team=team), op.GET_ON_CALL_LOG)

    def search_incidents(
        self, *, offset: int | None = None, limit: int | None = None, **filters: Unpack[IncidentFilters]
    ) -> IncidentPage:
        """`GET /api-reporting/v2/incidents`: one page of at most 100; the service allows one call a minute."""
        query = {"offset": offset, "limit": limit} | {to_camel(name): str(value) for name, value in filters.items()}
        given = {name: value for name, value in query.items() if value is not None}
        return parse(IncidentPage, self._transport.call(op.SEARCH_INCIDENTS, query=given), op.SEARCH_INCIDENTS)

    def incident_pages(
        self, *, page_size: int = _LARGEST_PAGE, **filters: Unpack[IncidentFilters]
    ) -> Iterator[IncidentPage]:
        """All pages of `search_incidents`, each asked for when it's wanted: a minute for each after the first."""
        offset = 0
        while True:
            page = self.search_incidents(offset=offset, limit=page_size, **filters)
            yield page
            offset += len(page.incidents)
            # Without a total, only a page that isn't full tells the end.
            is_last = len(page.incidents) < page_size if page.total is None else offset >= page.total
            if is_last or not page.incidents:
                return
