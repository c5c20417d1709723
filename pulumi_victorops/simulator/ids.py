"""Identifiers that the service makes up: random, or decided by a seed and the order of creations."""

from __future__ import annotations

import hashlib
import secrets
import string
import uuid

_ALPHABET = string.ascii_letters + string.digits


class IdSource:
    """Makes identifiers; the serial number that a caller gives decides which, if there is a seed."""

    def __init__(self, seed: int | None) -> None:
        """Remember the seed; without one every identifier is random."""
        self._seed = seed

    def slug(self, serial: int, prefix: str, length: int = 16) -> str:
        """Make a prefix followed by so many letters and digits."""
        number = int.from_bytes(self._entropy(serial), "big")
        letters = []
        for _ in range(length):
            number, digit = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[digit])
        return prefix + "".join(letters)

    def uuid(self, serial: int) -> str:
        """Make a UUID of version 4."""
        return str(uuid.UUID(bytes=self._entropy(serial)[:16], version=4))

    def _entropy(self, serial: int) -> bytes:
        if self._seed is None:
            return secrets.token_bytes(32)
        return hashlib.sha256(f"{self._seed}/{serial}".encode()).digest()
