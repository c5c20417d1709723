"""Ways in which a call is refused, with the status and text that the caller gets."""

from __future__ import annotations

from http import HTTPStatus


class RefusedError(Exception):
    """The service answers `{"error": "<text>"}` with a status."""

    def __init__(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        """Keep what the answer is made of."""
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = headers or {}


class GatewayRefusedError(RefusedError):
    """What stands before the service answers `{"message": "<text>"}`, or plain text, with a status."""


def bad_request(text: str) -> RefusedError:
    """Make the refusal of a request that is wrong in itself."""
    return RefusedError(HTTPStatus.BAD_REQUEST, text)


def not_found(text: str) -> RefusedError:
    """Make the refusal of a path that names something absent."""
    return RefusedError(HTTPStatus.NOT_FOUND, text)


def unprocessable(text: str) -> RefusedError:
    """Make the refusal of a sound request that does not fit the org as it is."""
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, text)
