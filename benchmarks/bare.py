"""The least that the simulator's framework can serve: one user, of whom it knows beforehand."""

from __future__ import annotations

import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

USER = {
    "username": "user-7",
    "firstName": "User",
    "lastName": "Number 7",
    "email": "user-7@example.com",
    "createdAt": "2026-01-05T09:00:00Z",
    "passwordLastUpdated": "2026-01-05T09:00:00Z",
    "verified": True,
}


async def _user(request: Request) -> JSONResponse:
    return JSONResponse(USER)


def main() -> None:
    """Listen on a free port of loopback, print the address, and serve until told to stop."""
    app = Starlette(routes=[Route("/api-public/v1/user/{user}", _user)])
    # Named, the protocol has asyncio send at once what is little: the second half of an answer would wait for 40 ms.
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app, http="httptools", loop="asyncio", lifespan="off", log_level="error")
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
