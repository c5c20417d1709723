"""The `Override` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class Override(VictorOpsResource, provider=providers.Override):
    """A scheduled override: somebody is away for a while.

    Who covers is said by an `OverrideAssignment` for each escalation policy; where nobody does, the person is still
    paged. Its id is the public id that the service gives it. The API can't change an override, so every change
    replaces it; the new one is made first, so that nobody is paged in between who is away. Once its end has passed,
    the service drops it, and nothing is shown as changed. API operations: `POST /api-public/v1/overrides` and `GET`,
    `DELETE` `/api-public/v1/overrides/{publicId}`.

    Example:
        holiday = vo.Override("holiday", username=ada.username, timezone="Europe/London",
                              start="2026-08-03T09:00", end="2026-08-17T09:00")
    """

    username: pulumi.Output[str]
    """The username of who is away, in lower case."""
    timezone: pulumi.Output[str]
    """The time zone in which the service shows it."""
    start: pulumi.Output[str]
    """When it begins, in UTC: `yyyy-MM-ddTHH:mm:ssZ`."""
    end: pulumi.Output[str]
    """When it's over, in UTC: `yyyy-MM-ddTHH:mm:ssZ`."""

    def __init__(
        self,
        resource_name: str,
        *,
        username: pulumi.Input[str],
        timezone: pulumi.Input[str],
        start: pulumi.Input[str],
        end: pulumi.Input[str],
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an override.

        Args:
            resource_name: the name of the resource in the program.
            username: the username of who is away, in any case. A change replaces the override.
            timezone: a name of the IANA database, such as `Europe/London`. A change replaces the override.
            start: when it begins, ISO 8601: `2026-08-03T09:00` is what clocks in `timezone` show (the first time, if
                they do so twice), `2026-08-03T08:00Z` and `2026-08-03T10:00+02:00` say it for themselves. Fractions
                of seconds don't count. A change to another moment replaces the override.
            end: when it's over, likewise; later than `start`. A change to another moment replaces the override.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and an unknown person fails
            the update.
        """
        self._register(
            resource_name,
            {"username": username, "timezone": timezone, "start": start, "end": end},
            opts,
            adopt=adopt,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> Override:
        """Look up an override that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the public id, `ovrprd-...`.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return Override._look_up(resource_name, id, opts, profile)
