"""Wrong codes and links, counted for each network address over ten minutes.

Only what is wrong counts: a whole hospital may stand behind one address. The count is in the cache
that signing in uses, under a keyed hash of the address; with the cache away nobody is stopped.
"""

from collections.abc import Callable

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

WINDOW = 10 * 60
MOST = 300


def count_wrong(request: HttpRequest) -> bool:
    """Counts one more; True once there were too many."""

    def count(key: str) -> int:
        cache.add(key, 0, WINDOW)
        return int(cache.incr(key))

    return _number(request, count) > MOST


def is_stopped(request: HttpRequest) -> bool:
    """Whether this address must wait; counts nothing."""
    return _number(request, lambda key: int(cache.get(key, 0))) > MOST


def seconds_to_wait() -> int:
    """Until the counts begin anew."""
    return WINDOW - _now() % WINDOW


def _now() -> int:
    return int(timezone.now().timestamp())


def _number(request: HttpRequest, read: Callable[[str], int]) -> int:
    try:
        return read(_key(get_ip(request)))
    except (RedisError, OSError, ValueError, PermissionDenied, ImproperlyConfigured):
        return 0


def _key(address: str) -> str:
    window = _now() // WINDOW
    return "wrong:" + salted_hmac("wrong guesses", f"{address} {window}").hexdigest()
