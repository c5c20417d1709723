"""The `IncidentNote` resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class IncidentNote(VictorOpsResource, provider=providers.IncidentNote):
    """A note on an incident: a JSON object under a name of its own.

    Its id is `incident/name`. API operations: `GET` and `POST` `/api-public/v1/incidents/{incidentNumber}/notes`, and
    `PUT`, `DELETE` `/api-public/v1/incidents/{incidentNumber}/notes/{noteName}`.

    Example:
        vo.IncidentNote("review", incident=4217, name="review", display_name="Review",
                        json_value={"document": "https://wiki.example.com/4217", "owners": ["ada"]})
    """

    incident: pulumi.Output[str]
    """The incident's number, as text."""
    name: pulumi.Output[str]
    """The name, which is unique on the incident."""
    display_name: pulumi.Output[str]
    """The name that people see."""
    json_value: pulumi.Output[Mapping[str, Any]]
    """The JSON object."""

    def __init__(
        self,
        resource_name: str,
        *,
        incident: pulumi.Input[str | int],
        name: pulumi.Input[str],
        display_name: pulumi.Input[str],
        json_value: pulumi.Input[Mapping[str, Any]],
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a note.

        Args:
            resource_name: the name of the resource in the program.
            incident: the incident's number, as a number or as text. A change replaces the note.
            name: one line, unique on the incident. A change replaces the note.
            display_name: one line, which people see.
            json_value: a JSON object, of 16 MiB at most; whole numbers up to 2 to the power of 53.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path; an unknown incident, and a
            name that another note of it has, fail the update.
        """
        self._register(
            resource_name,
            {"incident": incident, "name": name, "display_name": display_name, "json_value": json_value},
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
    ) -> IncidentNote:
        """Look up a note that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `incident/name`, with the incident's number.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return IncidentNote._look_up(resource_name, id, opts, profile)
