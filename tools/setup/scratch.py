"""The folders in which an engine is put together, and the step that makes it count.

All of this is for the holder of the engine's lock only.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools.setup.failure import SetupError

# The language host with its two scripts: without them the command runs, but no Python program does.
COMPANIONS = ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")
_PREFIX = ".unfinished-"


@contextlib.contextmanager
def workplace(engines: Path, version: str, purpose: str) -> Iterator[Path]:
    """A folder beside the finished engines, gone afterwards.

    After an interruption or without a network it stays: what was fetched and compiled so far is good, and the
    next set-up goes on with it.
    """
    folder = engines / f"{_PREFIX}{version}-{purpose}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except KeyboardInterrupt:
        raise
    except SetupError as error:
        if not error.resumable:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def is_whole(bin_dir: Path) -> bool:
    """Whether this folder has the engine and all that it needs for Python programs."""
    return all(os.access(bin_dir / name, os.X_OK) for name in ("pulumi", *COMPANIONS))


def sweep(engines: Path, but_of: str = "") -> None:
    """Remove what dead set-ups left behind, but for what belongs to this version."""
    for folder in engines.glob(f"{_PREFIX}*"):
        if not (but_of and folder.name.startswith(f"{_PREFIX}{but_of}-")):
            shutil.rmtree(folder, ignore_errors=True)


def publish(finished: Path, engines: Path, version: str) -> None:
    """Put a whole engine in its place in one step."""
    place = engines / version
    if place.exists():
        shutil.rmtree(place)
    finished.rename(place)
