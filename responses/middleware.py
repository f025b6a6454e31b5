"""Respondent addresses: no session, no referrer, nothing kept by any cache, no endless guessing."""

import math
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from organisations.carriers.failed_attempts import Kind, seconds_after_wrong
from responses.forms.answer_form import FORM, as_sent
from responses.presenters.answer_message import message_response

RESPONDENT_PREFIXES = ("/a/", "/q/", "/l/", "/w/", "/stop/", "/ask/")
ANSWERED = ("/a/", "/q/", "/l/")
# A 404 below a ward's page is no wrong link.
_CARRIES_A_CREDENTIAL = re.compile(r"/(a|a/talk|q|l|w|stop|ask)/[^/]+")


class RespondentMiddleware:
    """Keeps respondents' pages out of every cache, and makes whoever guesses wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(RESPONDENT_PREFIXES):
            return self.get_response(request)
        response = self._answer(request)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "none"  # neither kept nor followed, and few bytes
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_wrong = response.status_code == 404 and _CARRIES_A_CREDENTIAL.fullmatch(request.path)
        kind: Kind = "poster" if request.path.startswith("/q/") else "link"
        seconds = seconds_after_wrong(request, kind) if is_wrong else 0
        return _wait(request, seconds) if seconds else response


def form_to_send_again(request: HttpRequest) -> HttpResponse | None:
    """A plain form that met no database, to be sent once more as it was; None for all else."""
    if not _is_plain_form(request):
        return None
    fields = tuple(as_sent(request.body).items())
    return message_response(request, "not now", status=503, fields=fields)


def _is_plain_form(request: HttpRequest) -> bool:
    by_script = request.headers.get("Accept") == "application/json"
    return (
        request.path.startswith(ANSWERED)
        and request.method == "POST"
        and request.content_type == FORM
        and not by_script
    )


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    # Never "1 minutes".
    minutes = str(max(2, math.ceil(seconds / 60)))
    fields = tuple(as_sent(request.body).items()) if _is_plain_form(request) else ()
    response = message_response(request, "too many", status=429, sentence=minutes, fields=fields)
    response["Retry-After"] = str(seconds)
    return response
