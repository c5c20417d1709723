"""Finding the one object that bears a human name. Loaded when a function is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pulumi_victorops.api.errors import ConflictError, InvalidArgumentError, NotFoundError
from pulumi_victorops.api.paths import shortened

T = TypeVar("T")

_SHOWN = 20


def only(found: Iterable[tuple[str, T]], what: str, others: Iterable[str]) -> T:
    """The only one of what was found.

    Args:
        found: what bears the name, each with what tells it from the others.
        what: what was looked for, such as `team named 'Platform'`.
        others: the names that there are.

    Raises:
        NotFoundError: nothing bears the name.
        ConflictError: several do.
    """
    candidates = list(found)
    what = shortened(what)
    if not candidates:
        names = sorted(set(others))
        raise NotFoundError(f"there is no {what}: {_listed(names) if names else 'there are none'}")
    if len(candidates) > 1:
        raise ConflictError(f"there is more than one {what}: {', '.join(key for key, _ in candidates)}")
    return candidates[0][1]


def either(function: str, **given: object) -> None:
    """Refuse a call that doesn't give exactly one of the arguments that say which object is meant.

    Raises:
        InvalidArgumentError: none or several are given.
    """
    if sum(value is not None for value in given.values()) != 1:
        raise InvalidArgumentError(f"{function}: give either {' or '.join(given)}")


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"there {'is' if len(names) == 1 else 'are'} {shown}{more}"
