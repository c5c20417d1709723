"""Answers that are put together here; the others are models of the API. Loaded when a function is called."""

from __future__ import annotations

from pulumi_victorops.api.models import ApiModel
from pulumi_victorops.api.on_call import TeamOnCall
from pulumi_victorops.api.rotations import RotationGroup, Shift


class CurrentOnCall(ApiModel):
    """Who is on call now. A team with nobody on call may be left out."""

    teams_on_call: list[TeamOnCall]


class RotationDetails(RotationGroup):
    """A rotation with the slug that policies use, and with its shifts; the API tells them in two lists."""

    shifts: tuple[Shift, ...] = ()
