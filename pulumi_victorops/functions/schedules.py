"""Who is on call by the schedules, of a person and of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.on_call import TeamSchedule, TeamScheduleV1


def get_user_schedule(
    username: str,
    *,
    days_forward: int | None = None,
    days_skip: int | None = None,
    step: int | None = None,
    profile: str | None = None,
) -> list[TeamSchedule]:
    """Get the schedules of the teams that a person is in: `GET /api-public/v2/user/{user}/oncall/schedule`.

    Args:
        username: the username.
        days_forward: for how many days; 14 where it isn't given.
        days_skip: in how many days the schedule begins; 0 where it isn't given.
        step: which step of the escalation policies, from 0; 0 where it isn't given.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.on_call import TeamSchedule

    def call(client: Client) -> list[TeamSchedule]:
        return client.on_call.user_schedule(username, days_forward=days_forward, days_skip=days_skip, step=step)

    return ask(
        "getUserSchedule",
        many(TeamSchedule),
        call,
        username=username,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )


def get_user_schedule_output(
    username: pulumi.Input[str],
    *,
    days_forward: pulumi.Input[int] | None = None,
    days_skip: pulumi.Input[int] | None = None,
    step: pulumi.Input[int] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[list[TeamSchedule]]:
    """The output form of `get_user_schedule`."""
    return output(
        get_user_schedule,
        opts,
        username=username,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )


def get_user_schedule_v1(
    username: str,
    *,
    days_forward: int | None = None,
    days_skip: int | None = None,
    step: int | None = None,
    profile: str | None = None,
) -> list[TeamScheduleV1]:
    """Get `get_user_schedule` in the service's older form: `GET /api-public/v1/user/{user}/oncall/schedule`.

    Args:
        username: the username.
        days_forward: for how many days; 14 where it isn't given.
        days_skip: in how many days the schedule begins; 0 where it isn't given.
        step: which step of the escalation policies, from 0; 0 where it isn't given.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.on_call import TeamScheduleV1

    def call(client: Client) -> list[TeamScheduleV1]:
        return client.on_call.user_schedule_v1(username, days_forward=days_forward, days_skip=days_skip, step=step)

    return ask(
        "getUserScheduleV1",
        many(TeamScheduleV1),
        call,
        username=username,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )


def get_user_schedule_v1_output(
    username: pulumi.Input[str],
    *,
    days_forward: pulumi.Input[int] | None = None,
    days_skip: pulumi.Input[int] | None = None,
    step: pulumi.Input[int] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[list[TeamScheduleV1]]:
    """The output form of `get_user_schedule_v1`."""
    return output(
        get_user_schedule_v1,
        opts,
        username=username,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )


def get_team_schedule(
    team: str,
    *,
    days_forward: int | None = None,
    days_skip: int | None = None,
    step: int | None = None,
    profile: str | None = None,
) -> TeamSchedule:
    """Get the schedule of each policy of a team: `GET /api-public/v2/team/{team}/oncall/schedule`.

    Args:
        team: the team's slug.
        days_forward: for how many days; 14 where it isn't given.
        days_skip: in how many days the schedule begins; 0 where it isn't given.
        step: which step of the escalation policies, from 0; 0 where it isn't given.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.on_call import TeamSchedule

    def call(client: Client) -> TeamSchedule:
        return client.on_call.team_schedule(team, days_forward=days_forward, days_skip=days_skip, step=step)

    return ask(
        "getTeamSchedule",
        TeamSchedule.model_validate,
        call,
        team=team,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )


def get_team_schedule_output(
    team: pulumi.Input[str],
    *,
    days_forward: pulumi.Input[int] | None = None,
    days_skip: pulumi.Input[int] | None = None,
    step: pulumi.Input[int] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[TeamSchedule]:
    """The output form of `get_team_schedule`."""
    return output(
        get_team_schedule, opts, team=team, days_forward=days_forward, days_skip=days_skip, step=step, profile=profile
    )


def get_team_schedule_v1(
    team: str,
    *,
    days_forward: int | None = None,
    days_skip: int | None = None,
    step: int | None = None,
    profile: str | None = None,
) -> TeamScheduleV1:
    """Get `get_team_schedule` in the service's older form: `GET /api-public/v1/team/{team}/oncall/schedule`.

    Args:
        team: the team's slug.
        days_forward: for how many days; 14 where it isn't given.
        days_skip: in how many days the schedule begins; 0 where it isn't given.
        step: which step of the escalation policies, from 0; 0 where it isn't given.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.on_call import TeamScheduleV1

    def call(client: Client) -> TeamScheduleV1:
        return client.on_call.team_schedule_v1(team, days_forward=days_forward, days_skip=days_skip, step=step)

    return ask(
        "getTeamScheduleV1",
        TeamScheduleV1.model_validate,
        call,
        team=team,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )


def get_team_schedule_v1_output(
    team: pulumi.Input[str],
    *,
    days_forward: pulumi.Input[int] | None = None,
    days_skip: pulumi.Input[int] | None = None,
    step: pulumi.Input[int] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[TeamScheduleV1]:
    """The output form of `get_team_schedule_v1`."""
    return output(
        get_team_schedule_v1,
        opts,
        team=team,
        days_forward=days_forward,
        days_skip=days_skip,
        step=step,
        profile=profile,
    )
