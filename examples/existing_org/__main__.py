"""A new person and a new policy in an org that exists. What is there is looked up, and stays as it is."""

import pulumi

import pulumi_victorops as vo

config = pulumi.Config()

# From the key that takes all other alerts to its policy, and from there to the team.
catch_all = vo.RoutingKey.get("catch-all", config.get("catchAllKey") or ".+")
default_policy = vo.EscalationPolicy.get("default-policy", catch_all.targets[0])
team = vo.Team.get("default-team", default_policy.team)
lead = vo.User.get("lead", config.get("lead") or "oncall-lead")

maren = vo.User(
    "maren",
    username="maren",
    first_name="Maren",
    last_name="Holloway",
    email="maren@example.com",
    replacement_user=lead.username,
)
vo.TeamMembership("maren-in-team", team=team.slug, username=maren.username, replacement_user=lead.username)

nights = vo.EscalationPolicy(
    "nights",
    team=team.slug,
    name="Nights",
    steps=[
        vo.Step(timeout=0, entries=[vo.Notify.user(maren.username)]),
        vo.Step(timeout=15, entries=[vo.Notify.policy(default_policy.slug)]),
    ],
)
vo.RoutingKey("nightly-jobs", routing_key="nightly-jobs", targets=[nights.slug])

pulumi.export("team", team.name)
pulumi.export("lead", pulumi.Output.concat(lead.first_name, " ", lead.last_name))
