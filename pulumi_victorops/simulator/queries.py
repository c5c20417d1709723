"""Parameters in the query of a call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pulumi_victorops.simulator.refusals import bad_request

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call


def whole_number(call: Call, name: str, default: int, lowest: int, highest: int) -> int:
    """Read a number between two others, or refuse the call."""
    text = call.query.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
        raise bad_request(f"{name} has to be a whole number from {lowest} to {highest}")
    return int(text)
