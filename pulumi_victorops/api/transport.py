"""One HTTP call, made properly: credentials, pace, time-outs, retries, and errors that say what happened."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import urlsplit

import requests
import tenacity
import urllib3
from requests.adapters import HTTPAdapter

from pulumi_victorops import _version
from pulumi_victorops.api import limits
from pulumi_victorops.api.answers import error_for, error_in, words_of
from pulumi_victorops.api.arguments import check_query, json_of
from pulumi_victorops.api.errors import (
    RateLimitError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
    VictorOpsError,
)
from pulumi_victorops.api.operations import Operation, Repeat
from pulumi_victorops.api.pacing import Pacer
from pulumi_victorops.api.paths import shortened
from pulumi_victorops.api.settings import Settings, is_loopback

_LOG = logging.getLogger("pulumi_victorops")


class Transport:
    """A session with the service. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closing = threading.Event()
        self._pacer = Pacer(settings, self._closing)
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
        """Close the connections, and end every wait."""
        self._closing.set()
        self._session.close()
        self._pacer.close()

    def cancel(self) -> None:
        """End every wait, but for those of threads that have written something and aren't done."""
        self._pacer.cancel()

    def call(
        self,
        operation: Operation,
        *,
        body: object = None,
        query: Mapping[str, str | int | float] | None = None,
        **segments: str | int,
    ) -> Any:
        """Make a call and return the decoded JSON of the answer, or None where the answer is empty.

        Args:
            operation: what to call.
            body: what to send as JSON; None sends no body.
            query: the query string's values.
            **segments: the values of the path's variable segments.

        Raises:
            VictorOpsError: whatever went wrong, in one line.
        """
        path = operation.path_for(**segments)
        content = None if body is None else json_of(body)
        check_query(query or {})
        patience = _Patience()
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda error: _may_repeat(operation, error)),
            wait=patience.pause,
            stop=lambda state: self._pacer.is_closed or patience.is_over(state),
            sleep=self._pacer.sleep,
            before_sleep=lambda state: self._before_sleep(operation, state),
            reraise=True,
        )
        attempts = 0
        try:
            for attempt in retrying:
                with attempt:
                    attempts = attempt.retry_state.attempt_number
                    answer = self._attempt(operation, path, content, query)
                    if operation.method != "GET":
                        self._pacer.note_write()
                    return answer
        except VictorOpsError as error:
            error.attempts = max(attempts, 1)
            raise
        raise AssertionError("tenacity either returns or raises")

    def _attempt(
        self, operation: Operation, path: str, body: bytes | None, query: Mapping[str, str | int | float] | None
    ) -> Any:
        turn = self._pacer.wait(operation)
        _LOG.debug("%s %s", operation.method, path)
        label = f"{operation.method} {shortened(path)}"
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
                self._pacer.answered(turn)
                content = _read(response)
                status, reply = response.status_code, response.headers
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            self._no_answer(operation, label, error)
        if status != 200:
            text = content.decode("utf-8", "replace")
            raise error_for(operation, label, status, reply, text, self._settings)
        return self._decode(operation, label, content)

    def _no_answer(self, operation: Operation, label: str, error: Exception) -> NoReturn:
        reason = _reason(error, self._settings)
        raise TransportError(
            f"{label}: no answer from {self._settings.base_url}: {reason}",
            operation=operation,
            sent=not _never_sent(error),
        ) from None

    def _decode(self, operation: Operation, label: str, content: bytes) -> Any:
        if not content.strip():
            return None
        try:
            data = json.loads(content)
        except (ValueError, RecursionError):
            words = words_of(content.decode("utf-8", "replace"), self._settings) or "unreadable"
            raise UnexpectedResponseError(
                f"{label}: the answer is not JSON although its status is 200: {words}", operation=operation, status=200
            ) from None
        problem = error_in(operation, label, data, self._settings)
        if problem is not None:
            raise problem
        return data

    def _before_sleep(self, operation: Operation, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        seconds = state.next_action.sleep if state.next_action else 0.0
        if isinstance(error, RateLimitError):
            self._pacer.push_back(operation, seconds)
        _LOG.info("attempt %d failed, again in %.1f s: %s", state.attempt_number, seconds, error)


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


def _may_repeat(operation: Operation, error: BaseException) -> bool:
    if isinstance(error, RateLimitError):
        return True
    if isinstance(error, TransportError) and not error.sent:
        return True
    if isinstance(error, UnexpectedResponseError) and error.status != 200:
        return False  # a redirect and the like: the address is wrong, and will be
    failed_on_the_way = isinstance(error, ServerError | TransportError | UnexpectedResponseError)
    return failed_on_the_way and operation.repeat is Repeat.SAFE


class _Patience:
    """How long one call waits and how often it is made; a refusal for the rate is no failure."""

    def __init__(self) -> None:
        self._failures = 0
        self._refusals = 0

    def pause(self, state: tenacity.RetryCallState) -> float:
        """Seconds until the next attempt. Called once after each failed one."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimitError):
            self._refusals += 1
            backoff = _doubled(limits.RATE_LIMIT_BACKOFF, self._refusals, limits.RATE_LIMIT_BACKOFF_MAX)
            # A service that says "at once" again and again is still asked more slowly each time.
            return backoff if error.retry_after is None else max(error.retry_after, backoff / 10)
        self._failures += 1
        return _doubled(limits.TRANSIENT_BACKOFF, self._failures, limits.TRANSIENT_BACKOFF_MAX)

    def is_over(self, state: tenacity.RetryCallState) -> bool:
        """Whether to give up. Called after `pause`."""
        return (
            self._failures >= limits.TRANSIENT_ATTEMPTS
            or state.idle_for + state.upcoming_sleep > limits.RATE_LIMIT_PATIENCE
        )


def _doubled(first: float, times: int, most: float) -> float:
    return min(first * 2.0 ** min(times - 1, 16), most)
