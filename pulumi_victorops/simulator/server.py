"""A simulator that runs in a thread of this process."""

from __future__ import annotations

import json
import os
import socket
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import uvicorn

from pulumi_victorops.simulator.app import Application
from pulumi_victorops.simulator.config import SimulatorConfig, SimulatorError
from pulumi_victorops.simulator.faults import parse_faults
from pulumi_victorops.simulator.refusals import RefusedError
from pulumi_victorops.simulator.wire import ExposingProtocol

if TYPE_CHECKING:
    from types import TracebackType

_SECONDS_TO_FINISH = 1


class Simulator:
    """The VictorOps service on loopback, for a `with` block or between `start` and `stop`.

    Settings are given as a `SimulatorConfig`, by name, or both: `Simulator(seed="empty", random_seed=1)`.
    Several can run in one process.
    """

    def __init__(self, config: SimulatorConfig | None = None, **settings: Any) -> None:
        """Take the settings; nothing runs yet."""
        self.config = replace(config or SimulatorConfig(), **settings)
        self._url = ""
        self._app: Application | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address without a slash at the end."""
        return self._url

    @property
    def api_id(self) -> str:
        """The id that the service knows."""
        return self.config.api_id

    @property
    def api_key(self) -> str:
        """The key that may do everything."""
        return self.config.api_key

    def start(self) -> None:
        """Begin to answer; when this returns, calls are answered."""
        if self._thread is not None:
            raise SimulatorError("the simulator runs already")
        app = Application(self.config)
        try:
            listener = _listen(self.config.host, self.config.port)
        except BaseException:
            app.service.close()
            raise
        server = _Server(
            app,
            uvicorn.Config(
                app,
                proxy_headers=False,
                http=ExposingProtocol,
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,  # the service tells its own time
                timeout_graceful_shutdown=_SECONDS_TO_FINISH,
            ),
        )
        host, port = listener.getsockname()[:2]
        self._url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._app, self._server = app, server
        self._thread = threading.Thread(target=server.run, args=([listener],), name=f"simulator-{port}", daemon=True)
        self._thread.start()
        if not server.comes_up():
            listener.close()
            self.stop()
            raise SimulatorError("the server did not start")

    def stop(self) -> None:
        """Finish the calls under way and end; a simulator that does not run stays as it is."""
        if self._thread is None or self._server is None or self._app is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._app.service.close()
        self._thread = self._server = self._app = None

    def __enter__(self) -> Simulator:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def requests(self) -> dict[str, Any]:
        """Tell what was called: `total`, `by_operation` and the latest `requests`."""
        return self._running().recorder.report()

    def reset(self, seed: str) -> None:
        """Begin again with a seed: `empty`, `demo` or the path of a snapshot."""
        self._running().service.reset(seed)

    def snapshot(self) -> dict[str, Any]:
        """Give the whole org as one document."""
        document: dict[str, Any] = json.loads(self._running().service.snapshot())
        return document

    def messages(self) -> list[dict[str, Any]]:
        """List the pages and messages that the service would have sent, and those that it was sent."""
        return self._running().service.messages()

    def put_faults(self, faults: list[dict[str, Any]]) -> None:
        """Put faults in force instead of those before; none ends them."""
        try:
            self._running().faults.put(parse_faults(json.dumps(faults).encode()))
        except RefusedError as refused:
            raise ValueError(refused.text) from None

    def _running(self) -> Application:
        if self._app is None:
            raise SimulatorError("the simulator does not run")
        return self._app


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready."""

    def __init__(self, app: Application, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app
        self._settled = threading.Event()

    def comes_up(self) -> bool:
        self._settled.wait()
        return self.started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self._settled.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.end_pauses()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as failure:
        listener.close()
        raise SimulatorError(f"cannot listen on {host}:{port}: {failure.strerror}") from None
    return listener
