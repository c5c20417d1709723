"""Running other programs so that they can be watched, logged and always ended."""

import contextlib
import os
import queue
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import IO

from tools.setup.locking import held

_TAIL_LINES = 12
_SECONDS_TO_END = 5.0
_SECONDS_BETWEEN_LOOKS = 0.2

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended:
    """How a program ended: its exit code and the last lines that it said."""

    def __init__(self, code: int, tail: list[str]) -> None:
        self.code = code
        self.tail = tail


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Make every polite way of stopping this process a KeyboardInterrupt."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off being stopped until the end of the block."""
    stopped = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    before = {number: signal.signal(number, note) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if stopped:
        raise KeyboardInterrupt


def run(
    command: list[str],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path,
    on_line: Callable[[str], None] | None = None,
    on_tick: Callable[[], None],
) -> Ended:
    """Run a program to its end, its output going to the log and line by line to `on_line`.

    `on_tick` is called several times a second; whatever it or `on_line` raises, a KeyboardInterrupt included,
    ends the program and all that it started.
    """
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    with log.open("a", encoding="utf-8") as record:
        record.write(f"$ {' '.join(command)}\n")
        process = start(command, env=env, cwd=cwd)
        assert process.stdout is not None
        try:
            for line in _lines(process, process.stdout, on_tick):
                record.write(f"{line}\n")
                if line.strip():
                    tail.append(line)
                if on_line:
                    on_line(line)
            code = process.wait()
        finally:
            end_group(process)
        record.write(f"exit code {code}\n")
    return Ended(code, list(tail))


def start(command: list[str], *, env: Mapping[str, str], cwd: Path) -> subprocess.Popen[str]:
    """Start a program in a process group of its own, both its outputs joined in one pipe."""
    return subprocess.Popen(
        command,
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        pass_fds=held(),
        start_new_session=True,
    )


def end_group(process: "subprocess.Popen[str]", seconds: float = _SECONDS_TO_END) -> None:
    """End a program that `start` started, with its children: politely, then not."""
    with undisturbed(), contextlib.suppress(ProcessLookupError, PermissionError):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _lines(process: "subprocess.Popen[str]", output: IO[str], on_tick: Callable[[], None]) -> Iterator[str]:
    arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        with output:
            for line in output:
                arrived.put(line.rstrip("\n"))
        arrived.put(None)

    threading.Thread(target=read, daemon=True).start()
    ended_at = None
    while True:
        on_tick()
        try:
            line = arrived.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            # A grandchild may hold the pipe open for longer than anybody wants to wait.
            if process.poll() is not None:
                ended_at = ended_at or time.monotonic()
                if time.monotonic() - ended_at > _SECONDS_TO_END:
                    return
            continue
        if line is None:
            return
        yield line
