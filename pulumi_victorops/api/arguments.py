"""What callers give, as it can be sent: anything else is refused before a call is made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pulumi_victorops.api.errors import InvalidArgumentError

_MAYBE_HALF_A_CHARACTER = re.compile(r"\\ud[89a-f]")


def whole_number(name: str, value: int | str) -> int:
    """A number such as an incident's, which may be given as text.

    Raises:
        InvalidArgumentError: it's none.
    """
    text = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,18}", text):
        raise InvalidArgumentError(f"{name}: {text[:40]!a} is not a number of digits")
    return int(text)


def json_of(body: object) -> bytes:
    """A body as the JSON that is sent.

    Raises:
        InvalidArgumentError: JSON has no way to say it.
    """
    try:
        text = json.dumps(body, separators=(",", ":"), allow_nan=False)
        if _MAYBE_HALF_A_CHARACTER.search(text):
            json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidArgumentError("what would be sent has half a character (a lone surrogate) in it") from None
    except RecursionError:
        raise InvalidArgumentError("what would be sent is nested too deeply") from None
    except (ValueError, TypeError) as error:
        raise InvalidArgumentError(f"what would be sent is no JSON: {error}") from None
    return text.encode()


def check_query(query: Mapping[str, str | int | float]) -> None:
    """Refuse what can't be in a query.

    Raises:
        InvalidArgumentError: a value has half a character in it.
    """
    for name, value in query.items():
        try:
            str(value).encode()
        except UnicodeEncodeError:
            raise InvalidArgumentError(f"{name}: {str(value)[:40]!a} isn't valid text") from None
