"""A line for each request: by route and never by address, so that no line holds what was asked."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ffit_site.logs import asked
from ffit_site.metrics import route_of
from responses.middleware import RESPONDENT_PREFIXES

log = logging.getLogger(__name__)
_NAME = re.compile(r"[0-9a-f]{32}")
# Monitoring asks these several times a minute.
_OF_MONITORING = frozenset({"readyz", "watchz", "metrics"})


class RequestLogMiddleware:
    """Respondents' requests have no name and leave no line: it would say when somebody answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(RESPONDENT_PREFIXES):
            return self.get_response(request)
        given = request.headers.get("X-Request-ID", "")
        before = asked.set(given if _NAME.fullmatch(given) else uuid.uuid4().hex)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            facts = _facts(request, response, time.perf_counter() - began)
            # What has no route and no fault is a static file.
            if facts["route"] not in _OF_MONITORING and (
                request.resolver_match or response.status_code >= 400
            ):
                log.info("%s %s", request.method, facts["route"], extra=facts)
        finally:
            asked.reset(before)
        return response


def _facts(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    session = getattr(request, "session", None)
    row = session.row if session is not None and session.accessed else None
    organisation = getattr(request, "organisation", None)
    return {
        "route": route_of(request),
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "account": row.account_id if row else None,
        "organisation": organisation.pk if organisation else None,
    }
