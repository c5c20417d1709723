"""What keeps a command from being done. The message is one line that a person can act on."""

from __future__ import annotations


class NotDoneError(Exception):
    """The command was not done, and nothing changed.

    Attributes:
        exit_code: what the command ends with.
    """

    exit_code = 1


class MisuseError(NotDoneError):
    """The command was told something that can't be meant."""

    exit_code = 2
