"""The demo starts the service, brings the quickstart up, and leaves behind only what it was asked to."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.setup import fakes
from tests.setup.conftest import Machine, end, is_running, pid_in


@pytest.fixture
def stage(equipped: Machine) -> Machine:
    """A working copy that is set up, with a simulator and an engine that only tell what they were asked."""
    assert equipped.setup().returncode == 0
    scripts = equipped.copy / ".venv" / "bin"
    equipped.has("pulumi-victorops", fakes.SIMULATOR)
    (equipped.programs / "pulumi-victorops").rename(scripts / "pulumi-victorops")
    return equipped


def demo(machine: Machine, **settings: str) -> tuple[int, str]:
    done = machine.run("make", "-s", "demo", **settings)
    return done.returncode, done.stdout + done.stderr


def simulator(machine: Machine) -> int:
    return pid_in(machine.copy / "simulator-pid")


def pulumi_calls(machine: Machine) -> list[dict[str, object]]:
    text = (machine.copy / "pulumi-calls").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def addresses(machine: Machine) -> list[str]:
    """The address that each run gave the program."""
    words = [word for call in pulumi_calls(machine) for word in json.dumps(call["arguments"]).split('"')]
    return [word.split("=", 1)[1] for word in words if word.startswith("victorops:baseUrl=")]


def test_a_demo_brings_the_program_up_and_tells_what_the_service_was_asked(stage: Machine) -> None:
    code, said = demo(stage)
    assert code == 0, said
    assert "Outputs:" in said
    assert "The service was called 3 times:\n      3  POST /api-public/v1/user\n" in said
    assert "Nothing is left running." in said
    assert not is_running(simulator(stage))


def test_a_demo_is_not_interactive_and_uses_nothing_of_the_user_s_own(stage: Machine) -> None:
    demo(stage, PULUMI_ACCESS_TOKEN="secret", PULUMI_STACK="production", VO_API_KEY="secret")
    calls = pulumi_calls(stage)
    assert [call["arguments"] for call in calls if "up" in json.dumps(call)] != []
    for call in calls:
        assert isinstance(call["arguments"], list)
        assert call["arguments"][0] == "--non-interactive"
        assert isinstance(call["settings"], dict)
        assert call["settings"]["PULUMI_BACKEND_URL"] == (stage.copy / ".demo" / "backend").as_uri()
        assert call["settings"]["PULUMI_HOME"] == str(stage.copy / ".demo" / "home")
        assert not {"PULUMI_ACCESS_TOKEN", "PULUMI_STACK", "VO_API_KEY"} & call["settings"].keys()


def test_the_demo_s_exit_code_tells_of_pulumi_s(stage: Machine) -> None:
    code, said = demo(stage, FAKE_UP_CODE="3")
    assert code != 0
    assert "pulumi up failed with exit code 3" in said
    assert not is_running(simulator(stage))


def test_a_service_that_is_kept_is_used_again_until_make_clean(stage: Machine) -> None:
    try:
        first, said = demo(stage, KEEP="1")
        running = simulator(stage)
        assert first == 0, said
        assert "until make clean takes it down" in said
        assert is_running(running)

        assert demo(stage)[0] == 0
        assert simulator(stage) == running
        assert is_running(running), "a run that found it does not stop it"
        assert len(set(addresses(stage))) == 1
    finally:
        cleaned = stage.run("make", "-s", "clean")
    assert cleaned.returncode == 0, cleaned.stderr
    assert not is_running(running)
    assert not (stage.copy / ".demo").exists()


def test_an_interrupted_demo_stops_the_update_and_the_service(stage: Machine) -> None:
    with stage.started("tools.demo", FAKE_UP_HELD=str(stage.held)) as process:
        update = pid_in(stage.held)
        said = end(process, signal.SIGINT)
    assert process.returncode == 130
    assert "update cancelled" in said, "Pulumi had the time to end by itself"
    assert "Traceback" not in said
    assert not is_running(update)
    assert not is_running(simulator(stage))
    assert "starting afresh" not in demo(stage)[1], "an update that ended by itself leaves a good state"


def test_a_demo_after_one_that_was_killed_starts_afresh(stage: Machine) -> None:
    with stage.started("tools.demo", FAKE_UP_HELD=str(stage.held)) as killed:
        update = pid_in(stage.held)
        left_over = simulator(stage)
        killed.kill()
        killed.wait()
        os.kill(update, signal.SIGKILL)
    code, said = demo(stage)
    assert code == 0, said
    assert "What the last demo left is not whole: starting afresh" in said
    assert not is_running(left_over)


def test_a_service_that_does_not_start_is_told_with_its_last_words(stage: Machine) -> None:
    script = stage.copy / ".venv" / "bin" / "pulumi-victorops"
    script.write_text("#!/bin/sh\necho no such seed\nexit 1\n", encoding="utf-8")
    code, said = demo(stage)
    assert code != 0
    log = stage.copy / ".demo" / "simulator.log"
    assert f"The demo failed: the simulator did not start: no such seed\nLog: {log}" in said


def test_a_demo_without_an_engine_says_what_to_do(stage: Machine) -> None:
    (stage.programs / "pulumi").unlink()
    done = stage.run(str(Path(".venv/bin/python")), "-m", "tools.demo")
    assert done.returncode == 1
    assert done.stderr == "Set-up failed: there is no Pulumi engine\nWhat to do: run make setup\n"
