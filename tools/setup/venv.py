"""The virtual environment `.venv`: what state it is in, making it, mending it."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from enum import Enum
from pathlib import Path

from tools.setup import child
from tools.setup.failure import SetupError, is_disk_full, is_offline
from tools.setup.locking import lock
from tools.setup.progress import Progress

_STAMP = "setup-complete.json"
_UNFINISHED = "setup-unfinished"
_MISLEADING = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "__PYVENV_LAUNCHER__",
)


class State(Enum):
    """What has to be done to an environment."""

    READY = "ready"
    OUTDATED = "dependencies changed"
    BROKEN = "to be made anew"


def python_of(root: Path) -> Path:
    """The environment's interpreter."""
    return root / ".venv" / "bin" / "python"


def state_of(root: Path) -> State:
    """What has to be done to the environment of this working copy."""
    venv = root / ".venv"
    version = _version(venv)
    if version is None or (venv / _UNFINISHED).exists() or not _lies_where_it_was_made(venv):
        return State.BROKEN
    if os.environ.get("PYTHON") and version != _own_version():
        return State.BROKEN
    stamp = _read_stamp(venv)
    if stamp is None:
        return State.OUTDATED
    contents = stamp.get("contents")
    complete = isinstance(contents, list) and _contents(venv).issuperset(contents)
    if stamp.get("python") != version or not complete:
        return State.BROKEN
    return State.READY if stamp.get("project") == _fingerprint(root) else State.OUTDATED


def ensure_venv(root: Path, progress: Progress) -> str:
    """Make the environment complete; the answer says what was done, or nothing if nothing had to be."""
    if state_of(root) is State.READY:
        return ""
    with lock(root / ".setup" / "venv.lock", progress.waiting):
        state = state_of(root)
        if state is State.READY:
            return "another set-up made it"
        log = root / ".setup" / "venv.log"
        log.write_text("", encoding="utf-8")
        if state is State.BROKEN:
            _make(root, progress, log)
        return _install(root, progress, log)


def _make(root: Path, progress: Progress, log: Path) -> None:
    progress.doing("making it")
    venv = root / ".venv"
    _remove(venv)
    venv.mkdir()
    (venv / _UNFINISHED).touch()
    # From inside a virtual environment, what it was made from: that stays when the environment goes.
    base = getattr(sys, "_base_executable", "") or sys.executable
    command = [base, "-m", "venv", str(venv)]
    ended = child.run(command, log=log, env=_environment(), cwd=root, on_tick=progress.tick)
    if ended.code:
        _remove(venv)
        raise SetupError(
            f"{base} could not make a virtual environment",
            _remedy(
                ended.tail,
                "install a complete Python 3.10 or newer, or name one: make PYTHON=/path/to/python3",
            ),
            tail=ended.tail,
            log=log,
        )


def _install(root: Path, progress: Progress, log: Path) -> str:
    venv = root / ".venv"
    fingerprint = _fingerprint(root)
    (venv / _STAMP).unlink(missing_ok=True)
    (venv / _UNFINISHED).touch()
    collected = 0

    def follow(line: str) -> None:
        nonlocal collected
        if line.startswith("Collecting "):
            collected += 1
            progress.doing(f"collecting dependencies, {collected} so far")
        elif line.startswith("Installing collected packages:"):
            progress.doing(f"installing {line.count(',') + 1} packages")

    progress.doing("collecting dependencies")
    command = [str(python_of(root)), "-m", "pip", "install", "--no-input", "-e", ".[dev]"]
    ended = child.run(command, log=log, env=_environment(), cwd=root, on_line=follow, on_tick=progress.tick)
    if ended.code:
        # pip undoes what it began, so what was there before is as good as it was.
        (venv / _UNFINISHED).unlink()
        raise SetupError(
            "pip could not install the dependencies",
            _remedy(ended.tail, "see the log; if .venv looks damaged, delete it; then run make setup again"),
            tail=ended.tail,
            log=log,
        )
    # pip compiles what it copies, which this isn't: where Python writes no bytecode, each start would compile it anew.
    command = [str(python_of(root)), "-m", "compileall", "-q", "pulumi_victorops"]
    child.run(command, log=log, env=_environment(), cwd=root, on_tick=progress.tick)
    stamp = {"project": fingerprint, "python": _version(venv), "contents": sorted(_contents(venv))}
    unfinished = venv / _UNFINISHED
    unfinished.write_text(json.dumps(stamp), encoding="utf-8")
    unfinished.replace(venv / _STAMP)
    return "dependencies installed"


def _remedy(tail: list[str], otherwise: str) -> str:
    if is_disk_full(tail):
        return "free some disk space, then run make setup again"
    if is_offline(tail):
        return "check the network, and pip's index and proxy settings if you use them; then run make setup again"
    return otherwise


def _environment() -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    return env | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}


def _own_version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _version(venv: Path) -> str | None:
    """The interpreter's version, or nothing if it doesn't start or is too old."""
    code = "import sys; print('%d.%d' % sys.version_info[:2]); sys.exit(sys.version_info < (3, 10))"
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        command = [str(venv / "bin" / "python"), "-I", "-S", "-c", code]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()
    return None


def _lies_where_it_was_made(venv: Path) -> bool:
    # The scripts of an environment hold its absolute path; pip is always among them.
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return str(venv / "bin") in (venv / "bin" / "pip").read_text(encoding="utf-8")
    return False


def _read_stamp(venv: Path) -> dict[str, object] | None:
    with contextlib.suppress(OSError, ValueError):
        stamp = json.loads((venv / _STAMP).read_text(encoding="utf-8"))
        return stamp if isinstance(stamp, dict) else None
    return None


def _fingerprint(root: Path) -> str:
    return hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()


def _contents(venv: Path) -> set[str]:
    """Scripts and package folders, without the names that an upgrade by hand would change."""
    scripts = {f"bin/{path.name}" for path in (venv / "bin").iterdir()}
    packages = {path.name for path in venv.glob("lib/python*/site-packages/*") if path.is_dir()}
    return scripts | {name for name in packages if not name.endswith((".dist-info", "__pycache__"))}


def _remove(venv: Path) -> None:
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
