"""Respondent addresses: no session, no referrer, nothing kept by any cache, no endless guessing."""

import math
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from organisations.wrong_guesses import count_wrong, is_stopped, seconds_to_wait
from surveys.presenters.answer_message import message_response

RESPONDENT_PREFIXES = ("/a/", "/q/", "/l/", "/w/", "/stop/")
# Codes that people type are short enough to be guessed in the end. Links are not (ADR 33), so the
# right one opens whatever else comes from its address.
GUESSABLE = "/q/"
# A 404 below a ward's page is no wrong link.
_CARRIES_A_CREDENTIAL = re.compile(r"/(a|a/talk|q|l|w|stop)/[^/]+")


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
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(GUESSABLE) and is_stopped(request):
            return _wait(request)
        response = self.get_response(request)
        is_wrong = response.status_code == 404 and _CARRIES_A_CREDENTIAL.fullmatch(request.path)
        return _wait(request) if is_wrong and count_wrong(request) else response


def _wait(request: HttpRequest) -> HttpResponse:
    seconds = seconds_to_wait()
    # Never "1 minutes".
    minutes = str(max(2, math.ceil(seconds / 60)))
    response = message_response(request, "too many", status=429, sentence=minutes)
    response["Retry-After"] = str(seconds)
    return response
