"""What a person sees when something outside the page failed: the database, a stale form."""

import sys
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ffit_site.breaker import breaker, database_away
from ffit_site.gate import unreadable
from ffit_site.logs import LOST
from ffit_site.typed_again import sent_back
from organisations.rules.refusal import OnHold


class FailureMiddleware:
    """Turns what a view could not do into an answer: no database, text that none can keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """As Django asks it of a view that failed."""
        return answer_to(request, error)


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """A 503 for a lost database, a 400 for text that PostgreSQL cannot keep, a 409 for what waits
    until restored records are checked; None for any other error.
    """
    if isinstance(error, LOST):
        breaker.met_none()
        return database_away(request)
    if isinstance(error, DataError) and "NUL" in str(error):
        return unreadable()
    if isinstance(error, OnHold):
        return _page(request, "You cannot do this yet", str(error), 409)
    return None


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old comes back as it was typed; one that nobody of ours typed does
    not.
    """
    return sent_back(request) or _page(
        request,
        "This page has expired",
        "Nothing was changed. Go back, reload the page and try again.",
        403,
    )


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(
        request,
        "Sorry, we could not read what you sent",
        "Nothing was changed. Go back and try again.",
        400,
    )


@login_not_required
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: one sentence, and whom to ask; who could be asked reads what to do."""
    said = "If you need access, ask your administrator."
    if "administrator" in getattr(request, "roles", ()):
        said = "It is for other roles. If you need access, give yourself a role on the People page."
    return _page(request, "You do not have permission to see this page", said, 403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(
        request,
        "Page not found",
        "Check the web address, or ask the person who gave it to you.",
        404,
    )


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """500: plain text, for the templates may be what failed.

    503 where a middleware met no database, which `process_exception` never hears of.
    """
    if isinstance(sys.exc_info()[1], LOST):
        breaker.met_none()
        return database_away(request)
    return HttpResponse(
        "Sorry, there’s a problem with the service. Nothing was changed. Try again later.",
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def _page(request: HttpRequest, heading: str, sentence: str, status: int) -> HttpResponse:
    return render(
        request, "errors/page.html", {"heading": heading, "sentence": sentence}, status=status
    )
