"""Who takes over when somebody leaves: for users and for members of teams."""

from __future__ import annotations

import time
from collections.abc import Callable

from pulumi_victorops.api.errors import InvalidRequestError, NotFoundError
from pulumi_victorops.lifecycle.org import Org

_HINT = (
    "; name who takes over: replacement_user on the resource (and bring that up first), "
    "or victorops:defaultReplacement for the stack"
)

# Seconds between attempts to remove somebody for whom nobody takes over. What still names them may be leaving in the
# same operation: the engine deletes an escalation policy and the membership of somebody in it side by side.
_WAITS = (0.5, 1.0, 1.5)


def hand_over(org: Org, username: str, named: str | None, remove: Callable[[str | None], None]) -> None:
    """Remove somebody with the replacement that the resource or the stack names.

    Without one the service removes only people whom nothing names any more. So does it for a replacement who has left
    meanwhile, as happens when a whole stack is destroyed.

    Raises:
        InvalidRequestError: the service wants a replacement; the message says where to name one.
    """
    replacement = org.replacement_for(username, named)
    if replacement is not None:
        try:
            remove(replacement)
        except InvalidRequestError:
            if _exists(org, replacement):
                raise
        else:
            return
    for wait in (*_WAITS, None):
        try:
            remove(None)
        except InvalidRequestError as error:
            if wait is None:
                raise InvalidRequestError(
                    f"{error.args[0]}{_HINT}",
                    operation=error.operation,
                    status=error.status,
                    service_message=error.service_message,
                ) from None
            time.sleep(wait)
        else:
            return


def _exists(org: Org, username: str) -> bool:
    try:
        org.client.users.get(username)
    except NotFoundError:
        return False
    return True
