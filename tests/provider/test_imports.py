"""What a program's own process loads."""

from __future__ import annotations

import subprocess
import sys


def test_a_program_loads_none_of_the_libraries_that_only_the_plugin_needs() -> None:
    script = (
        "import sys, pulumi_victorops\n"
        "names = ('pydantic', 'requests', 'tenacity', 'redis', 'sqlite3', 'email_validator', 'phonenumbers', "
        "'starlette', 'typer')\n"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
