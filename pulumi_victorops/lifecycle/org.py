"""The org that an operation works on: one client, one pace and one directory for all its resources."""

from __future__ import annotations

import threading

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.lifecycle.directory import Directory
from pulumi_victorops.lifecycle.key_paths import KeyPaths


class Org:
    """Everything that a handler needs to do its work.

    Attributes:
        settings: the configuration.
        client: the calls.
        directory: the lists that have been read.
        key_paths: where routing keys lead while escalation policies are replaced.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.client = Client(settings)
        self.directory = Directory(self.client)
        self.key_paths = KeyPaths(self.directory)

    def replacement_for(self, username: str, named: str | None) -> str | None:
        """Who takes over from `username`: whom the resource names, else the stack's default; never themselves."""
        for candidate in (named, self.settings.default_replacement):
            if candidate and candidate.lower() != username.lower():
                return candidate
        return None


_orgs: dict[Settings, Org] = {}
_lock = threading.Lock()


def org_for(settings: Settings) -> Org:
    """The org with these settings. All who ask in one process share it, since they share its rate limit."""
    with _lock:
        if settings not in _orgs:
            _orgs[settings] = Org(settings)
        return _orgs[settings]
