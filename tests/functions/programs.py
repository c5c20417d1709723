"""Programs under Pulumi's mocks, each in a context of its own, since the SDK keeps its settings in one."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Mapping
from typing import Any

import pulumi
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks


class Answers(Mocks):
    """Mocks that answer each function by its token, and remember what they were asked."""

    def __init__(self, **answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        self.asked.append((args.token, args.args))
        return dict(self._answers[args.token.rpartition(":")[2]]), []

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        return f"{args.name}-id", args.inputs


def run_under(mocks: Mocks, program: Callable[[], object], **options: Any) -> None:
    """Run a program as a test of somebody's program would; what it returns is waited for."""

    def run() -> None:
        pulumi.runtime.set_mocks(mocks, **options)
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]  # as the SDK has it

    contextvars.copy_context().run(run)
