"""Outgoing webhooks. They are made in the web console; policies refer to them by slug."""

from __future__ import annotations

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse_list
from pulumi_victorops.api.transport import Transport


class Webhook(ApiModel):
    """An outgoing webhook."""

    slug: str
    label: str = ""
    url: str | None = None


class Webhooks:
    """The call about webhooks."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self) -> list[Webhook]:
        """`GET /api-public/v1/webhooks`."""
        data = self._transport.call(op.LIST_WEBHOOKS)
        key = "webHooks" if isinstance(data, dict) and "webHooks" in data else "webhooks"
        return parse_list(Webhook, member(data, key, op.LIST_WEBHOOKS), op.LIST_WEBHOOKS)
