"""Overrides: somebody is away for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import ValidationInfo, field_validator

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.overrides import Override
from pulumi_victorops.handlers.forms import UserReference
from pulumi_victorops.handlers.moments import has_passed, in_utc
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.handlers.times import TimeZone
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, Input, Inputs
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.unknown import UNKNOWN


class OverrideInputs(Inputs):
    """What the program says of an override. `start` and `end` end up in UTC. The API can't change one."""

    username: Annotated[Input[UserReference], REPLACES]
    timezone: Annotated[Input[TimeZone], REPLACES]
    start: Annotated[Input[str], REPLACES]
    end: Annotated[Input[str], REPLACES]

    @field_validator("start", "end")
    @classmethod
    def _in_utc(cls, moment: Any, info: ValidationInfo) -> Any:
        zone = info.data.get("timezone")
        return moment if moment is UNKNOWN else in_utc(moment, zone if isinstance(zone, str) else None)

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: Any, info: ValidationInfo) -> Any:
        start = info.data.get("start")
        if _is_in_utc(start) and _is_in_utc(end) and end <= start:
            raise ValueError(f"the override ends at {end} and begins at {start}: the end must be later")
        return end


class OverrideHandler(Handler[OverrideInputs]):
    """The service's public id is the id.

    A changed override is made before the old one is deleted, so that nobody is paged in between who is away.
    """

    model = OverrideInputs

    def create(self, org: Org, inputs: OverrideInputs) -> Live:
        """One call. The service makes the assignments, with nobody in them."""
        made = org.client.overrides.create(
            username=inputs.username, timezone=inputs.timezone, start=inputs.start, end=inputs.end
        )
        org.directory.override_came(made)
        return _live(made)

    def candidates(self, org: Org, inputs: OverrideInputs) -> Iterable[str]:
        """The person's absences that begin and end at these moments."""
        name = inputs.username.lower()
        return [
            one.public_id
            for one in org.directory.overrides().values()
            if one.user.username.lower() == name and (one.start, one.end) == (inputs.start, inputs.end)
        ]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for the only one that is wanted, or one for all of the org. The assignments are in it too.

        The service drops an override once it's over, which is no change.
        """
        try:
            return _live(org.directory.override(object_id))
        except NotFoundError:
            return Live(object_id) if has_passed(known.get("end")) else None

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call. The assignments go with it."""
        with removing(org):
            org.client.overrides.delete(object_id)
        org.directory.override_went(object_id)


def _is_in_utc(moment: Any) -> bool:
    return isinstance(moment, str) and moment.endswith("Z")


def _live(override: Override) -> Live:
    return Live(
        id=override.public_id,
        inputs={
            "username": override.user.username,
            "timezone": override.timezone,
            "start": in_utc(override.start, override.timezone),
            "end": in_utc(override.end, override.timezone),
        },
    )
