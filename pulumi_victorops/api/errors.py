"""What can go wrong with a call, as one tree of exceptions.

`str(error)` is always one line that a person can act on. It never holds a credential: the transport strikes
them out of whatever the service or the network said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_victorops.api.operations import Operation


class VictorOpsError(Exception):
    """Anything that keeps a call from doing what was asked.

    Attributes:
        operation: the API operation, where the failure belongs to one.
        status: the HTTP status, where there was an answer.
        service_message: the service's own words, where it had any.
        attempts: how often the call was made.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: Operation | None = None,
        status: int | None = None,
        service_message: str | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.status = status
        self.service_message = service_message
        self.attempts = 1

    def add_hint(self, hint: str) -> None:
        """Say what to do about it, behind what happened."""
        self.args = (f"{self.args[0]}; {hint}",)

    def __str__(self) -> str:
        """The message, and how many attempts it took to give up."""
        message = str(self.args[0])
        return f"{message} (after {self.attempts} attempts)" if self.attempts > 1 else message


class ConfigurationError(VictorOpsError):
    """The provider's configuration is missing or unusable. No call was made."""


class InvalidArgumentError(VictorOpsError, ValueError):
    """An argument that can't be sent, such as an empty username. No call was made."""


class AuthenticationError(VictorOpsError):
    """401, or a 403 that isn't about what the key may do: the service doesn't accept the id and key."""


class PermissionDeniedError(VictorOpsError):
    """403 on a write: the key is good, but may only read."""


class NotFoundError(VictorOpsError):
    """404: there is no such object."""


class ConflictError(VictorOpsError):
    """409, or 420: the state of the org doesn't allow it now."""


class InvalidRequestError(VictorOpsError):
    """400, 422 and other refusals: the service doesn't accept what was sent."""


class RateLimitError(VictorOpsError):
    """429, or a 403 that speaks of the rate: too many calls. The call had no effect.

    Attributes:
        retry_after: seconds that the service asked to wait, where it said.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: Operation | None = None,
        status: int | None = None,
        service_message: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, operation=operation, status=status, service_message=service_message)
        self.retry_after = retry_after


class ServerError(VictorOpsError):
    """5xx: the service failed. A write may or may not have had its effect."""


class TransportError(VictorOpsError):
    """No answer: refused, reset, timed out or cut short.

    Attributes:
        sent: False where it's certain that the service never got the request.
    """

    def __init__(self, message: str, *, operation: Operation | None = None, sent: bool = True) -> None:
        super().__init__(message, operation=operation)
        self.sent = sent


class UnexpectedResponseError(VictorOpsError):
    """An answer that isn't what the API promises, such as an HTML page with status 200."""
