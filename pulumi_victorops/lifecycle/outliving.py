"""An engine that is killed takes its plugin along.

The plugin would live on, wait for its turn, and make what the next update has made by then.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import time
from typing import Final

# How often to look whether the engine still listens, in seconds.
_LOOK_UP: Final = 1.0
_TIMEOUT: Final = 5.0

_lock = threading.Lock()
_looks = False


def end_with_the_engine(arguments: list[str]) -> None:
    """End this process when the engine has. For the plugin process; in others nothing happens.

    Args:
        arguments: those of the plugin process; the engine's address is the last one. Where it isn't, nothing happens.
    """
    global _looks
    address = re.fullmatch(r"([\w.\-]+):(\d+)", arguments[-1]) if arguments else None
    with _lock:
        if _looks or address is None or not hasattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer"):
            return
        _looks = True
        threading.Thread(target=_look, args=(address[1], int(address[2])), name="engine", daemon=True).start()


def _look(host: str, port: int) -> None:
    while _listens(host, port):
        time.sleep(_LOOK_UP)
    # At once, since nobody is left to be told of anything; the journal has what was begun.
    os._exit(1)


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=_TIMEOUT).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True  # whatever it is, it's no sign that nobody is there
    return True
