"""What interrupted runs have left: what is listed, what isn't, and what is deleted."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.simulator import Simulator
from tests.docs.deletes import REMEDY
from tests.importer.objects import document, present
from tests.importer.stand_in import StandIn
from tests.leftovers.conftest import EVE, Leftovers, Start, begin

NOTHING = "No interrupted run of dev has left anything."
WAYS = "If the resource is still in the program, `pulumi up` goes on with it; else import it, or use --delete."
NAMED = "step 1 of the escalation policy 'Page' ({}) of team 'Base'"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def killed(start: Start, stack: StandIn) -> StandIn:
    """The stack, one of whose runs was killed between the service's answer and the engine's state."""
    plugin = start()
    assert begin(plugin, "User", EVE) == "eve"
    plugin.kill()
    return stack


@pytest.fixture
def elsewhere() -> Iterator[Simulator]:
    with Simulator(seed="empty", random_seed=2, api_id="id-of-eu", api_key="key-of-eu") as simulator:
        yield simulator


def users(client: Client) -> list[str]:
    return [user.username for user in client.users.all()]


def test_what_a_killed_run_made_is_listed_with_the_ways_on_and_deleted(
    killed: StandIn, client: Client, leftovers: Leftovers
) -> None:
    line = "left: user 'eve' (pulumi-victorops import user eve NAME)"
    assert leftovers() == (1, [line, f"Left behind: 1. {WAYS}"], [])
    assert users(client) == ["admin", "eve"]
    assert leftovers("--delete", "--yes") == (0, [line, "deleted: user 'eve'", "Deleted: 1 of 1."], [])
    assert users(client) == ["admin"]
    assert leftovers("--delete", "--yes") == (0, [NOTHING], [])


def test_json_is_for_programs_and_says_for_which_resource_it_was(killed: StandIn, leftovers: Leftovers) -> None:
    old = present("User", "people eve", "evelyn", inputs={"__identity": "dev:User"})
    killed.put(document(old))
    code, lines, _ = leftovers("--json")
    assert (code, json.loads("\n".join(lines))) == (
        1,
        {
            "clean": False,
            "dropped": 0,
            "leftovers": [
                {
                    "kind": "User",
                    "id": "eve",
                    "profile": None,
                    "resource": "people eve",
                    "certain": True,
                    "outcome": "left",
                    "message": "",
                    "import": "pulumi-victorops import user eve 'people eve'",
                }
            ],
        },
    )
    code, lines, _ = leftovers("--json", "--delete", "--yes")
    document_ = json.loads("\n".join(lines))
    assert (code, document_["clean"], document_["leftovers"][0]["outcome"]) == (0, True, "deleted")


def test_what_the_state_has_is_none_and_settled(killed: StandIn, client: Client, leftovers: Leftovers) -> None:
    killed.put(document(present("User", "eve", "eve")))
    assert leftovers("--delete", "--yes") == (0, [NOTHING], [])
    killed.put(document())
    assert leftovers("--delete", "--yes") == (0, [NOTHING], []), "it was taken out of the state on purpose"
    assert users(client) == ["admin", "eve"]


def test_what_a_run_made_that_ended_in_order_is_none(start: Start, client: Client, leftovers: Leftovers) -> None:
    plugin = start()
    begin(plugin, "User", EVE)
    plugin.interrupt()
    assert leftovers("--delete", "--yes") == (0, [NOTHING], [])
    assert users(client) == ["admin", "eve"]


def test_nothing_is_deleted_while_a_run_is_under_way(start: Start, client: Client, leftovers: Leftovers) -> None:
    plugin = start()
    begin(plugin, "User", EVE)
    under_way = "run of the stack is under way, or a preview"
    assert leftovers("--delete", "--yes") == (
        1,
        [],
        [f"pulumi-victorops: a {under_way}: nothing is deleted meanwhile"],
    )
    code, lines, told = leftovers()
    assert (code, lines[0][:17], told) == (
        1,
        "left: user 'eve' ",
        [f"A {under_way}: what it's about to make is listed too."],
    )
    assert users(client) == ["admin", "eve"]


def test_nothing_is_deleted_before_the_engine_knows_what_became_of_its_operations(
    killed: StandIn, client: Client, leftovers: Leftovers
) -> None:
    state = document()
    urn = "urn:pulumi:dev::org::pulumi-python:dynamic/victorops:User::eve"
    creating = {"resource": {"urn": urn, "inputs": {"__identity": "dev:User"}}, "type": "creating"}
    state["deployment"]["pending_operations"] = [creating]
    killed.put(state)
    why = "the stack has operations that run, or were interrupted (`pulumi refresh` asks what became of them)"
    assert leftovers("--delete", "--yes") == (1, [], [f"pulumi-victorops: {why}: nothing is deleted meanwhile"])
    assert leftovers()[1][0] == "left: user 'eve', for the resource 'eve' (pulumi-victorops import user eve eve)"
    killed.put(document())
    killed.put_after_the_next_look(state)
    assert leftovers("--delete", "--yes")[2] == [f"pulumi-victorops: {why} by now: nothing was deleted"]
    assert users(client) == ["admin", "eve"]


def test_what_is_there_no_more_is_dropped(killed: StandIn, client: Client, leftovers: Leftovers) -> None:
    client.users.delete("eve", replacement="admin")
    dropped = "Dropped from the journal, since nothing of it is there: 1 object."
    assert leftovers() == (0, [dropped, NOTHING], [])
    assert leftovers() == (0, [NOTHING], [])


def test_what_is_refused_or_stays_is_said(
    start: Start, client: Client, simulator: Simulator, leftovers: Leftovers
) -> None:
    team = client.teams.create(TeamPayload(name="Base")).slug
    client.teams.add_member(team, "admin")
    plugin = start()
    begin(plugin, "User", EVE)
    entry = PolicyEntry.model_validate({"executionType": "user", "user": {"username": "eve"}})
    steps = [PolicyStep(timeout=0, entries=[entry])]
    policy = client.policies.create(PolicyPayload(name="Page", team_slug=team, steps=steps)).slug
    begin(plugin, "RoutingKey", {"routing_key": "db", "targets": [policy]})
    plugin.kill()
    code, lines, told = leftovers("--delete", "--yes")
    assert code == 1
    assert lines[2:] == [
        "stays: routing-key 'db': its deletion took nothing away",
        f"refused: user 'eve': eve can't be deleted while nobody takes over: {NAMED.format(policy)}; {REMEDY}",
        "Deleted: 0 of 2.",
    ]
    assert told == [
        "the routing key 'db' stays in the org, since the API can't delete one, until the last policy that it leads to "
        f"is deleted: 'Page' ({policy})"
    ]
    assert users(client) == ["admin", "eve"]


def test_each_org_has_its_own(
    stack: StandIn, elsewhere: Simulator, client: Client, start: Start, leftovers: Leftovers
) -> None:
    own = dict(stack.config)
    profile = {"apiId": elsewhere.api_id, "apiKey": elsewhere.api_key, "baseUrl": elsewhere.url, "rateLimit": "off"}
    stack.configure(own | {"victorops:profiles": json.dumps({"eu": profile})})
    plugin = start()
    begin(plugin, "User", EVE, profile="eu")
    plugin.kill()
    stack.put(document(present("User", "eve", "eve")))
    assert leftovers()[1][0] == "left of eu: user 'eve' (pulumi-victorops import user eve NAME --profile eu)"
    stack.configure(own)
    nowhere = "elsewhere: user 'eve': it's in an org that none of the stack's settings leads to"
    assert leftovers("--delete", "--yes") == (1, [nowhere, "Deleted: 0 of 1."], [])
    profiles_only = {name: value for name, value in own.items() if name not in {"victorops:apiId", "victorops:apiKey"}}
    stack.configure(profiles_only | {"victorops:profiles": json.dumps({"eu": profile})})
    assert leftovers("--delete", "--yes")[1][-1] == "Deleted: 1 of 1."
    stack.put(document(present("User", "eve", "eve", {"profile": "eu"})))
    assert leftovers() == (0, [NOTHING], [])


def test_it_asks_before_it_deletes(
    killed: StandIn, client: Client, leftovers: Leftovers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    needs_yes = "pulumi-victorops: --delete asks first: add --yes where nobody can answer"
    assert leftovers("--delete") == (2, [], [needs_yes])
    assert leftovers("--yes") == (2, [], ["pulumi-victorops: --yes goes with --delete"])
    monkeypatch.setattr(sys, "stdin", _Terminal("n\n"))
    assert leftovers("--delete")[0] == 1
    assert users(client) == ["admin", "eve"]
    monkeypatch.setattr(sys, "stdin", _Terminal("y\n"))
    assert leftovers("--delete")[0] == 0
    assert users(client) == ["admin"]


def test_failures_are_one_line(killed: StandIn, leftovers: Leftovers, tmp_path: Path) -> None:
    config = dict(killed.config)
    killed.configure(config | {"victorops:apiKey": "wrong-key"})
    code, lines, told = leftovers()
    assert (code, lines, len(told)) == (1, [], 1)
    assert "check victorops:apiId and victorops:apiKey" in told[0]
    assert "wrong-key" not in told[0]
    killed.configure(config | {"victorops:journal": "off"})
    off = "pulumi-victorops: victorops:journal is off, so nothing is known of interrupted runs"
    assert leftovers() == (2, [], [off])
    killed.configure(config | {"victorops:journal": str(tmp_path / "empty")})
    none = "There is no journal of dev on this machine, so none of its runs was interrupted here."
    assert leftovers() == (0, [NOTHING], [none])
    killed.configure(config | {"victorops:profiles": "no JSON"})
    assert leftovers()[2][0].startswith("pulumi-victorops: victorops:profiles (or VO_PROFILES) is no JSON")
