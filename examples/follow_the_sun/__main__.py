"""One rotation in three time zones: each office is on duty while it is day there, in weekly turns."""

from typing import NamedTuple

import pulumi

import pulumi_victorops as vo

config = pulumi.Config()
lead = config.get("lead") or "oncall-lead"


class Office(NamedTuple):
    """Where it is, when it is on duty by its own clocks, and who works there."""

    timezone: str
    start_time: str
    end_time: str
    people: dict[str, str]


# They overlap by an hour or more, since summer time doesn't begin on the same day everywhere.
OFFICES = {
    "Singapore": Office("Asia/Singapore", "08:00", "17:00", {"bao": "Bao Nordstrand", "farah": "Farah Lindqvist"}),
    "London": Office("Europe/London", "08:00", "18:00", {"ada": "Ada Winterbourne", "hugo": "Hugo Marchetti"}),
    "Seattle": Office("America/Los_Angeles", "09:00", "18:00", {"inez": "Inez Thornquist", "kaya": "Kaya Brannigan"}),
}
EVERY_DAY: list[vo.Weekday] = ["su", "m", "t", "w", "th", "f", "sa"]

team = vo.Team("operations", name="Operations")

shifts = []
for city, office in OFFICES.items():
    members = []
    for username, full_name in office.people.items():
        first_name, last_name = full_name.split()
        user = vo.User(
            username,
            username=username,
            first_name=first_name,
            last_name=last_name,
            email=f"{username}@larkspur-freight.example",
            replacement_user=lead,
        )
        members.append(
            vo.TeamMembership(f"operations-{username}", team=team.slug, username=user.username, replacement_user=lead)
        )
    shifts.append(
        vo.Shift.follow_the_sun(
            city,
            timezone=office.timezone,
            start=f"2026-01-05T{office.start_time}",
            handoff_days=7,
            usernames=[member.username for member in members],
            windows=[vo.Shift.window(days=EVERY_DAY, start_time=office.start_time, end_time=office.end_time)],
        )
    )

around_the_globe = vo.Rotation("around-the-globe", team=team.slug, label="Around the globe", shifts=shifts)
page = vo.EscalationPolicy(
    "page-operations",
    team=team.slug,
    name="Page Operations",
    steps=[
        vo.Step(timeout=0, entries=[vo.Notify.on_duty(around_the_globe.slug)]),
        vo.Step(timeout=15, entries=[vo.Notify.user(lead)]),
    ],
)
vo.RoutingKey("operations", routing_key="operations", targets=[page.slug])

pulumi.export("rotation", around_the_globe.slug)
