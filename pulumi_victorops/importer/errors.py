"""What only an import may meet."""

from __future__ import annotations

from pulumi_victorops.stack.errors import NotDoneError


class UnfitError(NotDoneError):
    """An object that is there, but that no program can describe."""
