"""100 users, 10 teams, 300 memberships, 50 policies and 40 keys for each 500 resources."""

import os

import pulumi_victorops as vo

SCALE = int(os.environ.get("BENCH_RESOURCES", "500")) / 500

users = [
    vo.User(
        f"user-{n}",
        username=f"user-{n}",
        first_name="User",
        last_name=f"Number {n}",
        email=f"user-{n}@example.com",
        replacement_user="admin",
    )
    for n in range(int(100 * SCALE))
]
teams = [vo.Team(f"team-{n}", name=f"Team {n}") for n in range(int(10 * SCALE))]
for n in range(int(300 * SCALE)):
    vo.TeamMembership(
        f"member-{n}",
        team=teams[n % len(teams)].slug,
        username=users[n // 3].username,
        replacement_user="admin",
    )
policies = [
    vo.EscalationPolicy(
        f"policy-{n}",
        team=teams[n % len(teams)].slug,
        name=f"Policy {n}",
        steps=[
            vo.Step(timeout=0, entries=[vo.Notify.user(users[n].username)]),
            vo.Step(timeout=15, entries=[vo.Notify.user("admin")]),
        ],
    )
    for n in range(int(50 * SCALE))
]
for n in range(int(40 * SCALE)):
    vo.RoutingKey(f"key-{n}", routing_key=f"key-{n}", targets=[policies[n].slug])
