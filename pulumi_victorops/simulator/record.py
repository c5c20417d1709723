"""What all records of the simulator have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Something kept; a snapshot with a member that is unknown here is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")
