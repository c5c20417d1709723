"""What goes over the wire: connections, credentials, time-outs, and why there was no answer.

The one module that needs the HTTP library, which takes a while to load. So it's imported when the first call is made.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from pulumi_victorops import _version
from pulumi_victorops.api import limits
from pulumi_victorops.api.answers import words_of
from pulumi_victorops.api.errors import TransportError
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.settings import Settings, is_loopback


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Wire:
    """A session with the service. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._session = requests.Session()
        self._session.auth = _Credentials(settings)
        self._session.headers.update(
            {"Accept": "application/json", "User-Agent": f"pulumi-victorops/{_version.__version__}"}
        )
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=limits.POOL_SIZE, pool_block=True)
        self._session.mount(settings.base_url, adapter)
        # A proxy that the environment names has no business with a service on this machine.
        self._session.trust_env = not is_loopback(urlsplit(settings.base_url).hostname or "")

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def send(
        self,
        operation: Operation,
        label: str,
        path: str,
        query: Mapping[str, str | int | float] | None,
        body: bytes | None,
        answered: Callable[[], None],
    ) -> Answer:
        """Send one request and read the answer. `label` names it in errors; `answered` is told of the first bytes.

        Raises:
            TransportError: there was no answer.
        """
        try:
            with self._session.request(
                operation.method,
                self._settings.base_url + path,
                params=query,
                data=body,
                headers=None if body is None else {"Content-Type": "application/json"},
                timeout=(limits.CONNECT_TIMEOUT, limits.READ_TIMEOUT),
                allow_redirects=False,
                stream=True,
            ) as response:
                answered()
                return Answer(response.status_code, response.headers, _read(response))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise TransportError(
                f"{label}: no answer from {self._settings.base_url}: {_reason(error, self._settings)}",
                operation=operation,
                sent=not _never_sent(error),
            ) from None


class _Credentials(requests.auth.AuthBase):
    """Adds the two headers as the last step, so that they stand in no session object that could be shown."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-VO-Api-Id"] = self._settings.api_id
        request.headers["X-VO-Api-Key"] = self._settings.api_key
        return request


def _read(response: requests.Response) -> bytes:
    """Read the body within a time and a size, which the HTTP library's own limits don't give."""
    deadline = time.monotonic() + limits.ANSWER_TIMEOUT
    content = bytearray()
    while chunk := response.raw.read1(65536, decode_content=True):
        content += chunk
        if time.monotonic() > deadline:
            raise requests.ReadTimeout("the answer took too long")
        if len(content) > limits.ANSWER_LIMIT:
            raise requests.ConnectionError("the answer is too long")
    return bytes(content)


def _never_sent(error: BaseException) -> bool:
    """Whether the failure came before the request could have left this machine."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(
        reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError
    )


def _reason(error: BaseException, settings: Settings) -> str:
    """The innermost cause, which is the part that means something to a person."""
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {limits.CONNECT_TIMEOUT:.0f} s"
    if isinstance(error, requests.ReadTimeout | urllib3.exceptions.ReadTimeoutError):
        return "timed out while waiting for the answer"
    cause = _innermost(error)
    if isinstance(cause, http.client.IncompleteRead):
        return "the answer was cut short"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    if isinstance(cause, http.client.BadStatusLine) and not isinstance(cause, OSError):
        return "the answer is not HTTP"
    return words_of(str(cause.args[0] if cause.args else cause), settings) or type(cause).__name__


def _innermost(error: BaseException) -> BaseException:
    while True:
        candidates = (getattr(error, "reason", None), *error.args, error.__cause__)
        inner = next((item for item in candidates if isinstance(item, BaseException)), None)
        if inner is None:
            return error
        error = inner
