"""Faults that a simulator shows on demand, and the dice that decide when."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from pulumi_victorops.simulator.bodies import first_error
from pulumi_victorops.simulator.operations import ALERT_INTAKE, OPERATIONS
from pulumi_victorops.simulator.refusals import bad_request

Status = Annotated[int, Field(ge=200, le=599)]
Milliseconds = Annotated[int, Field(ge=0, le=600_000)]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
HeaderValue = Annotated[str, Field(pattern=r"^[\x20-\x7e]*$")]


class Fault(BaseModel):
    """What every kind of fault has: where it strikes, how probably, and how many times in all."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    operation: str
    probability: Annotated[float, Field(ge=0, le=1)] = 1.0
    times: Annotated[int, Field(ge=1)] | None = None

    @field_validator("operation")
    @classmethod
    def _known(cls, operation: str) -> str:
        if operation != "*" and operation not in (*OPERATIONS, *ALERT_INTAKE):
            raise ValueError(f"{operation!r} is neither * nor one of the service's operations")
        return operation


class Latency(Fault):
    """The call takes longer by so many milliseconds."""

    kind: Literal["latency"]
    ms: Milliseconds


class WrongStatus(Fault):
    """Another answer instead of the true one; `after_effect` lets the operation happen all the same."""

    kind: Literal["status"]
    status: Status
    body: Any = None
    content_type: HeaderValue = "application/json"
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    after_effect: bool = False

    @field_validator("headers")
    @classmethod
    def _not_the_length(cls, headers: dict[str, str]) -> dict[str, str]:
        if {name.lower() for name in headers} & {"content-length", "transfer-encoding", "content-type"}:
            raise ValueError("the headers that describe the body are not given here")
        return headers


class RateLimited(Fault):
    """The answer to too many calls; `retry_after` null leaves that header out."""

    kind: Literal["rate_limit"]
    status: Literal[429, 403] = 429
    retry_after: Annotated[int, Field(ge=0)] | None = 1


class HtmlPage(Fault):
    """A page such as a proxy shows; `after_effect` lets the operation happen all the same."""

    kind: Literal["html"]
    status: Status = 502
    after_effect: bool = False


class BrokenJson(Fault):
    """The operation happens and is answered with 200 and the first half of the JSON."""

    kind: Literal["broken_json"]


class Truncate(Fault):
    """The operation happens and the connection closes before the promised length is sent."""

    kind: Literal["truncate"]


class SlowBody(Fault):
    """The operation happens and the answer drips: `ms` before each chunk of so many bytes."""

    kind: Literal["slow_body"]
    ms: Milliseconds
    chunk_bytes: Annotated[int, Field(ge=1)] = 64


class ResetBefore(Fault):
    """The connection is reset and nothing has happened."""

    kind: Literal["reset_before"]


class ResetAfter(Fault):
    """The operation happens, then the connection is reset without an answer."""

    kind: Literal["reset_after"]


class WrongContentType(Fault):
    """The true answer under another content type."""

    kind: Literal["wrong_content_type"]
    content_type: HeaderValue = "text/plain"


AnyFault = (
    Latency
    | WrongStatus
    | RateLimited
    | HtmlPage
    | BrokenJson
    | Truncate
    | SlowBody
    | ResetBefore
    | ResetAfter
    | WrongContentType
)
_FAULTS: TypeAdapter[list[AnyFault]] = TypeAdapter(list[Annotated[AnyFault, Field(discriminator="kind")]])


def parse_faults(raw: bytes) -> list[AnyFault]:
    """Read a list of faults, or refuse it with 400 and what is wrong with it."""
    try:
        return _FAULTS.validate_json(raw)
    except ValidationError as wrong:
        raise bad_request(first_error(wrong)) from None


@dataclass(slots=True)
class _Planned:
    fault: AnyFault
    left: int | None


class FaultPlan:
    """The faults that are in force."""

    def __init__(self, seed: int | None) -> None:
        """Begin with none."""
        self._seed = seed
        self._planned: list[_Planned] = []
        self.put([])

    def put(self, faults: list[AnyFault]) -> None:
        """Put faults in force instead of those before; the dice begin again."""
        self._planned = [_Planned(fault, fault.times) for fault in faults]
        self._dice = random.Random(self._seed)  # noqa: S311 - decides on faults, guards nothing

    def draw(self, operation: str) -> tuple[int, AnyFault | None]:
        """Say how many milliseconds longer this call takes, and what else goes wrong with it, if anything.

        Delays add up; of the other faults the first that strikes is the only one.
        """
        delay, struck = 0, None
        for planned in self._planned:
            fault = planned.fault
            if fault.operation not in {"*", operation} or planned.left == 0:
                continue
            if struck is not None and not isinstance(fault, Latency):
                continue
            if self._dice.random() >= fault.probability:
                continue
            if planned.left is not None:
                planned.left -= 1
            if isinstance(fault, Latency):
                delay += fault.ms
            else:
                struck = fault
        return delay, struck
