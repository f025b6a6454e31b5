"""A process's own memory, and one that goes on while Redis is away.

Signing in still works then, and is still limited.
"""

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from organisations.signals import redis_away

TRY_AGAIN_AFTER = 5.0
P = ParamSpec("P")
R = TypeVar("R")


class NearCache(LocMemCache):
    """The memory of this process. Its keys are ours alone: none is looked through for memcached."""

    def validate_key(self, key: str) -> None:
        """Any will do."""


class LimitsCache(RedisCache):
    """Redis; while it is away, a small memory of this process. Right for counts of tries only."""

    _away_until = 0.0

    def __init__(self, server: str, params: dict[str, object]) -> None:
        super().__init__(server, params)
        self._memory = LocMemCache("limits", {})

    def _either(
        self, far: Callable[P, R], near: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        if time.monotonic() >= LimitsCache._away_until:
            try:
                return far(*args, **kwargs)
            except (RedisError, OSError):
                LimitsCache._away_until = time.monotonic() + TRY_AGAIN_AFTER
                redis_away.send(sender=None)
        return near(*args, **kwargs)

    def add(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """As Django's."""
        return self._either(super().add, self._memory.add, key, value, timeout, version)

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        """As Django's."""
        return self._either(super().get, self._memory.get, key, default, version)

    def set(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """As Django's."""
        self._either(super().set, self._memory.set, key, value, timeout, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """As Django's."""
        return self._either(super().incr, self._memory.incr, key, delta, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """As Django's."""
        return self._either(super().delete, self._memory.delete, key, version)
