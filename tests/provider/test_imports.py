"""What a program's own process loads."""

from __future__ import annotations

import os
import subprocess
import sys


def test_a_program_loads_none_of_the_libraries_that_only_the_plugin_needs() -> None:
    script = (
        "import sys, pulumi_victorops\n"
        "names = ('pydantic', 'requests', 'tenacity', 'redis', 'sqlite3', 'email_validator', 'phonenumbers', "
        "'starlette', 'typer')\n"
        "print([name for name in names if name in sys.modules])"
    )
    # A measured process has the measuring tool's own libraries loaded before anything else.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\n"
