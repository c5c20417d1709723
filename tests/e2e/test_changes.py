"""What changes in place, what is replaced, and in which order."""

from __future__ import annotations

from collections.abc import Callable

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org


def test_names_and_addresses_change_in_place_and_nothing_else_moves(stack: Stack, client: Client) -> None:
    team = stack.must_up(small_org()).outputs["team"]
    changed = small_org(
        user={"first_name": "Augusta", "last_name": "King", "email": "augusta@example.com"},
        team={"name": "Platform Engineering", "description": "Keeps the lights on"},
    )

    previewed = stack.preview(changed)
    assert previewed.changes == {"update": 2, "same": 4}, "a renamed team must not replace what refers to it"

    done = stack.must_up(changed)
    assert done.changes == {"update": 2, "same": 4}
    assert done.calls == {"PUT /api-public/v1/user/{user}": 1, "PUT /api-public/v1/team/{team}": 1}
    ada = client.users.get("ada")
    assert (ada.first_name, ada.last_name, ada.email) == ("Augusta", "King", "augusta@example.com")
    assert (client.teams.get(team).name, client.teams.get(team).description) == (
        "Platform Engineering",
        "Keeps the lights on",
    )

    plain = stack.must_up(small_org(team={"name": "Platform Engineering"}, user=dict.fromkeys(())))
    assert plain.changes == {"update": 2, "same": 4}
    assert client.teams.get(team).description == ""


def test_what_the_service_never_tells_changes_without_a_call(stack: Stack) -> None:
    stack.must_up(small_org())
    done = stack.must_up(small_org(user={"replacement_user": "ADMIN", "expiration_hours": 48}))
    assert done.changes == {"update": 1, "same": 5}
    assert done.calls == {}
    assert stack.resources()["ada"]["inputs"]["expiration_hours"] == 48


def test_spelling_that_means_the_same_is_no_change(stack: Stack) -> None:
    stack.must_up(small_org())
    entries = [vo.Notify.user("ADMIN"), {"type": "email", "email": "NOC@example.com"}]
    again = stack.must_up(
        small_org(
            user={"email": "Ada@Example.com"},
            membership={"username": "Ada"},
            policy={
                "steps": [{"timeout": 0.0, "entries": [vo.Notify.user("Ada")]}, {"timeout": 15, "entries": entries}]
            },
        )
    )
    assert again.changes == {"same": 6}
    assert again.calls == {}


def test_a_changed_policy_takes_its_routing_key_with_it(stack: Stack, client: Client) -> None:
    old = stack.must_up(small_org()).outputs["policy"]
    faster = small_org(policy={"steps": [vo.Step(timeout=0, entries=[vo.Notify.user("ada"), vo.Notify.user("admin")])]})

    previewed = stack.preview(faster)
    assert previewed.changes == {"replace": 2, "same": 4}

    done = stack.must_up(faster)
    assert done.changes == {"replace": 2, "same": 4}
    assert done.calls == {
        "GET /api-public/v1/org/routing-keys": 1,
        "DELETE /api-public/v1/policies/{policy}": 1,
        "POST /api-public/v1/policies": 1,
        "POST /api-public/v1/org/routing-keys": 1,
    }
    new = done.outputs["policy"]
    assert new != old
    keys = {key.routing_key: [target.policy_slug for target in key.targets] for key in client.routing_keys.all()}
    assert keys["database"] == [new]
    assert old not in {row.policy.slug for row in client.policies.all()}
    assert stack.must_up(faster).changes == {"same": 6}


def test_a_key_of_which_only_one_policy_is_replaced_is_refused_at_preview(stack: Stack, client: Client) -> None:
    [default_policy] = [row.policy.slug for row in client.policies.all() if row.policy.name == "Default Policy"]

    def two_ways(name: str) -> Callable[[], None]:
        def program() -> None:
            team = vo.Team("platform", name="Platform")
            steps = [vo.Step(timeout=0, entries=[vo.Notify.user("admin")])]
            page = vo.EscalationPolicy("page", team=team.slug, name=name, steps=steps)
            vo.RoutingKey("both", routing_key="both", targets=[page.slug, default_policy])

        return program

    stack.must_up(two_ways("Page"))
    refused = stack.preview(two_ways("Page louder"))
    assert refused.failed
    assert len(refused.errors) == 1
    assert f"'both' stays as it is while {default_policy} exists" in refused.errors[0]


def test_every_property_of_a_policy_replaces_it(stack: Stack, client: Client) -> None:
    stack.must_up(small_org(without=["database"]))
    renamed = stack.must_up(small_org(policy={"name": "Wake Platform"}, without=["database"]))
    assert renamed.changes == {"replace": 1, "same": 4}
    strict = {"name": "Wake Platform", "ignore_custom_paging_policies": True}
    assert stack.must_up(small_org(policy=strict, without=["database"])).changes == {"replace": 1, "same": 4}
    [default_team] = [team.slug for team in client.teams.all() if team.is_default_team]
    moved = stack.must_up(small_org(policy={**strict, "team": default_team}, without=["database"]))
    assert moved.changes == {"replace": 1, "same": 4}
    policy = client.policies.get(moved.outputs["policy"])
    assert (policy.name, policy.ignore_custom_paging_policies) == ("Wake Platform", True)
    teams = {row.policy.slug: row.team.slug for row in client.policies.all()}
    assert teams[policy.slug] == default_team


def test_a_new_username_is_a_new_user_with_the_same_places(stack: Stack, client: Client) -> None:
    team = stack.must_up(small_org()).outputs["team"]
    done = stack.must_up(small_org(user={"username": "augusta"}))
    assert done.changes == {"replace": 4, "same": 2}, "the user, and what names them"
    assert {user.username for user in client.users.all()} == {"admin", "augusta"}
    assert "augusta" in {person.username for person in client.teams.members(team)}
    [first, _] = client.policies.get(done.outputs["policy"]).steps
    assert first.entries[0].user == {"username": "augusta", "firstName": "Ada", "lastName": "Byron"}


def test_a_membership_moves_to_another_team_and_to_another_person(stack: Stack, client: Client) -> None:
    old_team = stack.must_up(small_org(without=["page"])).outputs["team"]
    [default_team] = [team.slug for team in client.teams.all() if team.is_default_team]
    moved = stack.must_up(small_org(membership={"team": default_team}, without=["page"]))
    assert moved.changes == {"replace": 1, "same": 3}
    assert "ada" in {person.username for person in client.teams.members(default_team)}
    assert client.teams.members(old_team) == []

    handed = stack.must_up(small_org(membership={"username": "admin", "replacement_user": "ada"}, without=["page"]))
    assert handed.changes == {"replace": 1, "same": 3}
    assert [person.username for person in client.teams.members(old_team)] == ["admin"]
    assert "ada" not in {person.username for person in client.teams.members(default_team)}


def test_a_routing_key_that_stays_cannot_be_led_elsewhere(stack: Stack, simulator: Simulator, client: Client) -> None:
    made = stack.must_up(small_org())
    [default_policy] = [row.policy.slug for row in client.policies.all() if row.policy.name == "Default Policy"]
    refused = stack.preview(small_org(key={"targets": [default_policy]}))
    assert refused.failed
    assert refused.errors == [
        "error: pulumi-python:dynamic/victorops:RoutingKey resource 'database': property targets value "
        f"{{[{{{default_policy}}}]}} has a problem: the API can't change where a routing key leads, and 'database' "
        f"stays as it is while {made.outputs['policy']} exists: use another key, or take the key and its policies out "
        "of the program, bring that up, and put them in again"
    ]

    def to_a_new_policy() -> None:
        small_org(without=["database"])()
        steps = [vo.Step(timeout=0, entries=[vo.Notify.user("admin")])]
        other = vo.EscalationPolicy("other", team=made.outputs["team"], name="Other", steps=steps)
        vo.RoutingKey("database", routing_key="database", targets=[other.slug])

    assert stack.preview(to_a_new_policy).errors[0].count("'database' stays as it is while pol-") == 1
    renamed = stack.must_up(small_org(key={"routing_key": "db", "targets": [default_policy]}))
    assert renamed.changes == {"replace": 1, "same": 5}
    keys = {key.routing_key: [target.policy_slug for target in key.targets] for key in client.routing_keys.all()}
    assert keys["db"] == [default_policy]


def test_a_change_of_which_no_answer_came_is_undone_once_the_program_takes_it_back(
    stack: Stack, client: Client, simulator: Simulator
) -> None:
    team = stack.must_up(small_org()).outputs["team"]
    simulator.put_faults([{"operation": "PUT /api-public/v1/team/{team}", "kind": "reset_after"}])
    assert stack.up(small_org(team={"description": "Keeps the lights on"})).failed
    simulator.put_faults([])
    assert client.teams.get(team).description == "Keeps the lights on"

    assert stack.preview(small_org()).changes == {"update": 1, "same": 5}
    assert stack.must_up(small_org()).calls == {
        "GET /api-public/v1/team/{team}": 1,
        "PUT /api-public/v1/team/{team}": 1,
    }
    assert client.teams.get(team).description == ""
    assert stack.must_up(small_org()).calls == {}
