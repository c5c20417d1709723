"""The orgs that a stack's settings lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pulumi_victorops.api import ConfigurationError
from pulumi_victorops.api.profiles import profile_names, settings_for
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.stack.errors import NotDoneError


class Orgs:
    """The stack's own org, and those of its profiles.

    Args:
        config: the stack's configuration.
        environ: the environment variables.

    Attributes:
        by_profile: the orgs by the names of their profiles; the stack's own is None's.
        by_key: the profiles of each org by its key.

    Raises:
        NotDoneError: the settings can't be used.
    """

    def __init__(self, config: Mapping[str, str], environ: Mapping[str, str]) -> None:
        self.by_profile: dict[str | None, Org] = {}
        self.by_key: defaultdict[str, list[str | None]] = defaultdict(list)
        try:
            names = profile_names(config.get, environ)
            for profile in (None, *names):
                self._add(profile, config, environ, optional=profile is None and bool(names))
        except ConfigurationError as error:
            self.close()
            raise NotDoneError(str(error)) from None

    @property
    def journal(self) -> str | None:
        """Where the journals are, which is one setting for all of them."""
        return next(iter(self.by_profile.values())).settings.journal

    def close(self) -> None:
        """Make no more calls."""
        for org in self.by_profile.values():
            org.client.close()

    def _add(
        self, profile: str | None, config: Mapping[str, str], environ: Mapping[str, str], *, optional: bool
    ) -> None:
        try:
            settings = settings_for(config.get, environ, profile)
        except ConfigurationError:
            if optional:
                # A stack may have nothing but profiles.
                return
            raise
        org = Org(settings, next((org for org in self.by_profile.values() if org.is_of(settings)), None))
        self.by_profile[profile] = org
        self.by_key[org.key].append(profile)
