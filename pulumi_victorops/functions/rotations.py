"""Rotations, and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.rotations import ScheduledUser
    from pulumi_victorops.functions.results import RotationDetails


def get_rotation(label: str, *, team: str, profile: str | None = None) -> RotationDetails:
    """Get one rotation with its slug and its shifts.

    It's picked from `GET /api-public/v1/teams/{team}/rotations`, which alone tells the slug, and
    `GET /api-public/v2/team/{team}/rotations`, which tells the shifts.

    Args:
        label: the rotation's label, in the right case.
        team: the team's slug.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.

    Raises:
        NotFoundError: there is no such rotation; the message lists the team's rotations.
        ConflictError: several have the label; the message lists their slugs.
    """
    from pulumi_victorops.functions._look_up import only
    from pulumi_victorops.functions.results import RotationDetails

    def call(client: Client) -> RotationDetails:
        rotations = _rotations(client, team)
        named = ((one.slug, one) for one in rotations if one.label == label)
        return only(named, f"rotation labelled {label!r} in the team {team!r}", (one.label for one in rotations))

    return ask("getRotation", RotationDetails.model_validate, call, label=label, team=team, profile=profile)


def get_rotation_output(
    label: pulumi.Input[str],
    *,
    team: pulumi.Input[str],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[RotationDetails]:
    """The output form of `get_rotation`."""
    return output(get_rotation, opts, label=label, team=team, profile=profile)


def get_rotations(team: str, *, profile: str | None = None) -> list[RotationDetails]:
    """Get a team's rotations with their slugs and their shifts, from both lists that `get_rotation` uses.

    The calls are `GET /api-public/v1/teams/{team}/rotations` and `GET /api-public/v2/team/{team}/rotations`.

    Args:
        team: the team's slug.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.functions.results import RotationDetails

    return ask(
        "getRotations", many(RotationDetails), lambda client: _rotations(client, team), team=team, profile=profile
    )


def get_rotations_output(
    team: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[RotationDetails]]:
    """The output form of `get_rotations`."""
    return output(get_rotations, opts, team=team, profile=profile)


def get_scheduled_user(team: str, *, group_id: int, shift_id: int, profile: str | None = None) -> ScheduledUser | None:
    """Get whose turn it is in a shift, or None where it's nobody's.

    The call is `GET /api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled`.

    Args:
        team: the team's slug.
        group_id: the rotation's number, as `get_rotation` tells it.
        shift_id: the shift's number, likewise.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.

    Raises:
        NotFoundError: there is no such shift, or (some services say so) it's nobody's turn.
    """
    from pulumi_victorops.api.rotations import ScheduledUser

    return ask(
        "getScheduledUser",
        lambda answer: ScheduledUser.model_validate(answer) if answer else None,
        lambda client: client.rotations.scheduled_user(team, group_id, shift_id),
        team=team,
        group_id=group_id,
        shift_id=shift_id,
        profile=profile,
    )


def get_scheduled_user_output(
    team: pulumi.Input[str],
    *,
    group_id: pulumi.Input[int],
    shift_id: pulumi.Input[int],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[ScheduledUser | None]:
    """The output form of `get_scheduled_user`."""
    return output(get_scheduled_user, opts, team=team, group_id=group_id, shift_id=shift_id, profile=profile)


def _rotations(client: Client, team: str) -> list[RotationDetails]:
    from pulumi_victorops.functions.results import RotationDetails

    groups, rotations = client.rotations.groups(team), client.rotations.all(team)

    def shifts_of(group_id: int | None, label: str) -> list[object]:
        # Some services keep the number from the list that has the slugs.
        return [
            shift
            for rotation in rotations
            if (rotation.label == label if group_id is None else rotation.group_id == group_id)
            for shift in rotation.shifts
        ]

    return [
        RotationDetails.model_validate({**group.model_dump(), "shifts": shifts_of(group.group_id, group.label)})
        for group in groups
    ]
