"""The one kind of error that set-up shows, and guesses at what a tool's last words mean."""

from collections.abc import Iterable
from pathlib import Path

_OFFLINE = (
    "no such host",
    "could not resolve host",
    "name resolution",
    "nodename nor servname",
    "network is unreachable",
    "connection refused",
    "connection reset",
    "connection timed out",
    "i/o timeout",
    "no route to host",
    "newconnectionerror",
    "tls handshake timeout",
    "module lookup disabled by goproxy=off",
)
_DISK_FULL = ("no space left on device", "disk quota exceeded")


class SetupError(Exception):
    """Something that set-up cannot get past: what it was, what to do, and where more is to be read."""

    def __init__(
        self,
        what: str,
        remedy: str,
        *,
        tail: Iterable[str] = (),
        log: Path | None = None,
        resumable: bool = False,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.tail = list(tail)
        self.log = log
        self.resumable = resumable

    def lines(self) -> list[str]:
        """The whole message, for a person."""
        text = [f"Set-up failed: {self.what}"]
        text += [f"  | {line}" for line in self.tail]
        text.append(f"What to do: {self.remedy}")
        if self.log is not None:
            text.append(f"Log: {self.log}")
        return text


def is_offline(tail: Iterable[str]) -> bool:
    """Whether a tool's output reads like a missing network."""
    return _mentions(tail, _OFFLINE)


def is_disk_full(tail: Iterable[str]) -> bool:
    """Whether a tool's output reads like a full disk."""
    return _mentions(tail, _DISK_FULL)


def _mentions(tail: Iterable[str], phrases: tuple[str, ...]) -> bool:
    text = "\n".join(tail).lower()
    return any(phrase in text for phrase in phrases)
