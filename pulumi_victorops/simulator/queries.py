"""Parameters in the query of a call."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pulumi_victorops.simulator.refusals import bad_request

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call

_ISO_8601: TypeAdapter[datetime] = TypeAdapter(datetime)


def instant(call: Call, name: str, default: datetime) -> datetime:
    """Read an instant, which without an offset is in UTC, or refuse the call."""
    text = call.query.get(name)
    if text is None:
        return default
    try:
        found = _ISO_8601.validate_python(text)
        return (found if found.tzinfo is not None else found.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValidationError, OverflowError):
        raise bad_request(f"{name} has to be a time in ISO 8601") from None


def listed(call: Call, name: str) -> set[str] | None:
    """Read a list with commas, whatever its case; none if it is not there."""
    text = call.query.get(name)
    return None if text is None else {part.strip().lower() for part in text.split(",")}


def whole_number(call: Call, name: str, default: int, lowest: int, highest: int) -> int:
    """Read a number between two others, or refuse the call."""
    text = call.query.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
        raise bad_request(f"{name} has to be a whole number from {lowest} to {highest}")
    return int(text)
