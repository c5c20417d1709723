"""The stack of one service: its alerts page its owner first, then a policy that this stack doesn't manage.

Nothing here knows a slug. What others have made is found by the names that people use.
"""

import pulumi

import pulumi_victorops as vo

config = pulumi.Config()
owner = config.get("owner") or "oncall-lead"

team = vo.get_team(name=config.get("team") or "Larkspur Freight")
theirs = vo.get_escalation_policy(name=config.get("policy") or "Default Policy", team=team.slug)
tickets = vo.get_webhook(config.get("webhook") or "Ticket system")

checkout = vo.EscalationPolicy(
    "checkout",
    team=team.slug,
    name="Checkout",
    steps=[
        vo.Step(timeout=0, entries=[vo.Notify.user(owner), vo.Notify.webhook(tickets.slug)]),
        vo.Step(timeout=15, entries=[vo.Notify.policy(theirs.slug)]),
    ],
)
key = vo.RoutingKey("checkout-key", routing_key="checkout", targets=[checkout.slug])

# The output form waits for what it's about: the service names the policies behind a key only when the key is there.
behind = vo.get_routing_key_output(key.routing_key)

pulumi.export("team_members", [member.username for member in vo.get_team_members(team.slug)])
pulumi.export("paged_through", behind.apply(lambda found: [target.policy_name for target in found.targets]))
