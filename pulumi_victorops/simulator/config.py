"""The settings of a simulator and what is allowed in them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEFAULT_API_ID: Final = "demo-id"
DEFAULT_API_KEY: Final = "demo-key"
DEFAULT_INTEGRATION_KEY: Final = "demo-integration"
SEED_NAMES: Final = ("empty", "demo")

_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_HIGHEST_PORT = 65_535


class SimulatorError(Exception):
    """The simulator cannot run as asked; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many calls within so many seconds."""

    calls: int
    seconds: float

    @classmethod
    def parse(cls, text: str) -> RateLimit | None:
        """Read `2/s`, `60/m`, `1000/h`; `off` is no limit."""
        if text == "off":
            return None
        found = re.fullmatch(r"([1-9][0-9]*)/([smh])", text)
        if found is None:
            raise ValueError(f"the rate limit {text!r} is none of 2/s, 60/m, 1000/h and the like, nor off")
        return cls(int(found[1]), _SECONDS[found[2]])


def is_loopback(host: str) -> bool:
    """Say whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class SimulatorConfig:
    """All settings of a simulator, with what holds when nothing is said.

    `seed` is `empty`, `demo` or the path of a snapshot; a `state` file that exists wins over it.
    With `random_seed`, the identifiers that the service makes and the dice of the faults repeat themselves.

    Where the service's documents leave a question open, there is a switch: `verified_phones` makes new phones fit for
    paging at once, `keep_empty_paging_steps` keeps a step whose last rule is deleted, and with `routing_key_alias` an
    alert rule's scope may be given as `routingKey` too. `rotation_lag_ms` is how long a new rotation is missing in
    lists, `joda_dates_only` refuses a rotation's start as a number, `drop_used_rotations` lets a rotation be deleted
    that a policy pages, and `schedule_envelope` answers a new override under `schedule` instead of `override`.
    With `extended_api` policies and routing keys can be changed, and keys deleted, as newer clients do it.
    """

    host: str = "127.0.0.1"
    port: int = 0
    api_id: str = DEFAULT_API_ID
    api_key: str = DEFAULT_API_KEY
    read_only_key: str | None = None
    seed: str = "demo"
    state: Path | None = None
    rate_limit: str = "off"
    rate_limit_status: int = 429
    latency_ms: int = 0
    random_seed: int | None = None
    max_users: int | None = None
    max_teams: int | None = None
    max_maintenance: int | None = None
    integration_key: str = DEFAULT_INTEGRATION_KEY
    verified_phones: bool = False
    keep_empty_paging_steps: bool = False
    routing_key_alias: bool = False
    rotation_lag_ms: int = 0
    joda_dates_only: bool = False
    drop_used_rotations: bool = False
    schedule_envelope: bool = False
    extended_api: bool = False
    plain_gateway_errors: bool = False
    allow_remote: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not is_loopback(self.host) and not self.allow_remote:
            raise ValueError(f"the host {self.host!r} is not this machine's loopback; --allow-remote permits it")
        if not 0 <= self.port <= _HIGHEST_PORT:
            raise ValueError(f"the port {self.port} is not between 0 and {_HIGHEST_PORT}")
        if not self.api_id or not self.api_key or self.read_only_key == "":
            raise ValueError("the API id and the keys must not be empty")
        if not self.integration_key:
            raise ValueError("the integration key must not be empty")
        if self.read_only_key == self.api_key:
            raise ValueError("the read-only key has to differ from the API key")
        if self.rate_limit_status not in {403, 429}:
            raise ValueError(f"the rate limit status {self.rate_limit_status} is neither 429 nor 403")
        for name, number in (
            ("latency", self.latency_ms),
            ("lag of rotations", self.rotation_lag_ms),
            ("number of users", self.max_users),
            ("number of teams", self.max_teams),
            ("number of maintenance modes", self.max_maintenance),
        ):
            if number is not None and number < 0:
                raise ValueError(f"the {name} must not be negative")
        RateLimit.parse(self.rate_limit)
