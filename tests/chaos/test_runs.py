"""A few runs of the campaign, and that a run can be repeated."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tools.chaos.faults import Service, some_faults
from tools.chaos.makers import ref
from tools.chaos.programs import Program, can_go_back, changed_program, first_program, in_order, references
from tools.chaos.protocol import ProtocolStack
from tools.chaos.run import run


def test_stacks_survive_faults_and_kills(tmp_path: Path) -> None:
    struck, kills = 0, 0
    for seed in (3, 5, 8):
        folder = tmp_path / str(seed)
        folder.mkdir()
        outcome = run(seed, "protocol", folder)
        assert outcome.findings == [], "\n".join(outcome.log)
        struck, kills = struck + outcome.struck.total(), kills + outcome.kills.total()
    assert struck > 10
    assert kills > 0


@pytest.mark.engine
def test_a_stack_on_the_real_engine_survives_them_too(tmp_path: Path) -> None:
    outcome = run(1, "engine", tmp_path)
    assert outcome.findings == [], "\n".join(outcome.log)
    assert outcome.struck.total() > 0


@pytest.mark.parametrize("seed", range(20))
def test_a_seed_always_gives_the_same_programs_and_faults(seed: int) -> None:
    def everything() -> object:
        dice = random.Random(seed)
        program = first_program(dice, 12)
        return program, changed_program(dice, program, extended=False, takes_over=False), some_faults(dice)

    assert everything() == everything()


@pytest.mark.parametrize("seed", range(20))
def test_programs_refer_to_nothing_that_is_missing(seed: int) -> None:
    dice = random.Random(seed)
    program = first_program(dice, 12)
    for _ in range(10):
        program = changed_program(dice, program, extended=seed % 2 == 0, takes_over=seed % 3 == 0)
        order = in_order(program)
        for name, resource in program.items():
            needed = list(references(resource["inputs"]))
            assert all(order.index(other) < order.index(name) for other in needed)


def test_the_last_member_keeps_the_username_where_nobody_takes_over_and_a_policy_stays() -> None:
    program = one_member("ada")
    program["EscalationPolicy-1"]["inputs"]["steps"][0]["entries"] = [{"type": "email", "email": "noc@example.com"}]

    def usernames(*, takes_over: bool) -> set[str]:
        changed = [
            changed_program(random.Random(seed), program, extended=False, takes_over=takes_over) for seed in range(100)
        ]
        return {one["User-1"]["inputs"]["username"] for one in changed if "User-1" in one}

    assert usernames(takes_over=False) == {"ada"}
    assert len(usernames(takes_over=True)) > 1


def test_what_leaves_the_program_goes_before_the_person_who_is_replaced_as_the_engine_has_it(tmp_path: Path) -> None:
    with Service(seed=1, extended=False) as service:
        stack = ProtocolStack(tmp_path, service, {"victorops:rateLimit": "off"})
        assert stack.up(one_member("ada")) == ""
        renamed = one_member("augusta")
        del renamed["EscalationPolicy-1"]
        assert stack.up(renamed) == ""
        calls = [call["operation"] for call in service.requests()["requests"] if call["method"] != "GET"]
    assert calls[-5:] == [
        "DELETE /api-public/v1/policies/{policy}",
        "DELETE /api-public/v1/team/{team}/members/{user}",
        "DELETE /api-public/v1/user/{user}",
        "POST /api-public/v1/user",
        "POST /api-public/v1/team/{team}/members",
    ]


def test_a_program_goes_back_to_what_it_was_where_that_is_not_refused() -> None:
    ada, augusta, keyed, empty = one_member("ada"), one_member("augusta"), one_member("ada"), one_member("ada")
    targets = [ref("EscalationPolicy-1", "slug")]
    keyed["RoutingKey-1"] = {"kind": "RoutingKey", "inputs": {"routing_key": "database", "targets": targets}}
    del empty["TeamMembership-1"]
    assert can_go_back(ada, keyed, extended=False, takes_over=False)
    assert not can_go_back(keyed, ada, extended=False, takes_over=False), "the key stays with its policy"
    assert can_go_back(keyed, ada, extended=True, takes_over=False)
    assert not can_go_back(ada, empty, extended=False, takes_over=True), "the policy has to have somebody to page"
    assert not can_go_back(augusta, ada, extended=False, takes_over=False), "nobody takes over"
    assert can_go_back(augusta, ada, extended=False, takes_over=True)


def one_member(username: str) -> Program:
    """Somebody who is alone in a team, and paged by its policy."""
    steps = [{"timeout": 0, "entries": [{"type": "user", "username": ref("TeamMembership-1", "username")}]}]
    names = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    inputs = {
        "User-1": {"username": username, **names},
        "Team-1": {"name": "Platform", "description": ""},
        "TeamMembership-1": {"team": ref("Team-1", "slug"), "username": ref("User-1", "username")},
        "EscalationPolicy-1": {"team": ref("Team-1", "slug"), "name": "Page", "steps": steps},
    }
    return {name: {"kind": name.rpartition("-")[0], "inputs": given} for name, given in inputs.items()}
