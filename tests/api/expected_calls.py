"""What a typed call is expected to send: one row for each, in tables by subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pulumi_victorops.api import Client


@dataclass(frozen=True)
class ExpectedCall:
    """One typed call with sample arguments, and what it has to send.

    Attributes:
        operation: the operation's name in the catalogue.
        make: makes the call.
        line: the verb and the target of the request.
        body: its JSON, or None where it has none.
        reply: what the service answers.
    """

    operation: str
    make: Callable[[Client], object]
    line: str
    reply: object
    body: object = None
