"""The ASGI application: host check, control endpoints, faults, gate, routing, answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
from email.utils import format_datetime
from functools import partial
from http.client import responses
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from pulumi_victorops.simulator import wire
from pulumi_victorops.simulator.calls import EMPTY
from pulumi_victorops.simulator.config import SimulatorConfig, is_loopback
from pulumi_victorops.simulator.control import PREFIX, Control
from pulumi_victorops.simulator.faultplan import Drawn, FaultPlan
from pulumi_victorops.simulator.faults import (
    AnyFault,
    BrokenJson,
    HtmlPage,
    RateLimited,
    ResetAfter,
    ResetBefore,
    SlowBody,
    Truncate,
    WrongContentType,
    WrongStatus,
)
from pulumi_victorops.simulator.gate import TOO_MANY, Gate
from pulumi_victorops.simulator.operations import ALERT_INTAKE, EXTENDED, OPERATIONS
from pulumi_victorops.simulator.recorder import Recorder
from pulumi_victorops.simulator.refusals import GatewayRefusedError, RefusedError
from pulumi_victorops.simulator.routing import Match, Router
from pulumi_victorops.simulator.service import Service

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_LARGEST_BODY: Final = 1024 * 1024
# Notes carry documents of up to 16 MB.
_LARGEST_NOTE: Final = 16 * 1024 * 1024
_LARGEST_SNAPSHOT: Final = 256 * 1024 * 1024
_HTML: Final = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class Application:
    """One simulated service as an ASGI application."""

    def __init__(self, config: SimulatorConfig) -> None:
        """Put the parts together."""
        self.service = Service(config)
        self.recorder = Recorder()
        self.faults = FaultPlan(config.random_seed)
        self._latency_ms = config.latency_ms
        self._plain_gateway_errors = config.plain_gateway_errors
        self._gate = Gate(config)
        self._ending = asyncio.Event()
        self._router = Router((*OPERATIONS, *ALERT_INTAKE, *(EXTENDED if config.extended_api else ())))
        self._control = Control(self.service, self.recorder, self.faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; one that is still under way when the server has to end gets a reset."""
        try:
            await self._respond(scope, receive, send)
        except asyncio.CancelledError:
            await wire.reset(scope, receive)

    def end_pauses(self) -> None:
        """Let calls that wait go on at once, since the server ends."""
        self._ending.set()

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        raw_path: bytes = scope["raw_path"]
        controls = raw_path.startswith(PREFIX)
        match = Match() if controls else self._router.match(request.method, raw_path)
        drawn = Drawn() if controls else self.faults.draw(_named(request, match))
        if isinstance(drawn.fault, ResetBefore):
            await self._pause(self._latency_ms + drawn.delay_ms)
            self._record(request, match, None)
            await wire.reset(scope, receive)
            return
        try:
            body = await _read_body(request, _LARGEST_SNAPSHOT if controls else _largest_body(match))
        except ClientDisconnect:
            return
        if controls:
            await self._steer(request, raw_path, body)(scope, receive, send)
        else:
            await self._serve(request, match, body, drawn, send)

    def _steer(self, request: Request, raw_path: bytes, body: bytes | None) -> Response:
        try:
            self._check_host(request)
            _check_peer(request)
            if body is None:
                raise _too_large(_LARGEST_SNAPSHOT)
            return _json_response(200, self._control.answer(request.method, raw_path, body))
        except RefusedError as refused:
            return self._refusal(refused)

    async def _serve(self, request: Request, match: Match, body: bytes | None, drawn: Drawn, send: Send) -> None:
        scope, receive, fault = request.scope, request.receive, drawn.fault
        await self._pause(self._latency_ms + drawn.delay_ms)
        response = self._answer_in_place(fault) or _spoil(fault, self._perform(request, match, body, drawn))
        response.headers["date"] = format_datetime(self.service.told(drawn), usegmt=True)
        no_answer = isinstance(fault, ResetAfter)
        self._record(request, match, None if no_answer else response.status_code)

        if no_answer:
            await wire.reset(scope, receive)
        elif isinstance(fault, Truncate):
            await wire.send_truncated(response, scope, receive, send)
        elif isinstance(fault, SlowBody):
            await wire.send_slowly(response, fault.chunk_bytes, partial(self._pause, fault.ms), send)
        else:
            await response(scope, receive, send)

    def _record(self, request: Request, match: Match, status: int | None) -> None:
        path: str = request.scope["raw_path"].decode("ascii")
        self.recorder.record(request.method, path, _named(request, match), status)

    async def _pause(self, ms: int) -> None:
        if not ms:
            return
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._ending.wait(), ms / 1000)

    def _perform(self, request: Request, match: Match, body: bytes | None, drawn: Drawn) -> Response:
        try:
            self._check_host(request)
            if match.operation not in ALERT_INTAKE:
                self._gate.admit(request.method, request.headers, match.operation)
            if match.operation is None:
                raise _no_such_operation(request, match)
            if body is None:
                raise _too_large(_largest_body(match))
            return _json_response(200, self.service.answer(match, dict(request.query_params), body, drawn))
        except RefusedError as refused:
            return self._refusal(refused)

    def _check_host(self, request: Request) -> None:
        if not self._gate.accepts_host(request.headers.get("host")):
            raise RefusedError(403, "the Host header does not name this simulator")

    def _refusal(self, refused: RefusedError) -> Response:
        if not isinstance(refused, GatewayRefusedError):
            return _json_response(refused.status, {"error": refused.text}, refused.headers)
        if self._plain_gateway_errors:
            return Response(refused.text, refused.status, refused.headers, media_type="text/plain")
        return _json_response(refused.status, {"message": refused.text}, refused.headers)

    def _answer_in_place(self, fault: AnyFault | None) -> Response | None:
        """Give the answer of a fault that keeps the call away from the service."""
        if isinstance(fault, RateLimited):
            headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            return self._refusal(GatewayRefusedError(fault.status, TOO_MANY, headers))
        if isinstance(fault, WrongStatus | HtmlPage) and not fault.after_effect:
            return _replacement(fault)
        return None


async def _read_body(request: Request, largest: int) -> bytes | None:
    """Read the whole body, so that the connection can go on; None if it is too large to keep."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= largest:
            chunks.append(chunk)
    return b"".join(chunks) if size <= largest else None


def _check_peer(request: Request) -> None:
    if request.client is None or not is_loopback(request.client.host):
        raise RefusedError(403, "the control endpoints answer this machine only")
    origin = request.headers.get("origin")
    # A page from elsewhere can send simple requests here without asking; it may not steer.
    if origin is not None and not is_loopback(urlsplit(origin).hostname or ""):
        raise RefusedError(403, "the control endpoints do not answer pages from elsewhere")


def _named(request: Request, match: Match) -> str:
    return match.operation or f"{request.method} (unknown)"


def _no_such_operation(request: Request, match: Match) -> RefusedError:
    if match.allowed:
        return RefusedError(405, f"{request.method} is not allowed for this path", {"Allow": ", ".join(match.allowed)})
    return RefusedError(404, "There is nothing at this path")


def _too_large(largest: int) -> RefusedError:
    return RefusedError(413, f"The body is larger than {largest} bytes")


def _largest_body(match: Match) -> int:
    return _LARGEST_NOTE if "/notes" in (match.operation or "") else _LARGEST_BODY


def _json_response(status: int, content: Any, headers: dict[str, str] | None = None) -> Response:
    if content is EMPTY:
        return Response(b"", status, headers)
    # Compact on purpose: clients of the real service compare error texts byte for byte.
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return Response(text.encode(), status, headers, media_type="application/json")


def _replacement(fault: WrongStatus | HtmlPage) -> Response:
    if isinstance(fault, HtmlPage):
        return Response(_HTML.format(responses.get(fault.status, "Error")), fault.status, media_type="text/html")
    body = fault.body if isinstance(fault.body, str) else json.dumps(fault.body, separators=(",", ":"))
    if fault.body is None:
        body = ""
    return Response(body, fault.status, {**fault.headers, "content-type": fault.content_type})


def _spoil(fault: AnyFault | None, response: Response) -> Response:
    """Change an answer as a fault wants it; the operation has happened."""
    if isinstance(fault, WrongStatus | HtmlPage):
        return _replacement(fault)
    if isinstance(fault, BrokenJson):
        body = bytes(response.body)
        return Response(body[: len(body) // 2], 200, media_type="application/json")
    if isinstance(fault, WrongContentType):
        return Response(response.body, response.status_code, {"content-type": fault.content_type})
    return response
