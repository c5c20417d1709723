"""Waiting for others without standing in their way.

Pulumi's plugin serves four calls at a time. Four that wait for what a fifth will do would wait in vain.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from pulumi_victorops.lifecycle.cancelling import plugin_server

_lock = threading.Lock()


@contextmanager
def thread_lent() -> Iterator[None]:
    """While this thread waits, let the plugin have another one. Where it is built differently, nothing happens."""
    pool = getattr(getattr(plugin_server(), "_state", None), "thread_pool", None)
    if not isinstance(pool, ThreadPoolExecutor) or not hasattr(pool, "_max_workers"):
        yield
        return
    with _lock:
        pool._max_workers += 1
    # Only with new work it looks whether it may start a thread.
    pool.submit(bool)
    try:
        yield
    finally:
        with _lock:
            pool._max_workers -= 1
