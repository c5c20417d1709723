"""The faults in force, and the dice that decide when they strike."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace

from pulumi_victorops.simulator.faults import AnyFault, ClockSkew, Latency, RateLimited, RotationLag


@dataclass(frozen=True, slots=True)
class Drawn:
    """What happens to one call: conditions, which add up, and at most one fault beside them."""

    delay_ms: int = 0
    skew_seconds: int = 0
    rotation_lag_ms: int = 0
    fault: AnyFault | None = None


class FaultPlan:
    """The faults that are in force."""

    def __init__(self, seed: int | None) -> None:
        """Begin with none."""
        self._seed = seed
        self._planned: list[_Planned] = []

    def put(self, faults: list[AnyFault]) -> None:
        """Put faults in force instead of those before; the dice begin again."""
        seed = random.randrange(2**32) if self._seed is None else self._seed  # noqa: S311 - guards nothing
        self._planned = [
            _Planned(fault, f"{seed if fault.seed is None else fault.seed} {place}", fault.times)
            for place, fault in enumerate(faults)
        ]

    def draw(self, operation: str) -> Drawn:
        """Say what happens to the next call of an operation; of several faults the first that strikes is the one."""
        drawn = Drawn()
        for planned in self._planned:
            fault = planned.fault
            condition = isinstance(fault, Latency | ClockSkew | RotationLag)
            if fault.operation not in {"*", operation} or (drawn.fault is not None and not condition):
                continue
            if not planned.strikes(operation):
                continue
            if isinstance(fault, Latency):
                drawn = replace(drawn, delay_ms=drawn.delay_ms + fault.ms)
            elif isinstance(fault, ClockSkew):
                drawn = replace(drawn, skew_seconds=drawn.skew_seconds + fault.seconds)
            elif isinstance(fault, RotationLag):
                drawn = replace(drawn, rotation_lag_ms=drawn.rotation_lag_ms + fault.ms)
            else:
                drawn = replace(drawn, fault=fault)
        return drawn


@dataclass(slots=True)
class _Planned:
    """A fault with what is left of it."""

    fault: AnyFault
    seed: str
    left: int | None
    in_a_row: int = 0
    rolls: Counter[str] = field(default_factory=Counter)

    def strikes(self, operation: str) -> bool:
        """Throw the dice, unless a storm goes on or nothing is left."""
        if self.in_a_row:
            self.in_a_row -= 1
            return True
        if self.left == 0:
            return False
        self.rolls[operation] += 1
        # A throw of its own for each call of an operation: how calls of several threads mix changes nothing.
        dice = random.Random(f"{self.seed} {operation} {self.rolls[operation]}")  # noqa: S311 - guards nothing
        if dice.random() >= self.fault.probability:
            return False
        if self.left is not None:
            self.left -= 1
        if isinstance(self.fault, RateLimited):
            self.in_a_row = self.fault.calls - 1
        return True
