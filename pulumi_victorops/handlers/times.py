"""Time zones, and what a clock in one of them shows: as programs write it, and as the service tells it."""

from __future__ import annotations

import difflib
import re
from datetime import datetime, timezone
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator

from pulumi_victorops.lifecycle.validation import shown

_LONGEST_ZONE_NAME = 64
_READING = re.compile(
    r"([12]\d{3}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{3}(?:\d{3})?)?)?)(?:(Z)|([+-]\d\d):?(\d\d))?", re.ASCII
)
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def check_time_zone(name: str) -> str:
    """The name of a time zone, as the IANA database has it."""
    if name not in _zone_names():
        close = difflib.get_close_matches(name[:_LONGEST_ZONE_NAME], sorted(_zone_names()), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "expected a name such as 'Europe/London'"
        raise ValueError(f"{shown(name)} is not a time zone: {hint}")
    return name


def check_time_of_day(text: str) -> str:
    """A time of the day, to the minute."""
    if not _TIME_OF_DAY.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a time of day: expected 'HH:MM', 00:00 to 23:59; midnight is 00:00")
    return text


TimeZone = Annotated[str, AfterValidator(check_time_zone)]
TimeOfDay = Annotated[str, AfterValidator(check_time_of_day)]


def check_reading(text: str, zone: str | None) -> str:
    """A date and time as a clock in a zone shows it. One with an offset is turned into that, if the zone is known."""
    try:
        moment = _parse(text)
    except ValueError:
        raise ValueError(
            f"{shown(text)} is not a date and time: expected 'YYYY-MM-DDTHH:MM', as a clock in 'timezone' shows it"
        ) from None
    if zone is None:
        return text
    local = _local(moment, zone)
    if _local(_instant(local, zone), zone) != local:
        raise ValueError(f"{shown(text)} doesn't exist in {zone}: the clocks are put forward over it")
    return _written(local)


def local_reading(moment: str | float, zone: str) -> str:
    """What a clock in a zone shows at a moment as the service tells it: ISO 8601, or milliseconds since 1970.

    Raises:
        ValueError: it's neither, or there's no such zone.
    """
    check_time_zone(zone)
    parsed = _parse(moment) if isinstance(moment, str) else datetime.fromtimestamp(moment / 1000, timezone.utc)
    return _written(_local(parsed, zone))


def milliseconds(reading: str, zone: str) -> int:
    """When a clock in a zone shows a reading, in milliseconds since 1970; of two such moments the first."""
    return round(_instant(_parse(reading), zone).timestamp() * 1000)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def _parse(text: str) -> datetime:
    form = _READING.fullmatch(text)
    if form is None:
        raise ValueError(text)
    reading, utc, hours, minutes = form.groups()
    # Python 3.10 reads neither `Z` nor offsets without a colon.
    return datetime.fromisoformat(reading + ("+00:00" if utc else f"{hours}:{minutes}" if hours else ""))


def _instant(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(timezone.utc)


def _local(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def _written(local: datetime) -> str:
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")
