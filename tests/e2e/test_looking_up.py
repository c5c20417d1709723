"""Looking up objects that the program doesn't manage."""

from __future__ import annotations

import pulumi

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org


def test_each_kind_is_looked_up_by_its_id(stack: Stack, client: Client) -> None:
    [team] = [team.slug for team in client.teams.all() if team.is_default_team]

    def program() -> None:
        admin = vo.User.get("admin", "admin")
        pulumi.export("user", pulumi.Output.all(admin.username, admin.first_name, admin.email))
        everyone = vo.Team.get("everyone", team)
        pulumi.export("team", pulumi.Output.all(everyone.slug, everyone.name, everyone.is_default_team))
        member = vo.TeamMembership.get("admin-everyone", f"{team}/admin")
        pulumi.export("member", pulumi.Output.all(member.team, member.username))
        default = vo.EscalationPolicy.get("default", team)
        pulumi.export("policy", pulumi.Output.all(default.slug, default.team, default.name, default.steps))
        key = vo.RoutingKey.get("default-key", ".+")
        pulumi.export("key", pulumi.Output.all(key.routing_key, key.targets))
        vo.RoutingKey("mine", routing_key="mine", targets=[default.slug])

    made = stack.must_up(program)
    assert made.outputs == {
        "user": ["admin", "Org", "admin@example.com"],
        "team": [team, "Default Team", True],
        "member": [team, "admin"],
        "policy": [
            team,
            team,
            "Default Policy",
            [{"timeout": 0, "entries": [{"type": "user", "username": "admin"}]}],
        ],
        "key": [".+", [team]],
    }
    assert made.changes == {"create": 2}
    assert stack.must_up(program).outputs == made.outputs
    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert client.users.get("admin").first_name == "Org", "what is only looked up is never deleted"


def test_looking_up_what_is_not_there_is_an_error(stack: Stack) -> None:
    bad = stack.preview(lambda: vo.User.get("nobody", "nobody"))
    assert bad.failed
    assert "error: Preview failed: there is no User with the id 'nobody'" in bad.errors
    ill = stack.preview(lambda: vo.TeamMembership.get("odd", "no-slash"))
    assert "error: Preview failed: 'no-slash' is not an id of the form team/username" in ill.errors
    assert "Traceback" not in bad.output + ill.output


def test_a_program_that_only_reads_needs_no_right_to_write(stack: Stack) -> None:
    stack.must_up(small_org(without=["page"]))
    assert stack.preview(lambda: vo.User.get("ada-again", "ada")).failed is False
