"""What a person sees when something outside the page failed: the database, a stale form."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg_pool import PoolTimeout

AWAY = "We cannot reach our records just now. Nothing was lost. Please try again in a minute."


class DatabaseAwayMiddleware:
    """Answers 503 with one clear sentence while the database is gone; no trace, never "Sent"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A 503 for a lost database; any other error goes its own way."""
        if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
            return HttpResponse(
                AWAY, status=503, content_type="text/plain", headers={"Retry-After": "30"}
            )
        return None


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old: says to go back and send it again."""
    return _page(
        request,
        "This page was open too long",
        "Nothing was changed. Please go back, load the page again and send it once more.",
        403,
    )


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(
        request, "We could not read that", "Nothing was changed. Please go back and try again.", 400
    )


@login_not_required
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: one sentence, and whom to ask."""
    return _page(
        request,
        "You do not have this right",
        "Ask an administrator of your organisation if you need it.",
        403,
    )


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(
        request, "Page not found", "Check the address, or ask the person who gave it to you.", 404
    )


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """500: plain text, for the templates may be what failed."""
    return HttpResponse(
        "Something went wrong on our side. Nothing was changed. Please try again.",
        status=500,
        content_type="text/plain",
    )


def _page(request: HttpRequest, heading: str, sentence: str, status: int) -> HttpResponse:
    return render(
        request, "errors/page.html", {"heading": heading, "sentence": sentence}, status=status
    )
