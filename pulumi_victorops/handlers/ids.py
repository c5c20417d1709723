"""Ids that are made of several parts."""

from __future__ import annotations

from typing import Any

from pulumi_victorops.api.errors import InvalidArgumentError
from pulumi_victorops.lifecycle.validation import shown


def split_id(object_id: str, form: str) -> list[str]:
    """The parts of an id such as `team/username`.

    Raises:
        InvalidArgumentError: it hasn't as many parts as `form`, or an empty one.
    """
    wanted = form.count("/")
    parts = object_id.split("/", wanted)
    if len(parts) != wanted + 1 or not all(parts):
        raise InvalidArgumentError(f"{shown(object_id)} is not an id of the form {form}")
    return parts


def split_numbered_id(object_id: str, form: str) -> tuple[Any, ...]:
    """The parts of an id such as `team/groupId`, all but the first of them numbers.

    Raises:
        InvalidArgumentError: it hasn't that form.
    """
    first, *others = split_id(object_id, form)
    if not all(part.isascii() and part.isdigit() for part in others):
        raise InvalidArgumentError(f"{shown(object_id)} is not an id of the form {form}")
    return (first, *map(int, others))
