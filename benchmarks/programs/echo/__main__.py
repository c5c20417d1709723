"""The same shape as the other program, of resources that do nothing: what the engine and its plugin cost alone."""

import os

from benchmarks.echo import Echo

SCALE = int(os.environ.get("BENCH_RESOURCES", "500")) / 500

users = [
    Echo(
        f"user-{n}",
        {
            "username": f"user-{n}",
            "first_name": "User",
            "last_name": f"Number {n}",
            "email": f"user-{n}@example.com",
            "replacement_user": "admin",
        },
    )
    for n in range(int(100 * SCALE))
]
teams = [Echo(f"team-{n}", {"name": f"Team {n}"}) for n in range(int(10 * SCALE))]
for n in range(int(300 * SCALE)):
    Echo(
        f"member-{n}",
        {"team": teams[n % len(teams)].id, "username": users[n // 3].id, "replacement_user": "admin"},
    )
policies = [
    Echo(
        f"policy-{n}",
        {
            "team": teams[n % len(teams)].id,
            "name": f"Policy {n}",
            "steps": [
                {"timeout": 0, "entries": [{"type": "user", "username": users[n].id}]},
                {"timeout": 15, "entries": [{"type": "user", "username": "admin"}]},
            ],
        },
    )
    for n in range(int(50 * SCALE))
]
for n in range(int(40 * SCALE)):
    Echo(f"key-{n}", {"routing_key": f"key-{n}", "targets": [policies[n].id]})
