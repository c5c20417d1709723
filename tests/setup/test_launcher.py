"""Set-up picks a Python that will do, or says why there is none."""

import ast
import sys
from pathlib import Path

import pytest

from tests.setup.conftest import ROOT, Machine
from tools.setup.__main__ import unfit


def test_an_old_python_is_told_in_one_line_with_the_remedy() -> None:
    assert unfit((3, 9, 18)) == (
        "Python 3.9.18 is too old, 3.10 or newer is needed: install one from "
        "https://www.python.org/downloads/ or name another Python: make PYTHON=/path/to/python3"
    )


@pytest.mark.parametrize("version", [(3, 10, 0), (3, 13, 1), (4, 0, 0)])
def test_newer_pythons_will_do(version: tuple[int, int, int]) -> None:
    assert unfit(version) == ""


def test_a_python_that_cannot_make_environments_is_told() -> None:
    assert unfit((3, 11, 2), ["venv", "no_such_module"]) == (
        "Python 3.11.2 lacks no_such_module, which makes virtual environments: on Debian and Ubuntu, "
        "apt install python3-venv, or name another Python: make PYTHON=/path/to/python3"
    )


@pytest.mark.parametrize("name", ["__init__.py", "setup/__init__.py", "setup/__main__.py"])
def test_old_pythons_get_as_far_as_the_message(name: str) -> None:
    source = (ROOT / "tools" / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source, "annotations came with 3.7"


def test_a_python_that_is_not_there_in_truth_is_passed_over(machine: Machine) -> None:
    machine.has("python3.13", "import sys; sys.exit('no such version')")
    machine.has("python3.12", "import sys; sys.exit(1)")
    machine.programs.joinpath("python3").symlink_to(sys.executable)
    assert machine.run("tools/find-python", PYTHON="").stdout == "python3\n"


def test_the_python_that_is_asked_for_is_taken(machine: Machine) -> None:
    mine = machine.place / "my-python"
    mine.symlink_to(sys.executable)
    assert machine.run("tools/find-python", PYTHON=str(mine)).stdout == f"{mine}\n"


def test_a_python_that_is_asked_for_and_not_there_is_told(machine: Machine) -> None:
    done = machine.setup(PYTHON="/not/there/python3")
    assert done.returncode != 0
    assert done.stderr.startswith("There is no Python at PYTHON=/not/there/python3.")


def test_the_environment_s_own_python_is_taken_next(equipped: Machine) -> None:
    equipped.setup()
    assert Path(equipped.run("tools/find-python", PYTHON="").stdout.strip()).parts[-3:] == (
        ".venv",
        "bin",
        "python",
    )


def test_no_python_at_all_is_told(machine: Machine) -> None:
    done = machine.setup(PYTHON="")
    assert done.returncode != 0
    assert done.stderr.startswith("No Python found. Install Python 3.10 or newer")
