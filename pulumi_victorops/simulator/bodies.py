"""Request bodies: parsed and checked as the service does, unknown members tolerated."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from pulumi_victorops.simulator.refusals import bad_request

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("is not an e-mail address")
    return text


def _json(document: dict[str, Any]) -> dict[str, Any]:
    try:
        json.dumps(document, allow_nan=False)
    except ValueError:
        raise ValueError("has a number that JSON does not know") from None
    return document


Text = Annotated[str, AfterValidator(_not_blank)]
"""A string that says something."""

Address = Annotated[str, AfterValidator(_address)]
"""An e-mail address, loosely checked: the service has the last word on real ones."""

Document = Annotated[dict[str, Any], AfterValidator(_json)]
"""Any JSON object."""


class Body(BaseModel):
    """A JSON object whose members are in camel case; a number is never a string here, nor the reverse."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True, extra="ignore", frozen=True)


BodyT = TypeVar("BodyT", bound=BaseModel)


def parse(model: type[BodyT], raw: bytes) -> BodyT:
    """Read a body, or refuse it with 400 and what is wrong with it first."""
    if not raw.strip():
        raise bad_request("The request has no body, a JSON object is needed")
    try:
        return model.model_validate_json(raw)
    except ValidationError as wrong:
        raise bad_request(first_error(wrong)) from None


def first_error(wrong: ValidationError) -> str:
    """Say in one line where the first error is and what it is."""
    error = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(step) for step in error["loc"])
    text = error["msg"].removeprefix("Value error, ")
    return f"{where}: {text}" if where else text
