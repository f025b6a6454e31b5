"""Who asks whether the site is well: containers, load balancers, and the watch that wakes somebody.

`/livez` and `/healthz` say that the process answers, `/readyz` that the database does, each in one
word. `/watchz` lists what an operator must look at; it is for the inside, like `/metrics`.
"""

import hmac
import time
from collections.abc import Callable
from threading import Lock

import psycopg
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

from fieldwork.queries import watch

ALIVE = frozenset({"/livez", "/healthz"})
# What says where the database is; a pool and the like are not for a look.
_WHERE = frozenset(
    {
        *("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert"),
        "target_session_attrs",
    }
)
# How long an answer of the database counts.
KEPT_FOR = 2.0


class AliveMiddleware:
    """Answers `/livez` and `/healthz` before anything else is asked: no database, no Redis."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in ALIVE and request.method in ("GET", "HEAD"):
            return _word("ok")
        return self.get_response(request)


class DatabaseProbe:
    """Asks the database by a connection of its own, so that no full pool makes it wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked_at = float("-inf")
        self._answers = True

    def answers(self, *, kept_for: float = KEPT_FOR) -> bool:
        """Whether it does; what was found counts for `kept_for` seconds, for all threads."""
        with self._lock:
            if time.monotonic() - self._asked_at > kept_for:
                self._answers = _database_answers()
                self._asked_at = time.monotonic()
            return self._answers


probe = DatabaseProbe()


def _database_answers() -> bool:
    if connection.vendor != "postgresql":
        return True  # a file beside the process
    params = connection.get_connection_params()
    own = {name: value for name, value in params.items() if name in _WHERE}
    options = "-c statement_timeout=1000"
    try:
        with psycopg.connect(**own, connect_timeout=1, options=options, autocommit=True) as asked:
            asked.execute("SELECT 1")
    except (psycopg.Error, OSError):
        return False
    return True


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; without Redis people can still answer."""
    return _word("ok") if probe.answers() else _word("away", status=503)


@login_not_required
def watchz(request: HttpRequest) -> JsonResponse:
    """503 with a sentence for each thing that must wake somebody; 200 and none if all is well."""
    only_from_inside(request)
    try:
        found = watch.reasons(timezone.now())
    except (DatabaseError, PoolTimeout):
        found = ["The database does not answer."]
    try:
        caches["redis"].get("watchz")
    except (RedisError, OSError):
        found.append("Redis does not answer.")
    return JsonResponse({"reasons": found}, status=503 if found else 200)


def only_from_inside(request: HttpRequest) -> None:
    """404 for whoever came through the proxy, or does not bring the token where there is one."""
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    is_known = not token or hmac.compare_digest(brought.encode(), token.encode())
    if "X-Forwarded-For" in request.headers or not is_known:
        raise Http404


def _word(word: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(
        word,
        status=status,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )
