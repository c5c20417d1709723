"""A file that holds the org from one run to the next, written before a change is answered."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from pulumi_victorops.simulator.config import SimulatorError


class StateFile:
    """A file that one simulator at a time may use; a reader sees the old text or the new, never a part."""

    def __init__(self, path: Path) -> None:
        """Take the file, or say who has it."""
        try:
            self.path = Path(path).resolve()
        except ValueError:
            raise SimulatorError(f"the state file {str(path)!a} is no path of a file") from None
        # Not bound to a thread: the one that stops a simulator need not be the one that started it.
        self._lock = FileLock(f"{self.path}.lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise SimulatorError(f"the state file {path} is in use by another simulator") from None
        except OSError as failure:
            raise SimulatorError(f"cannot use the state file {path}: {failure.strerror}") from None

    def close(self) -> None:
        """Let others have the file."""
        self._lock.release()

    def read(self) -> bytes | None:
        """Give what was written last, or nothing if there is no file yet."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise SimulatorError(f"cannot read the state file {self.path}: {failure.strerror}") from None

    def write(self, raw: bytes) -> None:
        """Replace what the file holds; when this returns, a power cut loses nothing."""
        descriptor, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._sync_folder()

    def set_aside(self, damaged: bytes) -> Path:
        """Copy a file that cannot be used, under a name that its content decides."""
        digest = hashlib.sha256(damaged).hexdigest()[:8]
        copy = self.path.with_name(f"{self.path.name}.damaged-{digest}")
        shutil.copy2(self.path, copy)
        return copy

    def _sync_folder(self) -> None:
        # Not every system can open a folder; the rename is atomic all the same.
        with contextlib.suppress(OSError):
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
