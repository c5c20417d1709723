"""What happens meanwhile: an address of the service at which a test can put something between two calls."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_OWN_TO_A_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "date", "server", "content-length"}


class Meanwhile:
    """Hands calls on to the service, and does first what was planned for them. Each plan comes true once."""

    def __init__(self, service: str) -> None:
        self.service = urlsplit(service)
        self.url = ""
        self.failed: list[Exception] = []
        self._lock = threading.Lock()
        self._plans: list[tuple[re.Pattern[str], Callable[[], object]]] = []

    def before(self, operation: str, do: Callable[[], object]) -> None:
        """Do something before the next call of an operation, such as `DELETE /api-public/v1/team/{team}`, arrives."""
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(operation))
        with self._lock:
            self._plans.append((re.compile(pattern), do))

    def comes(self, method: str, path: str) -> None:
        """A call comes: do what was planned for it."""
        with self._lock:
            due = [plan for plan in self._plans if plan[0].fullmatch(f"{method} {urlsplit(path).path}")][:1]
            self._plans = [plan for plan in self._plans if plan not in due]
        for _, do in due:
            try:
                do()
            except Exception as error:  # noqa: BLE001 - the test is told at its end
                self.failed.append(error)

    def check(self) -> None:
        """Raise AssertionError where a plan failed or never came true."""
        assert self.failed == []
        assert [pattern.pattern for pattern, _ in self._plans] == []


@contextmanager
def standing_before(service: str) -> Iterator[Meanwhile]:
    """Listen on loopback until the test ends, which fails if not all came true that was planned."""
    meanwhile = Meanwhile(service)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            meanwhile.comes(self.command, self.path)
            onward = http.client.HTTPConnection(str(meanwhile.service.hostname), meanwhile.service.port, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            onward.request(self.command, self.path, body, headers)
            answer = onward.getresponse()
            text = answer.read()
            onward.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _OWN_TO_A_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_DELETE = hand_on  # noqa: N815 - the names that the server looks for

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the server's name
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        meanwhile.url = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield meanwhile
        finally:
            server.shutdown()
            serving.join()
    meanwhile.check()
