"""What holds for every page: links resolve, code compiles, and tables agree with the code that they are about."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path
from typing import get_args

import pytest
import requests

from pulumi_victorops.api import profiles, settings
from pulumi_victorops.api.limits import DEFAULT_BASE_URL, DEFAULT_RATE_LIMIT, DEFAULT_RATE_LIMIT_STORE
from pulumi_victorops.simulator import Simulator, command, faults
from pulumi_victorops.simulator.operations import OPERATIONS
from pulumi_victorops.simulator.subjects import RULES
from tests.docs.pages import (
    RESOURCE_PAGES,
    ROOT,
    anchors,
    code,
    code_blocks,
    codes,
    pages,
    section,
    table,
    tables,
    without_code,
)

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
EXAMPLES = sorted(path.parent.name for path in ROOT.glob("examples/*/Pulumi.yaml"))
PROGRAMS = [ROOT / "__main__.py", *(ROOT / "examples" / name / "__main__.py" for name in EXAMPLES)]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_links_within_the_project_lead_somewhere() -> None:
    broken = []
    for page in pages():
        for target in _LINK.findall(without_code(page.read_text(encoding="utf-8"))):
            address = urllib.parse.urlsplit(target)
            if address.scheme:
                continue
            file = (page.parent / address.path).resolve() if address.path else page
            found = file.is_file() and (
                not address.fragment or address.fragment in anchors(file.read_text(encoding="utf-8"))
            )
            if not found:
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_all_programs_are_typed_rightly(tmp_path: Path) -> None:
    """Those on the pages and the examples: copied, since mypy takes one `__main__` at a time."""
    programs = [path.read_text(encoding="utf-8") for path in PROGRAMS]
    for page in pages():
        programs += code_blocks(page.read_text(encoding="utf-8"), "python")
    paths = [tmp_path / f"program_{number}.py" for number in range(len(programs))]
    for path, program in zip(paths, programs, strict=True):
        path.write_text(program, encoding="utf-8")
    assert len(paths) >= len(PROGRAMS) + 2 * len(RESOURCE_PAGES) + 1
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_example_is_listed_and_is_a_project() -> None:
    folders = {path.name for path in (ROOT / "examples").iterdir() if path.is_dir()}
    listed = {row["folder"].partition("]")[0].strip("[") for row in table(read("examples/README.md"), "folder")}
    assert listed == folders - {"__pycache__"}
    assert set(EXAMPLES) == folders - {"__pycache__", "policy_pack", "templates"}
    for folder in EXAMPLES:
        assert f"name: {folder.replace('_', '-')}\n" in read(f"examples/{folder}/Pulumi.yaml")


def test_the_script_for_ci_is_sound_shell() -> None:
    script = ROOT / "examples" / "preview_in_ci" / "preview.sh"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)


@pytest.mark.parametrize("page", ["README.md", "docs/configuration.md"])
def test_the_settings_are_all_there_with_their_defaults(page: str) -> None:
    rows = table(read(page), "stack configuration")
    listed = {(code(row["stack configuration"]), code(row["environment"])): row["default"] for row in rows}
    assert listed == {
        settings.API_ID: "required",
        settings.API_KEY: "required",
        settings.BASE_URL: f"`{DEFAULT_BASE_URL}`",
        settings.RATE_LIMIT: f"`{DEFAULT_RATE_LIMIT}`",
        settings.RATE_LIMIT_STORE: f"`{DEFAULT_RATE_LIMIT_STORE}`",
        settings.NAME_SUFFIX: "none",
        settings.DEFAULT_REPLACEMENT: "none",
        settings.AUDIT: "`off`",
        settings.ADOPT: "`false`",
        settings.JOURNAL: "`$PULUMI_HOME/victorops`",
        profiles.PROFILES: "none",
        settings.EXTENDED_API: "`false`",
    }


def test_the_messages_in_the_readme_are_explained_in_full_elsewhere() -> None:
    """Messages of this package; the others are Pulumi's and Python's."""
    shown = [codes(row["message"])[0] for rows in tables(read("README.md")) for row in rows if "message" in row]
    documented = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    elsewhere = [message for message in shown if message not in documented]
    assert elsewhere == [
        "403: Authentication failed; check victorops:apiId and victorops:apiKey (or VO_API_ID and VO_API_KEY)",
        "KeyError: '__provider'",
        "there is no User with the id 'nobody'",
        "no language plugin 'pulumi-language-python' found in the workspace or on your $PATH",
        "pulumi: command not found",
        "ModuleNotFoundError: No module named 'pulumi'",
    ]


def test_the_simulators_options_are_all_there_with_their_defaults() -> None:
    limits = ("max_users", "max_teams", "max_maintenance")
    shown_as = {"seed": "`demo`", "random_seed": "random", **dict.fromkeys(limits, "no limit")}

    def default(name: str, value: object) -> str:
        plain = "none" if value is None else "off" if value is False else f"`{value}`"
        return shown_as.get(name, plain)

    listed = {code(row["option"]): row["default"] for row in table(read("docs/simulator.md"), "option")}
    assert listed == {
        f"--{name.replace('_', '-')}": default(name, option.default)
        for name, option in inspect.signature(command.simulate).parameters.items()
    }


def test_the_control_endpoints_exist(simulator: Simulator) -> None:
    bodies = {
        "POST reset": {"seed": "empty"},
        "PUT snapshot": simulator.snapshot(),
        "PUT clock": {"now": None},
        "PUT faults": [],
    }
    listed = [code(row["endpoint"]) for row in table(read("docs/simulator.md"), "endpoint")]
    assert set(bodies) < set(listed)
    for endpoint in listed:
        method, name = endpoint.split()
        url = f"{simulator.url}/_simulator/{name}"
        answer = requests.request(method, url, json=bodies.get(endpoint), timeout=10)
        assert answer.status_code == 200, f"{endpoint}: {answer.text}"
    allowed = {
        name: set(requests.patch(f"{simulator.url}/_simulator/{name}", timeout=10).headers["Allow"].split(", "))
        for name in {endpoint.split()[1] for endpoint in listed}
    }
    assert {f"{method} {name}" for name, methods in allowed.items() for method in methods} == set(listed)


def test_the_faults_are_all_there_with_their_properties() -> None:
    common = set(faults.Fault.model_fields) | {"kind"}
    listed = {code(row["kind"]): set(codes(row["properties"])) for row in table(read("docs/simulator.md"), "kind")}
    assert listed == {
        get_args(kind.model_fields["kind"].annotation)[0]: set(kind.model_fields) - common
        for kind in get_args(faults.AnyFault)
    }


def test_the_number_of_simulated_operations_is_right() -> None:
    text = section(read("docs/simulator.md"), "What it doesn't simulate")
    assert f"answers all {len(OPERATIONS)} operations" in text
    assert set(OPERATIONS) <= set(RULES)


def test_the_lore_names_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`", read("docs/lore.md"))
    rows = [row for rows in tables(read("docs/lore.md")) for row in rows]
    assert all(row["source"] in {"documented", "observed", "assumed"} for row in rows)
    assert all("`tests/" in row["pinned by"] for row in rows)
    missing = [f"{path}::{name}" for path, name in named if name not in names_of_tests(ROOT / path)]
    assert missing == []


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        found |= {f"{owner.name}::{node.name}" for node in owner.body if isinstance(node, ast.FunctionDef)}
    return found


def test_a_programs_process_loads_what_it_needs_and_no_more() -> None:
    """What the page on the design says."""
    program = "import sys, pulumi_victorops; print(sorted({'pydantic', 'requests', 'starlette'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
