"""Reaching the service from a script: with the caller's client or settings, or those of the environment."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from pulumi_victorops.api import Client, Settings, settings_for


@contextlib.contextmanager
def connected(
    client: Client | None, settings: Settings | None, profile: str | None
) -> Iterator[tuple[Client, str | None]]:
    """A client, and who takes over from those who leave, where the settings say so.

    Raises:
        ConfigurationError: neither is given, and the environment's settings are missing or unusable.
    """
    if client is not None:
        yield client, settings.default_replacement if settings else None
        return
    settings = settings or settings_for(lambda key: None, os.environ, profile)
    made = Client(settings)
    try:
        yield made, settings.default_replacement
    finally:
        made.close()
