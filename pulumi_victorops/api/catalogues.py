"""What paging policies may be made of: the service's own lists of ways to page somebody."""

from __future__ import annotations

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse_list
from pulumi_victorops.api.transport import Transport


class NotificationType(ApiModel):
    """A way to page somebody, such as `push`."""

    type: str
    description: str = ""


class ContactType(ApiModel):
    """A kind of contact method that a paging rule may name, such as `email`."""

    type: str
    description: str = ""


class TimeoutType(ApiModel):
    """How many minutes a step may wait. The service sends a number, or its digits."""

    type: int
    description: str = ""


class Catalogues:
    """The calls about the types that paging policies are made of."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def notification_types(self) -> list[NotificationType]:
        """`GET /api-public/v1/policies/types/notifications`."""
        rows = member(self._transport.call(op.LIST_NOTIFICATION_TYPES), "notificationTypes", op.LIST_NOTIFICATION_TYPES)
        return parse_list(NotificationType, rows, op.LIST_NOTIFICATION_TYPES)

    def contact_types(self) -> list[ContactType]:
        """`GET /api-public/v1/policies/types/contacts`."""
        rows = member(self._transport.call(op.LIST_CONTACT_TYPES), "contactTypes", op.LIST_CONTACT_TYPES)
        return parse_list(ContactType, rows, op.LIST_CONTACT_TYPES)

    def timeout_types(self) -> list[TimeoutType]:
        """`GET /api-public/v1/policies/types/timeouts`."""
        rows = member(self._transport.call(op.LIST_TIMEOUT_TYPES), "timeoutTypes", op.LIST_TIMEOUT_TYPES)
        return parse_list(TimeoutType, rows, op.LIST_TIMEOUT_TYPES)
