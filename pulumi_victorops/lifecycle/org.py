"""The org that an operation works on: one client, one pace and one directory for all its resources."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from pulumi_victorops.api import Client, ConfigurationError, Settings
from pulumi_victorops.lifecycle.directory import Directory
from pulumi_victorops.lifecycle.gathering import Gathering
from pulumi_victorops.lifecycle.holders import Holders
from pulumi_victorops.lifecycle.key_paths import KeyPaths

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Org:
    """Everything that a handler needs to do its work.

    Args:
        settings: the configuration.
        beside: the same org by other settings, such as those of a profile: what is known of it is known to both.

    Attributes:
        settings: the configuration.
        client: the calls.
        directory: the lists that have been read.
        key_paths: where routing keys lead while escalation policies are replaced.
        holders: which resources have which objects.
        key: tells this org from others, in files too; it's no credential.
    """

    def __init__(self, settings: Settings, beside: Org | None = None) -> None:
        self.settings = settings
        self.client: Client = beside.client if beside and _call_alike(beside.settings, settings) else Client(settings)
        self.directory: Directory = beside.directory if beside else Directory(self.client)
        self.key_paths: KeyPaths = beside.key_paths if beside else KeyPaths(self.directory)
        self.holders: Holders = beside.holders if beside else Holders()
        self._gatherings: dict[object, Gathering[Any, Any]] = {}
        # The id stays the org's own where its address changes, as a simulated one's does from run to run.
        self.key = hashlib.sha256(settings.api_id.encode()).hexdigest()[:12]

    def is_of(self, settings: Settings) -> bool:
        """Whether settings lead to this org too."""
        return (self.settings.base_url, self.settings.api_id) == (settings.base_url, settings.api_id)

    def together(self, work: Callable[[Client, list[ItemT]], Sequence[ResultT | Exception]], item: ItemT) -> ResultT:
        """Have `work` done on this item and on those that other threads bring at the same time."""
        with _lock:
            gathering = self._gatherings.setdefault(work, Gathering(lambda items: work(self.client, items)))
        return cast("ResultT", gathering.bring(item))

    def replacement_for(self, username: str, named: str | None) -> str | None:
        """Who takes over from `username`: whom the resource names, else the stack's default; never themselves."""
        for candidate in (named, self.settings.default_replacement):
            if candidate and candidate.lower() != username.lower():
                return candidate
        return None


_orgs: dict[Settings, Org | ConfigurationError] = {}
_lock = threading.Lock()


def org_for(settings: Settings) -> Org:
    """The org with these settings. All who ask in one process share it, since they share its rate limit.

    Raises:
        ConfigurationError: the settings can't be used. Said once, it's said to all, who needn't wait to learn it.
    """
    with _lock:
        if settings not in _orgs:
            orgs = [org for org in _orgs.values() if isinstance(org, Org)]
            try:
                _orgs[settings] = Org(settings, next((org for org in orgs if org.is_of(settings)), None))
            except ConfigurationError as error:
                _orgs[settings] = error
        found = _orgs[settings]
    if isinstance(found, ConfigurationError):
        raise found
    return found


def _call_alike(some: Settings, others: Settings) -> bool:
    """Whether one client, and so one pace, does for both, which are of one org."""
    of_a_client = ("api_key", "rate_limit", "rate_limit_store")
    return all(getattr(some, name) == getattr(others, name) for name in of_a_client)


def cancel_all() -> None:
    """Begin nothing any more, in any org."""
    for org in list(_orgs.values()):
        if isinstance(org, Org):
            org.client.cancel()


def close_all() -> None:
    """End every wait: the process is about to end, and would wait for them."""
    for org in list(_orgs.values()):
        if isinstance(org, Org):
            org.client.close()
