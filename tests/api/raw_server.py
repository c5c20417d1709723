"""A server of bytes on loopback: it answers as a test scripts it, and keeps what it got, byte by byte."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    raw: bytes
    connection: int
    at: float = field(default_factory=time.monotonic)

    @property
    def line(self) -> str:
        return self.raw.split(b"\r\n", 1)[0].decode("ascii")

    @property
    def method(self) -> str:
        return self.line.split(" ")[0]

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    @property
    def headers(self) -> dict[str, str]:
        """The headers by their names in lower case."""
        lines = self.raw.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}

    @property
    def body(self) -> bytes:
        return self.raw.split(b"\r\n\r\n", 1)[1]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Exchange:
    """What a behaviour works with: the request, the socket, and the event that ends the server."""

    request: Request
    sock: socket.socket
    stopping: threading.Event


Behaviour = Callable[[Exchange], bool]
"""Answers a request, or doesn't; says whether the connection stays open."""


def http_bytes(
    status: int, body: bytes, headers: Mapping[str, str] | None = None, *, length: int | None = None
) -> bytes:
    """An HTTP answer; `length` is what it claims where that differs from the truth."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def answer(status: int, body: object = b"", headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer with bytes, with text, or with anything else as JSON, and keep the connection."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    content = text.encode() if isinstance(text, str) else text
    return exactly(http_bytes(status, content, headers), keep=True)


def exactly(data: bytes, *, keep: bool = False) -> Behaviour:
    """Send these bytes; then close the connection unless told to keep it."""

    def behave(exchange: Exchange) -> bool:
        exchange.sock.sendall(data)
        return keep

    return behave


def close() -> Behaviour:
    """Close the connection without an answer."""
    return exactly(b"")


def reset(first: bytes = b"") -> Behaviour:
    """Send some bytes, then reset the connection."""

    def behave(exchange: Exchange) -> bool:
        exchange.sock.sendall(first)
        exchange.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    return behave


def stall(first: bytes = b"") -> Behaviour:
    """Send some bytes, then nothing more."""

    def behave(exchange: Exchange) -> bool:
        exchange.sock.sendall(first)
        exchange.stopping.wait()
        return False

    return behave


def drip(data: bytes, *, every: float, chunk: int = 1) -> Behaviour:
    """Send bytes a few at a time; close when there are no more."""

    def behave(exchange: Exchange) -> bool:
        for start in range(0, len(data), chunk):
            exchange.sock.sendall(data[start : start + chunk])
            if exchange.stopping.wait(every):
                break
        return False

    return behave


class RawServer:
    """Serves scripted behaviours, one for each request in the order of their arrival; the last one repeats."""

    def __init__(self, host: str = "127.0.0.1", *, listening: bool = True) -> None:
        self._host = host
        self._listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._listener.bind((host, 0))
        self._listening = listening
        self.port: int = self._listener.getsockname()[1]
        self.requests: list[Request] = []
        self.connections = 0
        self._script: list[Behaviour] = [answer(200, {})]
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._open: dict[int, socket.socket] = {}
        self._closed: set[int] = set()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._serving: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"http://[{self._host}]:{self.port}" if ":" in self._host else f"http://{self._host}:{self.port}"

    def script(self, *behaviours: Behaviour) -> None:
        """Set what the next requests meet with; the last behaviour goes on for all that follow."""
        with self._changed:
            self._script = list(behaviours)

    @property
    def lines(self) -> list[str]:
        """Method and target of each request so far."""
        return [f"{request.method} {request.target}" for request in self.requests]

    def wait_for_requests(self, count: int) -> None:
        """Return when so many requests have come in."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.requests) >= count, timeout=20)

    def wait_for_closed(self, connection: int) -> None:
        """Return when the server has closed the connection with this number."""
        with self._changed:
            assert self._changed.wait_for(lambda: connection in self._closed, timeout=20)

    def listen(self) -> None:
        """Begin to accept connections; until then they are refused, and nobody else gets the port."""
        self._listener.listen(128)
        self._accepting.start()

    def __enter__(self) -> RawServer:
        if self._listening:
            self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        # Closing a listener doesn't wake its accept; shutting it down does.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        if self._accepting.ident is not None:
            self._accepting.join()
        self._listener.close()
        with self._changed:
            for sock in self._open.values():
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._serving:
            thread.join()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._changed:
                number = self.connections
                self.connections += 1
                self._open[number] = sock
            thread = threading.Thread(target=self._serve, args=(sock, number), daemon=True)
            self._serving.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        with sock, suppress(OSError):
            pending = b""
            while True:
                raw, pending = _read_request(sock, pending)
                if not raw:
                    break
                with self._changed:
                    request = Request(raw, number)
                    self.requests.append(request)
                    behave = self._script.pop(0) if len(self._script) > 1 else self._script[0]
                    self._changed.notify_all()
                if not behave(Exchange(request, sock, self._stopping)):
                    break
        with self._changed:
            del self._open[number]
            self._closed.add(number)
            self._changed.notify_all()


def _read_request(sock: socket.socket, data: bytes) -> tuple[bytes, bytes]:
    """One whole request, and what came after it; empty at the connection's end."""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            return b"", b""
        data += more
    head, rest = data.split(b"\r\n\r\n", 1)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(rest) < length:
        more = sock.recv(65536)
        if not more:
            return b"", b""
        rest += more
    return head + b"\r\n\r\n" + rest[:length], rest[length:]
