"""The Pulumi engine: which one is at hand, and getting one where there is none."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.setup import gobuild, installer
from tools.setup.failure import SetupError
from tools.setup.locking import lock
from tools.setup.progress import Progress
from tools.setup.scratch import COMPANIONS, is_whole, sweep

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 200, 0)


@dataclass(frozen=True)
class Engine:
    """An engine that can run Python programs: the folder of the `pulumi` command, and its version."""

    bin_dir: Path
    version: str


def find_engine(environ: Mapping[str, str] | None = None) -> Engine | None:
    """The engine on PATH if it will do, else the one that set-up keeps, else nothing."""
    environ = os.environ if environ is None else environ
    return engine_on_path(environ) or kept_engine(environ)


def engine_on_path(environ: Mapping[str, str]) -> Engine | None:
    """The first `pulumi` on PATH, if it is new enough and has its Python language host."""
    path = environ.get("PATH", "")
    command = shutil.which("pulumi", path=path)
    if command is None:
        return None
    folders = os.pathsep.join([str(Path(command).parent), str(Path(command).resolve().parent), path])
    version = _version(Path(command))
    complete = all(shutil.which(name, path=folders) for name in COMPANIONS)
    if version is None or version < OLDEST or not complete:
        return None
    return Engine(Path(command).parent, _text(version))


def kept_engine(environ: Mapping[str, str]) -> Engine | None:
    """The engine that an earlier set-up installed or built."""
    bin_dir = engines_folder(environ) / pinned_version() / "bin"
    if not is_whole(bin_dir):
        return None
    version = _version(bin_dir / "pulumi")
    return Engine(bin_dir, _text(version)) if version else None


def pinned_version() -> str:
    """The version that set-up installs or builds; `tools/engine/cli/go.mod` says it."""
    text = (ROOT / "tools" / "engine" / "cli" / "go.mod").read_text(encoding="utf-8")
    found = re.search(r"github\.com/pulumi/pulumi/pkg/v3 v(\S+)", text)
    assert found, "go.mod requires github.com/pulumi/pulumi/pkg/v3"
    return found[1]


def engines_folder(environ: Mapping[str, str]) -> Path:
    """Where set-up keeps engines, one folder a version."""
    cache = environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or Path.home()) / ".cache"
    return Path(cache).absolute() / "pulumi-victorops" / "engine"


def ensure_engine(progress: Progress) -> tuple[Engine, str]:
    """Find or get an engine; the answer also says how it was got, or nothing if it was there."""
    found = find_engine()
    if found:
        return found, ""
    folder = engines_folder(os.environ)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = "make that folder writable, or set XDG_CACHE_HOME to one that is"
        raise SetupError(f"there is no place for the Pulumi engine: {error}", remedy) from None
    with lock(folder / "lock", progress.waiting):
        found = find_engine()
        if found:
            return found, "another set-up got it"
        log = folder / "setup.log"
        log.write_text("", encoding="utf-8")
        if shutil.which("pulumi"):
            oldest = _text(OLDEST)
            progress.say(f"The pulumi on PATH is older than {oldest} or lacks its Python language host")
        how = _get(folder, log, progress)
        found = find_engine()
    if found is None:
        raise SetupError("the new engine does not run", f"see the log, and delete {folder}", log=log)
    return found, how


def _get(folder: Path, log: Path, progress: Progress) -> str:
    version = pinned_version()
    sweep(folder, but_of=version)
    if installer.install(version, folder, log, progress):
        how = "installed from pulumi.com"
    else:
        gobuild.build(version, folder, log, progress)
        how = "built from its Go modules"
    sweep(folder)
    return how


def _version(command: Path) -> tuple[int, int, int] | None:
    env = os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "1"}
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(
            [str(command), "version"], env=env, capture_output=True, text=True, timeout=60, check=True
        )
        numbers = re.match(r"v?(\d+)\.(\d+)\.(\d+)", answer.stdout.strip())
        if numbers:
            return int(numbers[1]), int(numbers[2]), int(numbers[3])
    return None


def _text(version: tuple[int, int, int]) -> str:
    return ".".join(str(number) for number in version)
