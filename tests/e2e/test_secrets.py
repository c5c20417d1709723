"""Neither the key nor the id shows, whatever fails, at the finest level of every log there is."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack

PROGRAM = """
import logging
import pulumi_victorops as vo

logging.basicConfig(level=logging.DEBUG)
vo.get_teams_output()
vo.Team("platform", name="Platform")
vo.User("ada", username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")
"""
BAD = (
    PROGRAM
    + """
vo.User("bad", username="Bad Name", first_name=" ", last_name="Byron", email="ada")
"""
)
LOUD = ("-v=9", "--logtostderr", "--logflow", "--debug")


@pytest.fixture
def service() -> Iterator[Simulator]:
    with Simulator(
        seed="empty", api_id=f"id-{secrets.token_hex(8)}", api_key=f"key-{secrets.token_hex(16)}"
    ) as started:
        yield started


def test_no_log_no_error_and_no_file_holds_a_credential(tmp_path: Path, service: Simulator) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: secrets\nruntime:\n  name: python\n")
    environment = Stack(tmp_path, service).environment | {"PULUMI_DEBUG": "true"}
    # What the harness wrote is for its own stack.
    (tmp_path / "work" / "Pulumi.test.yaml").unlink()

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    run("stack", "init", "quiet")
    run("config", "set", "victorops:baseUrl", service.url)
    run("config", "set", "--secret", "victorops:apiId", service.api_id)
    run("config", "set", "--secret", "victorops:apiKey", service.api_key)
    echo = {"kind": "status", "body": f"id={service.api_id} key={service.api_key}"}
    service.put_faults([{**echo, "operation": "POST /api-public/v1/user", "status": 422}])

    (project / "__main__.py").write_text(BAD)
    refused = run("preview", *LOUD)
    (project / "__main__.py").write_text(PROGRAM)
    failed = run("up", "--yes", "--skip-preview", *LOUD)
    exported = run("stack", "export", "-v=9", "--logtostderr")

    assert "is not a username" in refused[1]
    assert "POST /api-public/v1/user: 422: id=*** key=***" in failed[1]
    assert [code != 0 for code, _ in (refused, failed, exported)] == [True, True, False]
    assert "victorops:Team" in exported[1]
    kept = [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file()]
    for secret in (service.api_id, service.api_key):
        assert not [text for text in (refused[1], failed[1], exported[1], *kept) if secret in text]
