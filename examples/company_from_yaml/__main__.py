"""Five teams from `roster.yaml`: their people, weekly turns, escalation policies and routing keys."""

from pathlib import Path

import pulumi
import yaml

import pulumi_victorops as vo

roster = yaml.safe_load((Path(__file__).parent / "roster.yaml").read_text(encoding="utf-8"))
lead = roster["lead"]

for name, crew in roster["teams"].items():
    short = name.lower()
    team = vo.Team(short, name=name, description=crew["about"])

    members = []
    for username, full_name in crew["people"].items():
        first_name, last_name = full_name.split(maxsplit=1)
        user = vo.User(
            username,
            username=username,
            first_name=first_name,
            last_name=last_name,
            email=f"{username}@{roster['domain']}",
            replacement_user=lead,
        )
        members.append(
            vo.TeamMembership(f"{short}-{username}", team=team.slug, username=user.username, replacement_user=lead)
        )

    # By the memberships' usernames, so that nobody leaves the team before the rotation is gone.
    weekly = vo.Rotation(
        f"{short}-weekly",
        team=team.slug,
        label="Weekly",
        shifts=[
            vo.Shift.around_the_clock(
                "primary",
                timezone=crew["timezone"],
                start="2026-01-05T09:00",
                handoff_days=7,
                usernames=[member.username for member in members],
            )
        ],
    )
    policy = vo.EscalationPolicy(
        f"page-{short}",
        team=team.slug,
        name=f"Page {name}",
        steps=[
            vo.Step(timeout=0, entries=[vo.Notify.on_duty(weekly.slug)]),
            vo.Step(timeout=10, entries=[vo.Notify.next_on_duty(weekly.slug)]),
            vo.Step(timeout=20, entries=[vo.Notify.user(lead)]),
        ],
    )
    for key in crew["routing_keys"]:
        vo.RoutingKey(key, routing_key=key, targets=[policy.slug])

pulumi.export("teams", sorted(roster["teams"]))
