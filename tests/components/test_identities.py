"""How a resource is told from all others of its program, the same in each run."""

from __future__ import annotations

import re
from typing import Any

import pulumi
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

import pulumi_victorops as vo
from tests.functions.programs import run_under


class Seen(Mocks):
    """Remembers the identities that are passed along."""

    def __init__(self) -> None:
        self.identities: list[str] = []

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        raise AssertionError(f"{args.token} is not needed")

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if "__identity" in args.inputs:
            self.identities.append(args.inputs["__identity"])
        return args.resource_id or args.name, args.inputs


class Inner(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("test:Inner", name, None, opts)
        vo.Team("same", name="Same", opts=pulumi.ResourceOptions(parent=self))


class Outer(pulumi.ComponentResource):
    def __init__(self, kind: str) -> None:
        super().__init__(f"test:{kind}", "outer")
        Inner("inner", pulumi.ResourceOptions(parent=self))


def program() -> None:
    vo.Team("same", name="Same")
    vo.User("same", username="same", first_name="A", last_name="B", email="same@example.com")
    Outer("One")
    Outer("Other")
    vo.Team.get("same", "team-1")


def identities_of_a_run() -> list[str]:
    seen = Seen()
    run_under(seen, program)
    return sorted(seen.identities)


def test_each_resource_has_an_identity_of_its_own_in_every_run() -> None:
    first = identities_of_a_run()
    assert len(set(first)) == 4, "a look-up makes nothing, and has none"
    assert all(re.fullmatch(r"[\w-]+:[0-9a-f]{16}", one) for one in first)
    assert identities_of_a_run() == first
