"""The VictorOps service, simulated on loopback: an independent implementation to test and try against.

It shares no model with the client in this package, so that a mistake in one is not hidden by the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.config import SimulatorConfig, SimulatorError

if TYPE_CHECKING:
    from pulumi_victorops.simulator.server import Simulator

__all__ = ["Simulator", "SimulatorConfig", "SimulatorError"]


def __getattr__(name: str) -> Any:
    # The server needs the extra `simulator`; the rest can do without.
    if name == "Simulator":
        from pulumi_victorops.simulator.server import Simulator

        return Simulator
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
