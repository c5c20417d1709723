"""Reading what the service says when it refuses: which error it is, and in which words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from pulumi_victorops.api.errors import (
    AuthenticationError,
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnexpectedResponseError,
    VictorOpsError,
)
from pulumi_victorops.api.limits import SERVICE_WORDS_LIMIT
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.api.settings import Settings

_RATE_WORDS = re.compile(r"too many requests|rate.?limit|limit (was )?(reached|exceeded)|throttl", re.IGNORECASE)
_CREDENTIAL_WORDS = re.compile(r"authentication|credential|api.?(id|key) (is )?(invalid|unknown)", re.IGNORECASE)

# Characters of a page that isn't JSON in which its words are looked for.
_PAGE_LIMIT = 16_384

_BY_STATUS: dict[int, type[VictorOpsError]] = {
    401: AuthenticationError,
    404: NotFoundError,
    409: ConflictError,
    420: ConflictError,
}


def redact(text: str, settings: Settings) -> str:
    """Strike out the credentials, should somebody have echoed them."""
    for secret in sorted((settings.api_key, settings.api_id), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def words_of(text: str, settings: Settings) -> str:
    """What the service said, as one short line: a JSON error's message, else the text without its tags."""
    words = _message_of(text)
    if words is None:
        # Nobody reads on in a page that is longer than this, and tags are slow to find in a broken one.
        page = text[:_PAGE_LIMIT]
        words = html.unescape(re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL | re.I))
    # Only now, since JSON and HTML can both spell a credential in other characters.
    words = redact(words, settings)
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= SERVICE_WORDS_LIMIT else line[: SERVICE_WORDS_LIMIT - 1] + "…"


def _message_of(text: str) -> str | None:
    """The message in a JSON error, or None where there is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict):
        for key in ("error", "message", "errorMsg"):
            if data.get(key):
                return data[key] if isinstance(data[key], str) else json.dumps(data[key], ensure_ascii=False)
    return json.dumps(data, ensure_ascii=False)


def error_for(
    operation: Operation, label: str, status: int, headers: Mapping[str, str], text: str, settings: Settings
) -> VictorOpsError:
    """The error that an answer with this status is."""
    words = words_of(text, settings)
    if status == 429 or (status == 403 and (_RATE_WORDS.search(words) or "Retry-After" in headers)):
        return RateLimitError(
            _line(label, status, words or "too many calls"),
            operation=operation,
            status=status,
            service_message=words or None,
            retry_after=_seconds(headers.get("Retry-After")),
        )
    kind, hint = _kind(operation, status, words, settings.profile)
    return kind(_line(label, status, words) + hint, operation=operation, status=status, service_message=words or None)


def error_in(operation: Operation, label: str, data: Any, settings: Settings) -> VictorOpsError | None:
    """The error in an answer whose status pretends that there is none."""
    if isinstance(data, dict) and data.get("error"):
        words = words_of(json.dumps(data), settings)
        return InvalidRequestError(_line(label, 200, words), operation=operation, status=200, service_message=words)
    return None


def _kind(operation: Operation, status: int, words: str, profile: str | None) -> tuple[type[VictorOpsError], str]:
    if status == 403:
        if operation.method != "GET" and not _CREDENTIAL_WORDS.search(words):
            return PermissionDeniedError, "; the API key may be read-only"
        return AuthenticationError, _check_credentials(profile)
    if status == 401:
        return AuthenticationError, _check_credentials(profile)
    if status >= 500:
        return ServerError, ""
    if status in _BY_STATUS:
        return _BY_STATUS[status], ""
    if 400 <= status < 500:
        return InvalidRequestError, ""
    if 300 <= status < 400:
        return UnexpectedResponseError, " (redirects are not followed); check victorops:baseUrl"
    return UnexpectedResponseError, ""


def _check_credentials(profile: str | None) -> str:
    if profile is None:
        return "; check victorops:apiId and victorops:apiKey (or VO_API_ID and VO_API_KEY)"
    return f"; check apiId and apiKey of the profile {profile!r} in victorops:profiles (or VO_PROFILES)"


def _line(label: str, status: int, words: str) -> str:
    return f"{label}: {status}: {words}" if words else f"{label}: {status}"


def _seconds(retry_after: str | None) -> float | None:
    """How long a `Retry-After` header asks to wait: it holds seconds or a date."""
    if retry_after is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", retry_after.strip()):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - datetime.now(timezone.utc)).total_seconds())
