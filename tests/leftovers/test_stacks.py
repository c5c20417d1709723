"""What a killed engine has left is found by the command in the project's own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops.api import Client, Settings
from tools.chaos.engine import EngineStack
from tools.chaos.faults import Service

pytestmark = pytest.mark.engine

EVE = {"username": "eve", "first_name": "Eve", "last_name": "Ng", "email": "eve@example.com"}
USER: dict[str, Any] = {"User-1": {"kind": "User", "inputs": EVE}}
TEAM: dict[str, Any] = {"Team-1": {"kind": "Team", "inputs": {"name": "Base"}}}


def test_what_a_killed_engine_left_is_deleted_and_what_was_taken_out_of_the_state_is_not(tmp_path: Path) -> None:
    with Service(seed=1, extended=False) as service:
        stack = EngineStack(tmp_path, service, {"victorops:rateLimit": "off"})
        client = Client(Settings(service.api_id, service.api_key, service.url, rate_limit=None))
        before = {user.username for user in client.users.all()}
        assert stack.up(TEAM) == ""
        [urn] = [line for line in stack.command("stack", "--show-urns")[1].split() if line.endswith("::Team-1")]
        assert stack.command("state", "delete", "--yes", urn)[0] == 0
        assert stack.leftovers() == (0, "No interrupted run of chaos has left anything.\n")

        stack.arm("engine in a call", 1, answered=True)
        assert stack.up(USER) == "the engine was killed"
        code, said = stack.leftovers("--delete", "--yes")
        assert code == 1
        assert "interrupted (`pulumi refresh` asks what became of them): nothing is deleted meanwhile" in said
        assert stack.refresh() == ""
        assert stack.up({}) == ""
        assert {user.username for user in client.users.all()} == before | {"eve"}
        code, said = stack.leftovers("--delete", "--yes")
        assert (code, said.splitlines()[-1]) == (0, "Deleted: 1 of 1.")
        assert {user.username for user in client.users.all()} == before
        assert "Base" in [team.name for team in client.teams.all()]
        client.close()
