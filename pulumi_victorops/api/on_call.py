"""Who is on call: now, and by the schedules; and taking on-call over from somebody."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, Moment, member, parse, parse_list
from pulumi_victorops.api.policies import PolicyReference
from pulumi_victorops.api.teams import TeamReference
from pulumi_victorops.api.transport import Transport


class Username(ApiModel):
    """A person as schedules mention one."""

    username: str


class OnCallUser(ApiModel):
    """Somebody whom a policy pages now."""

    on_call_user: Username = Field(validation_alias=AliasChoices("onCallUser", "onCalluser"))


class PolicyOnCall(ApiModel):
    """Whom a policy's first step pages now."""

    escalation_policy: PolicyReference
    users: list[OnCallUser] = Field(default_factory=list)


class TeamOnCall(ApiModel):
    """Whom a team's policies page now."""

    team: TeamReference
    on_call_now: list[PolicyOnCall] = Field(
        default_factory=list, validation_alias=AliasChoices("onCallNow", "oncallNow")
    )


class Roll(ApiModel):
    """One stretch of a schedule. `is_roll` tells a hand-off from the edge of a window."""

    start: str
    end: str
    on_call_user: Username | None = None
    is_roll: bool = False


class ScheduleEntry(ApiModel):
    """One entry of a policy's step, and who is on call by it."""

    on_call_type: str
    on_call_user: Username | None = None
    override_on_call_user: Username | None = None
    rotation_name: str | None = None
    shift_name: str | None = None
    shift_roll: Moment | None = None
    rolls: list[Roll] = Field(default_factory=list)


class ScheduleOverride(ApiModel):
    """Who covers for whom."""

    orig_on_call_user: Username | None = None
    override_on_call_user: Username | None = None
    start: str
    end: str
    policy: PolicyReference | None = None


class PolicySchedule(ApiModel):
    """The schedule of one policy."""

    policy: PolicyReference
    schedule: list[ScheduleEntry] = Field(default_factory=list)
    overrides: list[ScheduleOverride] = Field(default_factory=list)


class TeamSchedule(ApiModel):
    """The schedules of a team's policies."""

    team: TeamReference
    schedules: list[PolicySchedule] = Field(default_factory=list)


class RollV1(ApiModel):
    """One stretch of a schedule, by the older calls."""

    change: Moment
    until: Moment
    oncall: str | None = None
    is_roll: bool = False


class ScheduleEntryV1(ApiModel):
    """Who is on call by one entry of a policy, by the older calls."""

    policy_type: str
    oncall: str | None = None
    overrideoncall: str | None = None
    rotation_name: str | None = None
    shift_name: str | None = None
    shift_roll: Moment | None = None
    rolls: list[RollV1] = Field(default_factory=list)


class ScheduleOverrideV1(ApiModel):
    """Who covers for whom, by the older calls."""

    orig: str | None = None
    over: str | None = None
    start: Moment
    end: Moment


class TeamScheduleV1(ApiModel):
    """The schedule of a team, by the older calls."""

    team: str
    schedule: list[ScheduleEntryV1] = Field(default_factory=list)
    overrides: list[ScheduleOverrideV1] = Field(default_factory=list)


class OnCall:
    """The calls about who is on call.

    Schedules begin `days_skip` days from now and are `days_forward` days long (14 where it isn't given), for the
    escalation step `step`, counted from 0.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def current(self) -> list[TeamOnCall]:
        """`GET /api-public/v1/oncall/current`: teams with nobody on call may be left out."""
        data = self._transport.call(op.GET_CURRENT_ON_CALL)
        return parse_list(TeamOnCall, member(data, "teamsOnCall", op.GET_CURRENT_ON_CALL), op.GET_CURRENT_ON_CALL)

    def user_schedule(
        self, username: str, *, days_forward: int | None = None, days_skip: int | None = None, step: int | None = None
    ) -> list[TeamSchedule]:
        """`GET /api-public/v2/user/{user}/oncall/schedule`: the schedules of the user's teams."""
        query = _query(days_forward, days_skip, step)
        data = self._transport.call(op.GET_USER_SCHEDULE, query=query, user=username)
        return parse_list(TeamSchedule, member(data, "teamSchedules", op.GET_USER_SCHEDULE), op.GET_USER_SCHEDULE)

    def user_schedule_v1(
        self, username: str, *, days_forward: int | None = None, days_skip: int | None = None, step: int | None = None
    ) -> list[TeamScheduleV1]:
        """`GET /api-public/v1/user/{user}/oncall/schedule`: by the older call."""
        query = _query(days_forward, days_skip, step)
        data = self._transport.call(op.GET_USER_SCHEDULE_V1, query=query, user=username)
        return parse_list(TeamScheduleV1, data, op.GET_USER_SCHEDULE_V1)

    def team_schedule(
        self, team: str, *, days_forward: int | None = None, days_skip: int | None = None, step: int | None = None
    ) -> TeamSchedule:
        """`GET /api-public/v2/team/{team}/oncall/schedule`."""
        query = _query(days_forward, days_skip, step)
        data = self._transport.call(op.GET_TEAM_SCHEDULE, query=query, team=team)
        return parse(TeamSchedule, data, op.GET_TEAM_SCHEDULE)

    def team_schedule_v1(
        self, team: str, *, days_forward: int | None = None, days_skip: int | None = None, step: int | None = None
    ) -> TeamScheduleV1:
        """`GET /api-public/v1/team/{team}/oncall/schedule`: by the older call."""
        query = _query(days_forward, days_skip, step)
        data = self._transport.call(op.GET_TEAM_SCHEDULE_V1, query=query, team=team)
        return parse(TeamScheduleV1, data, op.GET_TEAM_SCHEDULE_V1)

    def take(self, policy: str, *, from_user: str, to_user: str) -> None:
        """`PATCH /api-public/v1/policies/{policy}/oncall/user`: `to_user` takes over from `from_user`."""
        self._transport.call(op.TAKE_ON_CALL, body={"fromUser": from_user, "toUser": to_user}, policy=policy)

    def take_v1(self, team: str, *, from_user: str, to_user: str) -> None:
        """`PATCH /api-public/v1/team/{team}/oncall/user`: by the older call, for a team."""
        self._transport.call(op.TAKE_ON_CALL_V1, body={"fromUser": from_user, "toUser": to_user}, team=team)


def _query(days_forward: int | None, days_skip: int | None, step: int | None) -> dict[str, int]:
    query = {"daysForward": days_forward, "daysSkip": days_skip, "step": step}
    return {name: value for name, value in query.items() if value is not None}
