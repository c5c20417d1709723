"""Making paths from values that users chose, so that no value can reach another path."""

from __future__ import annotations

import re
from urllib.parse import quote

from pulumi_victorops.api.errors import InvalidArgumentError
from pulumi_victorops.api.limits import PATH_WORDS_LIMIT, SEGMENT_LIMIT

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def quote_segment(name: str, value: str | int) -> str:
    """Quote one path segment. `@` stays as it is, since the service doesn't decode it.

    Raises:
        InvalidArgumentError: the value is empty, `.`, `..` or too long, or has a control or half a character in it.
    """
    text = str(value)
    if text in {"", ".", ".."} or _CONTROL.search(text):
        raise InvalidArgumentError(f"{name}: {shortened(repr(text))} can't be part of a path")
    if len(text) > SEGMENT_LIMIT:
        raise InvalidArgumentError(f"{name}: has {len(text)} characters; at most {SEGMENT_LIMIT} can stand in a path")
    try:
        return quote(text, safe="@")
    except UnicodeEncodeError:
        raise InvalidArgumentError(f"{name}: {text!r} isn't valid text") from None


def shortened(text: str) -> str:
    """What a message shows of a path or of a part of it."""
    return text if len(text) <= PATH_WORDS_LIMIT else text[: PATH_WORDS_LIMIT - 1] + "…"


def fill(template: str, values: dict[str, str | int]) -> str:
    """Put quoted values into a path template such as `/api-public/v1/user/{user}`."""
    return re.sub(r"\{(\w+)\}", lambda match: quote_segment(match[1], values[match[1]]), template)
