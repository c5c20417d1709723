"""Rotations: groups of shifts whose members take turns, for escalation policies to page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.errors import (
    InvalidRequestError,
    NotFoundError,
    UnexpectedResponseError,
    VictorOpsError,
)
from pulumi_victorops.api.rotations import RotationPayload, Shift
from pulumi_victorops.handlers import shift as shifts
from pulumi_victorops.handlers.consequences import policies_paging
from pulumi_victorops.handlers.forms import Name, NameSuffix, TeamSlug
from pulumi_victorops.handlers.ids import split_numbered_id
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.handlers.rotation_lists import WAITS, ids_by_label, slug_of, wait_for
from pulumi_victorops.handlers.shift import ShiftInputs
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, SUFFIXED, UNORDERED, Input, Inputs, known
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import shown

_STILL_PAGED = "where an escalation policy still pages it, let that page somebody else first"


def _some_each_once(given: list[ShiftInputs]) -> list[ShiftInputs]:
    if not given:
        raise ValueError("the rotation has no shifts, so it pages nobody")
    seen: set[str] = set()
    for label in known(shift.label for shift in known(given)):
        if label in seen:
            raise ValueError(f"there are two shifts with the label {shown(label)}")
        seen.add(label)
    return given


class RotationInputs(Inputs):
    """What the program says of a rotation. The API can't change one, so every change makes a new one."""

    team: Annotated[Input[TeamSlug], REPLACES]
    label: Annotated[Input[Name], REPLACES, SUFFIXED]
    shifts: Annotated[Input[Annotated[list[Input[ShiftInputs]], AfterValidator(_some_each_once)]], REPLACES, UNORDERED]
    name_suffix: NameSuffix = None


class RotationHandler(Handler[RotationInputs]):
    """The id is `team/groupId`. The slug, by which policies refer to it, is an output."""

    model = RotationInputs
    lag = WAITS

    def create(self, org: Org, inputs: RotationInputs) -> Live:
        """One call, and one or more to learn the slug, which only a list tells: of several rotations at a time, too."""
        payload = RotationPayload(label=inputs.label, shifts=[shifts.to_api(shift) for shift in inputs.shifts])
        made = org.client.rotations.create(inputs.team, payload)
        if made.group_id is None:
            raise UnexpectedResponseError(
                f"{op.ADD_ROTATION}: unexpected answer: no id in it", operation=op.ADD_ROTATION, status=200
            )
        org.directory.rotation_came(inputs.team, made.group_id, ids_by_label(made.shifts))
        slug = _slug_of_new(org, inputs.team, made.group_id, inputs.label)
        return Live(id=f"{inputs.team}/{made.group_id}", outputs=_outputs(made.group_id, slug, made.shifts))

    def candidates(self, org: Org, inputs: RotationInputs) -> Iterable[str]:
        """The team's rotations with this label whose slug is known."""
        team, label = inputs.team, inputs.label
        alike = [one.group_id for one in org.directory.rotations(team).values() if one.label == label]
        return [f"{team}/{number}" for number in alike if slug_of(org, team, number, label) is not None]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all rotations of a team, and another one where the slug isn't known yet."""
        team, group_id = split_numbered_id(object_id, "team/groupId")
        try:
            rotation = org.directory.rotations(team).get(group_id)
            if rotation is None:
                return None
            # A slug never changes.
            slug = known.get("slug") or slug_of(org, team, group_id, rotation.label)
        except NotFoundError:
            return None
        return Live(
            id=f"{team}/{group_id}",
            inputs={
                "team": team,
                "label": rotation.label,
                "shifts": [shifts.from_api(shift) for shift in rotation.shifts],
            },
            outputs=_outputs(group_id, slug, rotation.shifts),
        )

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call. The service refuses while a policy pages the rotation."""
        team, group_id = split_numbered_id(object_id, "team/groupId")
        try:
            with removing(org):
                org.client.rotations.delete(team, group_id)
        except InvalidRequestError as error:
            error.add_hint(_STILL_PAGED)
            raise
        org.directory.rotation_went(team, group_id)

    def audit(self, org: Org, object_id: str, known: Mapping[str, Any], new: Mapping[str, Any], replaced: bool) -> str:
        """Which policies page a rotation that is replaced: the old one can't be deleted before they page another."""
        slug = known.get("slug")
        paging = policies_paging(org, "rotation_group", slug) if replaced and isinstance(slug, str) else []
        if not paging:
            return ""
        return (
            f"the rotation {known.get('label')!r} ({object_id}) is to be replaced, and stays as well unless these are "
            f"replaced too: {', '.join(paging)}"
        )


def _slug_of_new(org: Org, team: str, group_id: int, label: str) -> str:
    """The slug of a rotation that was just made. Where it isn't to be had, the rotation is taken back."""
    problem = "the service doesn't list it"
    try:
        slug = wait_for(org, team, lambda: slug_of(org, team, group_id, label))
    except VictorOpsError as error:
        slug, problem = None, str(error)
    if slug is not None:
        return slug
    made = f"the rotation {shown(label)} was made as number {group_id}, but not its slug learned: {problem}"
    try:
        org.client.rotations.delete(team, group_id)
    except VictorOpsError as error:
        outcome = f"delete it by hand, since that failed too ({error})"
    else:
        raise VictorOpsError(f"{made}; it was deleted again, so just try again", operation=op.LIST_ROTATION_GROUPS)
    raise UnexpectedResponseError(f"{made}; {outcome}", operation=op.LIST_ROTATION_GROUPS)


def _outputs(group_id: int, slug: str | None, made: list[Shift]) -> dict[str, Any]:
    return {
        "slug": slug,
        "group_id": group_id,
        "shift_ids": ids_by_label(made),
    }
