"""The `OnCallTeam` component: a team that takes turns, and is paged by routing keys."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

import pulumi

from pulumi_victorops.components.on_call_engineer import OnCallEngineer
from pulumi_victorops.resources.escalation_policy import EscalationPolicy, Notify, Step
from pulumi_victorops.resources.rotation import Rotation
from pulumi_victorops.resources.routing_key import RoutingKey
from pulumi_victorops.resources.shift import Shift, ShiftArgs
from pulumi_victorops.resources.team import Team
from pulumi_victorops.resources.team_membership import TeamMembership
from pulumi_victorops.resources.user import User

HandoffDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
"""The days of the week on which turns can begin."""

# Turns are counted from here, so that the same program says the same at any time.
_A_MONDAY = datetime.date(2024, 1, 1)
_HOURS = range(24)
_ESCALATE_AFTER_MINUTES = 15


class OnCallTeam(pulumi.ComponentResource):
    """A team whose members take weekly turns around the clock, paged by an escalation policy and its routing keys.

    The parts depend on one another so that nobody is removed from the team while its policy or rotation names them. A
    change of the roster makes the rotation, the policy and the routing keys again, in one update.

    Example:
        platform = vo.OnCallTeam("platform", name="Platform", roster=[ada, "grace"], timezone="Europe/London",
                                 last_resort_user="oncall-lead", routing_keys=["database", "network"])
    """

    team: Team
    """The team."""
    memberships: Mapping[str, TeamMembership]
    """The members' places, by username or, for those given as a resource, by its name."""
    rotation: Rotation
    """The rotation."""
    policy: EscalationPolicy
    """The escalation policy."""
    routing_keys: Mapping[str, RoutingKey]
    """The routing keys, by key."""
    slug: pulumi.Output[str]
    """The team's slug."""
    rotation_slug: pulumi.Output[str]
    """The rotation's slug, by which other policies can page it."""
    policy_slug: pulumi.Output[str]
    """The policy's slug, by which other policies and routing keys can lead to it."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        roster: Sequence[OnCallEngineer | User | str],
        description: pulumi.Input[str] | None = None,
        timezone: pulumi.Input[str] = "UTC",
        handoff_day: HandoffDay = "monday",
        handoff_hour: int = 9,
        shifts: pulumi.Input[Sequence[pulumi.Input[ShiftArgs]]] | None = None,
        last_resort_user: pulumi.Input[str] | None = None,
        last_resort_policy: pulumi.Input[str] | None = None,
        steps: Callable[[Rotation], Sequence[pulumi.Input[Step]]] | None = None,
        routing_keys: Sequence[str] = (),
        replacement_user: pulumi.Input[str] | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a team.

        Args:
            resource_name: the name of the component in the program; the names of its parts begin with it.
            name: the team's name. Changed in place.
            roster: the members in the order of their turns: engineers, users or usernames. At least one; somebody who
                stands here twice has two turns.
            description: the team's description.
            timezone: the IANA name of the time zone in which turns begin.
            handoff_day: the day of the week on which turns begin.
            handoff_hour: the hour of the day at which turns begin, 0 to 23.
            shifts: the shifts of the rotation. Where not given, one around the clock in which everybody on the roster
                has a week, beginning as the three arguments above say.
            last_resort_user: the username of whom the policy pages after 30 minutes.
            last_resort_policy: the slug of a policy that it starts after 30 minutes.
            steps: makes the policy's steps from the rotation. Where not given: who is on duty at once, who is next
                after 15 minutes, and after 30 the last resorts, if there is one.
            routing_keys: the keys whose alerts the policy answers.
            replacement_user: the username of who takes the place of somebody who leaves the team, where something else
                still names them.
            profile: the name in `victorops:profiles` of the org that all of it is in; the stack's own where not given.
            opts: Pulumi's own options.

        Raises:
            pulumi.RunError: the roster is empty or has an output in it, the day or hour is none, or last resorts are
                given beside steps.
        """
        if not roster:
            raise pulumi.RunError(f"{resource_name}: the roster is empty, so nobody would be paged")
        if steps is not None and (last_resort_user is not None or last_resort_policy is not None):
            raise pulumi.RunError(f"{resource_name}: where steps are given, they say who is the last resort")
        for number, person in enumerate(roster, 1):
            if not isinstance(person, OnCallEngineer | User | str):
                raise pulumi.RunError(
                    f"{resource_name}: number {number} of the roster is of type {type(person).__name__}: "
                    "give the engineer or user itself, or a username as text"
                )
        start = _first_turn(resource_name, handoff_day, handoff_hour)
        super().__init__("victorops:components:OnCallTeam", resource_name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.team = Team(resource_name, name=name, description=description, profile=profile, opts=child)
        self.slug = self.team.slug
        members = [_member(person) for person in roster]
        self.memberships = {
            key: TeamMembership(
                f"{resource_name}-{key}",
                team=self.slug,
                username=username,
                replacement_user=replacement_user,
                profile=profile,
                opts=child,
            )
            for key, username in dict(members).items()
        }
        self.rotation = Rotation(
            resource_name,
            team=self.slug,
            label="On call",
            shifts=[
                Shift.around_the_clock(
                    "Weekly",
                    timezone=timezone,
                    start=start,
                    handoff_days=7,
                    usernames=[username for _, username in members],
                )
            ]
            if shifts is None
            else shifts,
            profile=profile,
            opts=child,
        )
        self.rotation_slug = self.rotation.slug
        self.policy = EscalationPolicy(
            resource_name,
            team=self.slug,
            name="On call",
            steps=_usual_steps(self.rotation, last_resort_user, last_resort_policy)
            if steps is None
            else steps(self.rotation),
            profile=profile,
            opts=child,
        )
        self.policy_slug = self.policy.slug
        self.routing_keys = {
            key: RoutingKey(
                f"{resource_name}-{key}", routing_key=key, targets=[self.policy_slug], profile=profile, opts=child
            )
            for key in routing_keys
        }
        self.register_outputs({"slug": self.slug, "rotation_slug": self.rotation_slug, "policy_slug": self.policy_slug})


def _member(person: OnCallEngineer | User | str) -> tuple[str, pulumi.Input[str]]:
    """Somebody on the roster: what their membership is called, and their username."""
    if isinstance(person, str):
        return person.lower(), person
    return person.pulumi_resource_name, person.username


def _first_turn(resource_name: str, day: HandoffDay, hour: int) -> str:
    days = get_args(HandoffDay)
    if day not in days:
        raise pulumi.RunError(f"{resource_name}: handoff_day is {day!r}: expected one of {', '.join(days)}")
    if hour not in _HOURS:
        raise pulumi.RunError(f"{resource_name}: handoff_hour is {hour!r}: expected a whole number, 0 to 23")
    return f"{_A_MONDAY + datetime.timedelta(days=days.index(day))}T{hour:02}:00"


def _usual_steps(rotation: Rotation, user: pulumi.Input[str] | None, policy: pulumi.Input[str] | None) -> list[Step]:
    last_resorts = [
        *([Notify.user(user)] if user is not None else []),
        *([Notify.policy(policy)] if policy is not None else []),
    ]
    later = ([Notify.next_on_duty(rotation.slug)], last_resorts)
    return [
        Step(timeout=0, entries=[Notify.on_duty(rotation.slug)]),
        *(Step(timeout=_ESCALATE_AFTER_MINUTES, entries=entries) for entries in later if entries),
    ]
