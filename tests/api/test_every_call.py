"""Each of the 96 operations has one typed call, and that sends what the service documents."""

from __future__ import annotations

import re
from typing import cast

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.operations import OPERATIONS
from tests.api.expected_calls import ExpectedCall
from tests.api.expected_calls_for_duty import FOR_DUTY
from tests.api.expected_calls_for_incidents import FOR_INCIDENTS
from tests.api.expected_calls_for_people import FOR_PEOPLE
from tests.api.raw_server import RawServer, answer

EVERY_CALL = [*FOR_PEOPLE, *FOR_DUTY, *FOR_INCIDENTS]


@pytest.mark.parametrize("expected", EVERY_CALL, ids=lambda expected: expected.operation)
def test_a_call_sends_what_the_service_documents(server: RawServer, raw_client: Client, expected: ExpectedCall) -> None:
    server.script(answer(200, expected.reply))

    expected.make(raw_client)

    assert server.lines == [expected.line]
    (request,) = server.requests
    assert (request.json if request.body else None) == expected.body


@pytest.mark.parametrize("expected", EVERY_CALL, ids=lambda expected: expected.operation)
def test_the_expected_line_is_one_of_its_operation(expected: ExpectedCall) -> None:
    template = str(OPERATIONS[expected.operation])

    assert re.fullmatch(re.sub(r"\{\w+\}", "[^/?]+", template) + r"(\?.*)?", expected.line)


def test_every_operation_is_called_once() -> None:
    assert len(EVERY_CALL) == 96
    assert sorted(each.operation for each in EVERY_CALL) == sorted(OPERATIONS)


def test_there_is_one_method_for_each_operation_and_few_besides(
    raw_client: Client,
) -> None:
    subjects = {name: group for name, group in vars(raw_client).items() if not name.startswith("_")}
    methods = {f"{name}.{each}" for name, group in subjects.items() for each in dir(group) if not each.startswith("_")}
    called: list[str] = []

    for expected in EVERY_CALL:
        expected.make(cast(Client, _Names(called)))

    assert len(set(called)) == len(called) == 96
    beyond = {"extended.update_policy", "extended.update_routing_key", "extended.delete_routing_key"}
    assert methods - set(called) == {"reporting.incident_pages", *beyond}
    assert set(called) <= methods


class _Names:
    """Stands in for a client, and notes what is called on it as `subject.method`."""

    def __init__(self, called: list[str], subject: str = "") -> None:
        self._called = called
        self._subject = subject

    def __getattr__(self, name: str) -> _Names:
        return _Names(self._called, f"{self._subject}.{name}" if self._subject else name)

    def __call__(self, *_args: object, **_options: object) -> None:
        self._called.append(self._subject)
