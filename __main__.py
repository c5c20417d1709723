"""On-call at Larkspur Freight, a fictional carrier: people, teams, escalation policies and routing keys."""

from typing import NamedTuple

import pulumi

import pulumi_victorops as vo

# The one person whom the org has already. She is paged when nobody else reacts, and takes over from whoever leaves.
LEAD = "oncall-lead"

PEOPLE = {
    "ada": "Ada Winterbourne",
    "bao": "Bao Nordstrand",
    "chidi": "Chidi Applegarth",
    "dora": "Dora Pellinen",
    "emil": "Emil Castellow",
    "farah": "Farah Lindqvist",
    "grace": "Grace Oyelowe",
    "hugo": "Hugo Marchetti",
    "inez": "Inez Thornquist",
    "jonas": "Jonas Adeyemi",
    "kaya": "Kaya Brannigan",
    "linus": "Linus Farrow",
}


class Crew(NamedTuple):
    """A team: what it looks after, whom to page in which order, and the routing keys of its alerts."""

    about: str
    people: list[str]
    routing_keys: list[str]


CREWS = {
    "Platform": Crew("Clusters, databases and networks", ["ada", "bao", "chidi"], ["database", "network"]),
    "Payments": Crew("Invoices and card payments", ["dora", "emil", "farah"], ["billing"]),
    "Tracking": Crew("Where each parcel is", ["grace", "hugo", "inez"], ["gps", "customer-portal"]),
    "Warehouse": Crew("Scanners and conveyor belts", ["jonas", "kaya", "linus"], ["scanners"]),
}

users = {}
for username, full_name in PEOPLE.items():
    first_name, last_name = full_name.split()
    users[username] = vo.User(
        username,
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=f"{username}@larkspur-freight.example",
        replacement_user=LEAD,
    )

teams = {name: vo.Team(name.lower(), name=name, description=crew.about) for name, crew in CREWS.items()}

# Every crew's policy ends here.
last_resort = vo.EscalationPolicy(
    "last-resort",
    team=teams["Platform"].slug,
    name="Last resort",
    steps=[
        vo.Step(timeout=0, entries=[vo.Notify.user(LEAD)]),
        vo.Step(timeout=15, entries=[vo.Notify.email("directors@larkspur-freight.example")]),
    ],
)

policies = {}
for name, crew in CREWS.items():
    for username in crew.people:
        vo.TeamMembership(
            f"{name.lower()}-{username}",
            team=teams[name].slug,
            username=users[username].username,
            replacement_user=LEAD,
        )

    first, *others = (users[username].username for username in crew.people)
    policy = vo.EscalationPolicy(
        f"page-{name.lower()}",
        team=teams[name].slug,
        name=f"Page {name}",
        steps=[
            vo.Step(timeout=0, entries=[vo.Notify.user(first)]),
            vo.Step(timeout=10, entries=[vo.Notify.user(other) for other in others]),
            vo.Step(timeout=20, entries=[vo.Notify.policy(last_resort.slug)]),
        ],
    )
    for key in crew.routing_keys:
        vo.RoutingKey(key, routing_key=key, targets=[policy.slug])
        policies[key] = policy

pulumi.export("teams", {name: team.slug for name, team in teams.items()})
pulumi.export("policy_by_routing_key", {key: policy.slug for key, policy in policies.items()})
pulumi.export(
    "paged_first_by_routing_key",
    {key: policy.steps.apply(lambda steps: steps[0]["entries"][0]["username"]) for key, policy in policies.items()},
)
