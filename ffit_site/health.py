"""`/healthz`: the process answers. `/readyz`: database and broker answer, no sweep is late.

A survey that cannot be counted is told there too, but people go on answering all others.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from surveys.queries.lateness import failed_counts, late_work


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process serves."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all parts answer, else 503; each part says `ok` or what is wrong."""
    counts = "ok"
    parts = {"database": "ok", "broker": "ok", "sweeps": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        late = late_work()
        if late:
            parts["sweeps"] = "late: " + ", ".join(late)
        if failed := failed_counts():
            counts = f"failed: {failed}"
    except DatabaseError:
        parts["database"] = "does not answer"
        parts["sweeps"] = counts = "not known"
    try:
        caches["redis"].get("readyz")
    except (RedisError, OSError):
        parts["broker"] = "does not answer"
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse({**parts, "counts": counts}, status=200 if ready else 503)
