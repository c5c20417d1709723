"""Users, teams and memberships from `people.csv`: one row a person, their teams parted by blanks."""

import csv
from pathlib import Path

import pulumi

import pulumi_victorops as vo

config = pulumi.Config()
# Takes over from whoever leaves the file.
lead = config.get("lead") or "oncall-lead"

with (Path(__file__).parent / "people.csv").open(newline="", encoding="utf-8") as file:
    people = list(csv.DictReader(file))

teams = {
    name: vo.Team(f"team-{name.lower()}", name=name)
    for name in sorted({name for person in people for name in person["teams"].split()})
}

for person in people:
    user = vo.User(
        person["username"],
        username=person["username"],
        first_name=person["first_name"],
        last_name=person["last_name"],
        email=person["email"],
        replacement_user=lead,
    )
    for name in person["teams"].split():
        vo.TeamMembership(
            f"{person['username']}-in-{name.lower()}",
            team=teams[name].slug,
            username=user.username,
            replacement_user=lead,
        )

pulumi.export("teams", {name: team.slug for name, team in teams.items()})
