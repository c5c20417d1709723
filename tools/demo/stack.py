"""The demo's stack: the Pulumi commands that bring it up."""

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

from tools.setup import child
from tools.setup.locking import held

STACK = "demo"
_SECONDS_TO_CANCEL = 20.0


class StackError(Exception):
    """A Pulumi command before the update failed."""


class Stack:
    """One stack of the program in `root`, its state in a folder of this working copy."""

    def __init__(self, root: Path, folder: Path, env: dict[str, str]) -> None:
        self._root = root
        self._env = env
        self._cut_off = folder / "update-under-way"
        self._pulumi = folder / "backend" / ".pulumi"
        self._colour = "auto" if sys.stdout.isatty() and not env.get("NO_COLOR") else "never"

    def exists(self) -> bool:
        """Whether the stack has been made."""
        return any((self._pulumi / "stacks").glob(f"*/{STACK}.json"))

    def was_cut_off(self) -> bool:
        """Whether an update was killed, so that nobody knows what of it is in the state."""
        return self._cut_off.exists()

    def prepare(self, address: str) -> None:
        """Make the stack if there is none, and point its configuration at the simulator."""
        self._run("stack", "select", "--create", STACK)
        if any((self._pulumi / "locks").rglob("*.json")):
            # Only one demo runs at a time, so nobody is behind a lock that is still there.
            self._run("cancel", "--yes", "--stack", STACK)
        plain = {"baseUrl": address, "apiId": "demo-id", "rateLimit": "off"}
        settings = ["--secret", "victorops:apiKey=demo-key"]
        for name, value in plain.items():
            settings += ["--plaintext", f"victorops:{name}={value}"]
        self._run("config", "set-all", "--stack", STACK, *settings)

    def up(self) -> int:
        """Run the update, its output going to the terminal, and return Pulumi's exit code."""
        self._cut_off.touch()
        plain = ("--skip-preview", "--suppress-permalink=true", "--suppress-progress")
        process = self._start("up", "--stack", STACK, "--yes", *plain)
        try:
            return process.wait()
        except KeyboardInterrupt:
            print("Stopping the update", flush=True)
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_CANCEL)
            raise
        finally:
            if process.poll() is not None:
                self._cut_off.unlink()
            child.end_group(process)

    def _run(self, *arguments: str) -> None:
        process = self._start(*arguments, quiet=True)
        try:
            output, _ = process.communicate()
        finally:
            child.end_group(process)
        if process.returncode:
            raise StackError(f"pulumi {' '.join(arguments[:2])} failed:\n{output.strip()}")

    def _start(self, *arguments: str, quiet: bool = False) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            ["pulumi", "--non-interactive", "--color", self._colour, *arguments],
            cwd=self._root,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
            text=True,
            pass_fds=held(),
            start_new_session=True,
        )
