"""Wrong codes and links, counted for each network address over ten minutes.

Only what is wrong counts: a whole hospital may stand behind one address. The count is in the cache
that signing in uses, under a keyed hash of the address; with the cache away nobody is stopped.
"""

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

WINDOW = 10 * 60
MOST = 300


# Whom this process has seen go over. Each process learns it from the first wrong guess that it is
# given, so whoever is right costs no question to the cache.
_stopped: set[str] = set()
_MOST_STOPPED = 10_000


def count_wrong(request: HttpRequest) -> bool:
    """Counts one more; True once there were too many."""
    key = _key(request)
    if key is None:
        return False
    try:
        cache.add(key, 0, WINDOW)
        is_over = int(cache.incr(key)) > MOST
    except (RedisError, OSError, ValueError):
        return False
    if is_over:
        if len(_stopped) >= _MOST_STOPPED:
            _stopped.clear()
        _stopped.add(key)
    return is_over


def is_stopped(request: HttpRequest) -> bool:
    """Whether this address must wait; counts nothing."""
    return bool(_stopped) and _key(request) in _stopped


def seconds_to_wait() -> int:
    """Until the counts begin anew."""
    return WINDOW - _now() % WINDOW


def _now() -> int:
    return int(timezone.now().timestamp())


def _key(request: HttpRequest) -> str | None:
    """A name for this address and this window; None for one that cannot be known."""
    try:
        address = get_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return None
    named = salted_hmac("wrong guesses", f"{address} {_now() // WINDOW}").hexdigest()
    return f"wrong:{named}"
