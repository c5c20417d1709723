"""An audit of a plan that the real engine makes, by both ways of running it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import Stack
from tests.e2e.programs import small_org
from tests.importer.command import writes

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.engine


def test_a_real_plan_is_audited_from_a_pipe_and_by_a_preview_of_its_own(
    tmp_path: Path, simulator: Simulator, client: Client
) -> None:
    stack = Stack(tmp_path, simulator)
    stack.must_up(small_org(user={"replacement_user": None}))
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(tmp_path / "work" / "Pulumi.test.yaml", project)
    (project / "Pulumi.yaml").write_text("name: e2e\nruntime: python\n", encoding="utf-8")
    (project / "__main__.py").write_text("", encoding="utf-8")
    before = writes(simulator.requests()["by_operation"])

    def shell(line: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line}"],
            cwd=project,
            env=stack.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    code, said = shell("pulumi stack select test && pulumi preview --json | pulumi-victorops audit")
    [policy] = [row["slug"] for row in simulator.snapshot()["policies"] if row["name"] == "Page Platform"]
    [team] = [row["slug"] for row in simulator.snapshot()["teams"] if row["name"] == "Platform"]
    assert sorted(said.splitlines()) == [
        "Deletions: 5 clean, 0 refused, 0 with a gap",
        "clean: ada is to be deleted; nothing that stays names them",
        f"clean: ada is to leave the team {team}; nothing that stays names them",
        f"clean: the escalation policy 'Page Platform' ({policy}) is to be deleted; with it goes, as planned: "
        "the routing key 'database'",
        "clean: the routing key 'database' is to be deleted",
        f"clean: the team 'Platform' ({team}) is to be deleted; with it goes, as planned: the escalation policy "
        f"'Page Platform' ({policy}), the routing key 'database'",
    ]
    assert code == 0
    assert writes(simulator.requests()["by_operation"]) == before

    client.overrides.create(username="ada", timezone="UTC", start="2096-01-01T00:00:00Z", end="2096-01-08T00:00:00Z")
    code, said = shell("pulumi-victorops audit --stack test --cwd .")
    assert "refused: ada can't be deleted while nobody takes over: absent from 2096-01-01T00:00:00Z" in said
    assert code == 1
