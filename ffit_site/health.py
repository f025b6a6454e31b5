"""`/healthz`: the process answers. `/readyz`: database and broker answer, no sweep is late."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from surveys.queries.lateness import late_work


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process serves."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all parts answer, else 503; each part says `ok` or what is wrong."""
    parts = {"database": "ok", "broker": "ok", "sweeps": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        late = late_work()
        if late:
            parts["sweeps"] = "late: " + ", ".join(late)
    except DatabaseError:
        parts["database"] = "does not answer"
        parts["sweeps"] = "not known"
    try:
        caches["redis"].get("readyz")
    except (RedisError, OSError):
        parts["broker"] = "does not answer"
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse(parts, status=200 if ready else 503)
