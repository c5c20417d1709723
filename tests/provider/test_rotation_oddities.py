"""What services with oddities make of rotations. They are told by bytes, and without the seconds of waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_victorops.api import Settings
from pulumi_victorops.api.errors import InvalidArgumentError, NotFoundError, UnexpectedResponseError, VictorOpsError
from pulumi_victorops.handlers import rotation_lists
from pulumi_victorops.handlers.rotation import RotationHandler, RotationInputs
from pulumi_victorops.handlers.rotation_shift_assignment import (
    RotationShiftAssignmentHandler,
    RotationShiftAssignmentInputs,
)
from pulumi_victorops.lifecycle.cycle import Cycle
from pulumi_victorops.lifecycle.org import Org
from tests.api.raw_server import RawServer, answer
from tests.provider.rotations import PRIMARY

INPUTS = RotationInputs.model_validate(
    {"team": "team-a", "label": "Weekly", "shifts": [{**PRIMARY, "handoff_days": 7}]}
)
CREATED = {"id": 7, "label": "Weekly", "shifts": [{"rot_id": 77, "group_id": 7, "label": "primary"}]}
LISTED = {"rotationGroups": [{"slug": "rtg-7", "label": "Weekly", "groupId": "7"}]}
NOTHING: dict[str, list[object]] = {"rotationGroups": []}


@pytest.fixture
def org(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Org]:
    monkeypatch.setattr(rotation_lists, "WAITS", (0.0, 0.0))
    made = Org(Settings("id", "key", base_url=server.url, rate_limit=None))
    yield made
    made.client.close()


def test_the_slug_is_waited_for(server: RawServer, org: Org) -> None:
    server.script(answer(200, CREATED), answer(200, NOTHING), answer(200, NOTHING), answer(200, LISTED))
    live = RotationHandler().create(org, INPUTS)
    assert (live.id, live.outputs) == ("team-a/7", {"slug": "rtg-7", "group_id": 7, "shift_ids": {"primary": 77}})
    assert server.requests[0].json["shifts"][0]["start"] == 1704099600000


def test_a_list_without_ids_is_searched_by_label(server: RawServer, org: Org) -> None:
    rows = [{"slug": "rtg-1", "label": "Daily"}, {"slug": "rtg-2", "label": "Weekly"}]
    server.script(answer(200, CREATED), answer(200, {"rotationGroups": rows}))
    assert RotationHandler().create(org, INPUTS).outputs["slug"] == "rtg-2"


TWO_ALIKE = {"rotationGroups": [{"slug": "rtg-1", "label": "Weekly"}, {"slug": "rtg-2", "label": "Weekly"}]}


@pytest.mark.parametrize("lists", [[NOTHING] * 3, [TWO_ALIKE] * 3], ids=["missing", "ambiguous"])
def test_a_rotation_whose_slug_is_not_to_be_had_is_taken_back(server: RawServer, org: Org, lists: list[object]) -> None:
    server.script(answer(200, CREATED), *(answer(200, one) for one in lists), answer(200, {}))
    with pytest.raises(VictorOpsError) as failed:
        RotationHandler().create(org, INPUTS)
    assert str(failed.value) == (
        "the rotation 'Weekly' was made as number 7, but not its slug learned: the service doesn't list it; it was "
        "deleted again, so just try again"
    )
    assert server.lines[-1] == "DELETE /api-public/v1/teams/team-a/rotations/7"


def test_a_rotation_that_cannot_be_taken_back_is_named(server: RawServer, org: Org) -> None:
    refusal = answer(422, {"error": "no"})
    server.script(answer(200, CREATED), refusal, refusal)
    with pytest.raises(UnexpectedResponseError) as failed:
        RotationHandler().create(org, INPUTS)
    assert str(failed.value) == (
        "the rotation 'Weekly' was made as number 7, but not its slug learned: "
        "GET /api-public/v1/teams/team-a/rotations: 422: no; delete it by hand, since that failed too "
        "(DELETE /api-public/v1/teams/team-a/rotations/7: 422: no)"
    )


def test_an_answer_without_a_number_is_an_error(server: RawServer, org: Org) -> None:
    server.script(answer(200, {"label": "Weekly", "shifts": []}))
    with pytest.raises(UnexpectedResponseError) as failed:
        RotationHandler().create(org, INPUTS)
    assert str(failed.value) == ("POST /api-public/v1/teams/{team}/rotations: unexpected answer: no id in it")


def test_a_slug_that_a_refresh_does_not_find_stays_as_it_was(server: RawServer, org: Org) -> None:
    server.script(answer(200, {"rotations": [{"groupId": 7, "label": "Weekly"}]}), answer(200, NOTHING))
    found = Cycle(RotationHandler()).read(org, "team-a/7", {"slug": "rtg-7"})
    assert found is not None
    assert found.properties["slug"] == "rtg-7"


@pytest.mark.parametrize(
    ("start", "zone", "read"),
    [
        (1767603600000, "America/New_York", "2026-01-05T04:00"),
        ("2026-01-05T09:00:00.000+0000", "Europe/London", "2026-01-05T09:00"),
        ("5 January 2026", "Europe/London", "5 January 2026"),
        ("2026-01-05T09:00:00.000Z", "Europe/London", "2026-01-05T09:00"),
        ("2026-01-05T09:00:00Z", "Mars/Olympus", "2026-01-05T09:00:00Z"),
        ("2026-01-05T09:00:00Z", None, "2026-01-05T09:00:00Z"),
        ("2026-01-05T09:00:00", "Asia/Tokyo", "2026-01-05T09:00"),
        (None, "Europe/London", None),
    ],
)
def test_a_start_is_read_in_any_form_and_shown_as_it_is_where_it_is_none(
    server: RawServer, org: Org, start: object, zone: str | None, read: str | None
) -> None:
    shift = {"shiftId": 77, "label": "primary", "shifttype": "std", "timezone": zone, "start": start}
    server.script(answer(200, {"rotations": [{"groupId": 7, "shifts": [shift]}]}), answer(200, LISTED))
    live = RotationHandler().read(org, "team-a/7", {})
    assert live is not None
    assert live.inputs["shifts"][0].get("start") == read


def test_an_assignment_waits_for_a_rotation_that_is_not_listed_yet(server: RawServer, org: Org) -> None:
    inputs = RotationShiftAssignmentInputs(rotation="team-a/7", shift="primary", username="ada")
    listed = {"rotations": [{"groupId": 7, "shifts": [{"shiftId": 77, "label": "primary"}]}]}
    server.script(answer(200, {"rotations": []}), answer(200, listed), answer(200, {"username": "ada"}))
    assert RotationShiftAssignmentHandler().create(org, inputs).id == "team-a/7/77"
    assert server.requests[-1].json == {"username": "ada"}

    server.script(*[answer(200, {"rotations": []})] * 3)
    org.directory.everything_changed()
    with pytest.raises(NotFoundError, match=r"\Athere is no rotation with the id 'team-a/7'\Z"):
        RotationShiftAssignmentHandler().create(org, inputs)


def test_a_rotation_without_shifts_has_none_to_assign(server: RawServer, org: Org) -> None:
    inputs = RotationShiftAssignmentInputs(rotation="team-a/7", shift="primary", username="ada")
    server.script(answer(200, {"rotations": [{"groupId": 7, "shifts": []}]}))
    with pytest.raises(InvalidArgumentError) as failed:
        RotationShiftAssignmentHandler().create(org, inputs)
    assert str(failed.value) == "the rotation team-a/7 has no shift 'primary'; its shifts are none"
