"""Turns in Redis, which many machines can share.

It keeps what `SqliteTurns` keeps, by the clock of the Redis server, and decides in scripts of one step each. A turn is
a member of a sorted set; its name begins with a `u` while its call is under way.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count
from secrets import token_hex
from typing import Any
from urllib.parse import unquote, urlsplit

from pulumi_victorops.api import limits
from pulumi_victorops.api.errors import ConfigurationError
from pulumi_victorops.api.turns import Pace, Turn

try:
    import redis
    from redis.backoff import NoBackoff
    from redis.exceptions import RedisError
    from redis.retry import Retry
except ImportError:
    raise ConfigurationError(
        "victorops:rateLimitStore (or VO_RATE_LIMIT_STORE) is a Redis address, but the library for it is missing: "
        "pip install 'pulumi-victorops[redis]'"
    ) from None

__all__ = ["RedisError", "RedisTurns"]

_CLOCK = """
local function moment(seconds) return string.format('%.6f', seconds) end
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1e6
local recovery_seconds, recovery_step, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local function share_of(state)
  local found = redis.call('HMGET', state, 'share', 'calm_since')
  local share, calm_since = tonumber(found[1] or 1), tonumber(found[2] or 0)
  if calm_since > now + patience then share, calm_since = 1, 0 end
  return share, calm_since
end

local function share_now(share, calm_since)
  return math.min(share + math.max(math.floor((now - calm_since) / recovery_seconds), 0) * recovery_step, 1)
end
"""

_TAKE = (
    _CLOCK
    + """
local mark, margin, look_up = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local wait = 0
for i = 1, #KEYS / 2 do
  local turns, state = KEYS[2 * i - 1], KEYS[2 * i]
  local calls, seconds, kept = tonumber(ARGV[3 * i + 4]), tonumber(ARGV[3 * i + 5]), tonumber(ARGV[3 * i + 6])
  redis.call('ZREMRANGEBYSCORE', turns, moment(now + margin + 1), '+inf')
  local share, calm_since = share_of(state)
  if calm_since > now then
    wait = math.max(wait, calm_since - now)
  else
    local window = seconds / share_now(share, calm_since)
    local blocking = redis.call('ZREVRANGE', turns, calls - 1, calls - 1, 'WITHSCORES')
    if blocking[2] then
      local left = tonumber(blocking[2]) + window - now
      if string.sub(blocking[1], 1, 1) == 'u' and left > 0 then
        left = math.max(left - margin, math.min(left, look_up))
      end
      wait = math.max(wait, left)
    end
  end
end
if wait > 0 then return {moment(wait), moment(now)} end
for i = 1, #KEYS / 2 do
  local turns, state, kept = KEYS[2 * i - 1], KEYS[2 * i], tonumber(ARGV[3 * i + 6])
  kept = math.max(kept, tonumber(redis.call('HGET', state, 'kept') or 0))
  redis.call('ZREMRANGEBYSCORE', turns, '-inf', moment(now - kept))
  redis.call('ZADD', turns, moment(now + margin), 'u' .. mark)
  redis.call('HSET', state, 'kept', kept)
  redis.call('EXPIRE', turns, math.ceil(kept) + 60)
  redis.call('EXPIRE', state, math.ceil(kept) + 60)
end
return {'0', moment(now)}
"""
)

_SETTLE = """
for _, turns in ipairs(KEYS) do
  redis.call('ZREM', turns, 'u' .. ARGV[1])
  redis.call('ZADD', turns, ARGV[2], 's' .. ARGV[1])
end
"""

_PUSH_BACK = (
    _CLOCK
    + """
local seconds, pause, least = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local share, calm_since = share_of(KEYS[1])
if calm_since + seconds <= now then share = math.max(share_now(share, calm_since) / 2, least) end
redis.call('HSET', KEYS[1], 'share', tostring(share), 'calm_since', moment(math.max(calm_since, now + pause)))
redis.call('EXPIRE', KEYS[1], math.ceil(seconds / least + pause + patience))
"""
)


class RedisTurns:
    """Turns in the Redis at `url`, shared by all who use the same `name`.

    Raises:
        ConfigurationError: it can't be reached or doesn't let us in.
    """

    spans_machines = True

    def __init__(self, url: str, name: str) -> None:
        # All keys lie in one slot of a cluster, since the scripts use several at once.
        self._prefix = f"pulumi-victorops:{{{name}}}"
        self._run = token_hex(8)
        self._numbers = count()
        try:
            self._redis = redis.Redis.from_url(
                url,
                socket_connect_timeout=limits.STORE_TIMEOUT,
                socket_timeout=limits.STORE_TIMEOUT,
                retry=Retry(NoBackoff(), 1),
            )
            self._redis.ping()
        except (RedisError, ValueError) as error:
            raise _unusable(url, error) from None
        self._take = self._redis.register_script(_TAKE)
        self._settle = self._redis.register_script(_SETTLE)
        self._push_back = self._redis.register_script(_PUSH_BACK)

    def take(self, paces: Sequence[Pace]) -> Turn | float:
        """Take a turn of each pace at once, or tell after how many seconds to ask again."""
        mark = f"{self._run}-{next(self._numbers)}"
        begun = time.monotonic()
        wait, at = self._take(
            [key for pace in paces for key in (self._turns(pace.name), self._state(pace.name))],
            [*_recovery(), mark, limits.PACE_MARGIN, limits.PACE_LOOK_UP, *_numbers_of(paces)],
        )
        if float(wait) > 0:
            return float(wait)
        return Turn(begun, float(at), (mark, *(self._turns(pace.name) for pace in paces)))

    def settle(self, turn: Turn, late: float) -> None:
        """Note that the turn's call reached the service at most this many seconds after it left."""
        mark, *keys = turn.marks
        self._settle(keys, [mark, f"{turn.at + late:.6f}"])

    def push_back(self, pace: Pace, seconds: float) -> None:
        """Give nobody a turn for this long, and all fewer turns afterwards."""
        self._push_back([self._state(pace.name)], [*_recovery(), pace.limit.seconds, seconds, limits.LEAST_SHARE])

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()

    def _turns(self, pace: str) -> str:
        return f"{self._prefix}:{pace}:turns"

    def _state(self, pace: str) -> str:
        return f"{self._prefix}:{pace}:state"


def _recovery() -> list[Any]:
    return [limits.RECOVERY_SECONDS, limits.RECOVERY_STEP, limits.RATE_LIMIT_PATIENCE]


def _numbers_of(paces: Sequence[Pace]) -> list[Any]:
    return [
        number
        for pace in paces
        for number in (pace.limit.calls, pace.limit.seconds, pace.limit.seconds / limits.LEAST_SHARE)
    ]


def _unusable(url: str, error: Exception) -> ConfigurationError:
    """Says why, without the user name and password in the address."""
    parts = urlsplit(url)
    reason = str(error)
    for secret in (parts.password, parts.username):
        for spelling in {secret, unquote(secret)} if secret else ():
            reason = reason.replace(spelling, "***")
    where = f"{parts.hostname}:{parts.port or 6379}"
    return ConfigurationError(
        f"victorops:rateLimitStore (or VO_RATE_LIMIT_STORE): the Redis at {where} can't be used: {reason}"
    )
