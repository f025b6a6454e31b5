"""How often one person may have something costly done: more is 429 with a sentence."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations.carriers.limits import Limited, seconds_to_wait
from organisations.rules.token_bucket import Bucket
from organisations.views.membership import MemberRequest

IMPORTS = Bucket(most=30, seconds=60 * 60)
EXPORTS = Bucket(most=20, seconds=60 * 60)
P = ParamSpec("P")
_View = Callable[Concatenate[MemberRequest, P], HttpResponse]


def limited(
    what: Limited, bucket: Bucket, *, only_with_a_file: bool = False
) -> Callable[[_View[P]], Callable[..., HttpResponse]]:
    """Decorates a member's view: each POST takes one of their tokens. `what` is in the plural."""

    def decorate(view: _View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            wait = 0
            if request.method == "POST" and (request.FILES or not only_with_a_file):
                wait = seconds_to_wait(what, str(request.user.pk), bucket)
            return too_many(request, what, wait) if wait else view(request, *args, **kwargs)

        return wrapper

    return decorate


def too_many(request: HttpRequest, what: str, seconds: int) -> HttpResponse:
    """429 with how long to wait. `what` is in the plural."""
    # Never "1 minutes".
    minutes = max(2, math.ceil(seconds / 60))
    context = {
        "heading": f"Too many {what}",
        "sentence": f"Nothing was changed. Wait {minutes} minutes, then try again.",
    }
    response = render(request, "errors/page.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
