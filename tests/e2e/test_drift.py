"""What somebody changed or deleted by hand: a refresh shows it, and the next update mends it."""

from __future__ import annotations

from typing import Any

from pulumi_victorops.api import Client
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org


def change_the_org(simulator: Simulator, change: Any) -> None:
    """What only the web console can do: change the whole org as one document."""
    import requests

    document = simulator.snapshot()
    change(document)
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()


def test_changes_by_hand_are_shown_and_mended(stack: Stack, simulator: Simulator, client: Client) -> None:
    made = stack.must_up(small_org())
    team, policy = made.outputs["team"], made.outputs["policy"]
    client.users.update(
        "ada", UserPayload(username="ada", first_name="Eve", last_name="Byron", email="ada@example.com")
    )
    client.teams.update(team, TeamPayload(name="Renamed", description="by hand"))

    def edit_the_policy(document: dict[str, Any]) -> None:
        [found] = [item for item in document["policies"] if item["slug"] == policy]
        found["name"] = "Edited"
        found["steps"][1]["timeout"] = 60

    change_the_org(simulator, edit_the_policy)

    refreshed = stack.refresh(small_org())
    assert refreshed.changes == {"update": 3, "same": 3}
    state = stack.resources()
    assert state["ada"]["inputs"]["first_name"] == "Eve"
    assert (state["platform"]["inputs"]["name"], state["platform"]["inputs"]["description"]) == ("Renamed", "by hand")
    assert state["page"]["inputs"]["name"] == "Edited"
    assert state["page"]["inputs"]["steps"][1]["timeout"] == 60

    mended = stack.must_up(small_org())
    assert mended.changes == {"update": 2, "replace": 2, "same": 2}
    assert client.users.get("ada").first_name == "Ada"
    assert (client.teams.get(team).name, client.teams.get(team).description) == ("Platform", "")
    assert client.policies.get(mended.outputs["policy"]).steps[1].timeout == 15


def test_what_was_deleted_by_hand_is_made_again(stack: Stack, client: Client) -> None:
    made = stack.must_up(small_org())
    client.policies.delete(made.outputs["policy"])
    client.teams.remove_member(made.outputs["team"], "ada")

    refreshed = stack.refresh(small_org())
    assert refreshed.changes == {"delete": 3, "same": 3}, "the policy, the key that went with it, and the membership"
    assert "page" not in stack.resources()

    again = stack.must_up(small_org())
    assert again.changes == {"create": 3, "same": 3}
    keys = {key.routing_key: [target.policy_slug for target in key.targets] for key in client.routing_keys.all()}
    assert keys["database"] == [again.outputs["policy"]]
    assert [person.username for person in client.teams.members(made.outputs["team"])] == ["ada"]


def test_destroying_what_is_gone_already_is_no_error(stack: Stack, client: Client) -> None:
    made = stack.must_up(small_org())
    client.teams.delete(made.outputs["team"])
    client.users.delete("ada", replacement="admin")
    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert gone.changes == {"delete": 6}
