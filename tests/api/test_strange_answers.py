"""Whatever a service answers, a call returns or says in one line what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_victorops.api import Client, UnexpectedResponseError
from pulumi_victorops.api.transport import Transport
from tests.api.expected_calls import ExpectedCall
from tests.api.test_every_call import EVERY_CALL

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NAMES = st.sampled_from(["override", "schedule", "notes", "users", "contactMethods", "webHooks", "shifts", "x"])
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """Where in a JSON document something stands: the document itself, and all that is in it."""
    yield ()
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from ((key, *rest) for rest in places(item))


def put(value: Any, place: tuple[Any, ...], junk: Any) -> Any:
    """A copy of a JSON document with something else at one place."""
    if not place:
        return junk
    changed = value.copy()
    changed[place[0]] = put(value[place[0]], place[1:], junk)
    return changed


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(expected=st.sampled_from(EVERY_CALL), data=st.data())
def test_an_answer_with_something_strange_in_it_is_read_or_refused(
    monkeypatch: pytest.MonkeyPatch, raw_client: Client, expected: ExpectedCall, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(list(places(expected.reply))))
    answer = put(expected.reply, place, data.draw(JUNK))
    monkeypatch.setattr(Transport, "call", lambda *_args, **_options: answer)

    line = ""
    try:
        expected.make(raw_client)
    except UnexpectedResponseError as error:
        line = str(error)

    assert re.fullmatch(r"|[A-Z]+ /api-\S+: unexpected answer: .+", line)
