"""What a person sees while set-up works: a live line on a terminal, a line now and then in a log."""

import math
import os
import shutil
import sys
import time
from typing import TextIO

_SECONDS_BETWEEN_LINES = 10.0
_SECONDS_BETWEEN_REDRAWS = 0.1


class Progress:
    """Tells which step of how many is under way, what it does and for how long."""

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        self._steps = steps
        self._stream = stream or sys.stdout
        self._live = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._number = 0
        self._title = ""
        self._activity = ""
        self._started = self._shown = time.monotonic()

    def step(self, title: str) -> None:
        """Begin the next step; it shows from its first activity on."""
        self._number += 1
        self._title, self._activity = title, ""
        self._started, self._shown = time.monotonic(), -math.inf

    def doing(self, activity: str) -> None:
        """Say what the step is doing now, or how far it is."""
        self._activity = activity
        self.tick()

    def tick(self) -> None:
        """Show that time passes."""
        if not self._activity:
            return
        wait = _SECONDS_BETWEEN_REDRAWS if self._live else _SECONDS_BETWEEN_LINES
        if time.monotonic() - self._shown >= wait:
            self._draw()

    def say(self, text: str) -> None:
        """Print a line that stays."""
        print(f"\r\x1b[K{text}" if self._live else text, file=self._stream, flush=True)

    def waiting(self) -> None:
        """Say that another set-up has to finish first."""
        self.say("Waiting for another set-up to finish")

    def done(self, result: str) -> None:
        """End the step; an empty result is that of a step with nothing to do."""
        if not result:
            return
        self.say(f"{self._label()}: {result} ({self._elapsed()})")

    def interrupted(self) -> None:
        """Leave a half-drawn line behind."""
        if self._live and self._activity:
            print(file=self._stream, flush=True)

    def _label(self) -> str:
        return f"[{self._number}/{self._steps}] {self._title}"

    def _elapsed(self) -> str:
        minutes, seconds = divmod(int(time.monotonic() - self._started), 60)
        return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"

    def _draw(self) -> None:
        self._shown = time.monotonic()
        text = f"{self._label()}: {self._activity} ({self._elapsed()})"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{text[:width]}\x1b[K", end="", file=self._stream, flush=True)
        else:
            print(text, file=self._stream, flush=True)
