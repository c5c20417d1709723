"""A service that tells more than it does today is no trouble: what is new is kept, at any depth of any answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from pulumi_victorops.api import Client
from tests.api.expected_calls import ExpectedCall
from tests.api.raw_server import RawServer, answer
from tests.api.test_every_call import EVERY_CALL

NEW = {"tellsOfLater": {"some": ["thing"]}}


def of_later(reply: Any) -> Any:
    """The answer of a later service, each object of which has one member more."""
    if isinstance(reply, dict):
        return {name: of_later(value) for name, value in reply.items()} | NEW
    return [of_later(item) for item in reply] if isinstance(reply, list) else reply


def models_in(result: Any) -> Iterator[BaseModel]:
    if isinstance(result, BaseModel):
        yield result
        for name in type(result).model_fields:
            yield from models_in(getattr(result, name))
    elif isinstance(result, list | tuple):
        for item in result:
            yield from models_in(item)


@pytest.mark.parametrize("expected", EVERY_CALL, ids=lambda expected: expected.operation)
def test_what_is_new_in_an_answer_is_kept(server: RawServer, raw_client: Client, expected: ExpectedCall) -> None:
    server.script(answer(200, expected.reply), answer(200, of_later(expected.reply)))

    today, later = expected.make(raw_client), expected.make(raw_client)

    models = list(models_in(later))
    assert len(models) == len(list(models_in(today)))
    assert [model for model in models if (model.model_extra or {}).get("tellsOfLater") != NEW["tellsOfLater"]] == []
