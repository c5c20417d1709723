"""What was deleted by somebody else meanwhile: why a call is refused, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from pulumi_victorops.api.errors import ConflictError, InvalidRequestError, NotFoundError, VictorOpsError
from pulumi_victorops.lifecycle.handler import Handler, InputsT
from pulumi_victorops.lifecycle.inputs import (
    NAMES_OVERRIDE,
    NAMES_POLICY,
    NAMES_ROTATION,
    NAMES_TEAM,
    NAMES_USER,
    WRITE_ONLY,
    Fact,
    Field,
    Inputs,
    fields_of,
)
from pulumi_victorops.lifecycle.org import Org

_REMEDY: Final = "where this stack makes it, `pulumi up --refresh` notices and makes it again"

T = TypeVar("T")


def add_what_is_gone(error: VictorOpsError, org: Org, inputs: Inputs) -> None:
    """Add to a refusal which of the things that the inputs name aren't in the org. Reads lists, and writes nothing."""
    if isinstance(error, InvalidRequestError | ConflictError | NotFoundError):
        org.directory.everything_changed()
        missing = _unless_unreadable(lambda: _missing(org, inputs))
        if missing:
            isnt = "isn't" if len(missing) == 1 else "aren't"
            error.add_hint(f"{' and '.join(missing)} {isnt} in the org: {_REMEDY}")


def add_that_it_is_gone(
    error: VictorOpsError, org: Org, handler: Handler[InputsT], object_id: str, state: Mapping[str, Any]
) -> bool:
    """Add to a refusal that the object itself isn't there, if so; whether it is so."""
    if not isinstance(error, NotFoundError):
        return False
    org.directory.everything_changed()
    gone = _unless_unreadable(lambda: handler.read(org, object_id, state) is None) or False
    if gone:
        error.add_hint(f"{handler.name()} {object_id} isn't in the org any more: {_REMEDY}")
    return gone


def has_lost_somebody(org: Org, inputs: Inputs) -> bool:
    """Whether somebody whom the inputs name has left the org, or the team that they name. Reads lists."""
    named = list(_named(Field(type(inputs), [], None), inputs))
    teams = [name for fact, name in named if fact is NAMES_TEAM]
    return any(
        not _has_user(org, name) or any(name.lower() not in org.directory.members(team) for team in teams)
        for fact, name in named
        if fact is NAMES_USER
    )


def what_remains(org: Org, inputs: InputsT) -> InputsT:
    """The inputs as the service has them by now: what went took along the entries of lists that led to it. Reads lists.

    People are another matter: somebody takes their place.
    """
    remaining: InputsT = _without_dead_ends(org, Field(type(inputs), [], None), inputs)
    return remaining


def _without_dead_ends(org: Org, field: Field, value: Any) -> Any:
    if isinstance(value, Inputs):
        fields = fields_of(type(value)).items()
        return value.model_copy(
            update={name: _without_dead_ends(org, inner, getattr(value, name)) for name, inner in fields}
        )
    item = field.item()
    if not isinstance(value, list) or item is None:
        return value
    # From the inside out, so that a step stays of which one entry goes.
    kept = [_without_dead_ends(org, item, one) for one in value]
    return [one for one in kept if not any(_is_dead_end(org, fact, name) for fact, name in _named(item, one))]


def _is_dead_end(org: Org, fact: Fact, name: str) -> bool:
    return fact in {NAMES_POLICY, NAMES_ROTATION} and not _KINDS[fact][1](org, name)


def _unless_unreadable(look: Callable[[], T]) -> T | None:
    """The refusal stands, whether or not more can be said of it."""
    try:
        return look()
    except VictorOpsError:
        return None


def _missing(org: Org, inputs: Inputs) -> list[str]:
    """What the inputs name and the org doesn't have, each once."""
    named = dict.fromkeys(_named(Field(type(inputs), [], None), inputs))
    return [f"the {_KINDS[fact][0]} {name!r}" for fact, name in named if not _KINDS[fact][1](org, name)]


def _named(field: Field, value: Any) -> Iterator[tuple[Fact, str]]:
    """All that a value names, at any depth. Who takes over some day isn't what a call is refused for."""
    if isinstance(value, Inputs):
        for name, inner in fields_of(type(value)).items():
            if WRITE_ONLY not in inner.facts:
                yield from _named(inner, getattr(value, name))
    elif isinstance(value, list):
        item = field.item()
        for one in value if item else []:
            yield from _named(item or field, one)
    elif isinstance(value, str):
        yield from ((fact, value) for fact in field.facts & _KINDS.keys())


def _has_user(org: Org, username: str) -> bool:
    return username.lower() in org.directory.users() or _is_there(lambda: org.client.users.get(username))


def _has_rotation(org: Org, name: str) -> bool:
    """By its id, which has its team in it, or by its slug, which only the lists of the teams tell."""
    team, slash, number = name.partition("/")
    if slash:
        return _is_there(lambda: org.directory.rotations(team)[int(number)])
    groups = (group for team in org.directory.teams() for group in org.directory.rotation_groups(team))
    return any(group.slug == name for group in groups)


def _has_override(org: Org, public_id: str) -> bool:
    return _is_there(lambda: org.directory.override(public_id))


def _is_there(look: Callable[[], object]) -> bool:
    try:
        look()
    except (NotFoundError, KeyError):
        return False
    return True


_KINDS: Final[dict[Fact, tuple[str, Callable[[Org, str], bool]]]] = {
    NAMES_USER: ("user", _has_user),
    NAMES_TEAM: ("team", lambda org, slug: slug in org.directory.teams()),
    NAMES_POLICY: ("escalation policy", lambda org, slug: slug in org.directory.policies()),
    NAMES_ROTATION: ("rotation", _has_rotation),
    NAMES_OVERRIDE: ("override", _has_override),
}
