"""The command itself: where the plan comes from, what it prints, and what it ends with."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pulumi_victorops.simulator import Simulator
from tests.audit.conftest import Command
from tests.audit.plans import delete, plan
from tests.docs.deletes import REMEDY, Org
from tests.importer.stand_in import StandIn

TO_BE_SAID = [
    "clean: ada is to be deleted; nothing that stays names them",
    "Deletions: 1 clean, 0 refused, 0 with a gap",
]
NO_PLANS = ["", "Previewing update (dev)", "[]", "{}", '{"steps": []}', '{"steps": [{"op": "same"}]}', '{"steps": [7]}']


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_plan_is_read_from_a_pipe(org: Org, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, plan(delete("User", "ada")).encode())
    said = command()
    assert (said.code, said.text.splitlines()) == (0, TO_BE_SAID)


def test_a_preview_is_run_where_a_stack_or_a_folder_is_named(
    org: Org, command: Command, stack: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, b"")
    stack.foresee(plan(delete("User", "ada")))
    for arguments in (["--stack", "dev"], ["--cwd", "."], ["--stack", "dev", "--cwd", str(stack.project)]):
        said = command(*arguments)
        assert (said.code, said.text.splitlines()) == (0, TO_BE_SAID)


def test_json_is_for_programs(org: Org, command: Command, stack: StandIn) -> None:
    policy = org.policy("ada")
    stack.foresee(plan(delete("User", "ada"), delete("User", "linus")))
    said = command("--stack", "dev", "--json")
    named = f"step 1 of the escalation policy 'Page' ({policy}) of team 'Platform'"
    assert json.loads(said.text) == {
        "clean": False,
        "outcomes": [
            {
                "kind": "User",
                "name": "ada",
                "id": "ada",
                "profile": None,
                "operation": "delete",
                "verdict": "refused",
                "message": f"ada can't be deleted while nobody takes over: {named}; {REMEDY}",
            },
            {
                "kind": "User",
                "name": "linus",
                "id": "linus",
                "profile": None,
                "operation": "delete",
                "verdict": "clean",
                "message": "linus is to be deleted; nothing that stays names them",
            },
        ],
    }
    assert said.code == 1


def test_each_org_of_a_plan_is_audited_apart(
    org: Org, command: Command, stack: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = org.policy("ada")
    with Simulator(seed="empty", random_seed=2) as other:
        profiles = {
            "eu": {"apiId": other.api_id, "apiKey": other.api_key, "baseUrl": other.url, "rateLimit": "off"},
            "same": {"apiId": org.simulator.api_id, "apiKey": org.simulator.api_key, "baseUrl": org.simulator.url},
        }
        stack.configure(stack.config | {"victorops:profiles": json.dumps(profiles)})
        ada, page = delete("User", "ada"), delete("EscalationPolicy", policy)
        for profile, becomes in [
            (None, "clean: ada is to be deleted; nothing that stays names them"),
            ("same", "clean: ada is to be deleted; nothing that stays names them"),
            ("eu", "refused: ada can't be deleted while nobody takes over: step 1 of"),
        ]:
            elsewhere = delete("EscalationPolicy", policy, profile=profile) if profile else page
            stack.foresee(plan(ada, elsewhere))
            assert command("--stack", "dev").lines[0].startswith(becomes)
        assert command("--stack", "dev").lines[1] == f"clean of eu: the escalation policy '{policy}' was deleted before"


def test_a_plan_without_deletions_costs_no_calls(org: Org, command: Command, stack: StandIn) -> None:
    before = org.simulator.requests()["total"]
    stack.foresee(plan())
    said = command("--stack", "dev")
    assert (said.code, said.text) == (0, "Nothing of VictorOps is deleted or replaced.\n")
    assert json.loads(command("--stack", "dev", "--json").text) == {"clean": True, "outcomes": []}
    assert org.simulator.requests()["total"] == before


@pytest.mark.parametrize("text", [*NO_PLANS, "[" * 9999])
def test_what_is_no_plan_is_misuse(text: str, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, text.encode())
    said = command()
    assert said.code == 2
    assert said.complaint == "that is no plan: expected what `pulumi preview --json` prints"


def test_a_plan_of_another_stack_is_misuse(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, plan().replace("pulumi:dev::", "pulumi:prod::").encode())
    said = command()
    assert said.code == 2
    assert said.complaint == (
        "the plan is one of the stack prod of org, and not of dev of org: say which with --stack and --cwd"
    )


def test_a_file_that_cannot_be_read_is_misuse(command: Command, tmp_path: Path) -> None:
    assert command("--plan", "nowhere.json").complaint == "cannot read nowhere.json: No such file or directory"
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe")
    said = command("--plan", str(tmp_path / "odd.json"))
    assert said.code == 2
    assert said.complaint == f"cannot read {tmp_path / 'odd.json'}: it isn't UTF-8"


def test_a_preview_that_failed_is_never_clean(command: Command, stack: StandIn) -> None:
    diagnostics = [
        {"severity": "info", "message": "never mind"},
        {"severity": "error", "message": "error: 'x' is not\n an e-mail address"},
    ]
    stack.foresee(plan(diagnostics=diagnostics))
    said = command("--stack", "dev")
    assert said.code == 1
    assert said.complaint == "the preview failed, so its plan isn't whole: error: 'x' is not an e-mail address"


def test_an_org_that_cannot_be_read_is_never_clean(org: Org, command: Command, stack: StandIn) -> None:
    stack.configure(stack.config | {"victorops:apiKey": "wrong"})
    stack.foresee(plan(delete("User", "ada")))
    said = command("--stack", "dev")
    assert said.code == 1
    assert "check victorops:apiId and victorops:apiKey" in said.complaint
