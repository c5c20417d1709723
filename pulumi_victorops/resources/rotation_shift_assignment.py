"""The `RotationShiftAssignment` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class RotationShiftAssignment(VictorOpsResource, provider=providers.RotationShiftAssignment):
    """Makes it somebody's turn in a shift of a rotation, when it's brought up. The turns go on from there.

    Its id is `team/groupId/shiftId`. A refresh shows whose turn it is while the turn lasts that was given. Turns go on
    by themselves, so whose it is later is no difference to the program, and destroying the assignment changes nothing
    in the org. API operations: `PUT` and `GET`
    `/api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled`.

    Example:
        vo.RotationShiftAssignment("grace-begins", rotation=weekly.id, shift="primary", username="grace")
    """

    rotation: pulumi.Output[str]
    """The rotation's id."""
    shift: pulumi.Output[str | int]
    """The shift's label or number, as the program says."""
    username: pulumi.Output[str]
    """Whose turn it was made."""
    position: pulumi.Output[int | None]
    """Which of the person's places is meant, as the program says."""
    assigned_at: pulumi.Output[str | None]
    """When the turn was given, in UTC."""

    def __init__(
        self,
        resource_name: str,
        *,
        rotation: pulumi.Input[str],
        shift: pulumi.Input[str | int],
        username: pulumi.Input[str],
        position: pulumi.Input[int] | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an assignment.

        Args:
            resource_name: the name of the resource in the program.
            rotation: the rotation's id, as `rotation.id` gives it: `team/groupId`. A change makes a new assignment.
            shift: the shift's label, or its number, as `rotation.shift_ids` gives it. A change makes a new assignment.
            username: whose turn it is made, in any case; a member of the shift. A change makes it the other's turn.
            position: the place among the shift's members that is meant, from 0 on, where the person has several. The
                person's next turn where not given. A change makes it the turn of that place.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path; a shift that doesn't exist, a
            person who isn't a member, and a shift that hasn't begun fail the update.
        """
        self._register(
            resource_name,
            {"rotation": rotation, "shift": shift, "username": username, "position": position},
            opts,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> RotationShiftAssignment:
        """Look up whose turn it is now in a shift that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `team/groupId/shiftId`, with the team's slug and the numbers of the rotation and the shift.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return RotationShiftAssignment._look_up(resource_name, id, opts, profile)
