"""Who is on call now and was in the past; and taking over from somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import act, ask, nothing, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
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
