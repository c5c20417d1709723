"""Which method of the client makes which operation's call, and which test holds it to what it sends."""

from __future__ import annotations

import ast
import inspect
import textwrap

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.operations import Operation
from tests.api import test_every_call

Call = tuple[str, str]
"""A client's subject and its method, such as `("users", "create")`."""

_ROWS = {name: row for name, row in vars(op).items() if isinstance(row, Operation)}


def client_calls() -> dict[Call, str]:
    """The operation's name for each typed call, read from what the method's code names of the catalogue."""
    client = Client(Settings("id", "key"))
    subjects = {name: type(group) for name, group in vars(client).items() if not name.startswith("_")}
    del subjects["extended"]  # what is beyond the catalogue isn't on its page
    client.close()
    found = {}
    for subject, group in subjects.items():
        for name, _ in inspect.getmembers(group, inspect.isfunction):
            if not name.startswith("_"):
                [found[subject, name]] = _operations_of(group, name)
    return found


def tests() -> dict[str, str]:
    """The id of the test that makes each operation's call."""
    test = test_every_call.test_a_call_sends_what_the_service_documents
    file = f"{test_every_call.__name__.replace('.', '/')}.py"
    return {
        expected.operation: f"{file}::{test.__name__}[{expected.operation}]" for expected in test_every_call.EVERY_CALL
    }


def _operations_of(group: type[object], method: str) -> set[str]:
    """The operations that a method names, or that another method names which it calls instead."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(getattr(group, method))))
    used = [
        (one.value.id, one.attr)
        for one in ast.walk(tree)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    ]
    named = {_ROWS[name].name for owner, name in used if owner == "op"}
    called = {name for owner, name in used if owner == "self" and not name.startswith("_")}
    return named | {operation for name in called for operation in _operations_of(group, name)}
