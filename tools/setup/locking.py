"""One set-up, or demo, at a time."""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

_held: list[int] = []


@contextlib.contextmanager
def lock(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock at this path; `on_wait` is called if another process has it. It goes with its holder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        _held.append(handle.fileno())
        try:
            yield
        finally:
            _held.remove(handle.fileno())


def held() -> list[int]:
    """The locks that this process holds, as file descriptors.

    A child that inherits them holds them too: if this process is killed, nobody interferes with what its children
    still do.
    """
    return list(_held)
