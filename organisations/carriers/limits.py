"""Limits that fail soft: buckets of tokens in Valkey, under keyed hashes of what is counted.

While Valkey is away each process keeps its own in memory: everybody goes on, and who guesses still
waits.
"""

import math
import time
from contextlib import suppress
from threading import Lock
from typing import Literal

from django.core.cache import caches
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from organisations.rules.token_bucket import Bucket
from organisations.signals import asked_too_often, redis_away

# As `Bucket.taken`, in one step for all processes.
_TAKE = """
local full_at = tonumber(redis.call('GET', KEYS[1]) or '0')
local now, each, seconds = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local after = math.max(full_at, now) + each
local wait = after - now - seconds
if wait > 0.000001 then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', after), 'EX', math.ceil(after - now))
return '0'
"""
TRY_AGAIN_AFTER = 5.0
Limited = Literal[
    "API",
    "app codes",
    "downloads",
    "ideas",
    "recovery codes",
    "uploads",
    "wrong",
    "wrong, of a site",
]
MOST_IN_MEMORY = 10_000


class _Memory:
    """The buckets of this process, and since when Valkey has been away."""

    def __init__(self) -> None:
        self.full_at: dict[str, float] = {}
        self.away_until = 0.0
        self._lock = Lock()

    def take(self, key: str, bucket: Bucket, now: float) -> float:
        with self._lock:
            if len(self.full_at) >= MOST_IN_MEMORY:
                self.full_at = {k: at for k, at in self.full_at.items() if at > now}
            if len(self.full_at) >= MOST_IN_MEMORY and key not in self.full_at:
                return 0.0
            self.full_at[key], wait = bucket.taken(self.full_at.get(key, 0.0), now)
            return wait


memory = _Memory()


def seconds_to_wait(what: Limited, who: str, bucket: Bucket) -> int:
    """Takes a token of `who` for `what`; 0, or the seconds until there is one again."""
    wait = math.ceil(_wait(_key(what, who), bucket, _now()))
    if wait:
        asked_too_often.send(sender=None, what=what)
    return wait


def give_back(what: Limited, who: str) -> None:
    """Fills the bucket again: what was tried was right."""
    key = _key(what, who)
    memory.full_at.pop(key, None)
    if time.monotonic() >= memory.away_until:
        with suppress(RedisError, OSError):
            caches["redis"]._cache.get_client(write=True).delete(key)  # type: ignore[attr-defined]


def _key(what: str, who: str) -> str:
    return f"limit:{salted_hmac(f'limit: {what}', who).hexdigest()}"


def _wait(key: str, bucket: Bucket, now: float) -> float:
    if time.monotonic() >= memory.away_until:
        try:
            client = caches["redis"]._cache.get_client(write=True)  # type: ignore[attr-defined]
            return float(client.eval(_TAKE, 1, key, now, bucket.each, bucket.seconds))
        except (RedisError, OSError):
            memory.away_until = time.monotonic() + TRY_AGAIN_AFTER
            redis_away.send(sender=None)
    return memory.take(key, bucket, now)


def _now() -> float:
    return time.time()
