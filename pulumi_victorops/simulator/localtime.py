"""Local readings of a clock and the instants that they mean."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_SECOND = timedelta(seconds=1)


def is_zone(name: str) -> bool:
    """Say whether a name is that of a time zone, those of the past included."""
    return name in _zone_names()


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def reading(instant: datetime, zone: str) -> datetime:
    """Tell what a clock in a zone shows at an instant."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def instant_of(local: datetime, zone: str) -> datetime:
    """Tell when a clock in a zone shows a reading.

    One that is skipped in spring means the first instant after the gap; one that comes twice in autumn the first.
    """
    here = ZoneInfo(zone)
    instant = local.replace(tzinfo=here, fold=0).astimezone(timezone.utc)
    if reading(instant, zone) == local:
        return instant
    return _end_of_gap(local.replace(microsecond=0), here)


def _end_of_gap(local: datetime, here: ZoneInfo) -> datetime:
    """Find the change of the clocks: a skipped reading is before it by the new offset, and after it by the old."""
    before = local.replace(tzinfo=here, fold=1).astimezone(timezone.utc)
    after = local.replace(tzinfo=here, fold=0).astimezone(timezone.utc)
    old = before.astimezone(here).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(here).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
