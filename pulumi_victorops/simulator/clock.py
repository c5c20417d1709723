"""The simulator's clock: real time, shifted time, or standing still."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


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
        """Stand still at an instant."""
        self._stopped_at = instant.astimezone(timezone.utc)
        self._ahead = timedelta()

    def advance(self, seconds: float) -> None:
        """Move by so many seconds; a clock that stands goes on standing."""
        step = timedelta(seconds=seconds)
        _ = self.now() + step  # raises OverflowError before anything has changed
        if self._stopped_at is not None:
            self._stopped_at += step
        else:
            self._ahead += step

    def run(self) -> None:
        """Go back to real time."""
        self._stopped_at = None
        self._ahead = timedelta()


def stamp(instant: datetime) -> str:
    """Write an instant as the service does: UTC, whole seconds, `Z`."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
