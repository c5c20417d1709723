"""What is told, and every warning, as lines of the engine's own log. For the plugin process."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from typing import Any, Final

from pulumi_victorops.lifecycle.telling import TOLD

_PACKAGE: Final = logging.getLogger("pulumi_victorops")
_SECONDS = 5


def show_in_the_engine(arguments: list[str]) -> None:
    """Send what is told, and every warning, to the engine.

    Args:
        arguments: those of the plugin process; the engine's address is the last one. Where it isn't, the lines go to
            the error output, which the engine shows too, as far as there is one.
    """
    if any(isinstance(handler, _Teller) for handler in _PACKAGE.handlers):
        return
    address = arguments[-1] if arguments and re.fullmatch(r"[\w.\-]+:\d+", arguments[-1]) else None
    _PACKAGE.addHandler(_Teller(_engine_at(address) if address else None))
    # A warning would else be written twice.
    _PACKAGE.propagate = False
    TOLD.setLevel(logging.INFO)


def _engine_at(address: str) -> Callable[[str, bool], None]:
    import grpc
    from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

    stub: Any = engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))

    def tell(line: str, warns: bool) -> None:
        severity = engine_pb2.WARNING if warns else engine_pb2.INFO
        stub.Log(engine_pb2.LogRequest(severity=severity, message=line), timeout=_SECONDS)

    return tell


class _Teller(logging.Handler):
    def __init__(self, tell: Callable[[str, bool], None] | None) -> None:
        super().__init__()
        self._tell = tell

    def filter(self, record: logging.LogRecord) -> bool:
        """Retries and the like are for who debugs."""
        return record.levelno >= logging.WARNING or record.name == TOLD.name

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        try:
            if self._tell is not None:
                self._tell(line, record.levelno >= logging.WARNING)
                return
        except Exception:  # noqa: BLE001 - nothing that can't be told may stop the operation
            self._tell = None
        sys.stderr.write(f"{line}\n")
