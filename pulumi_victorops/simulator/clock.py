"""The simulator's clock: real time, shifted time, or standing still."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

# Away from both ends of the calendar: there is room for schedules, and for every zone's offset.
_EARLIEST = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LATEST = datetime(9000, 1, 1, tzinfo=timezone.utc)


class Clock:
    """Tells the time that the service goes by; it can be stopped and moved."""

    def __init__(self) -> None:
        """Begin with real time."""
        self._stopped_at: datetime | None = None
        self._ahead = timedelta()

    @property
    def stopped(self) -> bool:
        """Whether time stands still."""
        return self._stopped_at is not None

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        return self._stopped_at or datetime.now(timezone.utc) + self._ahead

    def stop_at(self, instant: datetime) -> None:
        """Stand still at an instant, or raise `OverflowError`."""
        self._stopped_at = _within_bounds(instant.astimezone(timezone.utc))
        self._ahead = timedelta()

    def advance(self, seconds: float) -> None:
        """Move by so many seconds, or raise `OverflowError`; a clock that stands goes on standing."""
        step = timedelta(seconds=seconds)
        _within_bounds(self.now() + step)
        if self._stopped_at is not None:
            self._stopped_at += step
        else:
            self._ahead += step

    def run(self) -> None:
        """Go back to real time."""
        self._stopped_at = None
        self._ahead = timedelta()


def _within_bounds(instant: datetime) -> datetime:
    if not _EARLIEST <= instant < _LATEST:
        raise OverflowError
    return instant


def stamp(instant: datetime) -> str:
    """Write an instant as the service does: UTC, whole seconds, `Z`."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
