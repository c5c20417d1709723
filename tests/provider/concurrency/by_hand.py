"""What people do to the org by hand while a stack is at work, and what comes of it: each gives the message."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_victorops import providers
from pulumi_victorops.api.paging import PagingRulePayload
from pulumi_victorops.api.teams import TeamPayload
from tests.provider.concurrency.world import KEYS, MEMBERS, POLICIES, ROTATIONS, RULE, TEAM, TURN, USER, World, refused


def a_policy_names_a_deleted_user(world: World) -> str:
    inputs, run = world.policy(), world.run()
    world.meanwhile.before(POLICIES, lambda: world.client.users.delete("ada", replacement="admin"))
    said = refused(lambda: run.create(providers.EscalationPolicy, inputs))
    assert world.policies() == []
    assert world.run().read(providers.User, "ada", {"username": "ada"}).id == "", "a refresh notices"
    person = world.inputs(providers.User, username="ada", first_name="A", last_name="B", email="ada@example.com")
    again = world.run()
    again.create(providers.User, person)
    again.create(providers.EscalationPolicy, inputs)
    assert world.policies() == ["Page"]
    return said


def a_shift_names_a_deleted_user(world: World) -> str:
    world.meanwhile.before(f"POST {ROTATIONS}", lambda: world.client.users.delete("ada", replacement="admin"))
    said = refused(lambda: world.run().create(providers.Rotation, world.rotation()))
    assert world.client.rotations.all(world.team) == []
    return said


def a_policy_pages_a_deleted_rotation(world: World) -> str:
    run, rotation = world.run(), world.rotation()
    made = run.create(providers.Rotation, rotation)
    number = int(made.properties["group_id"])
    world.meanwhile.before(POLICIES, lambda: world.client.rotations.delete(world.team, number))
    entry = {"type": "rotation_group", "rotation_group": made.properties["slug"]}
    inputs = world.policy(steps=[{"timeout": 0, "entries": [entry]}])
    said = refused(lambda: run.create(providers.EscalationPolicy, inputs))
    again = world.run()
    assert again.read(providers.Rotation, made.id, made.properties).id == ""
    entry["rotation_group"] = again.create(providers.Rotation, rotation).properties["slug"]
    again.create(providers.EscalationPolicy, inputs)
    assert world.policies() == ["Page"]
    return said


def the_rotation_of_a_turn_is_deleted(world: World) -> str:
    run = world.run()
    made = run.create(providers.Rotation, world.rotation())
    inputs = world.inputs(providers.RotationShiftAssignment, rotation=made.id, shift="Days", username="ada")
    number = int(made.properties["group_id"])
    world.meanwhile.before(f"PUT {TURN}", lambda: world.client.rotations.delete(world.team, number))
    return refused(lambda: run.create(providers.RotationShiftAssignment, inputs))


def a_key_leads_to_a_deleted_policy(world: World) -> str:
    run = world.run()
    policy = run.create(providers.EscalationPolicy, world.policy()).id
    world.meanwhile.before(KEYS, lambda: world.client.policies.delete(policy))
    said = refused(lambda: run.create(providers.RoutingKey, world.key(policy)))
    assert world.keys() == {}
    return said


def the_team_of_a_member_is_deleted(world: World) -> str:
    inputs = world.inputs(providers.TeamMembership, team=world.team, username="bob")
    world.meanwhile.before(f"POST {MEMBERS}", lambda: world.client.teams.delete(world.team))
    return refused(lambda: world.run().create(providers.TeamMembership, inputs))


def what_is_changed_is_deleted(world: World) -> str:
    old, new = {"name": "Platform", "description": ""}, {"name": "Platform", "description": "Pages"}
    world.meanwhile.before(f"PUT {TEAM}", lambda: world.client.teams.delete(world.team))
    said = refused(lambda: world.run().update(providers.Team, world.team, old, new))
    again = world.run()
    assert again.read(providers.Team, world.team, old).id == ""
    again.create(providers.Team, new)
    assert world.names() == ["Platform"]
    return said


def what_is_deleted_is_deleted(world: World) -> str:
    world.meanwhile.before(f"DELETE {TEAM}", lambda: world.client.teams.delete(world.team))
    world.run().delete(providers.Team, world.team, {"name": "Platform"})
    assert world.names() == []
    return ""


def a_replaced_rotation_is_deleted(world: World) -> str:
    before, run = world.rotation(), world.run()
    made = run.create(providers.Rotation, before)
    number = int(made.properties["group_id"])
    world.meanwhile.before(f"POST {ROTATIONS}", lambda: world.client.rotations.delete(world.team, number))
    later = before | {"label": "Daily"}
    assert run.diff(providers.Rotation, made.id, made.properties, later).replaces == ["label"]
    run.create(providers.Rotation, later)
    run.delete(providers.Rotation, made.id, made.properties)
    assert [rotation.label for rotation in world.client.rotations.all(world.team)] == ["Daily"]
    return ""


def a_replaced_member_is_removed(world: World) -> str:
    old, run = {"team": world.team, "username": "ada", "replacement_user": "admin"}, world.run()
    new = world.inputs(providers.TeamMembership, **old | {"username": "bob"})
    assert run.diff(providers.TeamMembership, f"{world.team}/ada", old, new).replaces == ["username"]
    run.create(providers.TeamMembership, new)
    world.meanwhile.before(
        f"DELETE {MEMBERS}/{{user}}", lambda: world.client.teams.remove_member(world.team, "ada", replacement="admin")
    )
    run.delete(providers.TeamMembership, f"{world.team}/ada", old)
    assert world.members() == ["admin", "bob"]
    return ""


def a_changed_team_is_renamed(world: World) -> str:
    old, new = {"name": "Platform", "description": ""}, {"name": "Platform", "description": "Pages"}
    rename = TeamPayload(name="By hand")
    world.meanwhile.before(f"PUT {TEAM}", lambda: world.client.teams.update(world.team, rename))
    world.run().update(providers.Team, world.team, old, new)
    assert world.names() == ["Platform"]
    return ""


def another_team_is_renamed(world: World) -> str:
    state, run = {"name": "Platform", "description": ""}, world.run()
    rename = TeamPayload(name="By hand")
    world.meanwhile.before(POLICIES, lambda: world.client.teams.update(world.team, rename))
    assert run.diff(providers.Team, world.team, state, state).changes is False
    run.create(providers.EscalationPolicy, world.policy())
    assert world.names() == ["By hand"]
    again = world.run()
    seen = again.read(providers.Team, world.team, state)
    assert seen.inputs["name"] == "By hand"
    assert again.diff(providers.Team, world.team, seen.properties, state).changes is True
    again.update(providers.Team, world.team, seen.properties, state)
    assert world.names() == ["Platform"]
    return ""


def a_name_is_taken(world: World) -> str:
    old, new = {"name": "Platform", "description": ""}, {"name": "Payments", "description": ""}
    world.meanwhile.before(f"PUT {TEAM}", lambda: world.client.teams.create(TeamPayload(name="Payments")))
    said = refused(lambda: world.run().update(providers.Team, world.team, old, new))
    assert world.names() == ["Payments", "Platform"]
    return said


def a_leaver_is_named(world: World) -> str:
    world.meanwhile.before(f"DELETE {MEMBERS}/{{user}}", lambda: world.by_hand("By hand"))
    inputs = {"team": world.team, "username": "ada"}
    said = refused(lambda: world.run().delete(providers.TeamMembership, f"{world.team}/ada", inputs))
    assert world.members() == ["ada", "admin"]
    return said


def a_leaver_with_a_replacement_is_named(world: World) -> str:
    made: list[str] = []
    world.meanwhile.before(f"DELETE {USER}", lambda: made.append(world.by_hand("By hand")))
    world.run().delete(providers.User, "ada", {"username": "ada", "replacement_user": "admin"})
    assert world.paged(made[0]) == ["admin"]
    return ""


def who_takes_over_is_deleted(world: World) -> str:
    policy = world.by_hand("By hand")
    world.meanwhile.before(f"DELETE {USER}", lambda: world.client.users.delete("bob"))
    state = {"username": "ada", "replacement_user": "bob"}
    said = refused(lambda: world.run().delete(providers.User, "ada", state))
    assert world.paged(policy) == ["ada"]
    return said


def a_deleted_rotation_is_paged(world: World) -> str:
    run = world.run()
    made = run.create(providers.Rotation, world.rotation())
    entry = {"executionType": "rotation_group", "rotationGroup": {"slug": made.properties["slug"]}}
    world.meanwhile.before(f"DELETE {ROTATIONS}/{{groupId}}", lambda: world.by_hand("By hand", entry))
    said = refused(lambda: run.delete(providers.Rotation, made.id, made.properties))
    assert [rotation.label for rotation in world.client.rotations.all(world.team)] == ["Weekly"]
    return said


def paging_steps_change(world: World) -> str:
    def steps(*timeouts: int) -> list[dict[str, object]]:
        return [{"timeout": timeout, "rules": [{"type": "push"}, {"type": "email"}]} for timeout in timeouts]

    run = world.run()
    before = world.inputs(providers.PagingPolicy, username="ada", steps=steps(5, 10, 15))
    made = run.create(providers.PagingPolicy, before)

    def meddle() -> None:
        for _ in range(2):
            world.client.paging.delete_rule("ada", 0, 0)

    world.meanwhile.before(f"DELETE {RULE}", meddle)
    run.update(providers.PagingPolicy, "ada", made.properties, before | {"steps": steps(1)})
    assert [(step.timeout, len(step.rules)) for step in world.client.paging.steps("ada")] == [(1, 2)]
    world.client.paging.add_step("ada", timeout=20, rules=[PagingRulePayload(type="push", contact=None)])
    world.meanwhile.before(f"DELETE {RULE}", lambda: world.client.paging.delete_rule("ada", 0, 0))
    world.run().delete(providers.PagingPolicy, "ada", before)
    assert [(step.timeout, len(step.rules)) for step in world.client.paging.steps("ada")] == [(5, 1)]
    return ""


BY_HAND: dict[str, Callable[[World], str]] = {
    "deletes a user whom a policy that is being made names": a_policy_names_a_deleted_user,
    "deletes a user in a shift of a rotation that is being made": a_shift_names_a_deleted_user,
    "deletes a rotation that a policy that is being made pages": a_policy_pages_a_deleted_rotation,
    "deletes a rotation in which a turn is about to be given": the_rotation_of_a_turn_is_deleted,
    "deletes a policy to which a key that is being made leads": a_key_leads_to_a_deleted_policy,
    "deletes the team of somebody who is about to join it": the_team_of_a_member_is_deleted,
    "deletes an object that is about to be changed": what_is_changed_is_deleted,
    "deletes an object that is about to be deleted": what_is_deleted_is_deleted,
    "deletes a rotation that is about to be replaced": a_replaced_rotation_is_deleted,
    "removes a member whose membership is about to be replaced": a_replaced_member_is_removed,
    "renames a team that is about to be changed": a_changed_team_is_renamed,
    "renames a team that the update leaves alone": another_team_is_renamed,
    "takes away paging steps of a user whose steps are being changed": paging_steps_change,
    "gives another team the name that a team is about to get": a_name_is_taken,
    "names somebody in a policy who is about to leave, and nobody takes over": a_leaver_is_named,
    "names somebody in a policy who is about to be deleted, and another takes over": (
        a_leaver_with_a_replacement_is_named
    ),
    "deletes who is about to take over": who_takes_over_is_deleted,
    "lets a policy page a rotation that is about to be deleted": a_deleted_rotation_is_paged,
}
