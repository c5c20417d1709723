"""Checking inputs: every problem as a property path and one sentence that says what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from pulumi_victorops.lifecycle.inputs import SECRET, Inputs, field_at, fields_of
from pulumi_victorops.lifecycle.sendable import member
from pulumi_victorops.lifecycle.unknown import Unknown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

InputsT = TypeVar("InputsT", bound=Inputs)

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "True or False",
    "list_type": "a list",
    "dict_type": "a dict",
    "model_type": "a dict",
    "model_attributes_type": "a dict",
}


@dataclass(frozen=True)
class Failure:
    """A property that isn't acceptable. An empty path stands for the resource as a whole."""

    path: str
    reason: str


def validate(model: type[InputsT], properties: Mapping[str, Any]) -> tuple[InputsT | None, list[Failure]]:
    """Make inputs of what the user gave, or say all that is wrong with it."""
    given = {name: value for name, value in properties.items() if value is not None}
    try:
        return model.model_validate(given), []
    except ValidationError as error:
        problems = error.errors(include_url=False)
        return None, [_without_secrets(model, problem, _failure(model, problem)) for problem in problems]


def path_of(location: tuple[int | str, ...]) -> str:
    """A property path such as `steps[0].entries[1].username`."""
    path = ""
    for part in location:
        path = f"{path}[{part}]" if isinstance(part, int) else member(path, part)
    return path


def shown(value: Any) -> str:
    """A value as an error message quotes it: on one line, and not too long."""
    if isinstance(value, Unknown):
        return "a value that isn't known yet"
    if isinstance(value, dict):
        return "a dict"
    if isinstance(value, list):
        return "a list"
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _failure(model: type[Inputs], problem: ErrorDetails) -> Failure:
    location, kind = problem["loc"], problem["type"]
    path = path_of(location)
    if kind == "missing":
        return Failure(path, "is required")
    if kind == "extra_forbidden":
        return Failure(path, _unknown_name(model, location))
    if kind == "value_error":
        # Our own validators raise ValueError with a finished sentence.
        return Failure(path, str(problem["ctx"]["error"]))
    if kind in _EXPECTED:
        return Failure(path, f"expected {_EXPECTED[kind]}, got {shown(problem['input'])}")
    if kind == "literal_error":
        return Failure(path, f"expected {problem['ctx']['expected']}, got {shown(problem['input'])}")
    return Failure(path, f"{problem['msg']}, got {shown(problem['input'])}")


def _without_secrets(model: type[Inputs], problem: ErrorDetails, failure: Failure) -> Failure:
    """The failure without the value of a field that is never shown. With a path, the engine would show it too."""
    field = field_at(model, problem["loc"])
    if field is None or SECRET not in field.facts:
        return failure
    reason = failure.reason
    for text in (shown(problem["input"]), str(problem["input"])):
        reason = reason.replace(text, "[secret]")
    return Failure("", f"{failure.path}: {reason}")


def _unknown_name(model: type[Inputs], location: tuple[int | str, ...]) -> str:
    owner = field_at(model, location[:-1])
    names = list(fields_of(owner.model)) if owner and owner.model else []
    close = difflib.get_close_matches(str(location[-1]), names, n=1, cutoff=0.6)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(sorted(names))}"
    return f"there is no such property; {hint}"
