"""Calls about who is on call: both generations of the schedules, and the two spellings of who is on call now."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, UnexpectedResponseError
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from tests.api.duty import put_on_duty
from tests.api.raw_server import RawServer, answer
from tests.api.samples import POLICY_REFERENCE_JSON, SCHEDULE_JSON, SCHEDULE_V1_JSON


@pytest.mark.parametrize(("now", "user"), [("onCallNow", "onCallUser"), ("oncallNow", "onCalluser")])
def test_who_is_on_call_now_is_read_in_both_spellings(
    server: RawServer, raw_client: Client, now: str, user: str
) -> None:
    policy = {"escalationPolicy": POLICY_REFERENCE_JSON, "users": [{user: {"username": "ada"}}]}
    server.script(answer(200, {"teamsOnCall": [{"team": {"name": "Platform", "slug": "team-1"}, now: [policy]}]}))

    (team,) = raw_client.on_call.current()

    assert (team.team.name, team.team.slug) == ("Platform", "team-1")
    assert [
        (each.escalation_policy.slug, [user.on_call_user.username for user in each.users]) for each in team.on_call_now
    ] == [("pol-1", ["ada"])]


def test_a_teams_schedule_is_read_whole(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, SCHEDULE_JSON))

    (schedule,) = raw_client.on_call.team_schedule("team-1").schedules

    assert schedule.model_dump() == {
        "policy": {"name": "Page", "slug": "pol-1"},
        "schedule": [
            {
                "on_call_type": "rotation_group",
                "on_call_user": {"username": "ada"},
                "override_on_call_user": {"username": "grace"},
                "rotation_name": "Weekly",
                "shift_name": "primary",
                "shift_roll": "2026-01-12T09:00:00Z",
                "rolls": [
                    {
                        "start": "2026-01-05T09:00:00Z",
                        "end": "2026-01-12T09:00:00Z",
                        "on_call_user": {"username": "ada"},
                        "is_roll": True,
                    }
                ],
            },
            {
                "on_call_type": "user",
                "on_call_user": {"username": "joan"},
                "override_on_call_user": None,
                "rotation_name": None,
                "shift_name": None,
                "shift_roll": None,
                "rolls": [],
            },
        ],
        "overrides": [
            {
                "orig_on_call_user": {"username": "ada"},
                "override_on_call_user": {"username": "grace"},
                "start": "2026-01-06T00:00:00Z",
                "end": "2026-01-07T00:00:00Z",
                "policy": {"name": "Page", "slug": "pol-1"},
            }
        ],
    }


def test_a_users_schedules_are_those_of_the_teams(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"teamSchedules": [SCHEDULE_JSON]}))

    (schedule,) = raw_client.on_call.user_schedule("ada")

    assert (schedule.team.slug, schedule.schedules[0].policy.slug) == ("team-1", "pol-1")


def test_the_older_schedules_have_numbers_for_times_and_names_for_users(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, SCHEDULE_V1_JSON), answer(200, [SCHEDULE_V1_JSON]))

    team, (user,) = raw_client.on_call.team_schedule_v1("team-1"), raw_client.on_call.user_schedule_v1("ada")

    assert team == user
    assert team.model_dump() == {
        "team": "Platform",
        "schedule": [
            {
                "policy_type": "rotation_group",
                "oncall": "ada",
                "overrideoncall": "grace",
                "rotation_name": "Weekly",
                "shift_name": "primary",
                "shift_roll": 1768208400000,
                "rolls": [{"change": 1767603600000, "until": 1768208400000, "oncall": "ada", "is_roll": True}],
            }
        ],
        "overrides": [{"orig": "ada", "over": "grace", "start": 1767657600000, "end": 1767744000000}],
    }


def test_all_four_schedules_take_how_far_to_look(server: RawServer, raw_client: Client) -> None:
    server.script(
        answer(200, {"teamSchedules": []}), answer(200, []), answer(200, SCHEDULE_JSON), answer(200, SCHEDULE_V1_JSON)
    )

    raw_client.on_call.user_schedule("ada", days_forward=123, days_skip=7, step=1)
    raw_client.on_call.user_schedule_v1("ada", days_skip=0)
    raw_client.on_call.team_schedule("t1", step=3)
    raw_client.on_call.team_schedule_v1("t1", days_forward=30)

    assert server.lines == [
        "GET /api-public/v2/user/ada/oncall/schedule?daysForward=123&daysSkip=7&step=1",
        "GET /api-public/v1/user/ada/oncall/schedule?daysSkip=0",
        "GET /api-public/v2/team/t1/oncall/schedule?step=3",
        "GET /api-public/v1/team/t1/oncall/schedule?daysForward=30",
    ]


@pytest.mark.parametrize("body", [{"result": "ok"}, b""], ids=["ok", "empty"])
def test_on_call_is_taken_whatever_the_service_says_to_it(server: RawServer, raw_client: Client, body: object) -> None:
    server.script(answer(200, body))

    raw_client.on_call.take("pol-1", from_user="ada", to_user="grace")
    raw_client.on_call.take_v1("team-1", from_user="ada", to_user="grace")

    assert server.lines == [
        "PATCH /api-public/v1/policies/pol-1/oncall/user",
        "PATCH /api-public/v1/team/team-1/oncall/user",
    ]
    assert [request.json for request in server.requests] == [{"fromUser": "ada", "toUser": "grace"}] * 2


def test_another_answer_is_an_error(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"result": "ok"}))

    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'teamsOnCall'\Z"):
        raw_client.on_call.current()
    with pytest.raises(UnexpectedResponseError, match=r"expected an object with 'teamSchedules'\Z"):
        raw_client.on_call.user_schedule("ada")
    with pytest.raises(UnexpectedResponseError, match=r"team: Field required\Z"):
        raw_client.on_call.team_schedule("t1")


def test_the_service_tells_whom_the_first_step_pages(client: Client) -> None:
    slug = client.teams.create(TeamPayload(name="Platform")).slug
    entry = PolicyEntry(execution_type="user", user={"username": "admin"})
    policy = client.policies.create(
        PolicyPayload(name="Page", team_slug=slug, steps=[PolicyStep(timeout=0, entries=[entry])])
    )

    (team,) = [each for each in client.on_call.current() if each.team.slug == slug]

    assert [each.escalation_policy.slug for each in team.on_call_now] == [policy.slug]
    assert [user.on_call_user.username for user in team.on_call_now[0].users] == ["admin"]


def test_schedules_of_both_generations_tell_who_is_on_duty(client: Client) -> None:
    duty = put_on_duty(client)

    new, old = client.on_call.team_schedule(duty.team), client.on_call.team_schedule_v1(duty.team)

    (policy,) = new.schedules
    (entry,), (old_entry,) = policy.schedule, old.schedule
    assert (new.team.slug, policy.policy.slug, entry.on_call_type) == (duty.team, duty.policy, "rotation_group")
    assert entry.on_call_user is not None
    assert (entry.on_call_user.username, entry.rotation_name, entry.shift_name) == ("ada", "Weekly", "primary")
    assert {roll.on_call_user.username for roll in entry.rolls if roll.on_call_user is not None} == {"ada"}
    assert (old_entry.oncall, old_entry.policy_type, old_entry.rotation_name) == ("ada", "rotation_group", "Weekly")
    assert {roll.oncall for roll in old_entry.rolls} == {"ada"}
    assert [each.team.slug for each in client.on_call.user_schedule("ada")] == [duty.team]
    assert [len(each.schedule) for each in client.on_call.user_schedule_v1("ada")] == [1]


def test_how_far_to_look_is_how_far_the_schedule_goes(client: Client) -> None:
    duty = put_on_duty(client)

    (short,) = client.on_call.team_schedule(duty.team, days_forward=1, days_skip=1).schedules
    (long,) = client.on_call.team_schedule(duty.team, days_forward=60).schedules
    (second_step,) = client.on_call.team_schedule(duty.team, step=1).schedules

    assert len(short.schedule[0].rolls) <= 2
    assert len(long.schedule[0].rolls) in {9, 10}
    assert second_step.schedule == []


def test_on_call_is_taken_and_given_back(client: Client) -> None:
    duty = put_on_duty(client)

    def on_call() -> list[str]:
        (team,) = [each for each in client.on_call.current() if each.team.slug == duty.team]
        return [user.on_call_user.username for policy in team.on_call_now for user in policy.users]

    before = on_call()
    client.on_call.take(duty.policy, from_user="ada", to_user="grace")
    taken = on_call()
    client.on_call.take_v1(duty.team, from_user="grace", to_user="ada")

    assert (before, taken, on_call()) == (["ada"], ["grace"], ["ada"])
