"""Respondent addresses: no session, no referrer, nothing kept by any cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

RESPONDENT_PREFIXES = ("/a/", "/q/", "/l/", "/w/", "/stop/")


class RespondentMiddleware:
    """Marks respondent addresses and keeps their pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(RESPONDENT_PREFIXES):
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response
