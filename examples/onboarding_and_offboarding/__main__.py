"""The team Platform, whose people stand in `people.csv` in the order of their turns: a line comes, a line goes."""

import csv
from pathlib import Path

import pulumi

import pulumi_victorops as vo

config = pulumi.Config()
# Takes over from whoever leaves.
lead = config.get("lead") or "oncall-lead"

with (Path(__file__).parent / "people.csv").open(newline="", encoding="utf-8") as file:
    engineers = [
        vo.OnCallEngineer(
            row["username"],
            username=row["username"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            email=row["email"],
            phones={"Mobile": row["mobile"]} if row["mobile"] else {},
            replacement_user=lead,
        )
        for row in csv.DictReader(file)
    ]

platform = vo.OnCallTeam(
    "platform",
    name="Platform",
    roster=engineers,
    timezone="Europe/London",
    last_resort_user=lead,
    routing_keys=["database"],
    replacement_user=lead,
)

pulumi.export("turns", [engineer.username for engineer in engineers])
pulumi.export("policy", platform.policy_slug)
