"""What a running process has taken so far, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path


def peak_mib(pid: int) -> float:
    """The most memory that it had at a time, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def cpu_seconds(pid: int) -> float:
    """Its time on the processor."""
    # The name before it is in parentheses and may have blanks in it.
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
