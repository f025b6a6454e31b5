"""A respondent's page is reached past all layers of who signs in: no session, no account, no form
token. What they keep apart nothing there can mix up, and a whole shift that answers at once does
not pay for them.
"""

import re
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from ffit_site.failure import answer_to

_PAGE = re.compile(r"/[aql]/[^/]+")


class StraightMiddleware:
    """Hands an answer page to its view at once; a test holds that each asks for no sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _PAGE.fullmatch(request.path_info):
            return self.get_response(request)
        request.user = AnonymousUser()
        match = request.resolver_match = resolve(request.path_info, "responses.urls")
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Exception as error:
            answer = answer_to(request, error)
            if answer is None:
                raise
            return answer
        return response
