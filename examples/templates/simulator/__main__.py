"""On-call as code: a team, who is paged for it, and the key that its alerts carry."""

import pulumi

import pulumi_victorops as vo

config = pulumi.Config("victorops")
lead = vo.User.get("lead", config.require("defaultReplacement"))

team = vo.Team("platform", name="Platform", description="Clusters, databases and networks")
vo.TeamMembership("lead-platform", team=team.slug, username=lead.username)
policy = vo.EscalationPolicy(
    "page-platform",
    team=team.slug,
    name="Page Platform",
    steps=[vo.Step(timeout=0, entries=[vo.Notify.user(lead.username)])],
)
vo.RoutingKey("database", routing_key="database", targets=[policy.slug])

pulumi.export("team", team.slug)
pulumi.export("policy", policy.slug)
