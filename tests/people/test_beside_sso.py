"""Beside an identity provider that owns the users."""

from __future__ import annotations

from pathlib import Path

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

pytestmark = pytest.mark.engine


def program() -> None:
    vo.User(
        "ada",
        username="ada",
        first_name="Ada",
        last_name="Example",
        email="ada@example.com",
        opts=pulumi.ResourceOptions(ignore_changes=["first_name", "last_name", "email"], retain_on_delete=True),
    )


def test_what_the_provider_changes_stays_and_so_does_the_user(
    tmp_path: Path, simulator: Simulator, client: Client
) -> None:
    stack = Stack(tmp_path, simulator)
    stack.must_up(program)
    client.users.update(
        "ada", UserPayload(username="ada", first_name="Augusta", last_name="King", email="augusta@example.com")
    )
    stack.refresh(program)
    assert stack.must_up(program).changes == {"same": 2}
    assert stack.destroy().calls == {}
    ada = client.users.get("ada")
    assert (ada.first_name, ada.last_name, ada.email) == ("Augusta", "King", "augusta@example.com")
