"""Moments, as programs write them and as the service does."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from pulumi_victorops.lifecycle.validation import shown

_FORM = re.compile(
    r"(?P<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})((?P<second>:[0-9]{2})(\.[0-9]+)?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
)


def in_utc(text: str, zone: str | None) -> str:
    """A moment as the service writes it: UTC, whole seconds, `Z`.

    Args:
        text: ISO 8601. Without an offset it's what a clock in `zone` shows, the first time if it does so twice.
        zone: a time zone, or None where it isn't known: what a clock shows then stays as it is.

    Raises:
        ValueError: it's no moment, or no clock in `zone` ever shows it.
    """
    moment = _parsed(text)
    try:
        if moment.tzinfo is None:
            if zone is None:
                return text
            moment = _shown_in(zone, moment, text)
        return _written(moment)
    except OverflowError:
        raise _no_moment(text) from None


def from_milliseconds(milliseconds: float) -> str:
    """A moment that the service counts in milliseconds since 1970, as it writes others."""
    return _written(datetime.fromtimestamp(milliseconds // 1000, timezone.utc))


def in_service_form(moment: str | float) -> str:
    """A moment that the service tells in either of its ways, as text: two of them sort by time."""
    return in_utc(moment, None) if isinstance(moment, str) else from_milliseconds(moment)


def now() -> str:
    """The present moment, as the service writes one."""
    return _written(datetime.now(timezone.utc))


def has_passed(moment: Any) -> bool:
    """Whether a moment of a resource's state lies in the past."""
    return isinstance(moment, str) and _parsed(moment).astimezone(timezone.utc) <= datetime.now(timezone.utc)


def _parsed(text: str) -> datetime:
    form = _FORM.fullmatch(text)
    if form is None:
        raise _no_moment(text)
    offset = "+00:00" if form["offset"] == "Z" else form["offset"] or ""
    try:
        return datetime.fromisoformat(form["minute"] + (form["second"] or "") + offset)
    except ValueError:
        raise _no_moment(text) from None


def _shown_in(zone: str, reading: datetime, text: str) -> datetime:
    """The moment at which clocks in a zone show something."""
    moment = reading.replace(tzinfo=ZoneInfo(zone))
    # Where the clocks go forward they leave readings out, and the way to UTC and back leads to another.
    if moment.astimezone(timezone.utc).astimezone(moment.tzinfo).replace(tzinfo=None) != reading:
        raise ValueError(f"{shown(text)} doesn't exist in {zone}: the clocks are put forward over it")
    return moment


def _written(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def _no_moment(text: str) -> ValueError:
    return ValueError(
        f"{shown(text)} is not a moment: expected '2026-08-01T09:00' (in `timezone`), '2026-08-01T09:00+02:00' or "
        "'2026-08-01T07:00Z'"
    )
