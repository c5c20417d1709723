"""A team with a policy and a routing key, as the CI job in `preview.sh` tries it."""

import pulumi

import pulumi_victorops as vo

platform = vo.Team("platform", name="Platform")
page = vo.EscalationPolicy(
    "page-platform",
    team=platform.slug,
    name="Page Platform",
    steps=[vo.Step(timeout=0, entries=[vo.Notify.user("oncall-lead")])],
)
vo.RoutingKey("database", routing_key="database", targets=[page.slug])

pulumi.export("platform", platform.slug)
