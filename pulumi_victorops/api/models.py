"""What every model of the API has in common, and how answers become models."""

from __future__ import annotations

from typing import Any, NoReturn, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from pulumi_victorops.api.errors import UnexpectedResponseError
from pulumi_victorops.api.operations import Operation

Moment: TypeAlias = str | int | float
"""A point in time as the service sends it: ISO 8601 in most places, a number in some."""


class ApiModel(BaseModel):
    """A JSON object of the API: camelCase there, snake_case here; members that we don't know are kept."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="allow",
        defer_build=True,
        hide_input_in_errors=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        """A member that is null says as much as one that is absent, so its default holds."""
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, dict) else data

    @property
    def __iter__(self) -> NoReturn:
        # A model is no sequence of pairs, which is how a stack's outputs would show what can be iterated over.
        raise AttributeError("__iter__")

    def to_json(self) -> dict[str, Any]:
        """The JSON object that the API expects, without the members that are None."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


ModelT = TypeVar("ModelT", bound=ApiModel)


def parse(model: type[ModelT], data: Any, operation: Operation) -> ModelT:
    """Make a model of an answer.

    Raises:
        UnexpectedResponseError: the answer hasn't the documented shape.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the answer"
        raise UnexpectedResponseError(
            f"{operation}: unexpected answer: {where}: {problem['msg']}", operation=operation, status=200
        ) from None


def parse_list(model: type[ModelT], data: Any, operation: Operation) -> list[ModelT]:
    """Make models of an answer that is an array.

    Raises:
        UnexpectedResponseError: the answer isn't an array of the documented shape.
    """
    if not isinstance(data, list):
        raise UnexpectedResponseError(
            f"{operation}: unexpected answer: expected an array", operation=operation, status=200
        )
    return [parse(model, item, operation) for item in data]


def member(data: Any, key: str, operation: Operation) -> Any:
    """One member of an answer that is an object.

    Raises:
        UnexpectedResponseError: the answer isn't an object that has it.
    """
    if not isinstance(data, dict) or key not in data:
        raise UnexpectedResponseError(
            f"{operation}: unexpected answer: expected an object with {key!r}",
            operation=operation,
            status=200,
        )
    return data[key]
