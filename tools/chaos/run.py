"""One run: a stack's whole life, first with faults and kills, then without, and what the org is like."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.incidents import IncidentTarget
from tools.chaos.audit import compare
from tools.chaos.engine import EngineStack
from tools.chaos.faults import Service, some_faults
from tools.chaos.makers import LEAD
from tools.chaos.programs import Program, can_go_back, changed_program, first_program, smaller_program
from tools.chaos.protocol import ProtocolStack

_MOST_UPS = 4
"""How many operations without faults may be needed until a stack is as its program says."""

_KILLS_UP_TO = 20
"""Calls of an operation among which somebody is killed."""

_TAKES_BACK = 0.4
"""How likely it is that a change that wasn't done is taken back."""

_GIVES_UP = 0.7
"""How likely it is that resources are taken out after an operation that wasn't done."""


class Stack(Protocol):
    """What both drivers can do. The operations return what went wrong, or nothing."""

    kills: tuple[str, ...]

    def arm(self, kind: str, at: int, *, answered: bool) -> None:
        """Have something killed during the next operation."""

    def up(self, program: Program) -> str:
        """Bring a program up."""

    def refresh(self) -> str:
        """Look at everything."""

    def clear(self) -> str:
        """Delete what interrupted runs have left and no resource looks for."""

    def destroy(self) -> str:
        """Take everything down."""


@dataclass
class Outcome:
    """What came of a run.

    Attributes:
        seed: what repeats it.
        driver: `engine` or `protocol`.
        struck: how often each kind of fault struck.
        kills: how often each kind of process was killed.
        calls: how many calls the service saw.
        cleared: how many objects that interrupted runs had left were deleted.
        findings: what is wrong, each in a line; none is as it should be.
        log: what the operations said.
    """

    seed: int
    driver: str
    struck: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    cleared: int = 0
    findings: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)


def run(seed: int, driver: str, folder: Path) -> Outcome:
    """Make the run that belongs to a seed."""
    dice = random.Random(f"{driver} {seed}")
    outcome = Outcome(seed, driver)
    extended = dice.random() < 0.2
    config = {"victorops:rateLimit": "off"}
    if extended:
        config["victorops:extendedApi"] = "true"
    takes_over = extended or dice.random() < 0.5
    if takes_over:
        # Policies that change in place name a user who is replaced until then, so somebody has to take over.
        config["victorops:defaultReplacement"] = LEAD
    with Service(seed=seed, extended=extended) as service:
        _begin_incident(service)
        at_first = service.snapshot()
        stack: Stack = (EngineStack if driver == "engine" else ProtocolStack)(folder, service, config)
        life = _Life(dice, service, stack, outcome)
        program = first_program(dice, dice.randint(7, 12))
        outcome.log.append(f"config {config}")
        done = life.troubled(f"up {program}", partial(stack.up, program))
        for _ in range(dice.randint(1, 2)):
            if dice.random() < 0.4:
                life.troubled("refresh", stack.refresh)
            before = program
            program = changed_program(dice, before, extended=extended, takes_over=takes_over)
            done = life.troubled(f"up {program}", partial(stack.up, program))
            back = can_go_back(program, before, extended=extended, takes_over=takes_over)
            if not done and back and dice.random() < _TAKES_BACK:
                program = before
                outcome.log.append(f"back {program}")
        if not done and dice.random() < _GIVES_UP:
            program = smaller_program(dice, program, extended=extended)
            outcome.log.append(f"smaller {program}")
        # What a run that was cut off had begun to make is found by its resource only, and that may be gone by now.
        if life.calm("up", partial(stack.up, program), stack.clear) and life.calm("clear", stack.clear):
            life.audit("after the last up", program, at_first)
        if life.troubled("destroy", stack.destroy) or life.calm("destroy", stack.destroy):
            life.audit("after the destruction", {}, at_first)
        outcome.struck, outcome.calls = service.struck, service.requests()["total"]
        outcome.kills.update(service.kills)
        outcome.cleared = service.cleared
    return outcome


@dataclass
class _Life:
    dice: random.Random
    service: Service
    stack: Stack
    outcome: Outcome

    def troubled(self, what: str, operation: Any) -> bool:
        """An operation under faults, in which somebody may be killed; says whether it was done all the same."""
        self.service.put_faults(some_faults(self.dice))
        kind = self.dice.choice([None, *self.stack.kills])
        at, answered = self.dice.randint(1, _KILLS_UP_TO), self.dice.random() < 0.7
        if kind is not None:
            self.stack.arm(kind, at, answered=answered)
        said = operation()
        if self.service.disarm() and kind is not None:
            self.service.kills[kind] += 1
        self.service.put_faults([])
        self.outcome.log.append(f"{what}\n  kill {kind} at {at}: {said or 'done'}")
        return not said

    def calm(self, what: str, operation: Any, otherwise: Any = None) -> bool:
        """The same without faults, until it's done; with something else between the attempts."""
        said = ""
        for attempt in range(_MOST_UPS):
            if attempt and otherwise is not None:
                self.outcome.log.append(f"calm {what}, between: {otherwise() or 'done'}")
            said = operation()
            self.outcome.log.append(f"calm {what}: {said or 'done'}")
            if not said:
                return True
        self.outcome.findings.append(f"stuck: {what}: {said}")
        return False

    def audit(self, when: str, program: Program, at_first: Any) -> None:
        """Compare the org with a program."""
        for kind, facts in compare(program, self.service.snapshot(), at_first).items():
            self.outcome.findings.extend(f"{kind} {when}: {fact}" for fact in facts)


def _begin_incident(service: Service) -> None:
    client = Client(Settings(service.api_id, service.api_key, service.url, rate_limit=None))
    targets = [IncidentTarget(type="User", slug=LEAD)]
    client.incidents.create(username=LEAD, summary="Disk full", details="", targets=targets)
    client.close()
