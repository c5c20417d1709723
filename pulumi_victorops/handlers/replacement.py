"""Who takes over when somebody leaves: for users and for members of teams."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_victorops.api.errors import InvalidRequestError, NotFoundError
from pulumi_victorops.lifecycle.org import Org

_HINT = (
    "; name who takes over: replacement_user on the resource (and bring that up first), "
    "or victorops:defaultReplacement for the stack"
)


def hand_over(org: Org, username: str, named: str | None, remove: Callable[[str | None], None]) -> None:
    """Remove somebody with the replacement that the resource or the stack names.

    A replacement who has left meanwhile, as happens when a whole stack is destroyed, is left out: then the service
    removes the person only where nothing is left to take over.

    Raises:
        InvalidRequestError: the service wants a replacement; the message says where to name one.
    """
    replacement = org.replacement_for(username, named)
    try:
        try:
            remove(replacement)
        except InvalidRequestError:
            if replacement is None or _exists(org, replacement):
                raise
            remove(None)
    except InvalidRequestError as error:
        raise InvalidRequestError(
            str(error.args[0]) + _HINT,
            operation=error.operation,
            status=error.status,
            service_message=error.service_message,
        ) from None


def _exists(org: Org, username: str) -> bool:
    try:
        org.client.users.get(username)
    except NotFoundError:
        return False
    return True
