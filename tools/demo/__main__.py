"""`make demo` and its part of `make clean`."""

import argparse
import os
import shutil
import sys

from tools.demo.simulator import Simulator, SimulatorError, SimulatorHome
from tools.demo.stack import STACK, Stack, StackError
from tools.setup import child
from tools.setup.engine import ROOT, find_engine
from tools.setup.environment import demo_environment
from tools.setup.failure import SetupError
from tools.setup.locking import lock

_INTERRUPTED = 130
_FOLDER = ROOT / ".demo"


def main(arguments: list[str]) -> int:
    """Run the demo, or clean up after it, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("command", nargs="?", default="up", choices=("up", "clean"))
    command = parser.parse_args(arguments).command
    keep = os.environ.get("KEEP", "") not in ("", "0", "no")
    home = SimulatorHome(_FOLDER)
    try:
        with child.interruptible(), lock(ROOT / ".setup" / "demo.lock", _waiting):
            if command == "up":
                return _up(home, keep=keep)
            _clear(home)
            print("The demo is stopped and removed.")
            return 0
    except KeyboardInterrupt:
        print("Interrupted; what this run started is stopped. `make demo` goes on from here.", file=sys.stderr)
        return _INTERRUPTED
    except SetupError as error:
        print("\n".join(error.lines()), file=sys.stderr)
    except (SimulatorError, StackError, OSError) as error:
        print(f"The demo failed: {error}", file=sys.stderr)
    return 1


def _up(home: SimulatorHome, *, keep: bool) -> int:
    engine = find_engine()
    if engine is None:
        raise SetupError("there is no Pulumi engine", "run make setup")
    stack = Stack(ROOT, _FOLDER, demo_environment(engine, ROOT))
    if stack.was_cut_off() or (stack.exists() != home.state.exists()):
        print("What the last demo left is not whole: starting afresh", flush=True)
        _clear(home)
        stack = Stack(ROOT, _FOLDER, demo_environment(engine, ROOT))
    simulator = home.running() or home.start([str(ROOT / ".venv" / "bin" / "pulumi-victorops")], keep=keep)
    stays = keep or simulator.was_running
    try:
        print(f"Simulated service: {simulator.address}", flush=True)
        simulator.ask("DELETE", "requests")
        stack.prepare(simulator.address)
        code = stack.up()
        _tell_calls(simulator)
        _tell_what_next(simulator, code, stays=stays)
    except BaseException:
        stays = simulator.was_running
        raise
    finally:
        if not stays:
            home.stop()
    return code


def _tell_calls(simulator: Simulator) -> None:
    answer = simulator.ask("GET", "requests")
    counts = answer.get("by_operation") if isinstance(answer, dict) else None
    if not counts:
        print("The service was not called.")
        return
    print(f"The service was called {sum(counts.values())} times:")
    for operation, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {count:5}  {operation}")


def _tell_what_next(simulator: Simulator, code: int, *, stays: bool) -> None:
    print()
    if code:
        print(f"pulumi up failed with exit code {code}; its reason stands above.")
    elif stays:
        print(f"Still running: {simulator.address}, until make clean takes it down. Now try:")
        for command, what in (
            ('eval "$(.venv/bin/python -m tools.setup env)"', "the demo's engine and stack in this shell"),
            (f"pulumi preview --stack {STACK}", "after a change to __main__.py"),
            (f"curl {simulator.address}/_simulator/requests", "what the service was asked"),
        ):
            print(f"  {command:49}  {what}")
    else:
        print("Nothing is left running. Now try:")
        print("  make demo           again: nothing changes; or after a change to __main__.py")
        print("  make demo KEEP=1    with the service left running, to look around")


def _clear(home: SimulatorHome) -> None:
    home.stop()
    shutil.rmtree(_FOLDER, ignore_errors=True)
    (ROOT / f"Pulumi.{STACK}.yaml").unlink(missing_ok=True)


def _waiting() -> None:
    print("Waiting for another demo to finish", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
