"""`.venv` is made, mended and left alone as it needs."""

import shutil
import signal
import sys
from pathlib import Path

from tests.setup import fakes
from tests.setup.conftest import Machine, end, is_running, make_copy, pid_in

# Runs set-up as the command does, and tells each program that it starts.
_WATCHED = """
import sys
sys.addaudithook(lambda event, details: event == "subprocess.Popen" and print("started", *details[1]))
from tools.setup.main import main
sys.exit(main([]))
"""


def installations(machine: Machine) -> int:
    return len((machine.copy / "installations").read_text(encoding="utf-8").splitlines())


def finds_the_package(machine: Machine) -> bool:
    return machine.run(str(machine.copy / ".venv/bin/python"), "-c", "import tiny_package").returncode == 0


def test_the_real_venv_and_pip_do_what_set_up_asks_of_them(tmp_path: Path) -> None:
    files = {"backend.py": fakes.BACKEND, "pulumi_victorops/__init__.py": ""}
    machine = Machine(make_copy(tmp_path / "copy", files), tmp_path)
    machine.has_pulumi()
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("Ready: Pulumi 3.220.0 in ")
    assert finds_the_package(machine)
    assert list(machine.copy.glob("pulumi_victorops/__pycache__/*.pyc")), "it starts as quickly as what pip copies"
    assert len(machine.setup().stdout.splitlines()) == 1, "the second set-up has nothing to do"


def test_set_up_that_has_nothing_to_do_asks_two_programs_for_their_version(equipped: Machine) -> None:
    equipped.setup()
    done = equipped.run(sys.executable, "-c", _WATCHED)
    started = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("started")]
    assert [Path(program).name for program in started] == ["python", "pulumi"]
    assert (done.returncode, installations(equipped)) == (0, 1)


def test_a_damaged_environment_is_made_anew(equipped: Machine) -> None:
    equipped.setup()
    package = next(equipped.copy.glob(".venv/lib/python*/site-packages/tiny_package"))
    shutil.rmtree(package)
    assert equipped.setup().returncode == 0
    assert finds_the_package(equipped)


def test_an_environment_that_was_moved_is_made_anew(equipped: Machine) -> None:
    equipped.setup()
    equipped.copy = equipped.copy.rename(equipped.place / "elsewhere")
    assert equipped.setup().returncode == 0
    assert str(equipped.copy) in (equipped.copy / ".venv" / "bin" / "pip").read_text(encoding="utf-8")


def test_an_environment_without_its_interpreter_is_made_anew(equipped: Machine) -> None:
    equipped.setup()
    interpreter = equipped.copy / ".venv" / "bin" / "python"
    interpreter.unlink()
    interpreter.symlink_to(equipped.place / "gone")
    assert equipped.setup().returncode == 0
    assert finds_the_package(equipped)


def test_changed_dependencies_are_installed_into_the_environment_that_is_there(equipped: Machine) -> None:
    equipped.setup()
    own = equipped.copy / ".venv" / "put-here-by-hand"
    own.touch()
    with (equipped.copy / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# another dependency\n")
    assert equipped.setup().returncode == 0
    assert (installations(equipped), own.exists()) == (2, True)


def test_an_environment_made_by_hand_is_completed(equipped: Machine) -> None:
    venv = equipped.copy / ".venv"
    equipped.run(sys.executable, "-m", "venv", str(venv))
    (venv / "put-here-by-hand").touch()
    assert equipped.setup().returncode == 0
    assert ((venv / "put-here-by-hand").exists(), finds_the_package(equipped)) == (True, True)


def test_a_set_up_that_was_stopped_leaves_nothing_running_and_the_next_one_works(equipped: Machine) -> None:
    with equipped.started("tools.setup", FAKE_PIP_HELD=str(equipped.held)) as process:
        pip = pid_in(equipped.held)
        said = end(process, signal.SIGTERM)
    assert process.returncode == 130
    assert "Interrupted" in said
    assert "Traceback" not in said
    assert not is_running(pip)

    assert equipped.setup().returncode == 0
    assert finds_the_package(equipped)


def test_a_set_up_waits_for_what_a_killed_one_still_does(equipped: Machine) -> None:
    with equipped.started("tools.setup", FAKE_PIP_HELD=str(equipped.held)) as killed:
        pid_in(equipped.held)
        killed.kill()
        killed.wait()
    with equipped.started("tools.setup") as second:
        assert second.stdout is not None
        assert second.stdout.readline() == "Waiting for another set-up to finish\n"
        (equipped.copy / "go-on").touch()
        said = second.communicate(timeout=60)[0]
    assert second.returncode == 0, said
    assert finds_the_package(equipped)


def test_two_set_ups_at_once_install_once(equipped: Machine) -> None:
    with equipped.started("tools.setup", FAKE_PIP_HELD=str(equipped.held)) as first:
        pid_in(equipped.held)
        with equipped.started("tools.setup") as second:
            assert second.stdout is not None
            assert second.stdout.readline() == "Waiting for another set-up to finish\n"
            (equipped.copy / "go-on").touch()
            said = [first.communicate(timeout=60)[0], second.communicate(timeout=60)[0]]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert installations(equipped) == 1


def test_a_failing_pip_is_told_with_its_last_words_a_remedy_and_the_log(equipped: Machine) -> None:
    done = equipped.setup(FAKE_PIP="offline")
    log = equipped.copy / ".setup" / "venv.log"
    assert done.stderr.splitlines()[:4] == [
        "Set-up failed: pip could not install the dependencies",
        "  | error: Temporary failure in name resolution",
        "What to do: check the network, and pip's index and proxy settings if you use them; then run make setup again",
        f"Log: {log}",
    ]
    assert done.returncode != 0
    assert "Temporary failure in name resolution" in log.read_text(encoding="utf-8")
    assert equipped.setup().returncode == 0
