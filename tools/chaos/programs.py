"""Random small programs as data, and random changes of them that a person could make."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from tools.chaos.makers import MAKERS, change, value_of

Resource = dict[str, Any]
"""`kind`, the name of a resource class, and `inputs`, in which `{"of": name, "take": attribute}` is a reference."""

Program = dict[str, Resource]
"""Resources by their names."""

_START = ("User", "User", "Team", "TeamMembership", "TeamMembership")


def first_program(dice: random.Random, size: int) -> Program:
    """Some people in a team, and whatever else the dice add."""
    program: Program = {}
    for kind in _START:
        _add(dice, program, kind)
    while len(program) < size:
        _add(dice, program, dice.choice(list(MAKERS)))
    return program


def changed_program(dice: random.Random, before: Program, *, extended: bool, takes_over: bool) -> Program:
    """The same with some resources changed, added, or taken out. `takes_over`: whether somebody does for who leaves."""
    program = copy.deepcopy(before)
    for _ in range(dice.randint(1, 4)):
        what = dice.choice(["change", "change", "change", "take out", "add", "add"])
        if what == "add" or not program:
            _add(dice, program, dice.choice(list(MAKERS)))
        elif what == "change":
            change(dice, program, dice.choice(list(program)), extended=extended)
        else:
            _take_out(program, dice.choice(list(program)), extended=extended)
    for name in [] if takes_over else _irreplaceable(before):
        if name in program:
            program[name]["inputs"]["username"] = before[name]["inputs"]["username"]
    return program


def smaller_program(dice: random.Random, before: Program, *, extended: bool) -> Program:
    """The same with up to three resources taken out, and all that needs them."""
    program = copy.deepcopy(before)
    for _ in range(dice.randint(1, 3)):
        if program:
            _take_out(program, dice.choice(list(program)), extended=extended)
    return program


def can_go_back(now: Program, before: Program, *, extended: bool, takes_over: bool) -> bool:
    """Whether a program can become again what it was, rather than be refused as it should be."""
    new_keys = [one for name, one in now.items() if one["kind"] == "RoutingKey" and name not in before]
    stays = not extended and any(key["inputs"]["targets"][0]["of"] in before for key in new_keys)
    emptied = _teams_of(now, "TeamMembership") - _teams_of(before, "TeamMembership")
    left_alone = emptied & _teams_of(before, "EscalationPolicy", "Rotation")
    renamed = any(
        name in before and before[name]["inputs"]["username"] != one["inputs"]["username"]
        for name, one in now.items()
        if one["kind"] == "User"
    )
    return not stays and not left_alone and (takes_over or not renamed)


def in_order(program: Program) -> list[str]:
    """The names, each behind those that it refers to."""
    done: list[str] = []

    def visit(name: str) -> None:
        for other in references(program[name]["inputs"]):
            visit(other)
        if name not in done:
            done.append(name)

    for name in program:
        visit(name)
    return done


def references(value: Any) -> Iterator[str]:
    """The names of the resources that a value refers to."""
    if isinstance(value, dict):
        if "of" in value:
            yield value["of"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def _add(dice: random.Random, program: Program, kind: str) -> None:
    inputs = MAKERS[kind](dice, program)
    if inputs is None:
        return
    number = 1 + max((int(name.rpartition("-")[2]) for name in program if name.startswith(f"{kind}-")), default=0)
    program[f"{kind}-{number}"] = {"kind": kind, "inputs": inputs}


def _take_out(program: Program, name: str, *, extended: bool) -> None:
    with_members = _teams_of(program, "TeamMembership")
    gone = program.pop(name)
    if gone["kind"] == "RoutingKey" and not extended:
        # A key goes with its policy only, or it would stay in the org and keep the policy from being replaced.
        program.pop(gone["inputs"]["targets"][0]["of"], None)
    before: Program = {}
    while program != before:
        before = copy.deepcopy(program)
        for other, resource in before.items():
            inputs = _without_missing(resource["inputs"], program)
            if inputs is None or _makes_no_sense(program, resource["kind"], inputs):
                del program[other]
            else:
                program[other]["inputs"] = inputs
    # The last member of a team can't leave while it has policies or rotations.
    emptied = with_members - _teams_of(program, "TeamMembership")
    for team in sorted(emptied & _teams_of(program, "EscalationPolicy", "Rotation")):
        if team in program:
            _take_out(program, team, extended=extended)


def _irreplaceable(program: Program) -> list[str]:
    """Users who can't get another username: the last of a team, while it has what isn't replaced along with them.

    The engine takes the old user out of the team before it makes the new one, and deletes only then what the program no
    longer has. So this is refused for ever where nobody takes over, even if the policy goes in the same change.
    """
    found = []
    for team in sorted(_teams_of(program, "EscalationPolicy", "Rotation")):
        had = [
            (name, one) for name, one in program.items() if one["inputs"].get("team") == {"of": team, "take": "slug"}
        ]
        members = [one["inputs"]["username"]["of"] for _, one in had if one["kind"] == "TeamMembership"]
        stays = [
            name for name, one in had if one["kind"] != "TeamMembership" and not {*members} & _needs(program, name)
        ]
        if len(members) == 1 and stays:
            found += members
    return found


def _needs(program: Program, name: str) -> set[str]:
    """All that a resource refers to, and what that does."""
    direct = set(references(program[name]["inputs"]))
    return direct.union(*(_needs(program, other) for other in direct))


def _teams_of(program: Program, *kinds: str) -> set[str]:
    return {one["inputs"]["team"]["of"] for one in program.values() if one["kind"] in kinds}


def _without_missing(value: Any, program: Program) -> Any:
    """The same without items of lists that refer to what isn't there; None where it can't be without."""
    if isinstance(value, dict):
        if "of" in value:
            return value if value["of"] in program else None
        kept = {name: _without_missing(item, program) for name, item in value.items()}
        return None if None in kept.values() else kept
    if isinstance(value, list):
        items = [item for item in (_without_missing(one, program) for one in value) if item is not None]
        return items if items or not value else None
    return value


def _makes_no_sense(program: Program, kind: str, inputs: dict[str, Any]) -> bool:
    if kind == "OverrideAssignment":
        away = value_of(program, program[inputs["override"]["of"]]["inputs"]["username"])
        steps = program[inputs["policy"]["of"]]["inputs"]["steps"]
        entries = [entry for step in steps for entry in step["entries"] if entry["type"] == "user"]
        return away not in [value_of(program, entry["username"]) for entry in entries]
    if kind == "RotationShiftAssignment":
        shift = program[inputs["rotation"]["of"]]["inputs"]["shifts"][0]
        return value_of(program, inputs["username"]) not in [value_of(program, one) for one in shift["usernames"]]
    return False
