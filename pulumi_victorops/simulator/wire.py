"""Answers that go wrong on the wire: resets, truncation, dripping.

The transport of a connection reaches the application as an ASGI extension that the protocol class adds.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

_EXTENSION: Final = "pulumi_victorops.transport"


class ExposingProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which lets the application at its transport."""

    def on_message_begin(self) -> None:
        """Add the transport to the scope of each request."""
        super().on_message_begin()
        extensions: dict[str, dict[object, object]] = {_EXTENSION: {"transport": self.transport}}
        self.scope["extensions"] = extensions


async def reset(scope: Scope, receive: Receive) -> None:
    """Break the connection with a TCP reset."""
    transport = _transport(scope)
    # Whoever called may have gone meanwhile.
    with suppress(OSError):
        # Lingering for no time makes closing a socket send a reset.
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await _until_gone(receive)


async def send_truncated(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Promise more than is sent, then close."""
    body = bytes(response.body)
    headers = [(name, value) for name, value in response.raw_headers if name != b"content-length"]
    headers.append((b"content-length", str(len(body) + 64).encode()))
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    _transport(scope).close()
    await _until_gone(receive)


async def send_slowly(response: Response, chunk_bytes: int, pause: Callable[[], Awaitable[None]], send: Send) -> None:
    """Send the body in chunks with a pause before each."""
    body = bytes(response.body)
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    for start in range(0, len(body), chunk_bytes):
        await pause()
        chunk = body[start : start + chunk_bytes]
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _transport(scope: Scope) -> asyncio.Transport:
    transport: Any = scope["extensions"][_EXTENSION]["transport"]
    assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type for readers and mypy
    return transport


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
