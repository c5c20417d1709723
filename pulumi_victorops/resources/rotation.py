"""The `Rotation` resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource
from pulumi_victorops.resources.rosters import after_members
from pulumi_victorops.resources.shift import ShiftArgs


class Rotation(VictorOpsResource, provider=providers.Rotation):
    """A rotation: shifts whose members take turns, for escalation policies to page.

    Its id is `team/groupId`; policies refer to it by its slug. The API can't change a rotation, so every change
    replaces it: the new one is made first, then the policies that refer to it in the program are replaced, with their
    routing keys, and the old one is deleted last. The turns begin anew. API operations: `POST`, `GET` and `DELETE`
    `/api-public/v1/teams/{team}/rotations`, and `GET /api-public/v2/team/{team}/rotations`.

    Example:
        weekly = vo.Rotation("weekly", team=platform.slug, label="Weekly", shifts=[
            vo.Shift.around_the_clock("primary", timezone="Europe/London", start="2026-01-05T09:00",
                                      handoff_days=7, usernames=["ada", "grace"]),
        ])
        page = vo.EscalationPolicy("page", team=platform.slug, name="Page Platform", steps=[
            vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug)]),
        ])
    """

    team: pulumi.Output[str]
    """The slug of the team that it belongs to."""
    label: pulumi.Output[str]
    """The label."""
    shifts: pulumi.Output[Sequence[Mapping[str, Any]]]
    """The shifts."""
    name_suffix: pulumi.Output[str | None]
    """What goes behind the label, as the program says."""
    slug: pulumi.Output[str]
    """The slug that the service gave it, `rtg-...`, by which escalation policies refer to it."""
    group_id: pulumi.Output[int]
    """The number that the service gave it."""
    shift_ids: pulumi.Output[Mapping[str, int]]
    """The numbers that the service gave its shifts, by their labels."""

    def __init__(
        self,
        resource_name: str,
        *,
        team: pulumi.Input[str],
        label: pulumi.Input[str],
        shifts: pulumi.Input[Sequence[pulumi.Input[ShiftArgs]]],
        name_suffix: pulumi.Input[str] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a rotation.

        Args:
            resource_name: the name of the resource in the program.
            team: the team's slug, as `team.slug` gives it. A change replaces the rotation.
            label: one line. A change replaces the rotation.
            shifts: at least one, in any order. Each is what a method of `Shift` makes, or a dict with `label`, `type`,
                `timezone`, `start`, `handoff_days` (days), `usernames` and, but for type `std`, `windows`. A change
                replaces the rotation.
            name_suffix: what goes behind the label, so that several stacks can share an org; the stack's
                `victorops:nameSuffix` where not given, "" for nothing.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, such as
            `shifts[0].windows[1].end_time`; a team or a member who doesn't exist fails the update.
        """
        self._register(
            resource_name,
            {"team": team, "label": label, "shifts": shifts, "name_suffix": name_suffix},
            after_members(team, opts),
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
    ) -> Rotation:
        """Look up a rotation that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `team/groupId`, with the team's slug and the rotation's number.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return Rotation._look_up(resource_name, id, opts, profile)
