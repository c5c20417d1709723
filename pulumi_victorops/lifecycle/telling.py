"""Telling the person at the command line something that is no error.

Handlers and the life cycle say it with `TOLD.info` or `TOLD.warning`, one line each. In the plugin process the lines go
to the engine, which shows them with the output of `pulumi preview`, `up` or `destroy`.
"""

from __future__ import annotations

import logging
from typing import Final

TOLD: Final = logging.getLogger("pulumi_victorops.told")
"""What a person should know of an operation. Never a credential."""
