"""What keeps an import from being done. The message is one line that a person can act on."""

from __future__ import annotations


class NotImportedError(Exception):
    """Nothing was imported, and nothing changed.

    Attributes:
        exit_code: what the command ends with.
    """

    exit_code = 1


class MisuseError(NotImportedError):
    """The command was told something that can't be meant."""

    exit_code = 2


class UnfitError(NotImportedError):
    """An object that is there, but that no program can describe."""
