"""What a user gives to a resource: a pydantic model whose fields carry facts about themselves.

A field is declared as `name: Annotated[Input[str], REPLACES] = ...`. `Input` lets a value pass that isn't known
yet, at any depth, so that the rest is still checked; the facts steer the one diff algorithm.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, WrapValidator

from pulumi_victorops.lifecycle.unknown import UNKNOWN


class Fact(Enum):
    """Something to know about a field."""

    REPLACES = "a change makes a new object"
    REPLACES_UNLESS_EXTENDED = "a change makes a new object, unless the stack may use the newer calls"
    WRITE_ONLY = "the service takes it and never tells it"
    SECRET = "never shown"  # noqa: S105 - it says so of fields, and is none itself
    CASELESS = "upper and lower case are the same"
    UNORDERED = "the order doesn't matter"
    SERVICE_DECIDES = "where the program says nothing, whatever the service has is right"
    DIGITS_ONLY = "only the digits matter, however the service sets them"
    SUFFIXED = "unique in the org, so the stack's suffix goes behind it"
    NAMES_USER = "names a user"
    NAMES_TEAM = "names a team by its slug"
    NAMES_POLICY = "names an escalation policy by its slug"
    NAMES_ROTATION = "names a rotation by its slug or id"
    NAMES_OVERRIDE = "names an override by its id"


REPLACES: Final = Fact.REPLACES
REPLACES_UNLESS_EXTENDED: Final = Fact.REPLACES_UNLESS_EXTENDED
WRITE_ONLY: Final = Fact.WRITE_ONLY
SECRET: Final = Fact.SECRET
CASELESS: Final = Fact.CASELESS
UNORDERED: Final = Fact.UNORDERED
SERVICE_DECIDES: Final = Fact.SERVICE_DECIDES
DIGITS_ONLY: Final = Fact.DIGITS_ONLY
SUFFIXED: Final = Fact.SUFFIXED
NAMES_USER: Final = Fact.NAMES_USER
NAMES_TEAM: Final = Fact.NAMES_TEAM
NAMES_POLICY: Final = Fact.NAMES_POLICY
NAMES_ROTATION: Final = Fact.NAMES_ROTATION
NAMES_OVERRIDE: Final = Fact.NAMES_OVERRIDE


def _unless_unknown(value: Any, validate: Callable[[Any], Any]) -> Any:
    return UNKNOWN if value is UNKNOWN else validate(value)


T = TypeVar("T")
Input = Annotated[T, WrapValidator(_unless_unknown)]
"""A value that may not be known yet. Validators that look at several fields have to expect `UNKNOWN`."""


class Inputs(BaseModel):
    """The inputs of a resource, or a part of them. Unknown names are refused, and nothing is converted."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    def to_properties(self) -> dict[str, Any]:
        """The properties that the engine keeps: plain values, without those that are None."""
        return {name: _plain(value) for name in type(self).model_fields if (value := getattr(self, name)) is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Inputs):
        return value.to_properties()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


class Field:
    """A field of a model with its facts and the shape of what it holds."""

    def __init__(self, annotation: Any, metadata: list[Any], default: Any) -> None:
        self.annotation, inner = _bare(annotation)
        self.facts = frozenset(item for item in (*metadata, *inner) if isinstance(item, Fact))
        self.default = default

    @property
    def model(self) -> type[Inputs] | None:
        """The model that it holds, where it's one."""
        return self.annotation if _is_model(self.annotation) else None

    def item(self) -> Field | None:
        """The items' shape, where it's a list. How case counts in the list counts in its items."""
        if get_origin(self.annotation) is not list:
            return None
        return Field(get_args(self.annotation)[0], [fact for fact in self.facts if fact is CASELESS], None)


@cache
def fields_of(model: type[Inputs]) -> dict[str, Field]:
    """The fields of a model by name."""
    return {
        name: Field(
            info.annotation, info.metadata, None if info.is_required() else info.get_default(call_default_factory=True)
        )
        for name, info in model.model_fields.items()
    }


def inputs_in(model: type[Inputs], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Those of an object's properties that are inputs with a value. States hold outputs too, and old ones may more."""
    return {name: properties[name] for name in fields_of(model) if properties.get(name) is not None}


def _bare(annotation: Any) -> tuple[Any, list[Any]]:
    """The type without its annotations and without None, and the annotations."""
    metadata: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            metadata.extend(more)
        elif get_origin(annotation) in {Union, types.UnionType}:
            others = [arm for arm in get_args(annotation) if arm is not type(None)]
            if len(others) != 1:
                return annotation, metadata
            annotation = others[0]
        else:
            return annotation, metadata


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Inputs)


def field_at(model: type[Inputs], location: tuple[int | str, ...]) -> Field | None:
    """The field that stands at a location such as `("steps", 0, "timeout")`."""
    field: Field | None = Field(model, [], None)
    for part in location:
        if field is None:
            return None
        members = fields_of(field.model) if field.model else {}
        field = field.item() if isinstance(part, int) else members.get(part)
    return field


def known(values: Iterable[T]) -> Iterator[T]:
    """The items of a list that are known."""
    return (item for item in values if item is not UNKNOWN)
