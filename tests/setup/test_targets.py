"""`make help`, and the checks that `make test` and `.ci/run` make in their order."""

import pytest

from tests.setup.conftest import Machine

_CHECKS = ["ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"]


@pytest.fixture
def checked(equipped: Machine) -> Machine:
    """A working copy whose checkers only write down that they ran; FAILS names one that fails."""
    assert equipped.setup().returncode == 0
    scripts = equipped.copy / ".venv" / "bin"
    for name in ("ruff", "mypy", "lint-imports", "pytest"):
        (scripts / name).write_text(
            f'#!/bin/sh\necho "{name} $*" >> checks\ncase " $FAILS " in *" {name} "*) exit 1 ;; esac\n',
            encoding="utf-8",
        )
        (scripts / name).chmod(0o755)
    return equipped


def checks(machine: Machine) -> list[str]:
    return (machine.copy / "checks").read_text(encoding="utf-8").splitlines()


def test_continuous_integration_runs_every_check_in_order(checked: Machine) -> None:
    done = checked.run(".ci/run", FAILS="")
    assert done.returncode == 0, done.stderr
    assert [line[: len(check)] for line, check in zip(checks(checked), _CHECKS, strict=True)] == _CHECKS


def test_the_first_check_that_fails_is_the_last_that_runs(checked: Machine) -> None:
    done = checked.run(".ci/run", FAILS="mypy")
    assert done.returncode != 0
    assert [line.split()[0] for line in checks(checked)] == ["ruff", "ruff", "mypy"]


def test_help_tells_every_target(machine: Machine) -> None:
    told = [line.split()[1] for line in machine.run("make").stdout.splitlines()]
    assert told == ["help", "setup", "demo", "test", "lint", "typecheck", "imports", "bench", "chaos", "clean"]
