"""One HTTP call, made properly: credentials, pace, time-outs, retries, and errors that say what happened."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import tenacity

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
from pulumi_victorops.api.settings import Settings

if TYPE_CHECKING:
    from pulumi_victorops.api.wire import Wire

_LOG = logging.getLogger("pulumi_victorops")


class Transport:
    """A session with the service. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closing = threading.Event()
        self._pacer = Pacer(settings, self._closing)
        self._wire_made: Wire | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections, and end every wait."""
        self._closing.set()
        if self._wire_made is not None:
            self._wire_made.close()
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
        wire = self._wire()
        turn = self._pacer.wait(operation)
        _LOG.debug("%s %s", operation.method, path)
        label = f"{operation.method} {shortened(path)}"
        answer = wire.send(operation, label, path, query, body, lambda: self._pacer.answered(turn))
        if answer.status != 200:
            text = answer.content.decode("utf-8", "replace")
            raise error_for(operation, label, answer.status, answer.headers, text, self._settings)
        return self._decode(operation, label, answer.content)

    def _wire(self) -> Wire:
        """The connections, which load the HTTP library: an operation that makes no call does without."""
        with self._lock:
            if self._wire_made is None:
                from pulumi_victorops.api.wire import Wire

                self._wire_made = Wire(self._settings)
            return self._wire_made

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
