"""A few runs of the campaign, and that a run can be repeated."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tools.chaos.faults import some_faults
from tools.chaos.programs import changed_program, first_program, in_order, references
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
        return program, changed_program(dice, program, extended=False), some_faults(dice)

    assert everything() == everything()


@pytest.mark.parametrize("seed", range(20))
def test_programs_refer_to_nothing_that_is_missing(seed: int) -> None:
    dice = random.Random(seed)
    program = first_program(dice, 12)
    for _ in range(10):
        program = changed_program(dice, program, extended=seed % 2 == 0)
        order = in_order(program)
        for name, resource in program.items():
            needed = list(references(resource["inputs"]))
            assert all(order.index(other) < order.index(name) for other in needed)
