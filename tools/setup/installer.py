"""The engine from the official installer, by way of Pulumi's Automation API."""

import os
import shutil
import time
from pathlib import Path

from tools.setup import child
from tools.setup.progress import Progress
from tools.setup.scratch import is_whole, publish, workplace
from tools.setup.venv import python_of

# How long nothing may arrive, and how long it may take altogether: there is another way to get the engine.
PATIENCE_SECONDS = 30.0
LIMIT_SECONDS = 300.0

_PROGRAM = """
import sys
from pathlib import Path
from pulumi.automation import PulumiCommand
from semver import VersionInfo
try:
    PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]), skip_version_check=True)
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


class _NoProgressError(Exception):
    pass


def install(version: str, engines: Path, log: Path, progress: Progress) -> bool:
    """Whether the official installer delivered the engine; if it did not, there is another way."""
    root = Path(__file__).resolve().parents[2]
    progress.doing("asking pulumi.com for it")
    with workplace(engines, version, "install") as work:
        finished, temporary = work / "installed", work / "tmp"
        shutil.rmtree(finished, ignore_errors=True)
        temporary.mkdir(exist_ok=True)
        watch = _Watch(work, progress)
        command = [str(python_of(root)), "-c", _PROGRAM, str(finished), version]
        env = os.environ | {"TMPDIR": str(temporary), "PULUMI_HOME": str(temporary / "home")}
        try:
            ended = child.run(command, log=log, env=env, cwd=work, on_tick=watch.look)
        except _NoProgressError:
            progress.say("pulumi.com does not answer; building the engine instead")
            return False
        if ended.code or not is_whole(finished / "bin"):
            progress.say("pulumi.com cannot be reached; building the engine instead")
            return False
        publish(finished, engines, version)
        return True


class _Watch:
    """Gives up on a download that does not get on."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._folder = folder
        self._progress = progress
        self._began = self._grew = self._looked = time.monotonic()
        self._size = 0

    def look(self) -> None:
        self._progress.tick()
        now = time.monotonic()
        if now - self._looked < 1.0:
            return
        self._looked = now
        size = sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())
        if size > self._size:
            self._size, self._grew = size, now
            self._progress.doing(f"from pulumi.com, {size / 1e6:.0f} MB")
        if now - self._grew > PATIENCE_SECONDS or now - self._began > LIMIT_SECONDS:
            raise _NoProgressError
