"""What two stacks do to one object, and what comes of it: each gives the message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api.errors import ConflictError
from pulumi_victorops.handlers.escalation_policy import EscalationPolicyHandler
from pulumi_victorops.lifecycle import key_paths
from pulumi_victorops.lifecycle.org import Org
from tests.provider.concurrency.world import KEYS, World, refused
from tests.provider.plugin import UNKNOWN


def two_make_one_team(world: World) -> str:
    one, two = (world.inputs(providers.Team, stack, name="Payments") for stack in ("one", "two"))
    made = world.run().create(providers.Team, one)
    said = refused(lambda: world.run().create(providers.Team, two))
    assert world.names() == ["Payments", "Platform"]
    assert world.run().read(providers.Team, made.id, made.properties).inputs["name"] == "Payments"
    return said


def a_key_is_taken(world: World) -> str:
    run = world.run()
    ours, theirs = run.create(providers.EscalationPolicy, world.policy()).id, world.by_hand("Theirs")
    inputs = world.key(ours)
    assert run.check(providers.RoutingKey, inputs).failures == []
    world.meanwhile.before(KEYS, lambda: world.lead("database", theirs))
    said = refused(lambda: run.create(providers.RoutingKey, inputs))
    assert world.keys() == {"database": [theirs]}
    return said


def two_make_one_policy(world: World) -> str:
    one, two = (world.run().create(providers.EscalationPolicy, world.policy(stack=stack)) for stack in ("one", "two"))
    assert one.id != two.id
    world.run().delete(providers.EscalationPolicy, two.id, two.properties)
    assert world.run().read(providers.EscalationPolicy, one.id, one.properties).id == one.id
    return ""


def two_have_one_membership(world: World) -> str:
    inputs = [
        world.inputs(providers.TeamMembership, stack, team=world.team, username="bob") for stack in ("one", "two")
    ]
    one, two = (world.run().create(providers.TeamMembership, given) for given in inputs)
    assert (one.id, world.members()) == (two.id, ["ada", "admin", "bob"])
    world.run().delete(providers.TeamMembership, two.id, two.properties)
    again = world.run()
    assert again.read(providers.TeamMembership, one.id, one.properties).id == ""
    again.create(providers.TeamMembership, inputs[0])
    assert world.members() == ["ada", "admin", "bob"]
    return ""


def two_change_one_team(world: World) -> str:
    one, two = world.run(), world.run()
    mine = world.inputs(providers.Team, name="Payments", description="Mine")
    theirs = world.inputs(providers.Team, "two", name="Payments", description="Theirs", adopt=True)
    made = one.create(providers.Team, mine)
    assert two.create(providers.Team, theirs).id == made.id
    again = world.run()
    seen = again.read(providers.Team, made.id, made.properties)
    assert seen.inputs["description"] == "Theirs"
    assert again.update(providers.Team, made.id, seen.properties, mine)["description"] == "Mine"
    return ""


def one_destroys_what_two_have(world: World) -> str:
    mine = world.inputs(providers.Team, name="Payments", description="")
    made = world.run().create(providers.Team, mine)
    theirs = world.inputs(providers.Team, "two", name="Payments", description="", adopt=True)
    taken_over = world.run().create(providers.Team, theirs)
    world.run().delete(providers.Team, taken_over.id, theirs)
    said = refused(lambda: world.run().update(providers.Team, made.id, made.properties, mine | {"description": "x"}))
    again = world.run()
    assert again.read(providers.Team, made.id, made.properties).id == ""
    assert again.create(providers.Team, mine).id != made.id
    assert world.names() == ["Payments", "Platform"]
    return said


def a_key_is_led_to_a_replaced_policy(world: World) -> str:
    """In this process, where a list is old at once."""
    policy = world.by_hand("Page")
    world.lead("mine", policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_paths, "_FRESH", -1.0)
        org, handler = Org(world.settings), EscalationPolicyHandler()
        assert handler.deletes_first(org, policy, {}, {"steps"}) is True
        org.key_paths.claim("mine")
        world.lead("theirs", policy)
        with pytest.raises(ConflictError) as error:
            handler.delete(org, policy, {"name": "Page"})
        org.client.close()
    assert world.keys() == {"mine": [policy], "theirs": [policy]}
    return str(error.value)


def a_key_is_taken_amid_a_replacement(world: World) -> str:
    run, theirs = world.run(), world.by_hand("Theirs")
    old = world.policy()
    policy = run.create(providers.EscalationPolicy, old).id
    key = world.key(policy)
    run.create(providers.RoutingKey, key)
    later = old | {"name": "Page all"}
    assert run.diff(providers.EscalationPolicy, policy, old, later).deletes_first is True
    run.diff(providers.RoutingKey, "database", key, key | {"targets": [UNKNOWN]})
    run.delete(providers.RoutingKey, "database", key)
    run.delete(providers.EscalationPolicy, policy, old)
    new = run.create(providers.EscalationPolicy, later).id
    world.meanwhile.before(KEYS, lambda: world.lead("database", theirs))
    said = refused(lambda: run.create(providers.RoutingKey, key | {"targets": [new]}))
    assert (world.keys(), world.policies()) == ({"database": [theirs]}, ["Page all", "Theirs"])
    return said


def a_policy_goes_with_their_key(world: World) -> str:
    run = world.run()
    made = run.create(providers.EscalationPolicy, world.policy())
    world.lead("theirs", made.id)
    run.delete(providers.EscalationPolicy, made.id, made.properties)
    assert world.keys() == {}
    return run.stop().strip()


def their_policy_goes_with_our_key(world: World) -> str:
    policy, run = world.by_hand("Theirs"), world.run()
    inputs = world.key(policy)
    made = run.create(providers.RoutingKey, inputs)
    world.client.policies.delete(policy)
    again = world.run()
    assert again.read(providers.RoutingKey, made.id, made.properties).id == ""
    said = refused(lambda: again.create(providers.RoutingKey, inputs))
    again.create(providers.RoutingKey, inputs | {"targets": [world.by_hand("Another")]})
    assert list(world.keys()) == ["database"]
    return said


def one_of_two_policies_goes(world: World) -> str:
    first, second = world.by_hand("First"), world.by_hand("Second")
    inputs = world.key(first, second, name="both")
    made = world.run().create(providers.RoutingKey, inputs)
    world.client.policies.delete(first)
    again = world.run()
    seen = again.read(providers.RoutingKey, made.id, made.properties)
    assert seen.inputs["targets"] == [second]
    [(path, said)] = again.check(providers.RoutingKey, inputs, seen.inputs).failures
    assert path == "targets"
    assert again.check(providers.RoutingKey, inputs | {"targets": [second]}, seen.inputs).failures == []
    return said


BY_ANOTHER_STACK: dict[str, Callable[[World], str]] = {
    "makes a user, team or key of the same name first": two_make_one_team,
    "makes the same key between preview and update, and leads it elsewhere": a_key_is_taken,
    "makes a policy of the same name in the same team": two_make_one_policy,
    "makes somebody a member of the same team": two_have_one_membership,
    "takes the object over, and changes it": two_change_one_team,
    "takes the object over, and destroys it": one_destroys_what_two_have,
    "leads a key to a policy that is about to be replaced": a_key_is_led_to_a_replaced_policy,
    "takes the key's name while the key's policy is being replaced": a_key_is_taken_amid_a_replacement,
    "leads a key to a policy that is destroyed": a_policy_goes_with_their_key,
    "destroys a policy, and with it a key of this stack": their_policy_goes_with_our_key,
    "destroys one of two policies of a key of this stack": one_of_two_policies_goes,
}
