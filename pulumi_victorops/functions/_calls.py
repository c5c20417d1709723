"""How a function reaches the service: its settings, its client, its output form, its mocks and its errors.

Programs import this module, so it imports nothing that only a call needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import pulumi
from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import SETTINGS

if TYPE_CHECKING:
    from pulumi_victorops.api import Client, Settings, VictorOpsError
    from pulumi_victorops.api.models import ApiModel

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound="ApiModel")

Options = pulumi.InvokeOutputOptions
"""Pulumi's options of an output form, of which only `depends_on` means something here."""

_clients: dict[Settings, Client] = {}
_lock = threading.Lock()


def ask(
    name: str, read: Callable[[Any], T], call: Callable[[Client], T], /, *, profile: str | None, **arguments: object
) -> T:
    """Make a call for a function of the public surface.

    Args:
        name: the function's name as mocks see it, such as `getUser`.
        read: makes the result of what mocks answer.
        call: makes the result by calling the service.
        profile: the name of the profile that says which org is asked; None for the stack's own.
        **arguments: what the caller gave, for the mocks; None is left out.
    """
    if _under_mocks():
        given = {key: value for key, value in {**arguments, "profile": profile}.items() if value is not None}
        return read(pulumi.runtime.invoke(f"victorops:index:{name}", given).value)
    with errors_in_one_line():
        return call(_client(profile))


def act(
    name: str, read: Callable[[Any], T], call: Callable[[Client], T], /, *, profile: str | None, **arguments: object
) -> T:
    """Like `ask`, for what changes something; refused in a preview."""
    if pulumi.runtime.is_dry_run():
        function = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        raise pulumi.RunError(
            f"{function} acts at once, which a preview must not: call it where pulumi.runtime.is_dry_run() is false"
        )
    return ask(name, read, call, profile=profile, **arguments)


@contextlib.contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turn errors of the API into such as Pulumi reports by their message, not by a traceback."""
    from pulumi_victorops.api import VictorOpsError

    try:
        yield
    except VictorOpsError as error:
        if isinstance(error, pulumi.RunError):
            raise
        kind = _also_a_run_error(type(error))
        shown = kind.__new__(kind, *error.args)
        shown.__dict__.update(error.__dict__)
        raise shown.with_traceback(error.__traceback__) from None


def many(model: type[ModelT]) -> Callable[[Any], list[ModelT]]:
    """Reads a list in what mocks answer: the only member of the answer, whatever it's called."""

    def read(answer: dict[str, Any]) -> list[ModelT]:
        [rows] = answer.values()
        return [model.model_validate(row) for row in rows]

    return read


def nothing(_answer: object) -> None:
    """Reads what mocks answer to a call that has no result."""


def listed(given: int | str | Sequence[int | str]) -> list[str]:
    """The texts of one or of several; one alone would pass for a sequence of its letters."""
    return [str(given)] if isinstance(given, int | str) else [str(item) for item in given]


def output(function: Callable[..., T], opts: Options | None, /, **inputs: object) -> pulumi.Output[T]:
    """The output form of `function`: called when its inputs are known and what they come from is there.

    A resource that a preview would still make has a known name, but can't be found yet.
    """
    given: pulumi.Output[dict[str, Any]] = pulumi.Output.from_input(inputs)
    named = pulumi.Output.from_input(opts.depends_on if opts else None)
    made: pulumi.Output[Any] = pulumi.Output.from_input(_ids_of_what_is_waited_for(given, named))

    def run(known: list[Any]) -> T | Awaitable[T]:
        if _under_mocks():
            return function(**known[0])
        # In a thread, since an output that waits for its turn shouldn't keep the program waiting.
        return asyncio.to_thread(function, **known[0])

    return pulumi.Output.all(given, made).apply(run)


async def _ids_of_what_is_waited_for(given: pulumi.Output[Any], named: pulumi.Output[Any]) -> list[pulumi.Output[str]]:
    depends_on = await named.future() or []
    resources = {*await given.resources(), *([depends_on] if isinstance(depends_on, pulumi.Resource) else depends_on)}
    # A component stands for its children; only the SDK itself knows these.
    expanded = await rpc._expand_dependencies(resources, None)
    return [
        resource.id
        for resource in expanded.values()
        if isinstance(resource, pulumi.CustomResource) and "id" in vars(resource)
    ]


def _under_mocks() -> bool:
    return isinstance(SETTINGS.monitor, MockMonitor)


def _client(profile: str | None) -> Client:
    """The client of the stack's settings, or a profile's. All who ask in one process share it, as they do its pace."""
    from pulumi_victorops.api import Client, settings_for

    settings = settings_for(_configured, os.environ, profile)
    with _lock:
        if settings not in _clients:
            _clients[settings] = Client(settings)
        return _clients[settings]


def _configured(key: str) -> str | None:
    package, _, name = key.partition(":")
    return pulumi.Config(package).get(name)


def _also_a_run_error(kind: type[VictorOpsError]) -> type[VictorOpsError]:
    return type(kind.__name__, (kind, pulumi.RunError), {"__module__": kind.__module__, "__doc__": kind.__doc__})
