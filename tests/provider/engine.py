"""As much of the engine as a plugin calls: its log."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc


class EngineLog(engine_pb2_grpc.EngineServicer):
    """Keeps what it is told: `info` or `warning`, and the line."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.address = ""

    def Log(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol's name
        self.lines.append((engine_pb2.LogSeverity.Name(request.severity).lower(), request.message))
        return empty_pb2.Empty()


@contextmanager
def engine_log() -> Iterator[EngineLog]:
    """One that listens on loopback."""
    log = EngineLog()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
    engine_pb2_grpc.add_EngineServicer_to_server(log, server)
    log.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield log
    finally:
        server.stop(None).wait()
