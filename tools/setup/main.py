"""The command: set up a working copy, or print the environment that the engine is used in."""

import argparse
import contextlib
import sys
import traceback

from tools.setup import child, environment
from tools.setup.engine import ROOT, ensure_engine, find_engine
from tools.setup.failure import SetupError
from tools.setup.progress import Progress
from tools.setup.venv import State, ensure_venv, python_of, state_of

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code; whatever goes wrong is told, never thrown."""
    parser = argparse.ArgumentParser(prog="python -m tools.setup", description=__doc__)
    parser.add_argument(
        "command",
        nargs="?",
        default="install",
        choices=("install", "env"),
        help="install what is missing (default), or print the demo's environment for eval in a shell",
    )
    command = parser.parse_args(arguments).command
    progress = Progress(steps=2)
    try:
        with child.interruptible():
            return _print_environment() if command == "env" else _install(progress)
    except KeyboardInterrupt:
        progress.interrupted()
        print("Interrupted. `make setup` goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except SetupError as error:
        progress.interrupted()
        print("\n".join(error.lines()), file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - a defect of ours: its traceback is for the log, not for the user
        progress.interrupted()
        log = ROOT / ".setup" / "crash.log"
        with contextlib.suppress(OSError):
            log.parent.mkdir(exist_ok=True)
            log.write_text(traceback.format_exc(), encoding="utf-8")
        print(f"Set-up failed: {error}\nWhat to do: see {log}, then run make setup again", file=sys.stderr)
        return 1


def _install(progress: Progress) -> int:
    progress.step("Python environment")
    progress.done(ensure_venv(ROOT, progress))
    progress.step("Pulumi engine")
    engine, how = ensure_engine(progress)
    progress.done(how)
    print(f"Ready: Pulumi {engine.version} in {engine.bin_dir}, Python in {python_of(ROOT).parent}", flush=True)
    return 0


def _print_environment() -> int:
    engine = find_engine()
    if engine is None or state_of(ROOT) is not State.READY:
        raise SetupError("this working copy is not set up", "run make setup")
    print("\n".join(environment.as_shell(environment.demo_environment(engine, ROOT))))
    return 0
