"""A typed client of the VictorOps REST API.

This package knows HTTP and VictorOps; it knows nothing of Pulumi.
"""

from pulumi_victorops.api.client import Client
from pulumi_victorops.api.errors import (
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    InvalidArgumentError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
    VictorOpsError,
)
from pulumi_victorops.api.profiles import settings_for
from pulumi_victorops.api.settings import Settings

__all__ = [
    "AuthenticationError",
    "Client",
    "ConfigurationError",
    "ConflictError",
    "InvalidArgumentError",
    "InvalidRequestError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "Settings",
    "TransportError",
    "UnexpectedResponseError",
    "VictorOpsError",
    "settings_for",
]
