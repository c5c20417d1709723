"""What a rule of the service gets to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pulumi_victorops.simulator.bodies import BodyT, parse

if TYPE_CHECKING:
    from pulumi_victorops.simulator.config import SimulatorConfig
    from pulumi_victorops.simulator.org import Org


EMPTY: Final = object()
"""The answer of an operation that has nothing to say: status 200 and no body at all."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that has passed the gate and found its operation.

    `now` is the time that the call is told; `clock` is the service's own, which goes on evenly.
    """

    org: Org
    now: datetime
    clock: datetime
    params: dict[str, str]
    query: dict[str, str]
    raw_body: bytes
    config: SimulatorConfig
    rotation_lag: timedelta

    def body(self, model: type[BodyT]) -> BodyT:
        """Read the body, or refuse the call."""
        return parse(model, self.raw_body)


Rule = Callable[[Call], Any]
"""Does what an operation asks and gives the JSON of its answer; a refusal changes nothing."""
