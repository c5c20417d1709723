"""The templates for `pulumi new`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from pulumi_victorops.simulator import Simulator
from tests.e2e.harness import ROOT, Stack

TEMPLATES = ROOT / "examples" / "templates"


@pytest.mark.parametrize("template", ["simulator", "org"])
def test_a_new_project_comes_up_and_goes(template: str, tmp_path: Path, simulator: Simulator) -> None:
    simulator.reset("demo")
    environment = Stack(tmp_path, simulator).environment
    project = tmp_path / "project"

    def pulumi(*arguments: str) -> str:
        done = subprocess.run(
            ["pulumi", *arguments, "--cwd", str(project), "--non-interactive"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    project.mkdir()
    made = ["--generate-only", "--yes", "--name", "on-call", "--description", "Who is woken up"]
    pulumi("new", str(TEMPLATES / template), *made)
    described = yaml.safe_load((project / "Pulumi.yaml").read_text())
    assert (described["name"], described["description"]) == ("on-call", "Who is woken up")
    assert "template" not in described

    settings = {
        "baseUrl": simulator.url,
        "apiId": simulator.api_id,
        "defaultReplacement": "oncall-lead",
        "rateLimit": "off",
    }
    pulumi("stack", "init", "test")
    for name, value in settings.items():
        pulumi("config", "set", f"victorops:{name}", value, "--stack", "test")
    pulumi("config", "set", "--secret", "victorops:apiKey", simulator.api_key, "--stack", "test")
    assert "+ 5 created" in pulumi("up", "--yes", "--stack", "test")
    assert "5 deleted" in pulumi("destroy", "--yes", "--stack", "test")


def test_a_simulated_project_offers_what_the_simulator_offers() -> None:
    config = yaml.safe_load((TEMPLATES / "simulator" / "Pulumi.yaml").read_text())["template"]["config"]
    assert {name: asked.get("default") for name, asked in config.items()} == {
        "victorops:baseUrl": "http://127.0.0.1:8787",
        "victorops:apiId": "demo-id",
        "victorops:apiKey": "demo-key",
        "victorops:rateLimit": "off",
        "victorops:defaultReplacement": "oncall-lead",
    }
    assert config["victorops:apiKey"]["secret"] is True
