"""Faults that a simulator shows on demand."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from pulumi_victorops.simulator.bodies import first_error
from pulumi_victorops.simulator.operations import ALERT_INTAKE, EXTENDED, OPERATIONS
from pulumi_victorops.simulator.refusals import bad_request

Status = Annotated[int, Field(ge=200, le=599)]
Milliseconds = Annotated[int, Field(ge=0, le=600_000)]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
HeaderValue = Annotated[str, Field(pattern=r"^[\x20-\x7e]*$")]

_MAKES_ROTATIONS: Final = "POST /api-public/v1/teams/{team}/rotations"


class Fault(BaseModel):
    """What every kind of fault has: where it strikes, how probably, how many times in all, and the seed of its dice."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    operation: str
    probability: Annotated[float, Field(ge=0, le=1)] = 1.0
    times: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None

    @field_validator("operation")
    @classmethod
    def _known(cls, operation: str) -> str:
        if operation != "*" and operation not in (*OPERATIONS, *EXTENDED, *ALERT_INTAKE):
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
    """The answer to too many calls, so many `calls` in a row; `retry_after` null leaves that header out."""

    kind: Literal["rate_limit"]
    status: Literal[429, 403] = 429
    retry_after: Annotated[int, Field(ge=0)] | None = 1
    calls: Annotated[int, Field(ge=1)] = 1


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
    """The connection is reset before the request is read, and nothing has happened."""

    kind: Literal["reset_before"]


class ResetAfter(Fault):
    """The operation happens, then the connection is reset without an answer."""

    kind: Literal["reset_after"]


class WrongContentType(Fault):
    """The true answer under another content type."""

    kind: Literal["wrong_content_type"]
    content_type: HeaderValue = "text/plain"


class ClockSkew(Fault):
    """The call meets a server whose clock is so many seconds ahead (or behind): its stamps and its Date header."""

    kind: Literal["clock_skew"]
    seconds: Annotated[int, Field(ge=-86_400, le=86_400)]


class RotationLag(Fault):
    """Lists lack the rotation that the call makes for so many milliseconds of the simulator's clock."""

    kind: Literal["rotation_lag"]
    ms: Milliseconds

    @field_validator("operation")
    @classmethod
    def _where_rotations_are_made(cls, operation: str) -> str:
        if operation not in {"*", _MAKES_ROTATIONS}:
            raise ValueError(f"only {_MAKES_ROTATIONS} makes rotations")
        return operation


AnyFault = (
    Latency
    | ClockSkew
    | RotationLag
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
