"""Ctrl-C: the engine asks the plugin to cancel, and waits for what the plugin is doing to end.

Pulumi's plugin answers that it has cancelled and does nothing. It doesn't even get to answer while its four threads are
busy, which they are as long as they wait for their turn. But its server looks for the handler of a call in a thread of
its own, and asks one after the other which of its handlers it is. A handler that stands before the others, and never
is the one, so learns of each call when it arrives.

Programs import this module, so it imports nothing that only the engine's plugin process needs.
"""

from __future__ import annotations

import gc
import sys
import threading
from types import FrameType
from typing import Any

_CANCEL = "/pulumirpc.ResourceProvider/Cancel"
_ORG = "pulumi_victorops.lifecycle.org"
_JOURNALS = "pulumi_victorops.lifecycle.journals"

_lock = threading.Lock()
_listening = False
_server: Any = None


class _Listener:
    """Looks like a handler of the server's."""

    def service(self, details: Any) -> None:
        """Called with each call of the engine's, before the plugin gets it."""
        if details.method == _CANCEL and _ORG in sys.modules:
            from pulumi_victorops.lifecycle.org import cancel_all

            cancel_all()


def listen() -> None:
    """End all waits when the engine cancels or the process is to end.

    Where the plugin or Python is built differently, nothing happens.

    Raises:
        RuntimeError: the process is ending already.
    """
    global _listening, _server
    with _lock:
        if _listening:
            return
        # The server's threads are waited for before `atexit` has its turn.
        register = getattr(threading, "_register_atexit", None)
        if register is not None and hasattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer"):
            register(_end)
        _server = _found_server()
        handlers = getattr(getattr(_server, "_state", None), "generic_handlers", None)
        if isinstance(handlers, list):
            handlers.insert(0, _Listener())
        _listening = True


def _end() -> None:
    if _ORG in sys.modules:
        from pulumi_victorops.lifecycle.org import close_all

        close_all()
    if _JOURNALS in sys.modules:
        from pulumi_victorops.lifecycle.journals import end_in_order

        end_in_order()


def plugin_server() -> Any:
    """The plugin's server, once somebody listens; None where there is none."""
    return _server


def _found_server() -> Any:
    """It's a local variable of the function that the main thread is in."""
    collects = gc.isenabled()
    # Python 3.11 stops for ever where it collects garbage while it looks at what other threads do.
    gc.disable()
    try:
        frame: FrameType | None = sys._current_frames().get(threading.main_thread().ident or 0)
    finally:
        if collects:
            gc.enable()
    while frame is not None:
        if frame.f_code.co_name == "main" and "server" in frame.f_locals:
            return frame.f_locals["server"]
        frame = frame.f_back
    return None
