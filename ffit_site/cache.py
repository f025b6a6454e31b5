"""A cache that goes on while Redis is away, so that signing in still works and is still limited."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

TRY_AGAIN_AFTER = 5.0


class LimitsCache(RedisCache):
    """Redis; while it is away, a small memory of this process. Right for counts of tries only."""

    _away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._memory = LocMemCache("limits", {})

    def _either(self, name: str, far: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= LimitsCache._away_until:
            try:
                return far(*args, **kwargs)
            except (RedisError, OSError):
                LimitsCache._away_until = time.monotonic() + TRY_AGAIN_AFTER
        return getattr(self._memory, name)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's."""
        return self._either("add", super().add, *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's."""
        return self._either("get", super().get, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's."""
        return self._either("set", super().set, *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's."""
        return self._either("incr", super().incr, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's."""
        return self._either("delete", super().delete, *args, **kwargs)
