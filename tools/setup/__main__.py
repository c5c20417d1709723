"""Start set-up, or say in one line why this Python cannot. Has to parse, and run that far, on Python 3.6."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec

_OTHER_PYTHON = "name another Python: make PYTHON=/path/to/python3"


def unfit(version: "Sequence[int]", modules: "Sequence[str]" = ("venv", "ensurepip")) -> str:
    """Why a Python of this version can't be used, with the remedy, or an empty string."""
    found = "Python " + ".".join(str(part) for part in version)
    if tuple(version[:2]) < (3, 10):
        install = "install one from https://www.python.org/downloads/"
        return f"{found} is too old, 3.10 or newer is needed: {install} or {_OTHER_PYTHON}"
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        install = "on Debian and Ubuntu, apt install python3-venv"
        return f"{found} lacks {missing[0]}, which makes virtual environments: {install}, or {_OTHER_PYTHON}"
    return ""


if __name__ == "__main__":
    reason = unfit(sys.version_info[:3])
    if reason:
        sys.exit(reason)
    from tools.setup.main import main

    sys.exit(main(sys.argv[1:]))
