"""Calls about rotations: two lists that each tell a half, and a creation that answers in a form of its own."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError, Settings, UnexpectedResponseError
from pulumi_victorops.api.rotations import (
    Mask,
    MaskDays,
    MaskWindow,
    RotationPayload,
    ShiftPayload,
    TimeOfDay,
)
from pulumi_victorops.simulator import Simulator
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer
from tests.api.samples import CREATED_ROTATION_JSON, MASK_JSON, ROTATION_JSON, SHIFT_JSON, TEAM

NINE_TO_FIVE = Mask(
    day=MaskDays(m=True, f=True),
    time=[MaskWindow(start=TimeOfDay(hour=9), end=TimeOfDay(hour=17, minute=30))],
)
SHIFT = ShiftPayload(
    label="primary",
    timezone="Europe/London",
    start=1767603600000,
    duration=7,
    shift_type="pho",
    mask=NINE_TO_FIVE,
    usernames=["ada", "grace", "ada"],
)


def test_a_rotation_is_sent_with_its_shifts_masks_and_members(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, CREATED_ROTATION_JSON))

    raw_client.rotations.create(TEAM, RotationPayload(label="Weekly", shifts=[SHIFT]))

    assert server.lines == [f"POST /api-public/v1/teams/{TEAM}/rotations"]
    assert server.requests[0].json == {"label": "Weekly", "shifts": [SHIFT_JSON]}


def test_all_three_masks_are_sent_under_their_own_names(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, CREATED_ROTATION_JSON))
    shift = SHIFT.model_copy(update={"mask2": NINE_TO_FIVE, "mask3": NINE_TO_FIVE})

    raw_client.rotations.create(TEAM, RotationPayload(label="Weekly", shifts=[shift]))

    assert server.requests[0].json["shifts"] == [SHIFT_JSON | {"mask2": MASK_JSON, "mask3": MASK_JSON}]


def test_the_periods_of_the_answer_are_chosen_in_the_query(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, CREATED_ROTATION_JSON))

    raw_client.rotations.create(TEAM, RotationPayload(label="Weekly"), skip=0, count=3)

    assert server.lines == [f"POST /api-public/v1/teams/{TEAM}/rotations?skip=0&count=3"]


def test_the_answer_to_a_creation_is_read_in_its_own_spelling(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, CREATED_ROTATION_JSON))

    created = raw_client.rotations.create(TEAM, RotationPayload(label="Weekly", shifts=[SHIFT]))

    (shift,) = created.shifts
    assert (created.group_id, created.label) == (4242, "Weekly")
    assert (shift.shift_id, shift.group_id, shift.start, shift.shift_type) == (77, 4242, 1767603600000, "pho")
    assert shift.mask == NINE_TO_FIVE
    assert (shift.model_extra or {})["oncall"] == "ada"


def test_the_members_of_a_made_shift_may_be_names(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, CREATED_ROTATION_JSON | {"shifts": [{"rot_id": 77, "shiftMembers": ["ada", "grace"]}]}))

    created = raw_client.rotations.create(TEAM, RotationPayload(label="Weekly"))

    assert [member.username for member in created.shifts[0].shift_members] == ["ada", "grace"]


@pytest.mark.parametrize(
    ("reply", "group"),
    [
        ({"label": "Weekly", "shifts": [{"rot_id": 77, "group_id": 4242}]}, 4242),
        ({"label": "Weekly", "id": 0, "shifts": [{"rot_id": 77, "group_id": 4242}]}, 0),
        ({"label": "Weekly", "shifts": []}, None),
    ],
    ids=["in the shifts only", "zero", "not at all"],
)
def test_the_group_is_told_by_itself_else_by_its_first_shift(
    server: RawServer, raw_client: Client, reply: object, group: int | None
) -> None:
    server.script(answer(200, reply))

    assert raw_client.rotations.create(TEAM, RotationPayload(label="Weekly")).group_id == group


def test_a_service_that_wants_dates_as_text_gets_them(server: RawServer, raw_client: Client) -> None:
    refusal = {"error": "error.expected.jodadate.format"}
    server.script(answer(400, refusal), answer(200, CREATED_ROTATION_JSON))

    created = raw_client.rotations.create(TEAM, RotationPayload(label="Weekly", shifts=[SHIFT]), count=3)

    assert created.group_id == 4242
    assert server.lines == [f"POST /api-public/v1/teams/{TEAM}/rotations?count=3"] * 2
    assert server.requests[1].json == {
        "label": "Weekly",
        "shifts": [
            SHIFT_JSON | {"start": "2026-01-05T09:00:00.000Z", "shiftMembers": ["ada", "grace", "ada"]},
        ],
    }


@pytest.mark.parametrize("body", [{"error": "label is empty"}, ""])
def test_any_other_refusal_is_final(server: RawServer, raw_client: Client, body: object) -> None:
    server.script(answer(400, body))

    with pytest.raises(InvalidRequestError):
        raw_client.rotations.create(TEAM, RotationPayload(label="Weekly", shifts=[SHIFT]))

    assert len(server.requests) == 1


@pytest.mark.parametrize("group", [4242, "4242"], ids=["number", "digits"])
def test_the_older_list_tells_the_slug(server: RawServer, raw_client: Client, group: object) -> None:
    row = {"teamSlug": TEAM, "slug": "rtg-aB3dE5gH7jK9mN1p", "label": "Weekly", "groupId": group}
    server.script(answer(200, {"rotationGroups": [row]}))

    (read,) = raw_client.rotations.groups(TEAM)

    assert read.model_dump() == {
        "slug": "rtg-aB3dE5gH7jK9mN1p",
        "label": "Weekly",
        "group_id": 4242,
        "team_slug": TEAM,
    }


def test_the_older_list_of_older_services_has_no_ids(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"rotationGroups": [{"teamSlug": TEAM, "slug": "rtg-1", "label": "Weekly"}]}))

    assert raw_client.rotations.groups(TEAM)[0].group_id is None


@pytest.mark.parametrize("group", [4242, "4242"], ids=["number", "digits"])
def test_the_newer_list_tells_the_shifts(server: RawServer, raw_client: Client, group: object) -> None:
    server.script(answer(200, {"rotations": [ROTATION_JSON | {"groupId": group}]}))

    (rotation,) = raw_client.rotations.all(TEAM)

    (shift,) = rotation.shifts
    assert (rotation.group_id, rotation.label, rotation.total_members_in_rotation) == (4242, "Weekly", 1)
    assert (shift.shift_id, shift.start, shift.duration) == (77, "2026-01-05T09:00:00Z", 7)
    assert (shift.shift_type, shift.mask, shift.mask2, shift.mask3) == ("cstm", *[NINE_TO_FIVE] * 3)
    assert shift.current is not None
    assert shift.next is not None
    assert shift.current == shift.periods[0]
    assert (shift.current.username, shift.current.is_roll) == ("ada", True)
    assert (shift.next.username, shift.next.start) == (None, None)
    assert [(member.username, member.slug) for member in shift.shift_members] == [("ada", "rtm-aB3dE5gH7jK9mN1pQ2rS")]


def test_the_third_mask_is_read_where_it_is_misspelt_too(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"rotations": [{"groupId": 1, "shifts": [{"shiftId": 7, "mast3": MASK_JSON}]}]}))

    assert raw_client.rotations.all(TEAM)[0].shifts[0].mask3 == NINE_TO_FIVE


def test_whose_turn_it_is(server: RawServer, raw_client: Client) -> None:
    user = {"username": "ada", "firstName": "Ada", "lastName": "Lovelace", "displayName": "Ada L.", "version": 3}
    server.script(answer(200, user | {"verified": True}))

    scheduled = raw_client.rotations.scheduled_user(TEAM, 4242, 77)

    assert scheduled is not None
    assert scheduled.model_dump() == {
        "username": "ada",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "display_name": "Ada L.",
        "version": 3,
        "verified": True,
    }


@pytest.mark.parametrize("body", [{}, b"", None], ids=["object", "nothing", "null"])
def test_it_may_be_nobodys_turn(server: RawServer, raw_client: Client, body: object) -> None:
    server.script(answer(200, body))

    assert raw_client.rotations.scheduled_user(TEAM, 4242, 77) is None


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ({}, {"username": "ada"}),
        ({"position": 0}, {"username": "ada", "position": 0}),
        ({"member_slug": "rtm-1"}, {"username": "ada", "memberSlug": "rtm-1"}),
    ],
)
def test_the_place_of_a_turn_is_sent_where_one_is_given(
    server: RawServer, raw_client: Client, place: dict[str, int | str], body: object
) -> None:
    server.script(answer(200, {"username": "ada"}))

    raw_client.rotations.set_scheduled_user(TEAM, 4242, 77, username="ada", **place)  # type: ignore[arg-type] # mixed

    assert server.requests[0].json == body


def test_a_list_without_its_envelope_is_an_error(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, []))

    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'rotationGroups'\Z"):
        raw_client.rotations.groups(TEAM)
    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'rotations'\Z"):
        raw_client.rotations.all(TEAM)


class TestAgainstTheService:
    def test_both_lists_and_the_creation_tell_of_one_rotation(self, client: Client) -> None:
        duty = put_on_duty(client)

        (group,), (rotation,) = client.rotations.groups(duty.team), client.rotations.all(duty.team)

        (shift,) = rotation.shifts
        assert (group.group_id, group.label, group.slug[:4]) == (duty.group, "Weekly", "rtg-")
        assert (rotation.group_id, rotation.label, rotation.total_members_in_rotation) == (duty.group, "Weekly", 1)
        assert (shift.shift_id, shift.start, shift.duration) == (duty.shift, "2021-01-04T09:00:00Z", 7)
        assert (shift.shift_type, [member.username for member in shift.shift_members]) == ("std", ["ada"])
        assert shift.current is not None
        assert shift.current.username == "ada"

    def test_masks_come_back_as_they_were_sent(self, client: Client) -> None:
        duty = put_on_duty(client)
        shift = SHIFT.model_copy(update={"usernames": ["ada", "grace", "ada"]})

        client.rotations.create(duty.team, RotationPayload(label="Days", shifts=[shift]))

        (read,) = next(each for each in client.rotations.all(duty.team) if each.label == "Days").shifts
        assert (read.mask, read.mask2, read.mask3) == (NINE_TO_FIVE, None, None)
        assert [member.username for member in read.shift_members] == ["ada", "grace", "ada"]

    def test_a_turn_is_read_and_given_to_another_member(self, client: Client) -> None:
        duty = put_on_duty(client)
        members = SHIFT.model_copy(
            update={"start": 1609750800000, "shift_type": "std", "mask": None, "usernames": ["ada", "grace"]}
        )
        created = client.rotations.create(duty.team, RotationPayload(label="Pair", shifts=[members]))
        group, shift = created.group_id, created.shifts[0].shift_id
        assert group is not None
        assert shift is not None

        for username in ("grace", "ada", "grace"):
            given = client.rotations.set_scheduled_user(duty.team, group, shift, username=username)
            read = client.rotations.scheduled_user(duty.team, group, shift)
            assert (given.username, read) == (username, given)

    def test_a_rotation_that_nothing_uses_is_deleted(self, client: Client) -> None:
        duty = put_on_duty(client)

        with pytest.raises(InvalidRequestError):
            client.rotations.delete(duty.team, duty.group)
        client.policies.delete(duty.policy)
        client.rotations.delete(duty.team, duty.group)

        assert client.rotations.groups(duty.team) == []
        with pytest.raises(NotFoundError):
            client.rotations.scheduled_user(duty.team, duty.group, duty.shift)

    def test_a_service_that_knows_text_dates_only_makes_the_same_rotation(self) -> None:
        with Simulator(seed="empty", random_seed=1, joda_dates_only=True) as simulator:
            client = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
            duty = put_on_duty(client)
            (rotation,) = client.rotations.all(duty.team)
            client.close()

        assert rotation.shifts[0].start == "2021-01-04T09:00:00Z"
        assert [member.username for member in rotation.shifts[0].shift_members] == ["ada"]
