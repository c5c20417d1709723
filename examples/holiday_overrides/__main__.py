"""Who is away when, and who covers: the holidays of a team that takes weekly turns."""

from typing import NamedTuple

import pulumi

import pulumi_victorops as vo

config = pulumi.Config()
lead = config.get("lead") or "oncall-lead"
TIMEZONE = "Europe/Oslo"


class Holiday(NamedTuple):
    """Somebody's absence, by the clocks of `TIMEZONE`, and who stands in."""

    name: str
    away: str
    cover: str
    start: str
    end: str


# What is over can be taken out, or stay: the service has forgotten it, and no update minds.
HOLIDAYS = [
    Holiday("christmas", away="chidi", cover="ada", start="2026-12-23T16:00", end="2026-12-28T08:00"),
    Holiday("new-year", away="ada", cover="bao", start="2026-12-30T16:00", end="2027-01-04T08:00"),
    Holiday("midsummer", away="bao", cover="chidi", start="2027-06-24T16:00", end="2027-06-28T08:00"),
]

team = vo.OnCallTeam(
    "platform",
    name="Platform",
    roster=[
        vo.User(
            username,
            username=username,
            first_name=first_name,
            last_name=last_name,
            email=f"{username}@larkspur-freight.example",
            replacement_user=lead,
        )
        for username, first_name, last_name in [
            ("ada", "Ada", "Winterbourne"),
            ("bao", "Bao", "Nordstrand"),
            ("chidi", "Chidi", "Applegarth"),
        ]
    ],
    timezone=TIMEZONE,
    last_resort_user=lead,
    replacement_user=lead,
)

for holiday in HOLIDAYS:
    absence = vo.Override(
        holiday.name,
        username=team.memberships[holiday.away].username,
        timezone=TIMEZONE,
        start=holiday.start,
        end=holiday.end,
    )
    vo.OverrideAssignment(
        f"{holiday.name}-cover",
        override=absence.id,
        policy=team.policy_slug,
        username=team.memberships[holiday.cover].username,
    )

pulumi.export("policy", team.policy_slug)
