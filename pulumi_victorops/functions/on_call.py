"""Who is on call, now, by the schedules and in the past; and taking over from somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import act, ask, many, nothing, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.on_call import TeamSchedule, TeamScheduleV1
    from pulumi_victorops.api.reporting import OnCallLog
    from pulumi_victorops.functions.results import CurrentOnCall


def get_current_on_call(*, profile: str | None = None) -> CurrentOnCall:
    """Get whom the policies of each team page now: `GET /api-public/v1/oncall/current`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.functions.results import CurrentOnCall

    def call(client: Client) -> CurrentOnCall:
        return CurrentOnCall(teams_on_call=client.on_call.current())

    return ask("getCurrentOnCall", CurrentOnCall.model_validate, call, profile=profile)


def get_current_on_call_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[CurrentOnCall]:
    """The output form of `get_current_on_call`."""
    return output(get_current_on_call, opts, profile=profile)


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


def get_on_call_log(
    team: str,
    *,
    start: str | None = None,
    end: str | None = None,
    username: str | None = None,
    profile: str | None = None,
) -> OnCallLog:
    """Get when who of a team was on call: `GET /api-reporting/v1/team/{team}/oncall/log`.

    The service is up to a quarter of an hour behind.

    Args:
        team: the team's slug.
        start: from when, ISO 8601; the beginning of today where it isn't given.
        end: until when, ISO 8601; the end of today where it isn't given.
        username: of whom; of everybody where it isn't given.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.reporting import OnCallLog

    def call(client: Client) -> OnCallLog:
        return client.reporting.on_call_log(team, start=start, end=end, username=username)

    return ask(
        "getOnCallLog",
        OnCallLog.model_validate,
        call,
        team=team,
        start=start,
        end=end,
        username=username,
        profile=profile,
    )


def get_on_call_log_output(
    team: pulumi.Input[str],
    *,
    start: pulumi.Input[str] | None = None,
    end: pulumi.Input[str] | None = None,
    username: pulumi.Input[str] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[OnCallLog]:
    """The output form of `get_on_call_log`."""
    return output(get_on_call_log, opts, team=team, start=start, end=end, username=username, profile=profile)


def take_on_call(policy: str, *, from_user: str, to_user: str, profile: str | None = None) -> None:
    """Put one person on call in another's place: `PATCH /api-public/v1/policies/{policy}/oncall/user`.

    It holds until the next hand-off, or until it's taken back the same way.

    Args:
        policy: the slug of the escalation policy.
        from_user: the username of who is on call now.
        to_user: the username of who takes over.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    act(
        "takeOnCall",
        nothing,
        lambda client: client.on_call.take(policy, from_user=from_user, to_user=to_user),
        policy=policy,
        from_user=from_user,
        to_user=to_user,
        profile=profile,
    )


def take_on_call_v1(team: str, *, from_user: str, to_user: str, profile: str | None = None) -> None:
    """Put one person on call in another's place in a whole team: `PATCH /api-public/v1/team/{team}/oncall/user`.

    It's the service's older form of `take_on_call`, which names the policy, and which the service recommends.

    Args:
        team: the team's slug.
        from_user: the username of who is on call now.
        to_user: the username of who takes over.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    act(
        "takeOnCallV1",
        nothing,
        lambda client: client.on_call.take_v1(team, from_user=from_user, to_user=to_user),
        team=team,
        from_user=from_user,
        to_user=to_user,
        profile=profile,
    )
